"""What a change asks of people: load, tasks in other projects on the same days, who to tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_noop

import planengine as engine
from tospann.cases.consequences import Hit, Informed, Load, Promised
from tospann.foundation.authority import Role, Sentence
from tospann.people.models import Person
from tospann.planning import dating
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.planning.prepare import Prepared
from tospann.planning.projection import Row
from tospann.planning.store import Loaded
from tospann.projects.models import Membership
from tospann.stakeholders import queries as promises
from tospann.ui.holidays import is_working_day, working_days_between

MOST_ROWS = 5_000
"""Tasks in other projects that are looked at."""
MOST_TOLD = 50
Span = tuple[date, date]
_TASKS = gettext_noop("Responsible for tasks that move: %(tasks)s")
_PROMISE = gettext_noop("The promise “%(text)s” would be broken")
_ELSEWHERE = gettext_noop("Manages another project, in which %(person)s is wanted on the same days")
FULL_DAYS = gettext_noop(
    "Shares of people's time: the plan does not say, so a task counts as full days for whoever "
    "is responsible."
)


class Touched(NamedTuple):
    """Whose tasks differ, and the tasks of those people in both plans."""

    moved: Mapping[UUID, list[Row]]
    before: Mapping[UUID, list[Row]]
    after: Mapping[UUID, list[Row]]


def touched(tried: Prepared) -> Touched:
    """The people whose tasks are other ones, or lie otherwise, after the change."""
    before, after = tried.before.rows, tried.after.rows
    moved: dict[UUID, list[Row]] = defaultdict(list)
    for uid in {**after, **before}:
        was, now = before.get(uid), after.get(uid)
        if was is now or (was and now and _place(was) == _place(now)):
            continue
        for row in {now or was, was or now}:
            if row and row.responsible_id and row.kind != Kind.SUMMARY and row.state != State.DONE:
                moved[row.responsible_id].append(row)
    return Touched(moved, _by_person(before, moved), _by_person(after, moved))


def _place(row: Row) -> tuple[object, ...]:
    return row.start, row.finish, row.responsible_id, row.is_active


def _by_person(rows: Mapping[int, Row], people: Iterable[UUID]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {pk: [] for pk in people}
    for row in rows.values():
        if row.responsible_id in found and row.kind == Kind.TASK and _counts(row):
            found[row.responsible_id].append(row)
    return found


def _counts(row: Row) -> bool:
    return bool(row.is_active and row.start and row.finish and row.state != State.DONE)


def _spans(rows: Iterable[Row]) -> list[Span]:
    return [(row.start, row.finish) for row in rows if row.start and row.finish]


def overloads(tried: Prepared, found: Touched, names: Mapping[UUID, str]) -> tuple[Load, ...]:
    """Person-days beyond what there is, of those for whom the change matters.

    From the plan's assignments when it has any; else tasks are full days of whoever is responsible.
    """
    if tried.after.plan.assignments:
        return _assigned(tried)
    rows = []
    for pk in found.moved:
        before, after = (_doubled(_spans(some[pk])) for some in (found.before, found.after))
        if before != after:
            rows.append(Load(names.get(pk, "–"), float(before), float(after)))
    return tuple(sorted(rows, key=lambda one: (one.before - one.after, one.name)))


def _doubled(spans: list[Span]) -> int:
    """Working days beyond the first task, summed over the days with several."""
    events = sorted(
        [(first, 1) for first, _last in spans]
        + [(last + timedelta(days=1), -1) for _first, last in spans]
    )
    running = total = 0
    for (day, step), (until, _step) in pairwise(events):
        running += step
        if running > 1 and until > day:
            total += (running - 1) * working_days_between(day, until)
    return total


def _assigned(tried: Prepared) -> tuple[Load, ...]:
    before, after = _person_days(tried.before), _person_days(tried.after)
    rows = (
        Load(name, round(before.get(name, 0), 1), round(after.get(name, 0), 1))
        for name in sorted({**before, **after})
    )
    return tuple(row for row in rows if row.before != row.after)


def _person_days(loaded: Loaded) -> dict[str, float]:
    """Person-days wanted beyond what there is, by the resource's name."""
    schedule = dating.schedule_of(loaded)
    if schedule is None:
        return {}
    plan = loaded.plan
    resources = {one.uid: one for one in plan.resources}
    found: dict[str, float] = defaultdict(float)
    for one in engine.overloads(schedule):
        resource = resources[one.resource]
        worked = engine.working_time(plan, resource.calendar).between(one.start, one.finish)
        found[resource.name] += (one.units - one.available) * worked / (plan.minutes_per_day * 60)
    return found


def hits(head: Plan, found: Touched, names: Mapping[UUID, str]) -> tuple[Hit, ...]:
    """Days on which somebody is wanted here and in another project: one query."""
    elsewhere = Activity.objects.filter(responsible__in=list(found.moved), is_active=True)
    elsewhere = elsewhere.exclude(project=head.project_id).filter(kind=Kind.TASK)
    elsewhere = elsewhere.exclude(state=State.DONE).filter(start__isnull=False)
    columns = ("responsible_id", "start", "finish", "project_id", "project__key", "project__name")
    theirs: dict[tuple[UUID, UUID, str, str], list[Span]] = defaultdict(list)
    for pk, start, finish, *project in elsewhere.values_list(*columns)[:MOST_ROWS]:
        theirs[pk, project[0], project[1], project[2]].append((start, finish))
    rows = []
    for (pk, project_id, key, name), spans in theirs.items():
        there = _days(spans)
        counts = [len(there & _days(_spans(some[pk]))) for some in (found.before, found.after)]
        if counts[0] != counts[1]:
            rows.append(Hit(project_id, key, name, names.get(pk, "–"), counts[0], counts[1]))
    return tuple(sorted(rows, key=lambda one: (one.before - one.after, one.key, one.person)))


def _days(spans: Iterable[Span]) -> set[int]:
    return {day for span in spans for day in _working(*span)}


@lru_cache(maxsize=4096)
def _working(first: date, last: date) -> tuple[int, ...]:
    days = (date.fromordinal(one) for one in range(first.toordinal(), last.toordinal() + 1))
    return tuple(day.toordinal() for day in days if is_working_day(day))


def names_of(found: Touched) -> dict[UUID, str]:
    """The people by name: one query."""
    if not found.moved:
        return {}
    return dict(Person.objects.filter(pk__in=list(found.moved)).values_list("pk", "name"))


def informed(
    head: Plan,
    found: Touched,
    names: Mapping[UUID, str],
    promised: Iterable[Promised],
    collisions: Iterable[Hit],
) -> tuple[Informed, ...]:
    """Who should be told: those whose tasks move, whose promise breaks, who lead other projects."""
    told = [*_responsible(found, names), *_promised(head, promised), *_leaders(collisions)]
    return tuple(told[:MOST_TOLD])


def _responsible(found: Touched, names: Mapping[UUID, str]) -> Iterator[Informed]:
    for pk in sorted(found.moved, key=lambda one: names.get(one, "")):
        rows = {row.uid: row.name for row in found.moved[pk]}
        shown = [f"“{name}”" for name in list(rows.values())[:3]]
        text = ", ".join([*shown, "…"] if len(rows) > 3 else shown)
        yield Informed(pk, names.get(pk, "–"), Sentence(_TASKS, {"tasks": text}))


def _promised(head: Plan, promised: Iterable[Promised]) -> Iterator[Informed]:
    broken = {(one.uid, one.name) for one in promised if one.kind == "promise" and one.is_broken}
    if not broken:
        return
    for one in promises.tied_to_plan(head.project_id):
        if (one.activity_uid, one.text) in broken:
            because = Sentence(_PROMISE, {"text": one.text})
            yield Informed(one.to_person_id, promises.whom(one), because)


def _leaders(collisions: Iterable[Hit]) -> Iterator[Informed]:
    worse = [one for one in collisions if one.after > one.before]
    leaders = Membership.objects.filter(
        project__in={one.project for one in worse}, role=Role.MANAGER
    )
    by_project: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    if worse:
        for project, pk, name in leaders.values_list("project_id", "person_id", "person__name"):
            by_project[project].append((pk, name))
    for hit in worse:
        because = Sentence(_ELSEWHERE, {"person": hit.person})
        for pk, name in by_project[hit.project]:
            yield Informed(pk, name, because)

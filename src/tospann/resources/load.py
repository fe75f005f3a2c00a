"""What projects want of people, week by week: computed from plans and agreements, and kept.

A task takes what its assignments say. Where the plan has none, tasks somebody is responsible for
take her agreed share of the days they cover, and without an agreement the whole of those days:
several tasks on the same day count once, because nobody has said how she divides it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Count, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils import timezone

import planengine as engine
from tospann.people.models import Person
from tospann.planning import store
from tospann.planning.models import Kind, Plan, State
from tospann.planning.projection import Row, day_of
from tospann.planning.store import Loaded
from tospann.projects.models import Membership, Project, ProjectState
from tospann.resources import capacity
from tospann.resources.models import Agreement, Load
from tospann.resources.weeks import Weeks, days_between, week_of, weeks_of, working_days

PAST, AHEAD = 8, 156
"""Weeks before and after today's that are kept."""
MINUTES = 60


class Share(NamedTuple):
    """A part of somebody's days between two dates, 1.0 being the whole."""

    person: UUID
    first: date
    last: date
    share: float


Minutes = dict[tuple[UUID, int], float]


def horizon(today: date | None = None) -> Weeks:
    now = week_of(today or timezone.localdate())
    return range(now - PAST, now + AHEAD)


# Computing


def refresh(project_id: UUID) -> int:
    """Compute the project's load anew and replace what is kept; how many rows it has."""
    while True:
        stamp = _stamp(project_id)
        found = computed(project_id)
        with transaction.atomic():
            project = Project.objects.select_for_update(no_key=True).filter(pk=project_id)
            # Somebody changed it meanwhile: what was computed would hide that.
            if project.first() is not None and _stamp(project_id) != stamp:
                continue
            Load.objects.filter(project=project_id).delete()
            Load.objects.bulk_create(found, batch_size=1000)
        return len(found)


def _stamp(project_id: UUID) -> tuple[object, ...]:
    head = Plan.objects.filter(project=project_id).values_list("content_hash").first()
    agreed = Agreement.objects.filter(project=project_id).aggregate(Count("pk"), Sum("version"))
    return head, *agreed.values()


def computed(project_id: UUID) -> list[Load]:
    """The rows of a project, without storing them. A closed project wants nobody."""
    if not Project.objects.exclude(state=ProjectState.CLOSED).filter(pk=project_id).exists():
        return []
    weeks = horizon()
    promised = agreed_shares(project_id)
    agreed = _agreed(promised, weeks)
    head = Plan.objects.filter(project=project_id).first()
    planned = planned_by(store.load(head), promised, weeks) if head else {}
    rows = []
    for person, week in sorted({*agreed, *planned}, key=lambda one: (str(one[0]), one[1])):
        want, have = (round(some.get((person, week), 0)) for some in (planned, agreed))
        rows.append(
            Load(
                project_id=project_id,
                person_id=person,
                week=week,
                planned=want,
                agreed=have,
                minutes=max(want, have),
            )
        )
    return rows


def agreed_shares(project_id: UUID) -> list[Share]:
    """What the agreements of the project promise: one query."""
    rows = Agreement.objects.filter(project=project_id).values_list(
        "person_id", "starts_on", "ends_on", "percent"
    )
    return [Share(pk, first, last, percent / 100) for pk, first, last, percent in rows]


def _agreed(promised: Iterable[Share], weeks: Weeks) -> Minutes:
    found: Minutes = defaultdict(float)
    for one in promised:
        _spread(found, one, weeks)
    return found


def planned_by(loaded: Loaded, promised: Iterable[Share], weeks: Weeks) -> Minutes:
    """Minutes of each person and week that a plan wants, given what was agreed. For previews too:

    ``planned_by(draft.after, agreed_shares(project_id), weeks)``.
    """
    found: Minutes = defaultdict(float)
    people = people_of_resources(loaded.plan)
    assigned: dict[int, list[engine.Assignment]] = defaultdict(list)
    for one in loaded.plan.assignments:
        assigned[one.activity].append(one)
    spans: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for row in _wanted(loaded):
        for one in assigned.get(row.uid, ()):
            if share := _share(one, row, people):
                _spread(found, share, weeks)
        if row.uid not in assigned and row.responsible_id and row.start and row.finish:
            spans[row.responsible_id].append((row.start, row.finish))
    known = _existing(spans)
    of_person: dict[UUID, list[Share]] = defaultdict(list)
    for share in promised:
        of_person[share.person].append(share)
    times = capacity.times(known, weeks)
    for person in known:
        day = _Day(times.get(person, capacity.Time()), of_person[person])
        _responsible(found, person, _merged(spans[person]), day, weeks)
    return found


class _Day(NamedTuple):
    """What being responsible for something takes of a day."""

    time: capacity.Time
    promised: list[Share]

    def minutes(self, day: date) -> float:
        agreed = sum(one.share for one in self.promised if one.first <= day <= one.last)
        if agreed:
            return agreed * capacity.DAY * MINUTES
        return self.time._replace(away=()).on(day) * MINUTES


def _wanted(loaded: Loaded) -> Iterator[Row]:
    for row in loaded.rows.values():
        if row.kind == Kind.TASK and row.is_active and row.state != State.DONE and row.start:
            yield row


def _share(one: engine.Assignment, row: Row, people: Mapping[int, UUID]) -> Share | None:
    person = people.get(one.resource or 0)
    first, last = day_of(one.start) or row.start, day_of(one.finish) or row.finish
    if person is None or first is None or last is None or one.units <= 0:
        return None
    return Share(person, first, last, one.units)


def _spread(found: Minutes, one: Share, weeks: Weeks) -> None:
    for week in weeks_of(one.first, one.last):
        if week in weeks and (days := days_between(week, one.first, one.last)):
            found[one.person, week] += days * one.share * capacity.DAY * MINUTES


def _merged(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """The days they cover together, each once."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _responsible(
    found: Minutes, person: UUID, spans: list[tuple[date, date]], day: _Day, weeks: Weeks
) -> None:
    for first, last in spans:
        for week in weeks_of(first, last):
            if week in weeks:
                inside = (one for one in working_days(week) if first <= one <= last)
                found[person, week] += sum(day.minutes(one) for one in inside)


def _existing(people: Iterable[UUID]) -> list[UUID]:
    """An imported plan may name people who are not here."""
    ids = list(people)
    return list(Person.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else []


def people_of_resources(plan: engine.Plan) -> dict[int, UUID]:
    """Which resource of a plan is which person: as the plan says, else by e-mail address.

    At most two queries, and none for a plan without resources.
    """
    said: dict[int, UUID] = {}
    by_address: dict[int, str] = {}
    for one in plan.resources:
        if one.kind is not engine.ResourceKind.WORK:
            continue
        try:
            said[one.uid] = UUID(one.person or "")
        except ValueError:
            if one.email:
                by_address[one.uid] = one.email.lower()
    known = set(_existing(set(said.values())))
    found = {uid: pk for uid, pk in said.items() if pk in known}
    if by_address:
        rows = Person.objects.filter(email__in=set(by_address.values()))
        address = dict(rows.values_list("email", "pk"))
        found |= {uid: address[one] for uid, one in by_address.items() if one in address}
    return found


# Reading


def planned(
    people: Collection[UUID], weeks: Weeks, projects: QuerySet[Any, Any] | None = None
) -> dict[UUID, list[float]]:
    """The hours all projects (or only ``projects``) want of each in each week: one query."""
    found = {pk: [0.0] * len(weeks) for pk in people}
    # As text, which either database writes its own way: ten thousand UUIDs take longer to make
    # than everything else on the page of capacity.
    by_text = {text: hours for pk, hours in found.items() for text in (pk.hex, str(pk))}
    rows = _within(people, weeks).annotate(whose=Cast("person_id", CharField()))
    if projects is not None:
        rows = rows.filter(project__in=projects)
    first = weeks[0]
    wanted = rows.values_list("whose", "week").annotate(Sum("minutes")).order_by()
    for text, week, minutes in wanted:
        by_text[text][week - first] = minutes / MINUTES
    return found


def by_project(people: Collection[UUID], weeks: Weeks) -> dict[UUID, dict[UUID, list[float]]]:
    """Person → project → the hours it wants in each week: one query."""
    found: dict[UUID, dict[UUID, list[float]]] = {pk: {} for pk in people}
    rows = _within(people, weeks).values_list("person_id", "project_id", "week", "minutes")
    for pk, project, week, minutes in rows:
        hours = found[pk].setdefault(project, [0.0] * len(weeks))
        hours[week - weeks[0]] = minutes / MINUTES
    return found


def of_project(project: UUID, people: Collection[UUID], weeks: Weeks) -> dict[UUID, list[float]]:
    """The hours one project wants of each in each week: one query."""
    found = {pk: [0.0] * len(weeks) for pk in people}
    rows = _within(people, weeks).filter(project=project)
    for pk, week, minutes in rows.values_list("person_id", "week", "minutes"):
        found[pk][week - weeks[0]] = minutes / MINUTES
    return found


def _within(people: Collection[UUID], weeks: Weeks) -> QuerySet[Load]:
    return Load.objects.filter(person__in=people, week__gte=weeks[0], week__lte=weeks[-1])


def projects_of(people: Iterable[UUID]) -> set[UUID]:
    """The projects that may want something of these people: two queries."""
    ids = list(people)
    found = set(Load.objects.filter(person__in=ids).values_list("project_id", flat=True))
    held = Membership.objects.filter(person__in=ids)
    return found | set(held.values_list("project_id", flat=True))

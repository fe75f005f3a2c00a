"""Where a plan is kept: its rows read into one frozen value, and a changed value written back.

A plan's content has a hash, so the values read are shared by every request of the process that
meets the same content; nothing in them can change.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Case, ExpressionWrapper, F, IntegerField, Q, Value, When

import planengine as engine
from planengine.codec import FORMAT, VERSION, decoder, encoder
from planengine.difference import Changes, Difference
from tospann.people.models import Person
from tospann.planning.hashing import content_hash
from tospann.planning.kept import Kept
from tospann.planning.models import Activity, ActivityLink, Plan, PlanPart
from tospann.planning.projection import Marks, Row, marks_of, rows_after, rows_of

T = TypeVar("T")
MOST_KEPT = 60_000
"""Activities of all the plans a process keeps in memory together."""
MOST_RUNS = 40
"""Runs of rows whose place is shifted in one statement; beyond it they are written anew."""
_PARTS = {"calendar": "calendars", "resource": "resources", "assignment": "assignments"}
_KINDS = {
    "calendar": engine.Calendar,
    "resource": engine.Resource,
    "assignment": engine.Assignment,
}


@dataclass(frozen=True)
class Loaded:
    """A plan's content, its hash and the rows it makes."""

    plan: engine.Plan
    hash: str
    rows: dict[int, Row]

    @cached_property
    def marks(self) -> Marks:
        """The dates that limits are set on."""
        return marks_of(self.rows)

    @property
    def finish(self) -> date | None:
        """The last day of it all."""
        found = self.marks["finish"]
        return date.fromisoformat(found) if found else None


EMPTY = Loaded(engine.Plan(), "", {})
_kept = Kept[str, Loaded](MOST_KEPT, lambda one: len(one.rows))


def loaded(plan: engine.Plan, before: Loaded | None = None) -> Loaded:
    """The plan with its hash and rows, from memory when the process has met it.

    ``before`` is the plan it was made from: what they share is not worked out again.
    """
    found = content_hash(plan, before.plan if before else None)
    if (kept := known(found)) is not None:
        return kept
    rows = rows_after(plan, before.plan, before.rows) if before else None
    return _kept.put(found, Loaded(plan, found, rows or rows_of(plan)))


def load(head: Plan) -> Loaded:
    """The content of a project's plan as it is now: no query when it is in memory, else three."""
    if not head.content_hash:
        return EMPTY
    found = known(head.content_hash)
    if found is None:
        plan = read(head)
        found = _kept.put(head.content_hash, Loaded(plan, head.content_hash, rows_of(plan)))
    return found


def known(content_hash: str) -> Loaded | None:
    """The plan with that hash, when the process has met it."""
    return _kept.get(content_hash)


def read(head: Plan) -> engine.Plan:
    """The rows of a project's plan as they are in the database: three queries."""
    of = {"project_id": head.project_id}
    activities = Activity.objects.filter(**of).order_by("position")
    links = ActivityLink.objects.filter(**of)
    body: dict[str, Any] = {
        **head.head,
        "activities": _parsed(activities.values_list("content", flat=True)),
        "links": _parsed(links.values_list("content", flat=True)),
    }
    parts: dict[str, list[str]] = {}
    for part, content in PlanPart.objects.filter(**of).values_list("part", "content"):
        parts.setdefault(_PARTS[part], []).append(content)
    body |= {name: _parsed(contents) for name, contents in parts.items()}
    return engine.from_json({"format": FORMAT, "version": VERSION, **body})


def _parsed(contents: Iterable[str]) -> Any:
    return json.loads(f"[{','.join(contents)}]")


def activity(content: str) -> engine.Activity:
    """One activity from its row."""
    found: engine.Activity = decoder(engine.Activity)(json.loads(content))
    return found


def head_json(plan: engine.Plan) -> dict[str, Any]:
    """The plan's own fields in the engine's form, without its rows."""
    bare = replace(plan, activities=(), links=(), calendars=(), resources=(), assignments=())
    found: dict[str, Any] = encoder(engine.Plan)(bare)
    return found


def write(head: Plan, before: Loaded, after: Loaded, critical: Collection[int]) -> Difference:
    """Write what differs and what is critical, in bulk. The head itself is the caller's to save."""
    differs = engine.difference(before.plan, after.plan)
    _write_activities(head, before, after, differs)
    _write_links(head, differs.links)
    for part, name in _PARTS.items():
        _write_part(head, part, getattr(differs, name))
    _write_critical(head, critical)
    return differs


def _write_critical(head: Plan, critical: Collection[int]) -> None:
    """Only the rows that came on the critical path or left it."""
    rows = Activity.objects.filter(project_id=head.project_id)
    was = set(rows.filter(is_critical=True).values_list("uid", flat=True))
    for uids, value in ((was.difference(critical), False), (set(critical) - was, True)):
        for some in _batches(sorted(uids), 400):
            rows.filter(uid__in=some).update(is_critical=value)


def _write_activities(head: Plan, before: Loaded, after: Loaded, differs: Difference) -> None:
    anew = {change.after.uid for change in differs.activities.changed}
    anew |= {uid for uid, row in after.rows.items() if before.rows.get(uid) != row}
    removed = [row.uid for row in differs.activities.removed]
    shifted = [(uid, place) for uid, place in differs.positions if uid not in anew]
    runs = _runs({uid: place for place, uid in enumerate(before.rows)}, shifted)
    if len(runs) > MOST_RUNS:
        anew |= {uid for uid, _place in shifted}
        runs = []
    gone = [uid for uid in anew if uid in before.rows] + removed
    _delete(Activity, head, "uid", gone, everything=len(gone) == len(before.rows))
    _shift(head, runs)
    _insert_activities(head, after, anew)


def _runs(
    old_places: dict[int, int], shifted: Sequence[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Neighbours that move equally far: ``(first old place, last old place, distance)``."""
    runs: list[tuple[int, int, int]] = []
    for uid, place in sorted(shifted, key=lambda item: old_places[item[0]]):
        old = old_places[uid]
        if runs and runs[-1][2] == place - old:
            runs[-1] = (runs[-1][0], old, place - old)
        else:
            runs.append((old, old, place - old))
    return runs


def _shift(head: Plan, runs: list[tuple[int, int, int]]) -> None:
    """One statement, because a run may move onto the places of another."""
    if not runs:
        return
    cases = [
        When(
            position__gte=first,
            position__lte=last,
            then=ExpressionWrapper(F("position") + Value(distance), IntegerField()),
        )
        for first, last, distance in runs
    ]
    moved = Activity.objects.filter(project_id=head.project_id, position__gte=runs[0][0])
    moved.update(position=Case(*cases, default=F("position"), output_field=IntegerField()))


def _insert_activities(head: Plan, after: Loaded, anew: set[int]) -> None:
    encode = encoder(engine.Activity)
    rows = [
        (place, one, after.rows[one.uid])
        for place, one in enumerate(after.plan.activities)
        if one.uid in anew
    ]
    wanted = {row.responsible_id for _place, _one, row in rows if row.responsible_id}
    known = set(Person.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else ()
    Activity.objects.bulk_create(
        [
            Activity(
                project_id=head.project_id,
                position=place,
                is_critical=False,
                content=_text(encode(one)),
                **row._replace(
                    responsible_id=row.responsible_id if row.responsible_id in known else None
                )._asdict(),
            )
            for place, one, row in rows
        ],
        batch_size=1000,
    )


def _write_links(head: Plan, changes: Changes[engine.Link]) -> None:
    gone = [*changes.removed, *(change.before for change in changes.changed)]
    for some in _batches(gone, 100):
        which = Q()
        for link in some:
            which |= Q(predecessor=link.predecessor, successor=link.successor, kind=str(link.kind))
        ActivityLink.objects.filter(which, project_id=head.project_id).delete()
    encode = encoder(engine.Link)
    ActivityLink.objects.bulk_create(
        [
            ActivityLink(
                project_id=head.project_id,
                predecessor=link.predecessor,
                successor=link.successor,
                kind=str(link.kind),
                content=_text(encode(link)),
            )
            for link in [*changes.added, *(change.after for change in changes.changed)]
        ],
        batch_size=1000,
    )


def _write_part(head: Plan, part: str, changes: Changes[Any]) -> None:
    if not changes:
        return
    gone = [row.uid for row in changes.removed]
    gone += [change.before.uid for change in changes.changed]
    for some in _batches(gone, 400):
        PlanPart.objects.filter(project_id=head.project_id, part=part, uid__in=some).delete()
    rows = [*changes.added, *(change.after for change in changes.changed)]
    encode = encoder(_KINDS[part])
    PlanPart.objects.bulk_create(
        [
            PlanPart(
                project_id=head.project_id,
                part=part,
                uid=row.uid,
                content=_text(encode(row)),
            )
            for row in rows
        ],
        batch_size=1000,
    )


def _delete(
    model: type[Activity], head: Plan, column: str, values: list[int], *, everything: bool
) -> None:
    rows = model.objects.filter(project_id=head.project_id)
    if everything and values:
        rows.delete()
        return
    for some in _batches(values, 400):
        rows.filter(**{f"{column}__in": some}).delete()


def _batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

"""Keeping conflicts up to date: found, followed, worked out; all of it computed, none decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import planengine as engine
from tospann.conflicts import inputs
from tospann.conflicts.commands import close_conflict, open_conflict
from tospann.conflicts.finding import Found, ahead, find, over, wanted_of
from tospann.conflicts.models import Conflict, ConflictState, Involved, WayKind, WayOut
from tospann.conflicts.sides import Side, side
from tospann.conflicts.ways.effects import costs_of, of_side
from tospann.conflicts.ways.later import postponed
from tospann.conflicts.ways.levelling import levelled
from tospann.conflicts.ways.person import taken_over
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import Operation
from tospann.foundation.ids import new_id
from tospann.people.queries import organisation
from tospann.planning import commands as planning
from tospann.projects import commands as projects
from tospann.projects.models import Project
from tospann.projects.queries import on_team
from tospann.resources import capacity, load
from tospann.resources.models import HOURS_PER_DAY, Load

MOST_PROJECTS = 6
"""Projects that pull at one person at a time; more are not arranged, only shown."""


# ---- found ----


def people_of(project: UUID) -> set[UUID]:
    """Whom the project wants from now on, and those it has an open conflict about."""
    weeks = ahead()
    rows = Load.objects.filter(project=project, week__gte=weeks[0], week__lte=weeks[-1])
    wanted = set(rows.values_list("person_id", flat=True))
    open_ = Conflict.objects.filter(state=ConflictState.OPEN, involved__project=project)
    return wanted | set(open_.values_list("person_id", flat=True))


def follow(people: Collection[UUID]) -> list[UUID]:
    """Open, update and close the conflicts about these people; those that are open now."""
    found = find(people)
    known = {
        one.person_id: one
        for one in Conflict.objects.filter(state=ConflictState.OPEN, person__in=list(people))
    }
    for person, conflict in known.items():
        if person not in found:
            close_conflict(SYSTEM, conflict)
    return [_followed(known.get(person), one) for person, one in found.items()]


def _followed(conflict: Conflict | None, found: Found) -> UUID:
    values: dict[str, Any] = {
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "weeks": list(found.weeks),
        "hours_over": Decimal(str(found.over)),
    }
    if conflict is None:
        said = {"id": new_id(), "person": found.person, **values}
        conflict = open_conflict(SYSTEM, organisation(), **said)
    Conflict.objects.filter(pk=conflict.pk).update(**values)
    with transaction.atomic():
        Involved.objects.filter(conflict=conflict).delete()
        rows = [
            Involved(conflict=conflict, project_id=pk, hours=Decimal(str(hours)))
            for pk, hours in sorted(found.projects.items())
        ]
        Involved.objects.bulk_create(rows)
    return conflict.pk


# ---- worked out ----


@dataclass(frozen=True)
class Way:
    """A way out before it is kept: the sides as they would be, and what is said of it."""

    kind: WayKind
    sides: Sequence[Side]
    words: dict[str, Any]
    labour: dict[UUID, Decimal]
    also: tuple[Operation, ...] = ()


def work_out(pk: UUID) -> int:
    """Compute the ways out of an open conflict anew if anything has changed; how many there are."""
    conflict = Conflict.objects.filter(pk=pk, state=ConflictState.OPEN).first()
    if conflict is None:
        return 0
    involved = list(Involved.objects.filter(conflict=conflict).values_list("project_id", flat=True))
    now = inputs.hash_of(conflict, involved)
    kept = list(WayOut.objects.filter(conflict=conflict))
    if kept and all(one.inputs_hash == now for one in kept):
        return len(kept)
    ways = _ways(conflict, involved)
    rows = [_row(conflict, key, way, now) for key, way in zip("ABC", ways, strict=False)]
    with transaction.atomic():
        still = Conflict.objects.filter(pk=pk, state=ConflictState.OPEN)
        if not still.update(computed_at=timezone.now()):
            return 0
        WayOut.objects.filter(conflict=conflict).delete()
        WayOut.objects.bulk_create(rows)
    return len(rows)


def full_days(people: Collection[UUID]) -> dict[UUID, float]:
    """The share of a full day each works, whatever she is away; only of those who are employed."""
    today = timezone.localdate()
    known = capacity.times(people, ahead())
    shares = {pk: time._replace(away=()).on(today) for pk, time in known.items() if time.employed}
    return {pk: hours / float(HOURS_PER_DAY) for pk, hours in shares.items() if hours > 0}


def full_day(person: UUID) -> float:
    return full_days([person]).get(person, 1.0)


def sides_of(conflict: Conflict, projects: Collection[UUID]) -> list[Side]:
    full = full_day(conflict.person_id)
    found = Project.objects.filter(pk__in=list(projects)).order_by("pk")[:MOST_PROJECTS]
    return [side(one, conflict.person_id, full) for one in found]


def _ways(conflict: Conflict, involved: Collection[UUID]) -> list[Way]:
    """The ways out, those that leave and cost least first."""
    full, sides = full_day(conflict.person_id), sides_of(conflict, involved)
    found = []
    if (some := levelled(sides, full)) is not None:
        in_order = [next(one for one in some if one.project == was.project) for was in sides]
        moved = sum(len(one.edits) for one in in_order)
        found.append(Way(WayKind.LEVELLING, in_order, {"tasks": moved}, {}))
    if (taken := taken_over(sides, full)) is not None:
        found.append(
            Way(
                WayKind.PERSON,
                taken.sides,
                {
                    "person": taken.name,
                    "project": str(taken.side.project.pk),
                    "tasks": len(taken.tasks),
                    "hours": str(taken.hours),
                },
                {taken.side.project.pk: taken.labour},
                _appointed(taken.side.project, taken.person),
            )
        )
    if (waiting := postponed(sides, full)) is not None:
        some, one, days = waiting
        words = {"project": str(one.project.pk), "days": days}
        found.append(Way(WayKind.LATER, some, words, {}))
    return found


def _appointed(project: Project, person: UUID) -> tuple[Operation, ...]:
    """Whoever takes over tasks takes part in the project."""
    if person in on_team(project.pk):
        return ()
    said = {"person": person, "role": Role.MEMBER}
    return (_unbound(projects.appoint.operation(project, said)),)


def _unbound(one: Operation) -> Operation:
    """The inputs' hash says what it was computed on; the record's own version need not."""
    return Operation(one.command, one.subject, one.arguments, None, one.schema_version)


def _row(conflict: Conflict, key: str, way: Way, inputs_hash: str) -> WayOut:
    operations = [*way.also, *(_edits(one) for one in way.sides if one.edits)]
    effects = [of_side(one, way.labour.get(one.project.pk, Decimal(0))) for one in way.sides]
    stored = [one.to_json() for one in operations]
    cost, left = costs_of(effects), hours_left(conflict, way.sides)
    said = [way.kind, way.words, stored, effects, str(cost), str(left), inputs_hash]
    return WayOut(
        conflict=conflict,
        key=key,
        kind=way.kind,
        words=way.words,
        operations=stored,
        effects=effects,
        cost=cost,
        hours_left=left,
        inputs_hash=inputs_hash,
        content_hash=digest(canonical(said)),
    )


def _edits(one: Side) -> Operation:
    stored = [engine.edit_to_json(edit) for edit in one.edits]
    said = {"base_revision": one.head.revision, "edits": stored}
    return _unbound(planning.apply_edits.operation(one.head, said))


def hours_left(conflict: Conflict, sides: Sequence[Side]) -> Decimal:
    """Hours that would still be too much, counted as the load is."""
    person, weeks = conflict.person_id, ahead()
    wanted = wanted_of([person], weeks)[person]
    for one in sides:
        minutes = load.planned_by(one.loaded, one.promised, weeks)
        planned = [minutes.get((person, week), 0.0) / 60 for week in weeks]
        if any(planned) or one.edits:
            wanted[one.project.pk] = planned
    there = capacity.of_person(person, weeks)
    return Decimal(str(round(sum(over(wanted, there)), 1)))

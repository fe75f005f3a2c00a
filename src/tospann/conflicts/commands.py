"""Conflicts opened, closed, and decided: once, for every project they lie between."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import Field, StringConstraints

from tospann.cases.commands import record_across
from tospann.conflicts import inputs, saying
from tospann.conflicts.models import Conflict, ConflictState, Involved, WayOut
from tospann.foundation.arguments import OptionalLine, OptionalText
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Mandate, Power, Sentence
from tospann.foundation.commands import Operation, command, perform_all
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.foundation.transactions import hold, next_number
from tospann.people.models import Organisation, Person
from tospann.projects.models import Project
from tospann.projects.queries import sees_project

Key = Annotated[str, StringConstraints(pattern=r"^[0A-C]$")]
Weeks = Annotated[list[dict[str, Any]], Field(max_length=60)]
LEAVE = "0"
"""The key of leaving everything as it is."""
CHANGES = frozenset({"planning.apply_edits", "projects.appoint"})
"""What a way out may do, whatever is stored."""
_DECIDED = gettext_noop("This conflict is decided already. It was not decided twice.")
_GONE = gettext_noop("This conflict has solved itself. There is nothing left to decide.")
_MOVED = gettext_noop(
    "Things have changed since the ways out were computed. Nothing was decided; they are being "
    "computed anew."
)


class HasMoved(CommandError):
    """The ways out are no longer what they were computed as, or not what was read."""

    status = 409

    def __init__(self) -> None:
        super().__init__(gettext(_MOVED))


class NotOpen(CommandError):
    """Somebody was first, or the conflict is gone."""

    status = 409

    def __init__(self, because: str) -> None:
        super().__init__(gettext(because))


@command(needs=Power.DECIDE_PORTFOLIO, undoable=False, exposed=False)
def open_conflict(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    person: UUID,
    starts_on: date,
    ends_on: date,
    weeks: Weeks,
    hours_over: Decimal,
) -> Conflict:
    """Find a conflict between projects"""
    known = Conflict.objects.filter(person=person, state=ConflictState.OPEN).first()
    if known is not None:
        return known
    made = Conflict(
        id=id,
        number=next_number(ORGANISATION_SCOPE),
        person=Person.objects.get(pk=person),
        starts_on=starts_on,
        ends_on=ends_on,
        weeks=weeks,
        hours_over=hours_over,
    )
    made.save()
    return made


@command(needs=Power.DECIDE_PORTFOLIO, undoable=False, exposed=False)
def close_conflict(actor: Actor, conflict: Conflict) -> Conflict:
    """Note that a conflict between projects has solved itself"""
    if conflict.state == ConflictState.OPEN:
        conflict.state = ConflictState.GONE
        conflict.save()
    return conflict


@command(needs=Power.DECIDE_PORTFOLIO, undoable=False)
def decide_conflict(
    actor: Actor,
    conflict: Conflict,
    *,
    way: Key,
    reason: OptionalText = "",
    seen: OptionalLine = "",
) -> Conflict:
    """Decide a conflict between projects

    ``way`` is the key of a way out, "0" to leave everything as it is (with a reason). ``seen`` is
    what was read (``conflicts.queries.seen``). All the projects are changed together, or none.
    """
    _require_open(conflict)
    involved = list(Involved.objects.filter(conflict=conflict).values_list("project_id", flat=True))
    _require_sight(actor, involved)
    hold(involved)  # in the order of their ids, before anything of theirs is read
    chosen = _chosen(conflict, way, reason, seen, involved)
    operations = [Operation.from_json(one) for one in chosen.operations] if chosen else []
    if any(one.command not in CHANGES for one in operations):
        raise NotAllowed(gettext("A way out changes plans and who takes part, and nothing else."))
    decision = new_id()
    allowed = frozenset(one.fingerprint() for one in operations)
    under = actor.under(Mandate(conflict.pk, decision, allowed, frozenset(involved)))
    perform_all(under, operations)
    _write_down(under, conflict, chosen, reason, operations, involved)
    return conflict


def _require_open(conflict: Conflict) -> None:
    if conflict.state == ConflictState.DECIDED:
        raise NotOpen(_DECIDED)
    if conflict.state != ConflictState.OPEN:
        raise NotOpen(_GONE)


def _require_sight(actor: Actor, projects: list[UUID]) -> None:
    """Nobody decides about a project she may not see."""
    if not all(sees_project(actor, pk) for pk in projects):
        raise NotAllowed(gettext("You do not see every project this conflict lies between."))


def _chosen(
    conflict: Conflict, way: str, reason: str, seen: str, involved: list[UUID]
) -> WayOut | None:
    """What was read, as it was computed, on what still is so."""
    if way == LEAVE:
        if not reason:
            raise Invalid(gettext("Say why everything stays as it is."), "reason")
        return None
    chosen = WayOut.objects.filter(conflict=conflict, key=way).first()
    if chosen is None:
        raise Invalid(gettext("There is no such way out."), "way")
    as_read = not seen or seen == seen_of(conflict)
    if not as_read or chosen.inputs_hash != inputs.hash_of(conflict, involved):
        raise HasMoved
    return chosen


def seen_of(conflict: Conflict) -> str:
    """What names the ways out as they are computed now: a decision is of what was read."""
    rows = WayOut.objects.filter(conflict=conflict).order_by("key")
    return digest(canonical(list(rows.values_list("key", "content_hash"))))


def _write_down(
    actor: Actor,
    conflict: Conflict,
    chosen: WayOut | None,
    reason: str,
    operations: list[Operation],
    involved: list[UUID],
) -> None:
    """The decision with the conflict, and its part in the log of each project."""
    stored = [one.to_json() for one in operations]
    conflict.state, conflict.decided_at = ConflictState.DECIDED, timezone.now()
    conflict.decided_by_id, conflict.reason = actor.person_id, reason
    conflict.chosen_key = chosen.key if chosen else LEAVE
    conflict.chosen = str(saying.title(chosen, {}))[:200]
    conflict.operations_hash = digest(canonical(stored))
    conflict.evidence = {"weeks": conflict.weeks, "way": chosen.plain if chosen else None}
    conflict.save()
    for project in Project.objects.filter(pk__in=involved).order_by("pk"):
        effects = chosen.effects if chosen else []
        mine = [one for one in effects if one["project"] == str(project.pk)]
        record_across(
            actor,
            project,
            id=new_id(),
            title=str(saying.about(conflict)),
            chosen=conflict.chosen,
            is_rejected=chosen is None,
            reason=reason,
            operations_hash=conflict.operations_hash,
            evidence={"conflict": conflict.short_id, "effects": _guarded(mine)},
            born_in=f"conflicts.conflict:{conflict.pk}",
            born_label=conflict.short_id,
            born_link=f"/portfolio/conflicts/{conflict.number}",
        )


def _guarded(effects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what a change of people costs: the log is read by those who see no rates."""
    return [{key: value for key, value in one.items() if key != "labour"} for one in effects]


def because_open(_actor: Actor, conflict: Conflict) -> Sentence | None:
    """Why it is not decided any more, for those who ask beforehand."""
    if conflict.state == ConflictState.OPEN:
        return None
    return Sentence(_DECIDED if conflict.state == ConflictState.DECIDED else _GONE)

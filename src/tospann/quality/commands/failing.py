"""Nonconformities: raised, corrected, verified, or accepted as they are."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.foundation.arguments import Line, OptionalText, Text
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.records import reference
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.quality import queries
from tospann.quality.commands import keeping
from tospann.quality.commands.keeping import is_own_or_kept
from tospann.quality.models import Nonconformity, NonconformityState

GradeOf = Literal["A", "B", "C"]
_SAME = gettext_noop("Somebody else than whoever corrected it verifies it.")


@command(needs=Power.RAISE)
def raise_nonconformity(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    grade: GradeOf = "B",
    description: OptionalText = "",
    cause: OptionalText = "",
    requirement: UUID | None = None,
    deliverable: UUID | None = None,
    review: UUID | None = None,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Nonconformity:
    """Raise a nonconformity"""
    found = Nonconformity(
        title=title,
        grade=grade,
        description=description,
        cause=cause,
        requirement_id=keeping.requirement_of(project.pk, requirement),
        deliverable_id=keeping.deliverable_of(project.pk, deliverable),
        review_id=keeping.review_of(project.pk, review),
        raised_by_id=actor.person_id,
        due_on=due_on,
        **keeping.start(project, id, owner),
    )
    found.save()
    return found


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def change_nonconformity(
    actor: Actor,
    nonconformity: Nonconformity,
    *,
    title: Line,
    grade: GradeOf = "B",
    description: OptionalText = "",
    cause: OptionalText = "",
    requirement: UUID | None = None,
    deliverable: UUID | None = None,
    due_on: date | None = None,
) -> Nonconformity:
    """Change a nonconformity"""
    must_be_open(nonconformity)
    at = nonconformity.project_id
    keeping.change(
        nonconformity,
        title=title,
        grade=grade,
        description=description,
        cause=cause,
        requirement_id=keeping.requirement_of(at, requirement),
        deliverable_id=keeping.deliverable_of(at, deliverable),
        due_on=due_on,
    )
    return nonconformity


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def act_on_nonconformity(
    actor: Actor,
    nonconformity: Nonconformity,
    *,
    id: UUID,
    title: Line,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Action:
    """Add a corrective action to a nonconformity"""
    must_be_open(nonconformity)
    return actions.born(
        actor,
        nonconformity.project,
        id=id,
        title=title,
        origin_kind="nonconformity",
        born_in=reference(nonconformity),
        owner=owner,
        due_on=due_on,
        born_label=f"{nonconformity.short_id} {nonconformity.title}"[:200],
        born_link=nonconformity.get_absolute_url(),
    )


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def hand_over_nonconformity(
    actor: Actor, nonconformity: Nonconformity, *, owner: UUID | None
) -> Nonconformity:
    """Hand over a nonconformity"""
    must_be_open(nonconformity)
    owner_id = keeping.on_the_team(nonconformity.project_id, owner)
    keeping.change(nonconformity, owner_id=owner_id)
    return nonconformity


@command(needs=Power.RAISE, only_if=is_own_or_kept)
def correct_nonconformity(
    actor: Actor, nonconformity: Nonconformity, *, cause: Text, correction: Text
) -> Nonconformity:
    """Say how a nonconformity was corrected"""
    if nonconformity.state != NonconformityState.OPEN:
        raise Invalid(gettext("This is no longer open. Reopen it first."))
    keeping.change(
        nonconformity,
        state=NonconformityState.CORRECTED,
        cause=cause,
        correction=correction,
        corrected_by_id=actor.person_id,
        corrected_at=timezone.now(),
    )
    return nonconformity


def _is_another(actor: Actor, nonconformity: Nonconformity) -> Sentence | None:
    by = nonconformity.corrected_by_id
    return Sentence(_SAME) if by is not None and by == actor.person_id else None


@command(needs=Power.TEST, only_if=_is_another)
def verify_nonconformity(
    actor: Actor, nonconformity: Nonconformity, *, reason: OptionalText = ""
) -> Nonconformity:
    """Verify that a nonconformity is corrected"""
    if nonconformity.state != NonconformityState.CORRECTED:
        raise Invalid(gettext("Only what has been corrected can be verified."))
    close(actor, nonconformity, NonconformityState.VERIFIED, reason)
    return nonconformity


@command(needs=Power.APPROVE_QUALITY, kind="quality")
def accept_nonconformity(
    actor: Actor, nonconformity: Nonconformity, *, reason: Text
) -> Nonconformity:
    """Accept a nonconformity as it is"""
    must_be_open(nonconformity)
    close(actor, nonconformity, NonconformityState.ACCEPTED, reason)
    return nonconformity


@command(needs=Power.TEST)
def reopen_nonconformity(
    actor: Actor, nonconformity: Nonconformity, *, reason: Text
) -> Nonconformity:
    """Open a nonconformity again"""
    if nonconformity.state == NonconformityState.OPEN:
        raise Invalid(gettext("This is already open."))
    reopen(nonconformity, reason)
    return nonconformity


def close(actor: Actor, one: Nonconformity, state: NonconformityState, reason: str) -> None:
    when = {"closed_by_id": actor.person_id, "closed_at": timezone.now()}
    keeping.change(one, state=state, reason=reason, **when)


def reopen(one: Nonconformity, reason: str) -> None:
    blank = {"corrected_by_id": None, "corrected_at": None, "closed_by_id": None}
    keeping.change(one, state=NonconformityState.OPEN, reason=reason, closed_at=None, **blank)


def must_be_open(row: Nonconformity) -> None:
    if not row.is_open:
        raise Invalid(gettext("This is no longer open. Reopen it first."))


def hand_over_all(actor: Actor, person: Person, to: Person | None) -> None:
    """Give a person's open nonconformities to another on the team; else to nobody (yet)."""
    for row in queries.open_of(person):
        can = to is not None and to.pk in projects.on_team(row.project_id)
        hand_over_nonconformity(actor, row, owner=to.pk if to and can else None)

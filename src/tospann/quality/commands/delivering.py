"""Deliverables: planned, put forward, accepted or not."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.cases.commands import record_decision
from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import SYSTEM, Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Gone, Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.projects.models import Phase, Project
from tospann.quality.commands import keeping
from tospann.quality.commands.keeping import Requirements, is_own_or_kept
from tospann.quality.models import Deliverable, DeliverableState
from tospann.sharing.models import Share, ShareState

Verdict = Literal["accepted", "remarks", "refused"]
_NOT_ASKED = gettext_noop("Somebody else is asked to accept this.")
_TITLES = {
    "accepted": gettext_noop("Accepted: %(title)s"),
    "remarks": gettext_noop("Accepted with remarks: %(title)s"),
    "refused": gettext_noop("Not accepted: %(title)s"),
}


@command(needs=Power.KEEP_QUALITY)
def add_deliverable(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    expectation: OptionalText = "",
    tolerance: OptionalText = "",
    criteria: OptionalText = "",
    method: OptionalLine = "",
    owner: UUID | None = None,
    phase: UUID | None = None,
    due_on: date | None = None,
    requirements: Requirements | None = None,
) -> Deliverable:
    """Add a deliverable"""
    deliverable = Deliverable(
        title=title,
        expectation=expectation,
        tolerance=tolerance,
        criteria=criteria,
        method=method,
        phase_id=_phase(project.pk, phase),
        due_on=due_on,
        **keeping.start(project, id, owner),
    )
    deliverable.save()
    keeping.set_proofs(deliverable, requirements or [])
    return deliverable


@command(needs=Power.KEEP_QUALITY)
def change_deliverable(
    actor: Actor,
    deliverable: Deliverable,
    *,
    title: Line,
    expectation: OptionalText = "",
    tolerance: OptionalText = "",
    criteria: OptionalText = "",
    method: OptionalLine = "",
    owner: UUID | None = None,
    phase: UUID | None = None,
    due_on: date | None = None,
    requirements: Requirements | None = None,
) -> Deliverable:
    """Change a deliverable"""
    if deliverable.state not in (DeliverableState.PLANNED, DeliverableState.REFUSED):
        raise Invalid(gettext("This has been put forward. Take it back first."))
    keeping.change(
        deliverable,
        title=title,
        expectation=expectation,
        tolerance=tolerance,
        criteria=criteria,
        method=method,
        owner_id=keeping.on_the_team(deliverable.project_id, owner),
        phase_id=_phase(deliverable.project_id, phase),
        due_on=due_on,
    )
    if requirements is not None:
        keeping.set_proofs(deliverable, requirements)
    return deliverable


@command(needs=Power.TEST, only_if=is_own_or_kept, undoable=False)
def put_deliverable_forward(
    actor: Actor,
    deliverable: Deliverable,
    *,
    accepter: UUID | None = None,
    share: UUID | None = None,
) -> Deliverable:
    """Put a deliverable forward for acceptance"""
    if deliverable.state not in (DeliverableState.PLANNED, DeliverableState.REFUSED):
        raise Invalid(gettext("This has been put forward already."))
    if (accepter is None) == (share is None):
        raise Invalid(gettext("Say who is to accept it: one person, or somebody in the room."))
    keeping.on_the_team(deliverable.project_id, accepter, "accepter")
    _require_reaches(deliverable, share)
    keeping.change(
        deliverable,
        state=DeliverableState.READY,
        accepter_id=accepter,
        share_id=share,
        ready_on=timezone.localdate(),
        answered_name="",
        answered_at=None,
        answer="",
    )
    return deliverable


@command(needs=Power.TEST, only_if=is_own_or_kept, undoable=False)
def take_deliverable_back(actor: Actor, deliverable: Deliverable) -> Deliverable:
    """Take a deliverable back"""
    if deliverable.state in (DeliverableState.PLANNED, DeliverableState.REFUSED):
        raise Invalid(gettext("This has not been put forward."))
    keeping.change(
        deliverable, state=DeliverableState.PLANNED, accepter_id=None, share_id=None, ready_on=None
    )
    return deliverable


def _is_asked(actor: Actor, deliverable: Deliverable) -> Sentence | None:
    is_hers = actor.person_id is not None and deliverable.accepter_id == actor.person_id
    return None if is_hers else Sentence(_NOT_ASKED)


@command(needs=Power.OWN_ACTIONS, only_if=_is_asked, undoable=False)
def answer_deliverable(
    actor: Actor, deliverable: Deliverable, *, verdict: Verdict, answer: OptionalText = ""
) -> Deliverable:
    """Accept a deliverable, or say why not"""
    return settle(deliverable, verdict, actor.name, answer)


def settle(deliverable: Deliverable, verdict: Verdict, name: str, answer: str) -> Deliverable:
    """Record what was answered, and the decision that it is. Only inside a command."""
    if deliverable.state != DeliverableState.READY:
        raise Invalid(gettext("This has been answered or withdrawn."))
    if verdict != "accepted" and not answer:
        raise Invalid(gettext("Say what is lacking."), "answer")
    decision = record_decision(
        SYSTEM,
        deliverable.project,
        id=new_id(),
        title=(gettext(_TITLES[verdict]) % {"title": deliverable.title})[:200],
        reason=answer,
        decided_on=timezone.localdate(),
        body=name[:200],
        born_in=reference(deliverable),
        born_label=f"{deliverable.short_id} {deliverable.title}"[:200],
        born_link=deliverable.get_absolute_url(),
    )
    keeping.change(
        deliverable,
        state=DeliverableState(verdict),
        answered_name=name[:200],
        answered_at=timezone.now(),
        answer=answer,
        decision_number=decision.number,
    )
    return deliverable


def _phase(project_id: UUID, pk: UUID | None) -> UUID | None:
    if pk is not None and not Phase.objects.filter(project_id=project_id, pk=pk).exists():
        raise Gone
    return pk


def _require_reaches(deliverable: Deliverable, share: UUID | None) -> None:
    """Whoever is asked in the room has to see what she is asked about."""
    if share is None:
        return
    wanted = {"project_id": deliverable.project_id, "subject": reference(deliverable)}
    if not Share.objects.filter(pk=share, state=ShareState.ACTIVE, **wanted).exists():
        raise Invalid(gettext("Share the deliverable with them first."), "share")

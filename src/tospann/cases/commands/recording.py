"""Decisions without a case: what, why and when; and those made outside the portal."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tospann.cases.models import Decision, DecisionOutcome
from tospann.documents import commands as documents
from tospann.foundation.arguments import Hash, Line, Link, OptionalLine, OptionalText
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Actor, Power, Role, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project
from tospann.stakeholders import commands as stakeholders
from tospann.stakeholders.models import Contact

DECIDES_ALONE = frozenset({Role.MANAGER, Role.OWNER, Role.STEERING})
_ELSEWHERE = gettext_noop("You may record decisions made elsewhere; say which body made it.")
Reference = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


class AlreadyRecorded(CommandError):
    """The same form was sent twice."""

    status = 409

    def __init__(self) -> None:
        super().__init__(gettext("This decision is recorded already. It was not recorded twice."))


class PromiseMade(BaseModel):
    """What a decision promises somebody. It is promised by ``person``: whoever records it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Line
    to: Line
    person: UUID | None = None
    due_on: date | None = None


class AttachedFile(BaseModel):
    """A file that was kept (documents) and belongs to the decision."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Line
    media_type: documents.MediaType
    size: Annotated[int, Field(ge=1)]
    sha256: Hash


def only_elsewhere(actor: Actor, project: Project) -> Sentence | None:
    """Why the actor may record only what others have decided; None when she decides herself."""
    if actor.kind == "system" or actor.roles_in(project.pk) & DECIDES_ALONE:
        return None
    return Sentence(_ELSEWHERE)


@command(needs=Power.DECIDE, undoable=False)
def record_decision(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    reason: OptionalText = "",
    decided_on: date,
    body: OptionalLine = "",
    body_reference: Reference = "",
    text: OptionalText = "",
    attachments: Annotated[list[AttachedFile], Field(max_length=10)] | None = None,
    promises: Annotated[list[PromiseMade], Field(max_length=10)] | None = None,
    born_in: OptionalLine = "",
    born_label: OptionalLine = "",
    born_link: Link = "",
) -> Decision:
    """Record a decision"""
    _check(actor, project, id, decided_on, body)
    decision = Decision(
        id=id,
        project=project,
        number=next_number(project.pk),
        title=title,
        outcome=DecisionOutcome.RECORDED,
        reason=reason,
        text=text,
        decided_on=decided_on,
        decided_by_id=None if body else actor.person_id,
        body=body,
        body_reference=body_reference,
        born_in=born_in,
        born_label=born_label,
        born_link=born_link,
    )
    decision.save()
    for file in attachments or []:
        values = file.model_dump()
        documents.attach(actor, project, id=new_id(), born_in=decision.ref, **values)
    for promised in promises or []:
        _promise(actor, project, decision, promised)
    return decision


def _check(actor: Actor, project: Project, id: UUID, decided_on: date, body: str) -> None:
    if Decision.objects.filter(pk=id).exists():
        raise AlreadyRecorded
    if not body and (because := only_elsewhere(actor, project)):
        raise NotAllowed(str(because))
    if decided_on > timezone.localdate():
        raise Invalid(gettext("A decision cannot be dated in the future."), "decided_on")


def _promise(actor: Actor, project: Project, decision: Decision, said: PromiseMade) -> None:
    known = Contact.objects.filter(project=project, is_active=True, name__iexact=said.to)
    contact = known.order_by("pk").first()
    stakeholders.record_promise(
        actor,
        project,
        id=new_id(),
        text=said.text,
        by_person=said.person,
        to_contact=contact.pk if contact else None,
        to_name="" if contact else said.to,
        due_on=said.due_on,
        born_in=decision.ref,
        born_label=f"{project.key}-{decision.number} {decision.title}"[:200],
        born_link=f"/p/{project.key}/decisions/log/{decision.number}",
    )


@command(needs=Power.DECIDE_PORTFOLIO, undoable=False, exposed=False)
def record_across(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    chosen: OptionalLine,
    is_rejected: bool,
    reason: OptionalText,
    operations_hash: Hash,
    evidence: dict[str, Any],
    born_in: Line,
    born_label: Line,
    born_link: Link,
) -> Decision:
    """Record a decision made across projects

    Only inside the decision itself, in every project its mandate names.
    """
    if actor.mandate is None or project.pk not in actor.mandate.scopes:
        raise NotAllowed(gettext("Only a decision across projects changes several of them."))
    decision = Decision(
        id=id,
        project=project,
        number=next_number(project.pk),
        title=title,
        outcome=DecisionOutcome.REJECTED if is_rejected else DecisionOutcome.APPROVED,
        chosen=chosen,
        reason=reason,
        decided_by_id=actor.person_id,
        authority=str(Role.PORTFOLIO_LEADER),
        decided_on=timezone.localdate(),
        operations_hash=operations_hash,
        evidence=evidence,
        evidence_hash=digest(canonical(evidence)),
        born_in=born_in,
        born_label=born_label,
        born_link=born_link,
    )
    decision.save()
    return decision

"""Asking for approval, approving, sending back and publishing: always one certain version."""

from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.documents.access import may_change
from tospann.documents.commands.arguments import Note, Reason
from tospann.documents.commands.keeping import must_be_kept
from tospann.documents.models import Document, DocumentState
from tospann.foundation.authority import POWERS, Actor, Power, Sentence, Strength
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.commands import settle_criterion
from tospann.projects.models import CriterionState, GateState
from tospann.projects.queries import holders

Number = Annotated[int, Field(ge=1)]
APPROVERS = tuple(
    role for role, held in POWERS[Power.APPROVE_DOCUMENT].items() if held is Strength.DECIDE
)
_ASKED = gettext_noop("%(who)s asks you to approve “%(name)s”.")
_SENT_BACK = gettext_noop("%(who)s sent back “%(name)s”: %(reason)s")


@command(needs=Power.KEEP_DOCUMENTS, only_if=may_change)
def ask_approval(
    actor: Actor, document: Document, *, of: UUID | None = None, comment: Note = ""
) -> Document:
    """Ask for a document to be approved

    Of one person who may approve documents, or of all of them.
    """
    must_be_kept(document)
    if document.state != DocumentState.WORKING:
        raise Invalid(gettext("Approval has been asked for already."))
    may = holders(document.project_id, APPROVERS)
    if of is not None and of not in may:
        raise Invalid(gettext("She may not approve documents in this project."), "of")
    document.state = DocumentState.FOR_APPROVAL
    document.save()
    asked = [of] if of is not None else [one for one in may if one != actor.person_id]
    values = {"who": actor.name, "name": document.name}
    _tell(asked, _ASKED, values, document)
    return document


@command(needs=Power.APPROVE_DOCUMENT, kind="document", only_if=may_change)
def approve_document(
    actor: Actor, document: Document, *, number: Number, comment: Note = ""
) -> Document:
    """Approve a document

    The version that is named, and no other: when a newer one has come, nothing is approved.
    """
    must_be_kept(document)
    _must_be_newest(document, number)
    document.state, document.approved_version = DocumentState.APPROVED, number
    document.approved_by_id, document.approved_at = actor.person_id, timezone.now()
    document.save()
    _settle(actor, document)
    return document


@command(needs=Power.APPROVE_DOCUMENT, kind="document", only_if=may_change)
def publish_document(
    actor: Actor, document: Document, *, number: Number, comment: Note = ""
) -> Document:
    """Publish a document

    It is approved as well when it was not.
    """
    if document.approved_version != number:
        approve_document(actor, document, number=number, comment=comment)
        document.refresh_from_db()
    _must_be_newest(document, number)
    document.state = DocumentState.PUBLISHED
    document.save()
    return document


@command(needs=Power.APPROVE_DOCUMENT, only_if=may_change)
def send_back(actor: Actor, document: Document, *, reason: Reason) -> Document:
    """Send a document back for more work"""
    must_be_kept(document)
    if document.state != DocumentState.FOR_APPROVAL:
        raise Invalid(gettext("Nobody has asked for this to be approved."))
    document.state = DocumentState.WORKING
    document.save()
    people = [one for one in (document.changed_by_id,) if one not in (None, actor.person_id)]
    values = {"who": actor.name, "name": document.name, "reason": reason}
    _tell(people, _SENT_BACK, values, document)
    return document


def _settle(actor: Actor, document: Document) -> None:
    """What a gate asked for is in place once the document that answers it is approved."""
    found = document.answers.filter(criterion__state=CriterionState.OPEN)
    for needed in found.select_related("criterion__gate"):
        criterion = needed.criterion
        if criterion is not None and criterion.gate.state != GateState.PASSED:
            link = document.get_absolute_url()
            settle_criterion(actor, criterion, state=CriterionState.DONE, evidence=link)


def _must_be_newest(document: Document, number: int) -> None:
    if number != document.version_number:
        raise Invalid(
            gettext("A newer version has come. Look at it before it is approved."), "number"
        )


def _tell(people: list[UUID], msgid: str, values: dict[str, str], document: Document) -> None:
    link, key = document.get_absolute_url(), f"approval:{document.pk}:{document.version}"
    tell(people, Kind.ASKED, Sentence(msgid, values), link, key=key, project=document.project)

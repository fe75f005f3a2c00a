"""What a message becomes: a question, a notice, documents, a note on a contact; or nothing."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from tospann.contracts import commands as contracts
from tospann.contracts.models import Notice, NoticeKind
from tospann.documents import commands as documents
from tospann.documents import files
from tospann.documents.commands.places import free_name
from tospann.documents.models import Attachment, Document
from tospann.foundation.arguments import Line, OptionalLine, Text
from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.records import Record, reference
from tospann.mailbox.models import Message, MessageState
from tospann.rooms import commands as rooms
from tospann.rooms.models import Question
from tospann.stakeholders import commands as stakeholders
from tospann.stakeholders.models import Contact, Note


def _sorts(actor: Actor, message: Message) -> Sentence | None:
    """Whoever may not read the mail may not make anything of it either."""
    ruling = rule(actor, Power.KEEP_REGISTERS, message.project_id)
    return None if ruling.may_decide else ruling.because


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def become_question(
    actor: Actor,
    message: Message,
    *,
    id: UUID,
    text: Text,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Question:
    """Make a question of a message"""
    made = rooms.record_question(
        actor,
        message.project,
        id=id,
        text=text,
        name=message.sender[:200],
        asked_at=message.at,
        owner=owner,
        due_on=due_on,
    )
    link = f"/p/{message.project.key}/room#questions"
    _sorted(actor, message, "question", made, text.partition("\n")[0], link)
    return made


@command(needs=Power.KEEP_CONTRACTS, only_if=_sorts, undoable=False)
def become_notice(
    actor: Actor,
    message: Message,
    *,
    id: UUID,
    contract: UUID,
    title: Line,
    kind: NoticeKind = NoticeKind.CHANGE,
    owner: UUID | None = None,
) -> Notice:
    """Make a notice of a message"""
    made = contracts.receive_notice(
        actor,
        message.project,
        id=id,
        contract=contract,
        kind=kind,
        title=title,
        text=message.text[:20_000],
        received_at=message.received_at,
        whom=f"{message.from_name} <{message.from_email}>".strip()[:200],
        evidence=message.message_id or message.short_id,
        owner=owner,
    )
    _sorted(actor, message, "notice", made, f"{made.short_id} {title}", made.get_absolute_url())
    return made


@command(needs=Power.KEEP_DOCUMENTS, only_if=_sorts, undoable=False)
def become_documents(
    actor: Actor,
    message: Message,
    *,
    parts: Annotated[list[UUID], Field(max_length=50)] | None = None,
    whole: bool = False,
    folder: UUID | None = None,
) -> list[Document]:
    """Keep what a message brings as documents"""
    found = Attachment.objects.filter(born_in=reference(message), pk__in=parts or [])
    if len(found) != len(set(parts or [])):
        raise Invalid(gettext("This attachment is not part of the message."), "parts")
    if not found and not whole:
        raise Invalid(gettext("Choose what is to be kept."), "parts")
    kept = [_document(actor, message, folder, one.name, one.sha256, one.size) for one in found]
    if whole:
        name = files.clean_name(f"{message}.{message.kind_of_file}")
        kept.append(_document(actor, message, folder, name, message.sha256, message.size))
    for one in kept:
        _sorted(actor, message, "document", one, one.name, one.get_absolute_url())
    return kept


def _document(
    actor: Actor, message: Message, folder: UUID | None, name: str, sha256: str, size: int
) -> Document:
    return documents.add_document(
        actor,
        message.project,
        id=new_id(),
        folder=folder,
        name=free_name(message.project_id, folder, name),
        sha256=sha256,
        size=size,
        media_type=files.media_type_of(name),
        comment=gettext("Came with %(mail)s from %(who)s")
        % {"mail": message.short_id, "who": message.sender},
        source=reference(message),
    )


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def become_note(
    actor: Actor,
    message: Message,
    *,
    id: UUID,
    text: Text,
    contact: UUID | None = None,
    name: OptionalLine = "",
    organisation: OptionalLine = "",
) -> Note:
    """Make a note on a contact of a message"""
    whom = contact or _contact(actor, message, name, organisation)
    made = stakeholders.note_call(
        actor, message.project, id=id, contact=whom, text=text, called_at=message.at
    )
    label = f"{made.short_id} {made.contact.name}"
    _sorted(actor, message, "note", made, label, made.get_absolute_url())
    return made


def _contact(actor: Actor, message: Message, name: str, organisation: str) -> UUID:
    """Who has the sender's address, made if need be."""
    sender = message.from_email.lower()
    known = Contact.objects.filter(project=message.project, is_active=True)
    found = known.filter(email__iexact=sender).order_by("pk").first() if sender else None
    if found is None:
        found = stakeholders.add_contact(
            actor,
            message.project,
            id=new_id(),
            name=name or message.sender[:200],
            organisation=organisation,
            email=_if_address(sender),
        )
    key: UUID = found.pk
    return key


def _if_address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text


@command(needs=Power.KEEP_REGISTERS)
def set_aside(actor: Actor, message: Message, *, reason: OptionalLine = "") -> Message:
    """Set a message aside"""
    if message.became:
        raise Invalid(gettext("This message has become something already."))
    message.state, message.reason = MessageState.ASIDE, reason
    message.sorted_by_id, message.sorted_at = actor.person_id, timezone.now()
    message.save()
    return message


@command(needs=Power.KEEP_REGISTERS)
def sort_again(actor: Actor, message: Message) -> Message:
    """Put a message back among those to be sorted"""
    message.state, message.reason = MessageState.UNSORTED, ""
    message.sorted_by_id, message.sorted_at = None, None
    message.save()
    return message


def _sorted(actor: Actor, message: Message, kind: str, made: Record, label: str, link: str) -> None:
    entry: dict[str, Any] = {"kind": kind, "ref": reference(made), "label": label[:200]}
    message.became = [*message.became, entry | {"link": link}]
    message.state, message.reason = MessageState.SORTED, ""
    message.sorted_by_id, message.sorted_at = actor.person_id, timezone.now()
    message.save()

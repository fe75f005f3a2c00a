"""Everything that changes a room: what it shows, what is asked in it, and what is answered."""

from datetime import date, timedelta
from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import AwareDatetime, Field, StringConstraints

from tospann.cases.commands import record_decision
from tospann.documents import commands as documents
from tospann.documents.commands.places import free_name
from tospann.documents.models import Document
from tospann.documents.names import FileName
from tospann.foundation.arguments import Hash, Key, Line, OptionalLine, OptionalText, Text
from tospann.foundation.authority import SYSTEM, Actor, Power, Role, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.quality import commands as quality
from tospann.quality.models import Deliverable
from tospann.rooms import registers
from tospann.rooms.models import (
    AcceptanceRequest,
    ItemKind,
    Question,
    RegisterView,
    RequestState,
    Room,
    RoomItem,
)
from tospann.sharing import access
from tospann.sharing.models import Share
from tospann.sharing.things import thing

ANSWER_WITHIN = timedelta(days=7)
Item = Annotated[str, StringConstraints(max_length=40, pattern=r"^[0-9a-f-]{1,40}$")]
_NOT_YOURS = gettext_noop("This is not shared with you.")
_NOT_YOUR_QUESTION = gettext_noop("Only whoever owns the question, or may share, answers it.")


@command(needs=Power.SHARE_OUTSIDE, kind="sharing")
def set_room(
    actor: Actor,
    project: Project,
    *,
    welcome: OptionalText = "",
    shows_status: bool = False,
    contact: UUID | None = None,
) -> Room:
    """Set up the external room"""
    room = Room.objects.filter(project=project).first() or Room(project=project)
    room.welcome, room.shows_status, room.contact_id = welcome, shows_status, contact
    room.save()
    return room


@command(needs=Power.SHARE_OUTSIDE, kind="sharing", exposed=False)
def set_room_logo(
    actor: Actor, project: Project, *, sha256: Hash, size: Annotated[int, Field(ge=1)]
) -> Room:
    """Choose the logo of the external room"""
    room = Room.objects.filter(project=project).first() or Room(project=project)
    room.logo_sha256, room.logo_size = sha256, size
    room.save()
    return room


@command(needs=Power.SHARE_OUTSIDE, kind="sharing")
def publish_item(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    kind: Literal["milestone", "meeting"],
    item: Item,
    title: Line,
) -> RoomItem:
    """Publish in the external room"""
    if RoomItem.objects.filter(project=project, kind=kind, item=item).exists():
        raise Invalid(gettext("This is published already."))
    made = RoomItem(id=id, project=project, kind=ItemKind(kind), item=item, title=title)
    made.save()
    return made


@command(needs=Power.SHARE)
def withdraw_item(actor: Actor, item: RoomItem) -> None:
    """Take back from the external room"""
    item.delete()


@command(needs=Power.SHARE, undoable=False)
def make_register_view(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    of: Literal["actions", "decisions", "risks", "problems", "deviations"],
    title: Line,
    columns: Annotated[list[Key], Field(min_length=1, max_length=20)],
    numbers: Annotated[list[Annotated[int, Field(ge=1)]], Field(max_length=500)] | None = None,
    open_only: bool = True,
) -> RegisterView:
    """Make a view of a register to share"""
    known = registers.columns(of)
    if unknown := sorted(set(columns) - known.keys()):
        said = gettext("The register has no such column: %(names)s.")
        raise Invalid(said % {"names": ", ".join(unknown)}, "columns")
    if RegisterView.objects.filter(pk=id).exists():
        raise Invalid(gettext("This was saved already. It was not saved twice."))
    made = RegisterView(id=id, project=project, register=of, title=title)
    made.columns = [key for key in known if key in columns]
    made.numbers, made.open_only = sorted(set(numbers or ())), open_only
    made.made_by_id = actor.person_id
    made.save()
    return made


@command(needs=Power.SHARE, undoable=False)
def remove_register_view(actor: Actor, view: RegisterView) -> None:
    """Remove a view of a register"""
    view.delete()


@command(needs=Power.SHARE)
def ask_acceptance(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    share: UUID,
    document: UUID,
    title: Line,
    text: OptionalText = "",
    due_on: date | None = None,
) -> AcceptanceRequest:
    """Ask somebody outside to accept a document"""
    shared = Share.objects.filter(project=project, pk=share).first()
    what = Document.objects.filter(project=project, pk=document, trashed_at=None).first()
    if shared is None or what is None:
        raise Gone
    found = thing(reference(what))
    if found is None or shared.subject not in (found.reference, *found.above):
        raise Invalid(gettext("Share the document with them first."), "share")
    made = AcceptanceRequest(
        id=id,
        project=project,
        share=shared,
        document=what,
        document_version=what.version_number,
        title=title,
        text=text,
        due_on=due_on,
        asked_by_id=actor.person_id,
    )
    made.save()
    return made


@command(needs=Power.SHARE, undoable=False)
def withdraw_request(actor: Actor, request: AcceptanceRequest) -> AcceptanceRequest:
    """Withdraw what somebody outside was asked to accept"""
    _require_open(request)
    request.state = RequestState.WITHDRAWN
    request.save()
    return request


def _is_asked(actor: Actor, request: AcceptanceRequest) -> Sentence | None:
    """Only whoever it was shared with, and only as long as the share works."""
    held = access.grants(actor, request.project_id)
    mine = request.share_id in {one.id for one in held.shares}
    return None if mine else Sentence(_NOT_YOURS)


@command(needs=Power.USE_ROOM, only_if=_is_asked, undoable=False, exposed=False)
def answer_request(
    actor: Actor,
    request: AcceptanceRequest,
    *,
    accepts: bool,
    name: Line,
    answer: OptionalText = "",
) -> AcceptanceRequest:
    """Answer what one was asked to accept"""
    _require_open(request)
    if request.document.version_number != request.document_version:
        raise Invalid(gettext("The document has a newer version. Ask to be asked again."))
    if not accepts and not answer:
        raise Invalid(gettext("Say why not."), "answer")
    request.state = RequestState.ACCEPTED if accepts else RequestState.DECLINED
    request.answered_name, request.answered_at, request.answer = name, timezone.now(), answer
    decision = record_decision(
        SYSTEM,
        request.project,
        id=new_id(),
        title=_title(request)[:200],
        reason=answer,
        decided_on=timezone.localdate(),
        body=f"{name} ({actor.name})"[:200] if actor.name != name else name,
        born_in=reference(request),
        born_label=request.title,
        born_link=request.document.get_absolute_url(),
    )
    request.decision_number = decision.number
    request.save()
    return request


def _title(request: AcceptanceRequest) -> str:
    is_yes = request.state == RequestState.ACCEPTED
    said = gettext("Accepted: %(title)s") if is_yes else gettext("Not accepted: %(title)s")
    return said % {"title": request.title}


def _require_open(request: AcceptanceRequest) -> None:
    if request.state != RequestState.OPEN:
        raise Invalid(gettext("This has been answered or withdrawn."))


def _is_visitor(actor: Actor, project: Project) -> Sentence | None:
    return None if access.grants(actor, project).shares else Sentence(_NOT_YOURS)


@command(needs=Power.USE_ROOM, only_if=_is_visitor, undoable=False, exposed=False)
def ask_question(
    actor: Actor, project: Project, *, id: UUID, text: Text, name: OptionalLine = ""
) -> Question:
    """Ask a question in the room"""
    asked = Question(
        id=id,
        project=project,
        share_id=min(actor.shares, default=None),
        person_id=actor.person_id,
        asked_name=name or actor.name,
        text=text,
        owner_id=_usual_owner(project),
        due_on=timezone.localdate() + ANSWER_WITHIN,
    )
    asked.save()
    return asked


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def record_question(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    text: Text,
    name: Line,
    asked_at: AwareDatetime | None = None,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Question:
    """Record a question that came another way"""
    asked = Question(
        id=id,
        project=project,
        asked_name=name,
        text=text,
        asked_at=asked_at or timezone.now(),
        owner_id=_on_team(project.pk, owner) or _usual_owner(project),
        due_on=due_on or timezone.localdate() + ANSWER_WITHIN,
    )
    asked.save()
    return asked


@command(needs=Power.KEEP_REGISTERS)
def assign_question(
    actor: Actor, question: Question, *, owner: UUID, due_on: date | None = None
) -> Question:
    """Give a question an owner and an answer deadline"""
    if question.answered_at is not None:
        raise Invalid(gettext("This question is answered."))
    question.owner_id = _on_team(question.project_id, owner)
    question.due_on = due_on or question.due_on
    question.save()
    return question


def _on_team(project_id: UUID, person: UUID | None) -> UUID | None:
    if person is not None and person not in projects.on_team(project_id):
        raise Invalid(gettext("Choose somebody on the project's team."), "owner")
    return person


def _usual_owner(project: Project) -> UUID | None:
    """Whom the room names, else the coordinator, else the manager."""
    room = Room.objects.filter(project=project).first()
    if room is not None and room.contact_id is not None:
        return room.contact_id
    for role in (Role.COORDINATOR, Role.MANAGER):
        if found := projects.holders(project.pk, [role]):
            return min(found)
    return None


def _answers(actor: Actor, question: Question) -> Sentence | None:
    """Whoever owns the question, and whoever may share."""
    if actor.person_id is not None and question.owner_id == actor.person_id:
        return None
    shares = rule(actor, Power.SHARE, question.project_id).may_decide
    return None if shares else Sentence(_NOT_YOUR_QUESTION)


@command(needs=Power.DISCUSS, only_if=_answers, undoable=False)
def answer_question(actor: Actor, question: Question, *, answer: Text) -> Question:
    """Answer a question from the room"""
    question.answer, question.answered_at = answer, timezone.now()
    question.answered_by_id = actor.person_id
    question.save()
    return question


@command(needs=Power.USE_ROOM, only_if=_is_visitor, undoable=False, exposed=False)
def hand_in(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    folder: UUID,
    name: FileName,
    sha256: Hash,
    size: Annotated[int, Field(ge=1)],
    media_type: documents.MediaType,
) -> Document:
    """Hand in a file"""
    slot = thing(f"documents.folder:{folder}")
    if slot is None or slot.project_id != project.pk:
        raise Gone
    if not access.access(actor, slot, access.grants(actor, project)).may_upload:
        raise NotAllowed(gettext(_NOT_YOURS))
    return documents.add_document(
        SYSTEM,
        project,
        id=id,
        folder=folder,
        name=free_name(project.pk, folder, name),
        sha256=sha256,
        size=size,
        media_type=media_type,
        comment=gettext("Handed in by %(name)s") % {"name": actor.name},
    )


def _is_asked_about(actor: Actor, deliverable: Deliverable) -> Sentence | None:
    """Only whoever was asked, and only as long as the share works."""
    held = access.grants(actor, deliverable.project_id)
    mine = deliverable.share_id in {one.id for one in held.shares}
    return None if mine else Sentence(_NOT_YOURS)


@command(needs=Power.USE_ROOM, only_if=_is_asked_about, undoable=False, exposed=False)
def accept_in_room(
    actor: Actor,
    deliverable: Deliverable,
    *,
    verdict: quality.Verdict,
    name: Line,
    answer: OptionalText = "",
) -> Deliverable:
    """Accept a deliverable in the room, or say why not"""
    who = f"{name} ({actor.name})" if actor.name != name else name
    return quality.settle(deliverable, verdict, who, answer)

"""What is in a room for whoever has come: only what is shared with her or published there."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from tospann.documents import access as documents
from tospann.documents.fetching import all_told_inside
from tospann.documents.models import Document, Folder
from tospann.documents.shareable import as_thing
from tospann.documents.tree import Tree
from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.statements import One
from tospann.meetings.models import Meeting
from tospann.planning.models import Activity
from tospann.projects.models import Project
from tospann.projects.queries import sees_project
from tospann.quality.models import Deliverable
from tospann.reports.models import ExternalEdition, SignedReport
from tospann.rooms import shareable
from tospann.rooms.models import (
    AcceptanceRequest,
    ItemKind,
    Question,
    RegisterView,
    RequestState,
    Room,
    RoomItem,
)
from tospann.rooms.shareable import Found
from tospann.sharing import access, seeing
from tospann.sharing.access import Access, Grants
from tospann.sharing.policy import Grant
from tospann.sharing.veiling import hidden_by

_by_key = One(Project, "key")


def project(key: str) -> Project:
    """The project of that key. Whether there is anything in it for the visitor is asked next."""
    found = _by_key(key.upper().replace("\x00", ""))
    if found is None:
        raise Http404
    return found


R = TypeVar("R", RoomItem, AcceptanceRequest, Question, RegisterView, ExternalEdition, Meeting)


def of_project(of: Project, model: type[R], pk: UUID) -> R:
    """One row of the project's, or 404."""
    found = model._default_manager.filter(project=of, pk=pk).select_related("project").first()
    if found is None:
        raise Http404
    return found


def room_of(of: Project) -> Room:
    """The room as it is set up, or as it is before anybody has set it up."""
    found = Room.objects.filter(project=of).select_related("contact").first()
    return found or Room(project=of)


@dataclass(frozen=True)
class Logo:
    """The bytes of the room's logo, as what is sent."""

    sha256: str
    size: int
    name: str = "logo.jpg"
    media_type: str = "image/jpeg"


def knows_of(actor: Actor, of: Project) -> bool:
    """Whether she has come by something that is shared, or sees the project itself."""
    return sees_project(actor, of.pk) or bool(access.grants(actor, of).shares)


def logo(of: Project) -> Logo | None:
    room = room_of(of)
    return Logo(room.logo_sha256, room.logo_size) if room.logo_sha256 else None


@dataclass(frozen=True)
class ShownDocument:
    """A document in the room, with what may be done with it."""

    document: Document
    access: Access
    stays_inside: bool = False
    """Macros, programs and the like: told of, and not to be fetched from outside."""


@dataclass(frozen=True)
class Inside:
    """Everything there is in the room for one visitor."""

    room: Room
    documents: list[ShownDocument]
    slots: list[Folder]
    requests: list[AcceptanceRequest]
    milestones: list[Activity]
    meetings: list[Meeting]
    questions: list[Question]
    deliverables: list[Deliverable] = field(default_factory=list)
    status: SignedReport | None = None
    shared: dict[str, list[Found]] = field(default_factory=dict)
    held: Grants = field(default_factory=lambda: Grants(UUID(int=0)))

    @property
    def is_empty(self) -> bool:
        return not (self.documents or self.slots or any(self.shared.values()))

    @property
    def reports(self) -> list[Found]:
        return self.shared.get(shareable.REPORT, [])

    @property
    def registers(self) -> list[Found]:
        return self.shared.get(shareable.REGISTER, [])

    @property
    def shared_meetings(self) -> list[Found]:
        return self.shared.get(shareable.MEETING, [])


def inside(actor: Actor, of: Project) -> Inside:
    """The room for this visitor, or 404 when nothing at all is shared with her."""
    held = access.grants(actor, of)
    if not held.shares:
        raise Http404
    room = room_of(of)
    return Inside(
        room=room,
        documents=documents_of(actor, of, held),
        slots=slots(of, held),
        requests=list(requests_of(of, held)),
        milestones=milestones(of),
        meetings=meetings(of),
        questions=list(questions_of(actor, of)),
        deliverables=list(deliverables_of(of, held)),
        status=_status(of) if room.shows_status else None,
        shared=shareable.shared(actor, of, held),
        held=held,
    )


def documents_of(actor: Actor, of: Project, held: Grants) -> list[ShownDocument]:
    """What is shared with her. Somebody with a role sees the rest inside the portal."""
    found = list(documents.visible(actor, of, held).order_by("name_key")[:500])
    tree = Tree.of(of.pk)
    kept = all_told_inside(actor, found)
    listed = [
        ShownDocument(one, access.access(actor, as_thing(one, tree), held), one.pk in kept)
        for one in found
    ]
    return [one for one in listed if any(why.share for why in one.access.reasons)]


def document(actor: Actor, of: Project, pk: UUID) -> ShownDocument:
    """One document that is shared with her, or 404."""
    held = access.grants(actor, of)
    one = documents.visible(actor, of, held).filter(pk=pk).first()
    if one is None or not held.shares:
        raise Http404
    return ShownDocument(one, documents.of_document(actor, one, held))


def slots(of: Project, held: Grants) -> list[Folder]:
    """The folders she may hand files in to."""
    label = "documents.folder:"
    wanted = [
        one.subject.removeprefix(label)
        for one in held.shares
        if one.role == "upload" and one.subject.startswith(label)
    ]
    found = Folder.objects.filter(project=of, pk__in=wanted, trashed_at__isnull=True)
    return list(found.order_by("name_key"))


def requests_of(of: Project, held: Grants) -> QuerySet[AcceptanceRequest]:
    """What she is asked to accept, and what she has answered."""
    found = AcceptanceRequest.objects.filter(project=of, share__in=[one.id for one in held.shares])
    found = found.exclude(state=RequestState.WITHDRAWN).filter(document__trashed_at__isnull=True)
    return found.select_related("document", "project").order_by("-asked_at")


def deliverables_of(of: Project, held: Grants) -> QuerySet[Deliverable]:
    """The deliverables that are shared with her; she answers those she is asked about."""
    label = "quality.deliverable:"
    shared = [one.subject.removeprefix(label) for one in held.shares if one.role != "upload"]
    found = Deliverable.objects.filter(project=of, pk__in=[pk for pk in shared if ":" not in pk])
    return found.order_by("due_on", "number")


def deliverable_for(actor: Actor, of: Project, pk: UUID) -> Deliverable:
    """One that is shared with her, or 404."""
    found = deliverables_of(of, access.grants(actor, of)).filter(pk=pk)
    one = found.select_related("project").first()
    if one is None:
        raise Http404
    return one


def request_for(actor: Actor, of: Project, pk: UUID) -> AcceptanceRequest:
    found = requests_of(of, access.grants(actor, of)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def published_milestones(project_id: UUID) -> set[int]:
    """The uids of the published milestones of a project."""
    found = RoomItem.objects.filter(project=project_id, kind=ItemKind.MILESTONE)
    items = found.values_list("item", flat=True)
    return {int(item) for item in items if item.isdecimal()}


def milestones(of: Project) -> list[Activity]:
    """The published milestones by date."""
    uids = published_milestones(of.pk)
    found = Activity.objects.filter(project=of, uid__in=uids, is_active=True)
    return list(found.order_by("finish", "position"))


def meetings(of: Project) -> list[Meeting]:
    """The published meetings by date."""
    found = Meeting.objects.filter(project=of, pk__in=_items(of, ItemKind.MEETING))
    return list(found.exclude(state="cancelled").order_by("starts_at"))


def _items(of: Project, kind: ItemKind) -> list[str]:
    return list(RoomItem.objects.filter(project=of, kind=kind).values_list("item", flat=True))


def _status(of: Project) -> SignedReport | None:
    found = SignedReport.objects.filter(project=of).order_by("-number")
    return found.only("state", "trend", "signed_on", "number").first()


def questions_of(actor: Actor, of: Project) -> QuerySet[Question]:
    """Her own questions, the latest first."""
    found = Question.objects.filter(project=of)
    mine = found.filter(share__in=actor.shares)
    if actor.person_id is not None:
        mine = found.filter(person=actor.person_id)
    return mine.select_related("answered_by").order_by("-asked_at")


def all_questions(of: Project) -> QuerySet[Question]:
    """Everybody's questions: unanswered first."""
    found = Question.objects.filter(project=of).select_related("owner", "answered_by", "share")
    return found.order_by("answered_at", "-asked_at")


def after_answering(actor: Actor, of: Project) -> str:
    """Where somebody goes on: whoever shares to the room's page, others to the project's."""
    may = rule(actor, Power.SHARE, of.pk).may_decide
    return f"/p/{of.key}/room#questions" if may else f"/p/{of.key}/"


def all_requests(of: Project) -> QuerySet[AcceptanceRequest]:
    found = AcceptanceRequest.objects.filter(project=of)
    return found.select_related("document", "share", "share__person", "asked_by").order_by(
        "-asked_at"
    )


def hidden_requests(actor: Actor, scope_id: UUID, references: Collection[str]) -> frozenset[str]:
    """Requests to accept what is not the actor's to see (for ``people.veils``)."""
    pks = [one.partition(":")[2] for one in references]
    rows = AcceptanceRequest.objects.filter(pk__in=pks).values_list("pk", "document_id")
    subjects = {f"rooms.acceptancerequest:{pk}": f"documents.document:{of}" for pk, of in rows}
    return hidden_by(actor, scope_id, references, subjects)


def items(of: Project) -> QuerySet[RoomItem]:
    return RoomItem.objects.filter(project=of).order_by("kind", "title")


def publishable(of: Project, today: date) -> list[tuple[str, str]]:
    """Milestones and coming meetings that are not published: to choose from."""
    there = {(one.kind, one.item) for one in items(of)}
    marks = Activity.objects.filter(project=of, kind="milestone", is_active=True)
    found: list[tuple[str, str, str]] = [
        ("milestone", str(uid), name)
        for uid, name in marks.order_by("finish").values_list("uid", "name")
    ]
    coming = Meeting.objects.filter(project=of, starts_at__date__gte=today, state="planned")
    found += [
        ("meeting", str(pk), title)
        for pk, title in coming.order_by("starts_at").values_list("pk", "title")
    ]
    return [(f"{k}:{i}", name[:200]) for k, i, name in found if (k, i) not in there]


def register_views(of: Project) -> QuerySet[RegisterView]:
    return RegisterView.objects.filter(project=of).order_by("title", "pk")


def shares_of(of: Project, one: Document) -> list[Grant]:
    """The shares outside that reach a document now: whom one may ask to accept it."""
    reasons = [
        why
        for who in seeing.principals(documents.Item.of_document(one))
        if who.is_outside
        for why in who.reasons
    ]
    return [why.share for why in reasons if why.share is not None]

"""Inside the room: what is shared and published, answering, asking, handing in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.documents import access as documents
from tospann.documents import previews, receiving
from tospann.documents.fetching import fetched, told_inside
from tospann.documents.sending import sent
from tospann.documents.views.previews import picture, watermark
from tospann.foundation.commands import submit
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import new_id
from tospann.people import ratelimit
from tospann.people.actors import ActorRequest
from tospann.projects.models import Project
from tospann.rooms import commands, queries
from tospann.rooms.forms import AnswerForm, DeliveredForm, QuestionForm
from tospann.rooms.sections import sections
from tospann.rooms.views.door import closed, gate, waiting_visits
from tospann.rooms.visitors import RoomRequest, room_page, visitor_of
from tospann.sharing import seen
from tospann.ui.pages import page

ACTS_AN_HOUR = 60


@require_safe
def room(request: ActorRequest, key: str) -> HttpResponse:
    """The room, its gate, or a closed door."""
    try:
        project = queries.project(key)
    except Http404:
        return closed(request)
    if waiting := waiting_visits(request, project):
        return gate(request, project, waiting[-1])
    visitor = visitor_of(request, project)
    if visitor is None:
        return closed(request)
    request.actor = visitor
    return _room(request, project)  # type: ignore[arg-type]  # now a RoomRequest


def _room(
    request: RoomRequest, project: Project, *, status: int = 200, **more: Any
) -> HttpResponse:
    try:
        inside = queries.inside(request.actor, project)
    except Http404:
        return closed(request)
    shown: dict[str, Any] = {
        "place": project,
        "inside": inside,
        "sections": sections(request.actor, project),
        "visitor": request.actor,
        "question": QuestionForm(),
        "answer": AnswerForm(initial={"name": _known_name(request)}),
        "preview": False,
    }
    response = page(request, "rooms/room.html", status=status, **(shown | more))
    response["Cache-Control"] = "no-store"
    return response


def _known_name(request: RoomRequest) -> str:
    return request.actor.name if request.actor.kind in ("guest", "person", "external") else ""


@require_safe
@room_page
def room_document(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    shown = queries.document(request.actor, project, pk)
    seen.note(request.actor, documents.Item.of_document(shown.document), "opened", request)
    found = shown.document
    drawn = None if found.is_link or not found.size else previews.ask(found.sha256, found.name)
    sheets = range(1, len(drawn.sizes) + 1) if drawn else ()
    pages = [reverse("room_sheet", args=[project.key, pk, one]) for one in sheets]
    seen_as: dict[str, Any] = {"shown": shown, "pages": pages, "drawn": drawn}
    kept = told_inside(request.actor, found)
    return page(request, "rooms/document.html", place=project, kept_inside=kept, **seen_as)


@require_safe
@room_page
def room_sheet(request: RoomRequest, project: Project, pk: UUID, sheet: int) -> HttpResponse:
    """One page as a picture, with who looks at it written across it where the share says so."""
    shown = queries.document(request.actor, project, pk)
    mark = watermark(request.actor) if shown.access.has_watermark else ""
    return picture(request, shown.document, sheet, mark)


@require_safe
@room_page
def room_file(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    """The file itself, where the share lets it out."""
    shown = queries.document(request.actor, project, pk)
    return fetched(request.actor, shown.document, request)  # type: ignore[return-value]  # any answer


@require_POST
@room_page
def answer_room_request(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.request_for(request.actor, project, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _room(request, project, status=422, answer=form, answering=found.pk)
    try:
        _count(request)
        accepts = request.POST.get("accepts") == "yes"
        bound = commands.answer_request.on(found)
        submit(request.actor, bound, accepts=accepts, **form.cleaned_data)
    except CommandError as error:
        shown = {"answer": form, "answering": found.pk, "problem": error.message}
        return _room(request, project, status=error.status, **shown)
    messages.success(request, _("Thank you. Your answer is recorded."))
    return _back(project)


@require_POST
@room_page
def answer_delivered(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.deliverable_for(request.actor, project, pk)
    form = DeliveredForm(request.POST)
    if not form.is_valid():
        return _room(request, project, status=422, answer=form, answering=found.pk)
    try:
        _count(request)
        submit(request.actor, commands.accept_in_room.on(found), **form.cleaned_data)
    except CommandError as error:
        shown = {"answer": form, "answering": found.pk, "problem": error.message}
        return _room(request, project, status=error.status, **shown)
    messages.success(request, _("Thank you. Your answer is recorded."))
    return _back(project)


@require_POST
@room_page
def ask_room_question(request: RoomRequest, project: Project) -> HttpResponse:
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _room(request, project, status=422, question=form)
    try:
        _count(request)
        submit(request.actor, commands.ask_question.on(project), **form.cleaned_data)
    except CommandError as error:
        return _room(request, project, status=error.status, question=form, problem=error.message)
    messages.success(request, _("Your question is sent. The answer comes here."))
    return _back(project)


@receiving.takes_files
@require_POST
@room_page
def hand_in(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    held = documents.grants(request.actor, project)
    folder = next((one for one in queries.slots(project, held) if one.pk == pk), None)
    if folder is None:
        raise Http404
    try:
        _count(request)
        got = receiving.received(request)
        bound = commands.hand_in.on(project)
        submit(request.actor, bound, id=new_id(), folder=folder.pk, name=got.name, **got.kept)
    except CommandError as error:
        return _room(request, project, status=error.status, problem=error.message)
    seen.note(request.actor, documents.Item.of_folder(folder), "uploaded", request)
    messages.success(request, _("“%(name)s” is handed in.") % {"name": got.name})
    return _back(project)


def _count(request: RoomRequest) -> None:
    who = min(request.actor.shares, default=request.actor.person_id)
    ratelimit.count(f"room:{who}", ACTS_AN_HOUR, 3600)


def _back(project: Project) -> HttpResponse:
    return HttpResponseRedirect(reverse("room", args=[project.key]))


@require_safe
@room_page
def room_logo(request: RoomRequest, project: Project) -> HttpResponse:
    """The room's own logo, which was redrawn when it was chosen."""
    logo = queries.logo(project)
    if logo is None or not queries.knows_of(request.actor, project):
        raise Http404
    return sent(logo, request, is_shown=True)  # type: ignore[return-value]  # any answer

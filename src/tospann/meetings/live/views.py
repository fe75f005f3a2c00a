"""The page of a meeting under way, and what it sends: text, lines, turns, ticks, decisions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tospann.cases.decide_form import DecideForm
from tospann.cases.models import Case
from tospann.documents import commands as documents
from tospann.documents import files
from tospann.documents.uploads import takes_a_file
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.meetings import commands as meetings
from tospann.meetings.commands.rules import must_be_writable
from tospann.meetings.live import commands, deciding, drafts, forms, lines, noting, queries
from tospann.meetings.models import AgendaItem, Meeting
from tospann.people.pages import go
from tospann.projects import changes
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


def _wants_json(request: ProjectRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _back(request: ProjectRequest, item: AgendaItem, text: str = "") -> HttpResponse:
    """To the item on the page, saying what came of it."""
    if text:
        messages.success(request, text)
    here = reverse("live", args=[request.project.key, item.meeting.number])
    return go(request, f"{here}#item-{item.pk}")


def _item(request: ProjectRequest, project: Project, number: int, pk: UUID) -> AgendaItem:
    """An item whose minutes the actor may write just now."""
    item = queries.item(queries.meeting(project, number), pk)
    ruling = meetings.save_item_text.ruling(request.actor, item)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    must_be_writable(item.meeting)
    return item


@project_page
def live(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    meeting = queries.meeting(project, number)
    return _page(request, meeting)


def _page(
    request: ProjectRequest, meeting: Meeting, status: int = 200, **wrong: Any
) -> HttpResponse:
    actor, room = request.actor, queries.room(request.actor, meeting)
    shown = {
        "project": meeting.project,
        "meeting": meeting,
        "room": room,
        "cases": deciding.on_the_agenda(actor, meeting, [one.item for one in room.items]),
        "head": changes.head(meeting.project_id),
        "may_write": queries.may_write(actor, meeting),
        "runs": meetings.start_meeting.ruling(actor, meeting).may_decide,
        "letters": lines.LETTERS,
        "fresh_id": new_id,
    }
    return page(request, "meetings/live.html", status=status, wrong=wrong, **shown)


@require_safe
@never_cache
@project_page
def state(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """What was typed since `since`, and what was changed in the project since `head`."""
    meeting, desk, head = queries.under_way(project, number)
    since, known = (forms.number(request.GET.get(name, "")) for name in ("since", "head"))
    news = queries.news(request.actor, meeting, desk, since)
    changed = changes.Changed(head, {})
    if head > known:
        changed = changes.since(request.actor, project.pk, known)
    return JsonResponse(news.to_json() | changed.to_json() | {"state": meeting.state})


@require_POST
@project_page
def text(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    """What somebody typed in an item, as often as the page likes."""
    item = _item(request, project, number, pk)
    saved = drafts.write(request.actor, item, forms.written(request.POST))
    if _wants_json(request):
        told = queries.told(request.actor, saved.draft, queries.kept_of(item))
        return JsonResponse(told | {"left_over": saved.kept})
    said = _("Saved.")
    if saved.kept:
        said = _("Somebody else changed the same lines. What you wrote is kept beside them.")
    return _back(request, item, said)


@require_POST
@project_page
def leave(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    """Somebody stopped typing there: the soft lock goes."""
    drafts.let_go(request.actor, queries.item(queries.meeting(project, number), pk))
    return HttpResponse(status=204)


@require_POST
@project_page
def kept(
    request: ProjectRequest, project: Project, number: int, pk: UUID, one: UUID
) -> HttpResponse:
    """Put a text that is kept beside into the minutes, or throw it away."""
    item = _item(request, project, number, pk)
    drafts.settle_kept(item, one, join=request.POST.get("what") == "join")
    return HttpResponse(status=204) if _wants_json(request) else _back(request, item)


@never_cache
@project_page
def line(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    """GET says what a line means; POST carries it out."""
    item = _item(request, project, number, pk)
    sent = request.POST if request.method == "POST" else request.GET
    try:
        noted = noting.read(item, sent.get("line", ""))
    except lines.NotUnderstood as error:
        return _not_understood(request, item, str(error))
    said = noting.in_words(noted)
    if because := noting.refusal(request.actor, item, noted):
        return _not_understood(request, item, because, status=403)
    if request.method == "POST":
        noting.note(request.actor, item, noted, forms.client_id(sent.get("id", "")))
    if _wants_json(request):
        return JsonResponse({"says": said})
    return _back(request, item, said)


def _not_understood(
    request: ProjectRequest, item: AgendaItem, sentence: str, status: int = 422
) -> HttpResponse:
    if _wants_json(request):
        told = 200 if request.method == "GET" else status
        return JsonResponse({"wrong": sentence}, status=told)
    typed = request.POST.get("line", "")
    return _page(request, item.meeting, status, item=item.pk, sentence=sentence, line=typed)


@require_POST
@project_page
def new_item(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Something came up: one more item, at the end."""
    meeting, title = queries.meeting(project, number), request.POST.get("title", "")
    done = submit(request.actor, meetings.add_item.on(meeting), id=new_id(), title=title)
    assert isinstance(done, Done)  # the agenda is kept, never proposed
    done.result.meeting = meeting
    return _back(request, done.result)


@require_POST
@project_page
def turn(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    item = queries.item(queries.meeting(project, number), pk)
    submit(request.actor, commands.turn_to_item.on(item))
    return _back(request, item)


@require_POST
@project_page
def decide(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    item = _item(request, project, number, pk)
    case = deciding.case_of(item)
    if case is None:
        return _back(request, item)
    form = DecideForm(request.POST, case=case)
    if form.is_valid():
        try:
            return _back(request, item, _decided(request, item, case, form))
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    return _page(request, item.meeting, 422, item=item.pk, decided=form)


def _decided(request: ProjectRequest, item: AgendaItem, case: Case, form: DecideForm) -> str:
    return deciding.decide(
        request.actor,
        item,
        case,
        version=forms.number(request.POST.get("version", "")) or None,
        alternative=form.cleaned_data["alternative"],
        reason=form.cleaned_data["reason"],
        conditions=form.conditions(),
    )


@require_POST
@takes_a_file
@project_page
def photo(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    item = _item(request, project, number, pk)
    form = forms.PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, item.meeting, 422, item=item.pk, photo=form)
    sent = form.cleaned_data["file"]
    files.refuse_larger(sent.size)
    stored = files.keep(sent.read(), sent.name, is_photo=True)
    submit(
        request.actor,
        documents.attach.on(project),
        id=new_id(),
        born_in=item.ref,
        name=stored.name,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
    )
    return _back(request, item, _("The photo is in the minutes."))


@require_POST
@project_page
def attendance(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    meeting = queries.meeting(project, number)
    found, here = queries.attendance(meeting, pk), request.POST.get("present") == "yes"
    submit(request.actor, meetings.set_attendance.on(found), is_present=here)
    if _wants_json(request):
        return HttpResponse(status=204)
    return go(request, reverse("live", args=[project.key, number]) + "#attendance")


@require_POST
@project_page
def start(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """Start the meeting, and its first item with it."""
    meeting = queries.meeting(project, number)
    submit(request.actor, meetings.start_meeting.on(meeting))
    first = queries.first_item(meeting)
    if first is not None:
        submit(request.actor, commands.turn_to_item.on(first))
    return go(request, reverse("live", args=[project.key, number]))


@require_POST
@project_page
def end(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """End the meeting: everything typed becomes the record."""
    meeting = queries.meeting(project, number)
    submit(request.actor, meetings.end_meeting.on(meeting))
    messages.success(request, _("The meeting has ended. Everything typed is in the minutes."))
    return go(request, meeting.get_absolute_url())

"""In the room: a report's external edition, a view of a register, a meeting with its minutes."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tospann.foundation.errors import NotAllowed
from tospann.meetings import printing, publishing
from tospann.meetings.models import ItemKind, Meeting
from tospann.meetings.shareable import outside
from tospann.meetings.views.publishing import pdf_answer
from tospann.projects.models import Project
from tospann.reports.editions import making
from tospann.reports.editions.views import pdf_of
from tospann.reports.models import ExternalEdition
from tospann.rooms import queries, registers, shareable
from tospann.rooms.models import RegisterView
from tospann.rooms.shareable import Found
from tospann.rooms.visitors import RoomRequest, room_page
from tospann.sharing import access, seen
from tospann.ui.pages import page


@require_safe
@room_page
def room_report(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    found = shareable.one(request.actor, project, shareable.REPORT, pk)
    seen.note(request.actor, found.thing, "opened", request)
    edition = queries.of_project(project, ExternalEdition, pk)
    return page(
        request,
        "rooms/report.html",
        place=project,
        found=found,
        content=edition.content,
        shown=making.printed(edition.content),
    )


@require_safe
@room_page
def room_report_pdf(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    found = shareable.one(request.actor, project, shareable.REPORT, pk)
    return _downloaded(
        request, project, found, lambda: pdf_of(queries.of_project(project, ExternalEdition, pk))
    )


@require_safe
@room_page
def room_register(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    found = shareable.one(request.actor, project, shareable.REGISTER, pk)
    seen.note(request.actor, found.thing, "opened", request)
    shown = registers.shown(queries.of_project(project, RegisterView, pk))
    return page(request, "rooms/register.html", place=project, found=found, shown=shown)


@require_safe
@room_page
def room_meeting(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    found = shareable.one(request.actor, project, shareable.MEETING, pk)
    seen.note(request.actor, found.thing, "opened", request)
    meeting = queries.of_project(project, Meeting, pk)
    given = outside(meeting, found.emails, request.actor.person_id)
    return page(
        request,
        "rooms/meeting.html",
        place=project,
        found=found,
        meeting=meeting,
        given=given,
        content=printing.readable(given.content) if given.content else None,
        kinds=dict(ItemKind.choices),
    )


@require_safe
@room_page
def room_minutes(request: RoomRequest, project: Project, pk: UUID) -> HttpResponse:
    found = shareable.one(request.actor, project, shareable.MEETING, pk)
    return _downloaded(request, project, found, lambda: _minutes(request, project, found))


def _minutes(request: RoomRequest, project: Project, found: Found) -> HttpResponse:
    """The PDF of what she may read of the minutes."""
    given = outside(
        queries.of_project(project, Meeting, found.pk), found.emails, request.actor.person_id
    )
    if given.minutes is None or given.content is None:
        raise Http404
    out = given.minutes
    is_whole = given.content == out.content
    sha256 = out.pdf_sha256 if is_whole else _kept(given.content, out.language)
    return pdf_answer(sha256, f"{given.content['key']}-{given.content['number']}.pdf")


def _kept(content: dict[str, object], language: str) -> str:
    return publishing.keep_pdf(content, language).sha256


def _downloaded(
    request: RoomRequest, project: Project, found: Found, file: Callable[[], HttpResponse]
) -> HttpResponse:
    """The file, where the share lets it out: counted against its limit and noted."""
    answer = file()
    if not seen.take_download(request.actor, found.thing, access.grants(request.actor, project)):
        raise NotAllowed(_("You may look at this, but not download it."))
    seen.note(request.actor, found.thing, "downloaded", request)
    return answer

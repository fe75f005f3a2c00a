"""What the link of an invitation opens, without signing in: answering, then the minutes."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.authority import Actor
from tospann.foundation.commands import submit
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import new_id
from tospann.meetings import commands, links, publishing, queries
from tospann.meetings.forms import RemarkForm
from tospann.meetings.minutes import for_external
from tospann.meetings.models import Attendance, MeetingState
from tospann.meetings.printing import readable
from tospann.meetings.views.meeting import ANSWERS, KINDS
from tospann.meetings.views.publishing import pdf_answer
from tospann.people import ratelimit
from tospann.ui.pages import page

CHANGES_AN_HOUR = 60


def _found(token: str) -> Attendance:
    pk = links.attendance_id(token)
    found = queries.attendance(pk) if pk else None
    if found is None:
        raise Http404
    return found


def meeting_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing: mail programs open links by themselves."""
    return _page(request, token, _found(token))


def _page(
    request: HttpRequest, token: str, found: Attendance, *, status: int = 200, **more: Any
) -> HttpResponse:
    meeting = found.meeting
    content = _content(found)
    shown = {
        "attendance": found,
        "meeting": meeting,
        "token": token,
        "answers": ANSWERS,
        "kinds": KINDS,
        "chosen": request.GET.get("answer", ""),
        "is_past": meeting.starts_at < timezone.now(),
        "is_gone": bool(queries.gone_from(meeting, [found])),
        "items": _agenda(found),
        "content": readable(content) if content else None,
        "remarks": list(queries.remarks(meeting).filter(attendance=found)),
        "form": RemarkForm(items=_choices(content)),
        "may_remark": _may_remark(found),
    }
    if shown["is_gone"]:
        shown |= {"items": [], "content": None, "remarks": []}
    return page(request, "meetings/link.html", status=status, **(shown | more))


def _agenda(found: Attendance) -> list[Any]:
    if found.meeting.state != MeetingState.PLANNED:
        return []
    reader = Actor(kind="external" if found.is_external else "person", person_id=None, name="")
    return queries.items(found.meeting, reader)


def _content(found: Attendance) -> dict[str, Any] | None:
    out = queries.published(found.meeting)
    if out is None:
        return None
    content: dict[str, Any] = out.content
    return for_external(content, str(found.pk)) if found.is_external else content


def _choices(content: dict[str, Any] | None) -> list[tuple[str, str]]:
    items = content["items"] if content else []
    return [(item["id"], f"{item['label']} {item['title']}") for item in items]


def _may_remark(found: Attendance) -> bool:
    meeting, today = found.meeting, timezone.localdate()
    is_open = meeting.remarks_due_on is None or meeting.remarks_due_on >= today
    return meeting.state == MeetingState.PUBLISHED and is_open


@require_POST
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, no or maybe. Answering again changes the answer."""
    found = _found(token)
    said = request.POST.get("answer", "")
    if said not in ("yes", "no", "maybe") or queries.gone_from(found.meeting, [found]):
        return _page(request, token, found, status=422)
    try:
        ratelimit.count(f"meeting-link:{found.pk}", CHANGES_AN_HOUR, 3600)
        bound = commands.answer_invitation.on(found)
        note = request.POST.get("note", "")[:200]
        submit(links.bearer(found), bound, answer=cast(Any, said), note=note)
    except CommandError as error:
        return _page(request, token, found, status=error.status, problem=error.message)
    messages.success(request, _("Your answer is noted. You may change it here."))
    return HttpResponseRedirect(links.path(found))


@require_POST
def remark_by_link(request: HttpRequest, token: str) -> HttpResponse:
    found = _found(token)
    content = _content(found)
    form = RemarkForm(request.POST, items=_choices(content))
    if content is None or queries.gone_from(found.meeting, [found]) or not form.is_valid():
        return _page(request, token, found, status=422, form=form)
    try:
        ratelimit.count(f"meeting-link:{found.pk}", CHANGES_AN_HOUR, 3600)
        bound = commands.remark_on_minutes.on(found)
        submit(links.bearer(found), bound, id=new_id(), **form.remark)
    except CommandError as error:
        shown = {"form": form, "problem": error.message}
        return _page(request, token, found, status=error.status, **shown)
    messages.success(request, _("Your remark is sent."))
    return HttpResponseRedirect(links.path(found))


def pdf_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The minutes as they were sent to whoever holds the link."""
    found = _found(token)
    out, content = queries.published(found.meeting), _content(found)
    if out is None or content is None or queries.gone_from(found.meeting, [found]):
        raise Http404
    sha256 = out.pdf_sha256
    if content != out.content:
        with translation.override(out.language):
            sha256 = publishing.keep_pdf(content, out.language).sha256
    return pdf_answer(sha256, f"{content['key']}-{content['number']}.pdf")

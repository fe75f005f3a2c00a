"""Holding a meeting and publishing its minutes; the PDF, remarks and their answers; locking."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents import blobs
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.meetings import commands, publishing, queries
from tospann.meetings.commands.publishing import ChangedMeanwhile
from tospann.meetings.forms import AnswerRemarkForm, PublishForm, RemarkForm
from tospann.meetings.models import Meeting
from tospann.meetings.views.planning import address
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.holidays import add_working_days
from tospann.ui.jinja import maybe_url
from tospann.ui.pages import form_page, problem
from tospann.ui.pdf import Busy

REMARK_DAYS = 5


@require_POST
@project_page
def start_meeting(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    outcome = submit(request.actor, commands.start_meeting.on(found))
    to = maybe_url("live", project.key, number) or address(found)
    return answer(request, outcome, to, _("The meeting is under way."))


@require_POST
@project_page
def end_meeting(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    outcome = submit(request.actor, commands.end_meeting.on(found))
    said = _("The meeting is over. Look through the minutes and publish them.")
    return answer(request, outcome, address(found), said)


@require_POST
@project_page
def reopen_meeting(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    outcome = submit(request.actor, commands.reopen_meeting.on(found))
    to = maybe_url("live", project.key, number) or address(found)
    return answer(request, outcome, to, _("The meeting goes on."))


@project_page
def publish_minutes(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    ruling = commands.publish_minutes.ruling(request.actor, found)
    due = add_working_days(timezone.localdate(), REMARK_DAYS)
    form = PublishForm(request.POST or None, initial={"remarks_due_on": due})
    if form.is_valid():
        shown = _publish(request, form, found)
        if shown is not None:
            return shown
    return form_page(
        request,
        form,
        title=_("Publish the minutes"),
        submit=_("Publish and send"),
        lead=_("They are frozen, numbered and sent to everybody who was called."),
        decides="" if ruling.may_decide else str(ruling),
        cancel=address(found),
        project=project,
    )


def _publish(request: ProjectRequest, form: PublishForm, found: Meeting) -> HttpResponse | None:
    due = form.cleaned_data["remarks_due_on"]
    try:
        outcome = publishing.publish(request.actor, found, due)
    except (Invalid, ChangedMeanwhile) as error:
        form.add_error(None, error.message)
        return None
    except Busy:
        return problem(request, 503, _("Many files are being made just now. Try again shortly."))
    said = _("The minutes are published and on their way.")
    return answer(request, outcome, address(found), said)


@project_page
def minutes_pdf(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """The file that was sent; for external parties one without what is not for them."""
    found = queries.meeting(project, number)
    out = queries.published(found)
    if out is None:
        raise Http404
    content = queries.content_for(request.actor, out)
    sha256 = out.pdf_sha256
    if len(content["items"]) != len(out.content["items"]):
        sha256 = publishing.keep_pdf(content, out.language).sha256
    return pdf_answer(sha256, f"{project.key}-{number}.pdf")


def pdf_answer(sha256: str, name: str) -> HttpResponse:
    """A kept file as a download nobody in between may keep."""
    try:
        data = blobs.read(sha256)
    except OSError:
        raise Http404 from None
    disposition = f'inline; filename="{name}"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@require_POST
@project_page
def lock_minutes(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    outcome = submit(request.actor, commands.lock_minutes.on(found))
    return answer(request, outcome, address(found), _("The minutes are locked."))


@project_page
def new_remark(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    mine = queries.own_attendance(request.actor, found)
    if mine is None:
        raise Http404
    ruling = commands.remark_on_minutes.ruling(request.actor, mine)
    form = RemarkForm(request.POST or None, items=item_choices(request, found))
    if form.is_valid():
        bound = commands.remark_on_minutes.on(mine)
        outcome = try_submit(request, form, bound, id=new_id(), **form.remark)
        if outcome:
            return answer(request, outcome, address(found), _("Your remark is sent."))
    return form_page(
        request,
        form,
        title=_("Remark on the minutes"),
        submit=_("Send the remark"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=address(found),
        project=project,
    )


def item_choices(request: ProjectRequest, found: Meeting) -> list[tuple[str, str]]:
    listed = queries.items(found, request.actor)
    return [(str(one.pk), f"{one.label} {one.title}") for one in listed]


@project_page
def answer_remark(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = queries.remark(project, pk)
    ruling = commands.answer_remark.ruling(request.actor, found)
    initial = {"answer": found.answer}
    form = AnswerRemarkForm(request.POST or None, initial=initial, version=found.version)
    if form.is_valid():
        typed = form.cleaned_data
        bound = commands.answer_remark.on(found, typed.get("version"))
        outcome = try_submit(request, form, bound, answer=typed["answer"])
        if outcome:
            return answer(request, outcome, address(found.meeting) + "#remarks")
    return form_page(
        request,
        form,
        title=_("Answer the remark"),
        submit=_("Send the answer"),
        lead=f"{found.by_name}: {found.text}"[:500],
        decides="" if ruling.may_decide else str(ruling),
        cancel=address(found.meeting),
        project=project,
    )

"""From draft to signature: sending for it, taking back, returning, signing."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports import commands, pdf, queries, signing
from tospann.reports.forms import ReturnForm
from tospann.reports.models import StatusReport
from tospann.ui.pages import form_page, problem


def _address(report: StatusReport) -> str:
    return reverse("report", args=[report.project.key, report.number])


def submit_now(request: ProjectRequest, report: StatusReport) -> HttpResponse:
    outcome = submit(request.actor, commands.submit_report.on(report))
    return answer(request, outcome, _address(report), _("The report waits for signature."))


def sign_now(request: ProjectRequest, report: StatusReport) -> HttpResponse:
    try:
        outcome = signing.sign(request.actor, report)
    except pdf.Busy:
        return problem(request, 503, _("Many reports are being made. Try again in a moment."))
    to = reverse("send_report", args=[report.project.key, report.number])
    return answer(request, outcome, to, _("The report is signed."))


@require_POST
@project_page
def sign_report(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    return sign_now(request, queries.report(project, number))


@require_POST
@project_page
def take_back_report(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.report(project, number)
    outcome = submit(request.actor, commands.take_back_report.on(found))
    return answer(request, outcome, _address(found), _("The report is a draft again."))


@project_page
def return_report(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.report(project, number)
    ruling = commands.return_report.ruling(request.actor, found)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        bound = commands.return_report.on(found)
        outcome = try_submit(request, form, bound, reason=form.cleaned_data["reason"])
        if outcome:
            said = _("The report was returned.")
            return answer(request, outcome, _address(found), said)
    return form_page(
        request,
        form,
        title=_("Return the report"),
        submit=_("Return it"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=_address(found),
        project=project,
    )

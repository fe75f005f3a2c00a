"""Mailing a signed report, and how the project reports."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.foundation.ids import new_id
from tospann.people.pages import answer, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports import commands, queries, recipients
from tospann.reports.drafting.rules import USUAL
from tospann.reports.forms import ReportingForm, SendForm
from tospann.reports.models import Cadence, SignedReport
from tospann.ui.pages import form_page


@project_page
def send_report(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.signed(project, number)
    ruling = commands.send_report.ruling(request.actor, found)
    chosen = recipients.remembered(queries.reporting(project))
    form = SendForm(request.POST or None, choices=recipients.choices(project), chosen=chosen)
    outcome = _send(request, found, form) if form.is_valid() else None
    if outcome:
        return outcome
    return form_page(
        request,
        form,
        title=_("Mail status report %(number)s") % {"number": number},
        lead=_("Each gets it as a mail of its own, with the signed PDF."),
        submit=_("Mail the report"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=reverse("report", args=[project.key, number]),
        project=project,
    )


def _send(request: ProjectRequest, signed: SignedReport, form: SendForm) -> HttpResponse | None:
    chosen = recipients.parsed(form.ticked())
    found = recipients.receivers(request.project, chosen)
    if not found:
        form.add_error(None, _("Nobody with a mail address is chosen."))
        return None
    outcome = try_submit(
        request,
        form,
        commands.send_report.on(signed),
        id=new_id(),
        receivers=[commands.Receiver(**one) for one in found],
        remembered=[commands.Recipient.model_validate(one) for one in chosen],
        message=form.cleaned_data["message"],
    )
    to = reverse("report", args=[request.project.key, signed.number])
    said = _("Mail on its way to %(count)s people.") % {"count": len(found)}
    return answer(request, outcome, to, said) if outcome else None


@project_page
def set_reporting(request: ProjectRequest, project: Project) -> HttpResponse:
    kept = queries.reporting(project)
    start = {"form": commands.usual_form(project), "cadence": Cadence.NONE, **USUAL}
    form = ReportingForm.of(kept, start, request.POST or None)
    ruling = commands.set_reporting.ruling(request.actor, project)
    outcome = _set(request, form) if form.is_valid() else None
    if outcome:
        return outcome
    return form_page(
        request,
        form,
        title=_("How the project reports"),
        submit=_("Save"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=reverse("reports", args=[project.key]),
        project=project,
    )


def _set(request: ProjectRequest, form: ReportingForm) -> HttpResponse | None:
    typed = form.cleaned_data
    outcome = try_submit(
        request,
        form,
        commands.set_reporting.on(request.project),
        kind=typed["form"],
        cadence=typed["cadence"],
        next_due_on=typed["next_due_on"],
        thresholds={name: typed[name] for name in USUAL},
        expected_version=typed.get("version"),
    )
    to = reverse("reports", args=[request.project.key])
    return answer(request, outcome, to) if outcome else None

"""EKSTERNE UTGAVER: the list, one of them with its PDF, making one and withdrawing it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.documents import blobs
from tospann.foundation.commands import Done
from tospann.foundation.errors import Invalid
from tospann.people.pages import answer, change_by_form, require
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.reports import pdf
from tospann.reports import queries as reports
from tospann.reports.editions import commands, issuing, making, queries
from tospann.reports.editions.forms import EditionForm, WithdrawForm
from tospann.reports.models import ExternalEdition, SignedReport
from tospann.reports.views.status import pdf_answer
from tospann.sharing import queries as sharing
from tospann.ui.pages import form_page, page, problem

LISTED = 100


@project_page
def editions(request: ProjectRequest, project: Project) -> HttpResponse:
    last = reports.last_signed(project)
    listed = list(queries.editions(project)[:LISTED])
    return page(
        request,
        "reports/editions.html",
        project=project,
        listed=listed,
        withdrawn={one.pk for one in listed if queries.is_withdrawn(one)},
        widths=sharing.widths(project),
        last=last,
        may_make=last is not None and commands.make_edition.ruling(request.actor, last).may_decide,
    )


@project_page
def edition(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.edition(project, number)
    thing = queries.as_thing(found)
    return page(
        request,
        "reports/edition.html",
        project=project,
        edition=found,
        content=found.content,
        shown=making.printed(found.content),
        withdrawn=getattr(found, "withdrawal", None),
        chip=sharing.chip_of(project, thing),
        withdraw=commands.withdraw_edition.ruling(request.actor, found),
    )


@project_page
def edition_pdf(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """The file, byte for byte as it was made."""
    return pdf_of(queries.edition(project, number))


def pdf_of(found: ExternalEdition) -> HttpResponse:
    name = f"{found.content['key']}-status-{found.content['on']}.pdf"
    return pdf_answer(blobs.read(found.pdf_sha256), name)


@project_page
def new_edition(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    signed = reports.signed(project, number)
    ruling = commands.make_edition.ruling(request.actor, signed)
    require(ruling)
    form = EditionForm(signed, request.POST or None)
    if form.is_valid() and (done := _made(request, signed, form)):
        return done
    return form_page(
        request,
        form,
        title=_("External edition of status report %(number)s") % {"number": number},
        lead=_("Nobody outside sees it before you share it."),
        submit=_("Make the edition"),
        decides="" if ruling.may_decide else str(ruling),
        cancel=reverse("report", args=[project.key, number]),
        project=project,
    )


def _made(request: ProjectRequest, signed: SignedReport, form: EditionForm) -> HttpResponse | None:
    try:
        outcome = issuing.make(request.actor, signed, form.chosen())
    except pdf.Busy:
        return problem(request, 503, _("Many reports are being made. Try again in a moment."))
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None
    number = outcome.result.number if isinstance(outcome, Done) else 0
    to = reverse("external_edition", args=[request.project.key, number])
    return answer(request, outcome, to, _("The edition is made. Read it, then share it."))


@project_page
def withdraw_edition(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.edition(project, number)
    return change_by_form(
        request,
        WithdrawForm(request.POST or None),
        commands.withdraw_edition,
        found,
        to=reverse("external_edition", args=[project.key, number]),
        said=_("The edition is withdrawn. Nobody outside sees it any more."),
        title=_("Withdraw the edition"),
        submit=_("Withdraw"),
        danger=True,
        project=project,
    )

"""The invoice queue, and an invoice on its way to payment."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.contracts import checking, commands, queries, registers
from tospann.contracts.forms.work import InvoiceForm, RemarksForm, SendInvoiceForm
from tospann.contracts.models import Contract, Invoice
from tospann.contracts.views.answering import changed, lines, listed, rulings
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.forms import Form
from tospann.ui.pages import page


@project_page
def invoices(request: ProjectRequest, project: Project) -> HttpResponse:
    register, rows = registers.of_invoices(project), queries.invoices(project)
    return listed(request, project, register, rows, add=commands.receive_invoice)


@project_page
def invoice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Invoice, project, number)
    return page(
        request,
        "contracts/invoice.html",
        project=project,
        invoice=row,
        checks=checking.checks(row, checking.invoiced(row)),
        states=registers.INVOICE,
        history=history(row, row.created_at),
        **rulings(request.actor, row, **_ON_INVOICE),
    )


_ON_INVOICE: dict[str, Any] = {
    "change": commands.change_invoice,
    "check": commands.check_invoice,
    "verify": commands.verify_invoice,
    "send": commands.send_invoice,
    "turn_back": commands.return_invoice,
}


@project_page
def new_invoice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """An invoice under a contract."""
    row = queries.one(Contract, project, number)
    form = InvoiceForm(request.POST or None, **_known(project, row))
    return change_by_form(
        request,
        form,
        commands.receive_invoice,
        project,
        known={"id": new_id(), "contract": row.pk},
        to=row.get_absolute_url(),
        said=_("The invoice was recorded."),
        title=_("An invoice came"),
        submit=_("Save"),
        lead=f"{row.title} · {row.party.name}",
        project=project,
    )


def _known(project: Project, contract: Contract) -> dict[str, Any]:
    return {
        "terms": queries.instalment_choices(contract),
        "orders": queries.order_choices(contract),
        "lines": lines(project),
    }


@project_page
def edit_invoice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Invoice, project, number)
    form = InvoiceForm.of(row, request.POST or None, **_known(project, row.contract))
    return changed(request, row, form, commands.change_invoice, _("Change the invoice"), _("Save"))


@project_page
def check_invoice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Invoice, project, number)
    wrong = [f"{one.question}: {one.answer}" for one in checking.findings(row)]
    form = RemarksForm(request.POST or None, required=bool(wrong))
    lead = (
        _("Not as agreed: %(what)s.") % {"what": "; ".join(wrong)}
        if wrong
        else _("Everything is as agreed.")
    )
    title, what = _("The invoice is checked"), commands.check_invoice
    return changed(request, row, form, what, title, _("Pass it on"), lead=lead)


@require_POST
@project_page
def verify_invoice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Invoice, project, number)
    shown = Form(request.POST)
    version = shown.cleaned_data.get("version") if shown.is_valid() else None
    outcome = submit(request.actor, commands.verify_invoice.on(row, version))
    said = _("The invoice is verified, and its cost is posted.")
    return answer(request, outcome, row.get_absolute_url(), said)


@project_page
def send_invoice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Invoice, project, number)
    form = SendInvoiceForm(request.POST or None)
    return changed(request, row, form, commands.send_invoice, _("Send it to payment"), _("Send"))


@project_page
def return_invoice(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Invoice, project, number)
    form = RemarksForm(request.POST or None, required=True)
    title, what = _("Return it to the supplier"), commands.return_invoice
    return changed(request, row, form, what, title, _("Return it"))

"""Contracts, their terms and their parties."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.contracts import commands, queries, registers
from tospann.contracts.forms.agreeing import (
    AdjustForm,
    ContractForm,
    EndForm,
    PartyForm,
    SettleForm,
    SignForm,
    TermForm,
)
from tospann.contracts.models import Contract, Party, Term, TermKind
from tospann.contracts.views.answering import changed, listed, offered, rulings, tasks, to
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def contracts(request: ProjectRequest, project: Project) -> HttpResponse:
    register, rows = registers.of_contracts(project), queries.contracts(project)
    return listed(request, project, register, rows, add=commands.add_contract)


@project_page
def parties(request: ProjectRequest, project: Project) -> HttpResponse:
    register, rows = registers.of_parties(project), queries.parties(project)
    return listed(request, project, register, rows, add=commands.add_party)


# ---- one contract ----


@project_page
def contract(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Contract, project, number)
    return page(
        request,
        "contracts/contract.html",
        project=project,
        contract=row,
        account=queries.account(row),
        terms=queries.terms(row),
        adjustments=queries.adjustments(row),
        notices=queries.notices_of(row),
        orders=queries.orders_of(row),
        invoices=queries.invoices_of(row),
        states=_STATES,
        history=history(row, row.created_at),
        **rulings(request.actor, row, **_ON_CONTRACT),
        raise_order=commands.raise_change_order.ruling(request.actor, project),
    )


_ON_CONTRACT: dict[str, Any] = {
    "change": commands.change_contract,
    "sign": commands.sign_contract,
    "end": commands.end_contract,
    "add": commands.add_term,
    "adjust": commands.adjust_price,
}
_STATES: dict[str, Any] = {
    "contract": registers.CONTRACT,
    "notice": registers.NOTICE,
    "change": registers.CHANGE,
    "invoice": registers.INVOICE,
}


@project_page
def new_contract(request: ProjectRequest, project: Project) -> HttpResponse:
    known = offered(project)
    start = {"party": request.GET.get("party")}
    return change_by_form(
        request,
        ContractForm(request.POST or None, offered=known, initial=start),
        commands.add_contract,
        project,
        known={"id": new_id()},
        to=to(project),
        said=_("The contract was added."),
        title=_("New contract"),
        submit=_("Add"),
        lead="" if known.parties else _("Add the party first, on the page of parties."),
        project=project,
    )


@project_page
def edit_contract(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Contract, project, number)
    form = ContractForm.of(row, request.POST or None, offered=offered(project))
    return changed(
        request, row, form, commands.change_contract, _("Change the contract"), _("Save")
    )


@project_page
def sign_contract(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Contract, project, number)
    form = SignForm(request.POST or None)
    return changed(request, row, form, commands.sign_contract, _("Sign the contract"), _("Sign"))


@project_page
def end_contract(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Contract, project, number)
    form = EndForm(request.POST or None)
    return changed(request, row, form, commands.end_contract, _("End the contract"), _("End it"))


@project_page
def adjust_price(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Contract, project, number)
    form, known = AdjustForm(request.POST or None), {"id": new_id()}
    title, what = _("Adjust the price by the index"), commands.adjust_price
    return changed(request, row, form, what, title, _("Adjust"), known=known)


# ---- its terms ----


@project_page
def new_term(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(Contract, project, number)
    start = {"kind": request.GET.get("kind", TermKind.INSTALMENT)}
    form = TermForm(request.POST or None, tasks=tasks(project), initial=start)
    title, known = _("New instalment, option, guarantee or key date"), {"id": new_id()}
    return changed(request, row, form, commands.add_term, title, _("Add"), known=known)


@project_page
def edit_term(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    term = queries.kept(Term, project, pk)
    form = TermForm.of(term, request.POST or None, tasks=tasks(project))
    return _on_term(request, term, form, commands.change_term, _("Change"), _("Save"))


@project_page
def settle_term(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    term = queries.kept(Term, project, pk)
    is_option = term.kind == TermKind.OPTION
    what: Any = commands.take_option if is_option else commands.settle_term
    title = _("Take up the option") if is_option else _("What became of it")
    form = SettleForm(request.POST or None, is_option=is_option)
    return _on_term(request, term, form, what, title, title if is_option else _("Save"))


def _on_term(
    request: ProjectRequest, term: Term, form: Any, what: Any, title: str, save: str
) -> HttpResponse:
    back = term.contract.get_absolute_url()
    return changed(request, term, form, what, title, save, to=back)


@require_POST
@project_page
def remove_term(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    term = queries.kept(Term, project, pk)
    back = term.contract.get_absolute_url()
    outcome = submit(request.actor, commands.remove_term.on(term))
    return answer(request, outcome, back, _("It was removed."))


# ---- parties ----


@project_page
def party(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    row = queries.kept(Party, project, pk)
    return page(
        request,
        "contracts/party.html",
        project=project,
        party=row,
        contracts=queries.contracts(project).filter(party=row).order_by("number"),
        states=_STATES,
        change=commands.change_party.ruling(request.actor, row),
        history=history(row, row.created_at),
    )


@project_page
def new_party(request: ProjectRequest, project: Project) -> HttpResponse:
    return change_by_form(
        request,
        PartyForm(request.POST or None),
        commands.add_party,
        project,
        known={"id": new_id()},
        to=to(project, "parties"),
        said=_("The party was added."),
        title=_("New party"),
        submit=_("Add"),
        project=project,
    )


@project_page
def edit_party(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    row = queries.kept(Party, project, pk)
    form = PartyForm.of(row, request.POST or None)
    back = f"{to(project, 'parties')}/{row.pk}"
    title, what = _("Change the party"), commands.change_party
    return changed(request, row, form, what, title, _("Save"), to=back)

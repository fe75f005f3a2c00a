"""Change orders: the list, one of them, and putting it forward."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.contracts import commands, queries, registers
from tospann.contracts.forms.work import ChangeOrderForm, ForwardForm, RejectForm
from tospann.contracts.models import ChangeOrder, Notice
from tospann.contracts.views.answering import changed, lines, listed, rulings, tasks, to
from tospann.foundation.commands import Done
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page


@project_page
def change_orders(request: ProjectRequest, project: Project) -> HttpResponse:
    register, rows = registers.of_changes(project), queries.change_orders(project)
    return listed(request, project, register, rows, add=commands.raise_change_order)


@project_page
def change_order(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(ChangeOrder, project, number)
    return page(
        request,
        "contracts/change.html",
        project=project,
        order=row,
        task=queries.task_name(row),
        states=registers.CHANGE,
        waits=queries.waits_for_a_decision(row),
        history=history(row, row.created_at),
        **rulings(request.actor, row, **_ON_ORDER),
    )


_ON_ORDER: dict[str, Any] = {
    "change": commands.change_change_order,
    "forward": commands.put_change_order_forward,
    "reject": commands.reject_change_order,
}


@project_page
def new_change_order(request: ProjectRequest, project: Project) -> HttpResponse:
    notice = queries.notice_asked(project, request.GET.get("notice", ""))
    offered = {"contracts": queries.contract_choices(project), **_offered(project)}
    form = ChangeOrderForm(request.POST or None, initial=_begun(request, notice), **offered)
    return change_by_form(
        request,
        form,
        commands.raise_change_order,
        project,
        known={"id": new_id(), "notice": notice.pk if notice else None},
        to=to(project, "change_orders"),
        said=_("The change order was raised. Put it forward when it is priced."),
        title=_("New change order"),
        submit=_("Raise it"),
        action=request.get_full_path(),
        project=project,
    )


def _offered(project: Project) -> dict[str, Any]:
    return {"lines": lines(project), "tasks": tasks(project)}


def _begun(request: ProjectRequest, notice: Notice | None) -> dict[str, Any]:
    """What the notice claims, to begin with."""
    contract: UUID | str | None = request.GET.get("contract")
    if notice is None:
        return {"contract": contract, "days": 0}
    return {
        "contract": notice.contract_id,
        "title": notice.title,
        "description": notice.text,
        "amount": notice.price_claim,
        "days": notice.time_claim or 0,
    }


@project_page
def edit_change_order(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(ChangeOrder, project, number)
    form = ChangeOrderForm.of(row, request.POST or None, **_offered(project))
    title, what = _("Change the change order"), commands.change_change_order
    return changed(request, row, form, what, title, _("Save"))


@project_page
def forward_change_order(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """One step: the case is opened with both answers, and shown."""
    row = queries.one(ChangeOrder, project, number)
    require(commands.put_change_order_forward.ruling(request.actor, row))
    form = ForwardForm(request.POST or None)
    if form.is_valid():
        bound = commands.put_change_order_forward.on(row)
        outcome = try_submit(request, form, bound, id=new_id(), money=form.cleaned_data["money"])
        if isinstance(outcome, Done):
            there = reverse("case", args=[project.key, outcome.result.number])
            return answer(request, outcome, there, _("The case is opened. Submit it when ready."))
    return form_page(
        request,
        form,
        title=_("Put it forward for a decision"),
        submit=_("Open the case"),
        lead=_("Accepting it changes the contract, the budget and the plan in one decision."),
        cancel=row.get_absolute_url(),
        project=project,
    )


@project_page
def reject_change_order(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.one(ChangeOrder, project, number)
    form = RejectForm(request.POST or None)
    title, what = _("Reject the change order"), commands.reject_change_order
    return changed(request, row, form, what, title, _("Reject it"))

"""Costs: the list, one by hand, the batches they came in, and taking a batch back."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.budget import commands, queries, register
from tospann.budget.closing import closed_until
from tospann.budget.forms import NewCostForm, ReversalForm
from tospann.budget.models import BudgetLine
from tospann.budget.queries import costs
from tospann.budget.veiling import veil
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, is_fragment, page


def line_choices(project: Project) -> list[tuple[str, str]]:
    """The lines as they are chosen from."""
    found = queries.lines(project).order_by("code", "number")
    return [(str(one.pk), str(one)) for one in found.only("id", "code", "name")]


@project_page
def listed(request: ProjectRequest, project: Project) -> HttpResponse:
    sees = costs.sees_people(request.actor, project)
    found = register.costs(project, sees_people=sees)
    shown: dict[str, Any] = {"project": project, "tab": "money_costs"}
    if not is_fragment(request) and "format" not in request.GET:
        shown |= _summed(request, project)
    rows = costs.costs(request.actor, project)
    kept = partial(costs.how_many, project, is_lifted=sees)
    words: dict[str, Any] = {"template": "budget/costs.html", "kept_total": kept}
    return found.respond(request, rows, **words, **shown)


def _summed(request: ProjectRequest, project: Project) -> dict[str, Any]:
    seen = veil(request.actor, project.pk)
    return {
        "sums": queries.sums(project, seen),
        "late": costs.late(project, seen),
        "hidden": costs.hidden(seen),
        "seen": seen,
        "closed_until": closed_until(project.pk),
        "may": commands.record_costs.ruling(request.actor, project),
    }


@project_page
def new_cost(request: ProjectRequest, project: Project) -> HttpResponse:
    what, to = commands.record_costs, reverse("money_costs", args=[project.key])
    require(what.ruling(request.actor, project))
    initial = {"line": request.GET.get("line", "")}
    form = NewCostForm(request.POST or None, lines=line_choices(project), initial=initial)
    if form.is_valid():
        bound = what.on(project)
        outcome = try_submit(request, form, bound, id=new_id(), rows=[form.row()], source="manual")
        if outcome:
            return answer(request, outcome, to, _("The cost is recorded."))
    words: dict[str, Any] = {
        "title": _("Record a cost"),
        "submit": _("Record the cost"),
        "cancel": to,
    }
    return form_page(request, form, project=project, **words)


@project_page
def batches(request: ProjectRequest, project: Project) -> HttpResponse:
    require(commands.record_costs.ruling(request.actor, project))
    found = register.batches(project)
    rows = costs.batches(project)
    template = "budget/batches.html"
    return found.respond(request, rows, template=template, project=project, tab="money_costs")


@project_page
def batch(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    require(commands.record_costs.ruling(request.actor, project))
    found = costs.batch(project, number)
    return page(
        request,
        "budget/batch.html",
        project=project,
        batch=found,
        source=register.source_words(found.source),
        rows=list(costs.rows_of(found)[:100]),
        history=history(found, found.created_at),
        reverse=commands.reverse_costs.ruling(request.actor, found),
    )


@project_page
def reverse_batch(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = costs.batch(project, number)
    return change_by_form(
        request,
        ReversalForm(request.POST or None),
        commands.reverse_costs,
        found,
        known={"id": new_id()},
        to=reverse("cost_batch", args=[project.key, number]),
        said=_("The costs are reversed."),
        title=_("Reverse these costs"),
        submit=_("Reverse"),
        lead=_("Each cost gets its opposite beside it; nothing is deleted."),
        project=project,
    )


def rows_of_line(request: ProjectRequest, line: BudgetLine) -> list[dict[str, Any]]:
    """The newest costs of a line, as far as they may be seen."""
    found = costs.costs(request.actor, line.project).filter(line=line)
    return list(found.order_by("-booked_on", "-id").values(*_SHOWN)[:10])


_SHOWN = ("booked_on", "text", "supplier", "amount_nok", "is_late", "source", "batch__number")

"""ØKONOMI: the lines and reserves, how they are spread, and the page of one line."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.budget import commands, headroom, pictures, queries, register, sources
from tospann.budget.forms import (
    CostForm,
    LineForm,
    MoveForm,
    PeriodsForm,
    ReleaseForm,
    ReservesForm,
)
from tospann.budget.models import Budget, BudgetLine
from tospann.budget.queries import costs
from tospann.budget.reading import ledger_of
from tospann.budget.veiling import Veil, veil
from tospann.budget.views.costs import rows_of_line
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import Gone
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import answer, change_by_form, require, try_submit
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, is_fragment, page

RELEASES = {
    "manager": commands.release_managers_reserve,
    "owner": commands.release_owners_reserve,
}


@project_page
def money(request: ProjectRequest, project: Project) -> HttpResponse:
    seen = veil(request.actor, project.pk)
    shown: dict[str, Any] = {"project": project, "tab": "money", "seen": seen}
    if not is_fragment(request) and "format" not in request.GET:
        shown |= _summed(request, project, seen)
    rows = register.rows(queries.lines(project), seen)
    listed = register.of(project)
    return listed.respond(request, rows, template="budget/lines.html", **shown)


def _summed(request: ProjectRequest, project: Project, seen: Veil) -> dict[str, Any]:
    known, head = queries.money(project, seen), queries.budget(project)
    return {
        "money": known,
        "limits": headroom.of(project, known),
        "start": commands.start_budget.ruling(request.actor, project),
        "add": commands.add_line.ruling(request.actor, project),
        "approve": head and commands.approve_budget.ruling(request.actor, head),
        "reserves": head and commands.set_reserves.ruling(request.actor, head),
    }


@project_page
def periods(request: ProjectRequest, project: Project) -> HttpResponse:
    seen = veil(request.actor, project.pk)
    known = queries.money(project, seen)
    return page(
        request,
        "budget/periods.html",
        seen=seen,
        project=project,
        tab="money_periods",
        money=known,
        months=pictures.months(known.by_period),
    )


@require_POST
@project_page
def start(request: ProjectRequest, project: Project) -> HttpResponse:
    outcome = submit(request.actor, commands.start_budget.on(project), id=new_id())
    return answer(request, outcome, _here(project), _("The budget is started. Add its lines."))


@require_POST
@project_page
def approve(request: ProjectRequest, project: Project) -> HttpResponse:
    outcome = submit(request.actor, commands.approve_budget.on(head_of(project)))
    said = _("The budget is approved. Changes are counted from here.")
    return answer(request, outcome, _here(project), said)


@project_page
def reserves(request: ProjectRequest, project: Project) -> HttpResponse:
    head = head_of(project)
    return change_by_form(
        request,
        ReservesForm.of(head, request.POST or None),
        commands.set_reserves,
        head,
        to=_here(project),
        title=_("Reserves"),
        submit=_("Save"),
        project=project,
    )


@project_page
def new_line(request: ProjectRequest, project: Project) -> HttpResponse:
    head_of(project)
    form = LineForm(request.POST or None, project=project)
    return change_by_form(
        request,
        form,
        commands.add_line,
        project,
        known={"id": new_id()},
        to=_here(project),
        said=_("The line was added."),
        title=_("New budget line"),
        submit=_("Add"),
        project=project,
    )


@project_page
def line(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.line(project, number)
    uid, seen = found.activity_uid, veil(request.actor, project.pk)
    found.spent = seen.spent(found.pk, found.spent)
    return page(
        request,
        "budget/line.html",
        project=project,
        line=found,
        ledger=ledger_of(project.pk),
        task=sources.name(project.pk, uid) if uid is not None else "",
        history=history(found, found.created_at),
        **of_line(request, found, seen),
        **{name: what.ruling(request.actor, found) for name, what in _ACTS.items()},
    )


def of_line(request: ProjectRequest, line: BudgetLine, seen: Veil) -> dict[str, Any]:
    """The rows its figures are made of."""
    return {
        "costs": rows_of_line(request, line),
        "hidden": costs.hidden(seen, line.pk),
        "is_apart": line.pk in seen.off,
        "commitments": list(costs.commitments(line.project).filter(line=line)),
        "months": queries.months_of(line),
        "source_words": register.source_words,
    }


_ACTS: dict[str, Any] = {
    "change": commands.change_line,
    "cost": commands.report_cost,
    "periods": commands.set_periods,
    "move": commands.move_money,
    "remove": commands.remove_line,
    "manager": commands.release_managers_reserve,
    "owner": commands.release_owners_reserve,
}


@project_page
def edit_line(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.line(project, number)
    form = LineForm.of(found, request.POST or None)
    return _change(request, found, form, commands.change_line, _("Change the line"))


@project_page
def report_cost(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.line(project, number)
    form = CostForm.of(found, request.POST or None)
    return _change(request, found, form, commands.report_cost, _("What it has cost"))


@project_page
def set_periods(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.line(project, number)
    form = PeriodsForm(request.POST or None, months=queries.months_of(found))
    require(commands.set_periods.ruling(request.actor, found))
    if form.is_valid():
        bound = commands.set_periods.on(found)
        if outcome := try_submit(request, form, bound, periods=form.periods()):
            return answer(request, outcome, found.get_absolute_url())
    words: dict[str, Any] = {
        "title": _("When it is to be used"),
        "submit": _("Save"),
        "lead": str(found),
    }
    return form_page(request, form, project=project, cancel=found.get_absolute_url(), **words)


@project_page
def move_money(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.line(project, number)
    others = queries.lines(project).exclude(pk=found.pk).order_by("code", "number")
    form = MoveForm(request.POST or None, lines=[(str(one.pk), str(one)) for one in others])
    return _change(request, found, form, commands.move_money, _("Move money"))


@project_page
def release(request: ProjectRequest, project: Project, number: int, whose: str) -> HttpResponse:
    found = queries.line(project, number)
    titles = {
        "manager": _("Release some of the manager's reserve"),
        "owner": _("Release some of the owner's reserve"),
    }
    form = ReleaseForm(request.POST or None)
    return _change(request, found, form, RELEASES[whose], titles[whose])


@require_POST
@project_page
def remove_line(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.line(project, number)
    outcome = submit(request.actor, commands.remove_line.on(found))
    to = _here(project) if isinstance(outcome, Done) else found.get_absolute_url()
    return answer(request, outcome, to, _("The line was removed."))


def _change(
    request: ProjectRequest, line: BudgetLine, form: Any, what: Any, title: str
) -> HttpResponse:
    return change_by_form(
        request,
        form,
        what,
        line,
        to=line.get_absolute_url(),
        title=title,
        submit=_("Save"),
        lead=str(line),
        project=line.project,
    )


def _here(project: Project) -> str:
    return reverse("money", args=[project.key])


def head_of(project: Project) -> Budget:
    found = queries.budget(project)
    if found is None:
        raise Gone
    return found

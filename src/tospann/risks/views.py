"""RISIKO OG PROBLEMER: the three lists, and the pages of one row."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.actions import queries as actions
from tospann.foundation.authority import Ruling
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.people.audit_trail import history
from tospann.people.pages import answer, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.risks import matrix, queries, register
from tospann.risks.commands.importing import ORIGIN
from tospann.risks.forms import HandOverForm, MeasureForm
from tospann.risks.sorts import DEVIATION, PROBLEM, RISK, Row, Sort
from tospann.ui.pages import form_page, page
from tospann.ui.register import Register


@project_page
def risks(request: ProjectRequest, project: Project) -> HttpResponse:
    scales = matrix.of_project(project)
    listed = register.of_risks(project, request.actor, scales)
    return _list(request, project, RISK, listed, queries.ranked(queries.risks(project), scales))


@project_page
def problems(request: ProjectRequest, project: Project) -> HttpResponse:
    listed = register.of_problems(project, request.actor)
    return _list(request, project, PROBLEM, listed, queries.problems(project))


@project_page
def deviations(request: ProjectRequest, project: Project) -> HttpResponse:
    listed = register.of_deviations(project, request.actor)
    return _list(request, project, DEVIATION, listed, queries.deviations(project))


def _list(
    request: ProjectRequest, project: Project, sort: Sort, listed: Register, rows: Any
) -> HttpResponse:
    may_raise = not sort.raise_.ruling(request.actor, project).is_refused
    shown: dict[str, Any] = {
        "project": project,
        "sort": sort,
        "tab": sort.plural,
        "may_raise": may_raise,
    }
    return listed.respond(request, rows, template="risks/list.html", **shown)


@project_page
def new(request: ProjectRequest, project: Project, of: Sort) -> HttpResponse:
    ruling = of.raise_.ruling(request.actor, project)
    _require(ruling)
    initial = {"kind": request.GET.get("kind", "threat")} if of.is_risk else {}
    extra = {"scales": matrix.of_project(project)} if of.is_risk else {}
    data, team = request.POST or None, projects.team(project)
    form = of.raise_form(data, team=team, initial=initial, **extra)
    if form.is_valid():
        typed, made = _typed(form), new_id()
        outcome = try_submit(request, form, of.raise_.on(project), id=made, **typed)
        if outcome:
            to = _address(outcome.result) if isinstance(outcome, Done) else _list_of(project, of)
            return answer(request, outcome, to, str(of.raised))
    return _form(request, project, form, of.new, _("Raise it"), _list_of(project, of), ruling)


@project_page
def show(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    return _show(request, project, queries.one(of.model, project, number), of)


def _show(
    request: ProjectRequest, project: Project, row: Row, of: Sort, form: Any = None
) -> HttpResponse:
    change = of.change.ruling(request.actor, row)
    may_act = row.is_open and not change.is_refused
    if form is None and may_act:
        form = _measure_form(project, row, of)
    return page(
        request,
        f"risks/{of.name}.html",
        status=422 if form is not None and form.errors else 200,
        project=project,
        row=row,
        sort=of,
        change=change,
        as_case=of.as_case.ruling(request.actor, row),
        measure_form=form if may_act else None,
        **_known(project, row, of),
    )


def _known(project: Project, row: Row, of: Sort) -> dict[str, Any]:
    """What is known about the row besides itself."""
    imported = row.born_in.startswith(ORIGIN)
    return {
        "scales": matrix.of_project(project) if of.is_risk else None,
        "chip": register.chip,
        "states": register.STATES[of.name],
        "is_overdue": queries.is_overdue(row.due_on, row.state),
        "measures": list(actions.born_in(reference(row))),
        "history": history(row, None if imported else row.created_at),
    }


def _measure_form(project: Project, row: Row, of: Sort, data: Any = None) -> MeasureForm:
    """Filled in already where the row itself says what is to be done."""
    initial: dict[str, Any] = {"owner": row.owner_id}
    if not of.is_risk:
        initial |= {"title": row.title, "due_on": row.due_on}
    return MeasureForm(data, team=projects.team(project), initial=initial)


@project_page
def edit(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    row = queries.one(of.model, project, number)
    ruling = of.change.ruling(request.actor, row)
    _require(ruling)
    extra = {"scales": matrix.of_project(project)} if of.is_risk else {}
    form = of.form_of(row, request.POST or None, **extra)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        bound = of.change.on(row, typed.pop("version", None))
        outcome = try_submit(request, form, bound, **typed)
        if outcome:
            return answer(request, outcome, _address(row))
    return _form(request, project, form, of.edit, _("Save"), _address(row), ruling)


@project_page
def close(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    row = queries.one(of.model, project, number)
    ruling = of.close.ruling(request.actor, row)
    _require(ruling)
    known = {name: getattr(row, name, "") for name in ("solution", "corrective_action")}
    form = of.close_form(request.POST or None, initial=known)
    if form.is_valid():
        outcome = try_submit(request, form, of.close.on(row), **_typed(form))
        if outcome:
            return answer(request, outcome, _address(row), str(of.closed))
    return _form(request, project, form, of.closing, str(of.closing), _address(row), ruling)


@project_page
def hand_over(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    row = queries.one(of.model, project, number)
    ruling = of.hand_over.ruling(request.actor, row)
    _require(ruling)
    start = {"owner": row.owner_id}
    form = HandOverForm(request.POST or None, team=projects.team(project), initial=start)
    if form.is_valid():
        outcome = try_submit(request, form, of.hand_over.on(row), **_typed(form))
        if outcome:
            return answer(request, outcome, _address(row), _("It has a new owner."))
    return _form(request, project, form, _("Hand over"), _("Hand over"), _address(row), ruling)


@require_POST
@project_page
def reopen(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    row = queries.one(of.model, project, number)
    outcome = submit(request.actor, of.reopen.on(row))
    return answer(request, outcome, _address(row), _("It is open again."))


@require_POST
@project_page
def act(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    """A measure, or the action a problem becomes."""
    row = queries.one(of.model, project, number)
    _require(of.act.ruling(request.actor, row))
    form = _measure_form(project, row, of, request.POST)
    if form.is_valid():
        outcome = try_submit(request, form, of.act.on(row), id=new_id(), **_typed(form))
        if outcome:
            return answer(request, outcome, _address(row), _("The action was added."))
    return _show(request, project, row, of, form)


@require_POST
@project_page
def as_case(request: ProjectRequest, project: Project, number: int, of: Sort) -> HttpResponse:
    """One step: the case is opened, and shown."""
    row = queries.one(of.model, project, number)
    outcome = submit(request.actor, of.as_case.on(row), id=new_id())
    to = _address(row)
    if isinstance(outcome, Done):
        to = reverse("case", args=[project.key, outcome.result.number])
    return answer(request, outcome, to, _("The case is opened. Complete it and submit it."))


def _form(
    request: ProjectRequest,
    project: Project,
    form: Any,
    title: Any,
    save: str,
    cancel: str,
    ruling: Ruling,
) -> HttpResponse:
    decides = "" if ruling.may_decide else str(ruling)
    words: dict[str, Any] = {
        "title": str(title),
        "submit": save,
        "decides": decides,
        "cancel": cancel,
    }
    return form_page(request, form, **words, project=project)


def _require(ruling: Ruling) -> None:
    """Who may not, is told before anything is typed."""
    if ruling.is_refused:
        raise NotAllowed(str(ruling))


def _typed(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _address(row: Row) -> str:
    return row.get_absolute_url()


def _list_of(project: Project, of: Sort) -> str:
    return reverse(of.plural, args=[project.key])

"""Own registers: which there are, the rows of one as list, board and matrix, and one row."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.people.audit_trail import history
from tospann.people.pages import answer, require, try_submit
from tospann.projects import commands as projects
from tospann.projects import queries as project_queries
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.registers import columns as typed
from tospann.registers import commands, queries, register
from tospann.registers.forms import LineForm, RegisterForm, free_key
from tospann.registers.models import Line
from tospann.ui.pages import form_page, page

ON_THE_BOARD = 30


@project_page
def registers(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "registers/registers.html",
        project=project,
        registers=queries.counted(project),
        may_add=projects.keep_register.ruling(request.actor, project).may_decide,
    )


@project_page
def new_register(request: ProjectRequest, project: Project) -> HttpResponse:
    require(projects.keep_register.ruling(request.actor, project))
    form = RegisterForm(request.POST or None)
    if form.is_valid():
        title = form.cleaned_data["title"]
        key = free_key(title, queries.all_keys(project))
        bound = projects.keep_register.on(project)
        if outcome := try_submit(
            request, form, bound, key=key, title=title, columns=form.columns()
        ):
            to = reverse("own_register", args=[project.key, key])
            return answer(request, outcome, to, _("The register is there. Add the first row."))
    return form_page(request, form, title=_("New register"), submit=_("Make it"), project=project)


@project_page
def edit_register(request: ProjectRequest, project: Project, own: str) -> HttpResponse:
    kept = queries.register(project, own).definition
    require(commands.change_register.ruling(request.actor, kept))
    form = RegisterForm(request.POST or None, register=kept)
    if form.is_valid():
        bound = commands.change_register.on(kept, form.cleaned_data.get("version"))
        title, columns = form.cleaned_data["title"], form.columns()
        if outcome := try_submit(request, form, bound, title=title, columns=columns):
            return answer(request, outcome, reverse("own_register", args=[project.key, kept.key]))
    return form_page(request, form, title=_("Columns"), submit=_("Save"), project=project)


def _around(request: ProjectRequest, project: Project, kept: queries.Kept, tab: str) -> Any:
    """What stands above list, board and matrix."""
    return {
        "project": project,
        "kept": kept,
        "tab": tab,
        "may_add": not commands.add_line.ruling(request.actor, project).is_refused,
        "may_bring": commands.bring_in_lines.ruling(request.actor, kept.definition).may_decide,
        "may_change": commands.change_register.ruling(request.actor, kept.definition).may_decide,
    }


@project_page
def own_register(request: ProjectRequest, project: Project, own: str) -> HttpResponse:
    kept = queries.register(project, own)
    listed = register.of(kept, project, request.actor)
    shown = _around(request, project, kept, "list")
    return listed.respond(request, queries.lines(kept), template="registers/list.html", **shown)


@project_page
def register_board(request: ProjectRequest, project: Project, own: str) -> HttpResponse:
    kept = queries.register(project, own)
    columns = queries.board(kept, ON_THE_BOARD)
    shown = _around(request, project, kept, "board")
    return page(request, "registers/board.html", **shown, columns=columns, is_past=queries.is_past)


@project_page
def register_matrix(request: ProjectRequest, project: Project, own: str) -> HttpResponse:
    kept = queries.register(project, own)
    choices = [one for one in kept.own if one.kind == "choice"]
    down, across = _axis(request, choices, "down", 0), _axis(request, choices, "across", 1)
    shown = _around(request, project, kept, "matrix")
    counts = queries.cross(kept, down, across) if down else {}
    axes: dict[str, Any] = {"choices": choices, "down": down, "across": across, "counts": counts}
    return page(request, "registers/matrix.html", **shown, **axes)


def _axis(
    request: ProjectRequest, choices: list[typed.Column], name: str, place: int
) -> typed.Column | None:
    """The column asked for, else the first or the second one."""
    asked = next((one for one in choices if one.key == request.GET.get(name)), None)
    return asked or (choices[place] if len(choices) > place else None)


@project_page
def new_line(request: ProjectRequest, project: Project, own: str) -> HttpResponse:
    kept = queries.register(project, own)
    require(commands.add_line.ruling(request.actor, project))
    form = LineForm(request.POST or None, kept=kept, team=project_queries.team(project))
    if form.is_valid():
        bound, pk = commands.add_line.on(project), new_id()
        outcome = try_submit(request, form, bound, id=pk, key=own, **form.arguments())
        if outcome:
            there = reverse("own_register", args=[project.key, own])
            return answer(request, outcome, there, _("The row was added."))
    title = _("New row: %(register)s") % {"register": kept.definition.title}
    return form_page(request, form, title=title, submit=_("Add"), project=project)


@project_page
def register_line(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.line(project, number)
    kept = queries.whole(row.register)
    people = queries.people_in(kept, [{"values": row.values}])
    return page(
        request,
        "registers/line.html",
        project=project,
        row=row,
        kept=kept,
        tone=register.TONES.get(kept.state(row.state).tone, "neutral"),
        facts=[(one, typed.shown(one, row.values.get(one.key), people)) for one in kept.own],
        change=commands.change_line.ruling(request.actor, row),
        is_overdue=row.is_open and queries.is_past(row.due_on),
        history=history(row, row.created_at),
    )


@project_page
def edit_line(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row = queries.line(project, number)
    require(commands.change_line.ruling(request.actor, row))
    kept, team = queries.whole(row.register), project_queries.team(project)
    form = LineForm(request.POST or None, kept=kept, team=team, line=row)
    if form.is_valid():
        bound = commands.change_line.on(row, form.cleaned_data.get("version"))
        if outcome := try_submit(request, form, bound, **form.arguments()):
            return answer(request, outcome, row.get_absolute_url())
    return form_page(request, form, title=row.title, submit=_("Save"), project=project)


@require_POST
@project_page
def move_line(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    row: Line = queries.line(project, number)
    bound = commands.move_line.on(row)
    outcome = submit(request.actor, bound, state=request.POST.get("state", ""))
    there = reverse("register_board", args=[project.key, row.register.key])
    said = queries.whole(row.register).state(request.POST.get("state", "")).label
    moved = _("Moved to %(state)s.") % {"state": said} if isinstance(outcome, Done) else ""
    return answer(request, outcome, there, moved)

"""Closing a project: how ready it is, who carries on what is open, and the decision."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.budget.queries import budget as budget_of
from tospann.closing import commands, queries
from tospann.closing.forms import CarryForm, EndForm, ReopenForm, WrittenForm
from tospann.closing.models import Closing
from tospann.closing.queries import left, readiness
from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.jinja import maybe_url
from tospann.ui.pages import page


def to_close(project: Project) -> str:
    return reverse("close", args=[project.key])


def begun(project: Project) -> Closing:
    """The closing that has begun, or 404."""
    found = readiness.closing_of(project)
    if found is None:
        raise Http404
    return found


@require_safe
@project_page
def close(request: ProjectRequest, project: Project) -> HttpResponse:
    """What is left, with links; and where the closing itself stands."""
    closing, points = readiness.closing_of(project), readiness.points(project)
    rulings, case = queries.rulings(request.actor, project, closing), left.closing_case(project)
    return page(
        request,
        "closing/close.html",
        project=project,
        closing=closing,
        points=points,
        left_over=readiness.left_over(points),
        in_the_way=left.cases_in_the_way(project),
        carried=list(left.carried_on(project)),
        case=case,
        deciders=queries.who_closes(project) if case else "",
        gate=left.last_gate(project),
        archive=maybe_url("archiving:packages", project.key),
        has_budget=budget_of(project) is not None,
        **rulings,
    )


@require_POST
@project_page
def begin_closing(request: ProjectRequest, project: Project) -> HttpResponse:
    outcome = submit(request.actor, commands.begin_closing.on(project), id=new_id())
    said = _("The closing has begun. Work through the list from the top.")
    return answer(request, outcome, to_close(project), said)


@project_page
def write_closing(request: ProjectRequest, project: Project) -> HttpResponse:
    closing = begun(project)
    start = {"summary": closing.summary, "handed_over_to": closing.handed_over_to}
    form = WrittenForm(request.POST or None, initial=start, version=closing.version)
    return _form(request, project, form, commands.write_closing, closing, _("How it went"))


@project_page
def carry_on_case(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """An open case that outlives the project gets a name."""
    case = next((one for one in left.open_cases(project) if one.number == number), None)
    if case is None:
        raise Http404
    form = CarryForm(request.POST or None)
    known = {"id": new_id(), "case": case.pk}
    what = commands.carry_on_case
    return _form(request, project, form, what, begun(project), case.title, known=known)


@require_POST
@project_page
def drop_carrying_on(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = left.carried_on(project).filter(pk=pk).first()
    if found is None:
        raise Http404
    outcome = submit(request.actor, commands.drop_carrying_on.on(found))
    return answer(request, outcome, to_close(project))


@project_page
def close_project(request: ProjectRequest, project: Project) -> HttpResponse:
    """Ask whoever decides it to close the project; whoever may decides it at once."""
    closing = begun(project)
    form = EndForm(request.POST or None, initial={"text": readiness.in_words(project)})
    what, title = commands.close_project, _("Close the project")
    said = _("The project is closed.")
    return _form(request, project, form, what, closing, title, said=said, submit=title)


@project_page
def reopen_project(request: ProjectRequest, project: Project) -> HttpResponse:
    title, what = _("Open the project again"), commands.reopen_project
    form = ReopenForm(request.POST or None)
    return _form(request, project, form, what, begun(project), title, submit=title)


def _form(
    request: ProjectRequest,
    project: Project,
    form: Any,
    what: Any,
    subject: Any,
    title: str,
    **more: Any,
) -> HttpResponse:
    shown: dict[str, Any] = {"title": title, "submit": _("Save"), "project": project}
    return change_by_form(request, form, what, subject, to=to_close(project), **(shown | more))

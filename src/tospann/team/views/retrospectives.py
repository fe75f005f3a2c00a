"""Looking back at a phase: thoughts, with or without a name, and what comes of them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.people.pages import answer, change_by_form, require
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.team import commands, thoughts
from tospann.team.forms import LessonForm, RetrospectiveForm, ThoughtActionForm, ThoughtForm
from tospann.team.models import Retrospective, ThoughtKind
from tospann.team.queries import said
from tospann.ui.pages import done, page


def _all(project: Project) -> str:
    return reverse("retrospectives", args=[project.key])


@project_page
def retrospectives(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "team/retrospectives.html",
        project=project,
        rows=said.retrospectives(project),
        lessons=said.lessons(project),
        kinds=dict(ThoughtKind.choices),
        keep=commands.open_retrospective.ruling(request.actor, project),
    )


@project_page
def new_retrospective(request: ProjectRequest, project: Project) -> HttpResponse:
    now = said.phase_now(project)
    title = _("Looking back at %(phase)s") % {"phase": now.name} if now else ""
    first = {"phase": now.pk if now else None, "title": title}
    form = RetrospectiveForm(
        request.POST or None, phases=said.phase_choices(project), initial=first
    )
    return change_by_form(
        request,
        form,
        commands.open_retrospective,
        project,
        to=_all(project),
        said=_("The retrospective is open. Everybody on the team can write."),
        known={"id": new_id()},
        title=_("Look back"),
        submit=_("Open the retrospective"),
        project=project,
    )


@project_page
def retrospective(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    return _page(request, said.retrospective(project, number), ThoughtForm())


def _page(request: ProjectRequest, of: Retrospective, form: ThoughtForm) -> HttpResponse:
    may = rule(request.actor, Power.DISCUSS, of.project_id).may_decide
    return page(
        request,
        "team/retrospective.html",
        status=422 if form.errors else 200,
        project=of.project,
        retrospective=of,
        columns=[(kind, label) for kind, label in ThoughtKind.choices],
        thoughts=thoughts.listed(of, request.actor),
        came_of=said.came_of(of) if not of.is_open else {},
        form=form if may and of.is_open else None,
        keep=commands.close_retrospective.ruling(request.actor, of),
    )


@require_POST
@project_page
def add_thought(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found, form = said.retrospective(project, number), ThoughtForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            thoughts.say(request.actor, found, typed["kind"], typed["text"], named=typed["named"])
        except Invalid as error:
            form.add_error(None, error.message)
        else:
            return done(request, found.get_absolute_url(), toast=_("Your thought is there."))
    return _page(request, found, form)


@require_POST
@project_page
def remove_thought(
    request: ProjectRequest, project: Project, number: int, pk: UUID
) -> HttpResponse:
    found = said.retrospective(project, number)
    thoughts.take_back(request.actor, found, pk)
    return done(request, found.get_absolute_url(), toast=_("The thought is gone."))


@require_POST
@project_page
def close_retrospective(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = said.retrospective(project, number)
    outcome = submit(request.actor, commands.close_retrospective.on(found))
    return answer(
        request, outcome, found.get_absolute_url(), _("Closed. Now decide what comes of it.")
    )


def _thought(of: Retrospective, pk: str) -> dict[str, Any]:
    found = next((one for one in of.content if one["id"] == pk), None)
    if found is None:
        raise Http404
    return dict(found)


@project_page
def act_on_thought(
    request: ProjectRequest, project: Project, number: int, pk: UUID
) -> HttpResponse:
    found = said.retrospective(project, number)
    thought = _thought(found, str(pk))
    return change_by_form(
        request,
        ThoughtActionForm(
            request.POST or None,
            team=projects.team(project),
            initial={"title": thought["text"][:200]},
        ),
        commands.act_on_thought,
        found,
        to=found.get_absolute_url(),
        said=_("The action is added."),
        known={"id": new_id(), "thought": str(pk)},
        title=_("Make an action of it"),
        submit=_("Add the action"),
        project=project,
    )


@project_page
def learn(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    """A thought becomes a lesson for later projects."""
    found = said.retrospective(project, number)
    thought = _thought(found, str(pk))
    form = LessonForm(request.POST or None, initial={"text": thought["text"]})
    known = {"kind": thought["kind"], "phase": found.phase_id, "born_in": f"{found.ref}:{pk}"}
    return change_by_form(
        request,
        form,
        commands.note_lesson,
        project,
        to=found.get_absolute_url(),
        said=_("The lesson is noted."),
        known={"id": new_id(), **known},
        title=_("Make a lesson of it"),
        submit=_("Note the lesson"),
        project=project,
    )


@project_page
def new_lesson(request: ProjectRequest, project: Project) -> HttpResponse:
    require(commands.note_lesson.ruling(request.actor, project))
    return change_by_form(
        request,
        LessonForm(request.POST or None),
        commands.note_lesson,
        project,
        to=_all(project) + "#lessons",
        said=_("The lesson is noted."),
        known={"id": new_id()},
        title=_("Note a lesson"),
        submit=_("Note the lesson"),
        project=project,
    )

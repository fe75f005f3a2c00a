"""The load of the plan, levelling it into a draft, and what a draft does to the load."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from tospann.foundation.authority import Sentence
from tospann.foundation.errors import Invalid
from tospann.jobs import progress
from tospann.people.pages import go
from tospann.planning import commands, store
from tospann.planning import queries as plans
from tospann.planning.drafts import desk as desks
from tospann.planning.load import jobs, levelling, moves
from tospann.planning.load.forms import LevellingForm
from tospann.planning.load.levelling import Asked
from tospann.planning.load.pictures import picture
from tospann.planning.load.weeks import lines
from tospann.planning.models import Plan
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import form_page, page

_WORKING = gettext_noop("Looking for the best levelling")
MOST_LINES = 60


@require_safe
@project_page
def load(request: ProjectRequest, project: Project) -> HttpResponse:
    """Who the plan asks for too much, week by week."""
    head = plans.existing_plan(project)
    of = levelling.of_plan(head)
    loaded = store.load(head)
    found = lines(of, moves.weeks_of(loaded))
    names = moves.names_of(of)
    return page(
        request,
        "planning/load.html",
        project=project,
        head=head,
        rows=[(names[one.resource], one) for one in found[:MOST_LINES]],
        count=len(found),
        picture=picture,
        over=sum(one.weeks_over > 0 for one in found),
        left=moves.collisions(of, loaded, names),
        levelling=commands.apply_edits.ruling(request.actor, head),
        has_resources=bool(loaded.plan.resources),
    )


@project_page
def level(request: ProjectRequest, project: Project) -> HttpResponse:
    """Ask for a levelling: it becomes a draft, and nothing else."""
    head = plans.existing_plan(project)
    commands.require_editor(request.actor, head)
    form = LevellingForm(request.POST or None)
    if form.is_valid():
        try:
            return go(request, _begun(request, project, head, form.asked()))
        except Invalid as error:
            form.add_error(None, error.message)
    return form_page(
        request,
        form,
        title=_("Level the plan"),
        submit=_("Make a draft"),
        lead=_("You get a draft to look at, with what every move costs. The plan itself waits."),
        cancel=reverse("plan_load", args=[project.key]),
        project=project,
    )


def _begun(request: ProjectRequest, project: Project, head: Plan, asked: Asked) -> str:
    """Where to go: to the draft, or to how far the search for it has come."""
    if asked.which == "fast":
        made = levelling.draft(request.actor, head, asked)
        return reverse("draft_load", args=[project.key, made.pk])
    assert request.actor.person_id is not None
    work = progress.begin(request.actor.person_id, Sentence(_WORKING), levelling.SCHEDULES)
    jobs.level_thoroughly.enqueue(
        work=str(work.pk),
        key=project.key,
        person=str(request.actor.person_id),
        order=asked.order,
        within_slack=asked.within_slack,
    )
    return progress.address(work)


@require_safe
@project_page
def draft_load(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """The load before and after a draft, and what each move in it costs."""
    desk = desks.desk_of(request, project, pk)
    shown: dict[str, Any] = {"found": None}
    if desk.tried is not None:
        shown["found"] = moves.of_change(desk.head, desk.tried)
    return page(
        request,
        "planning/draft_load.html",
        project=project,
        head=desk.head,
        draft=desk.draft,
        wrong=desk.wrong,
        picture=picture,
        **shown,
    )

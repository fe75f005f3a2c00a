"""Who the resources of the plan are: seen by everybody on the team, said by whoever plans."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tospann.planning import commands, store
from tospann.planning import queries as plans
from tospann.planning.load import team as people
from tospann.planning.load.forms import TyingForm
from tospann.planning.load.tying import edits, ties
from tospann.planning.pages import may_touch, save, show
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page

MOST_SHOWN = 300


@require_safe
@project_page
def resources(request: ProjectRequest, project: Project) -> HttpResponse:
    """Each resource, and who it is or seems to be."""
    head = plans.existing_plan(project)
    plan, team = store.load(head).plan, people.team(project)
    found = ties(plan, team)
    return page(
        request,
        "planning/resources.html",
        project=project,
        head=head,
        ties=found[:MOST_SHOWN],
        count=len(found),
        proposed=sum(one.proposed is not None for one in found),
        names={one.id: one.name for one in team} | people.names_of(found),
        others=[one for one in plan.resources if one.kind != "work"],
        ruling=commands.apply_edits.ruling(request.actor, head),
    )


@project_page
def tie_resources(request: ProjectRequest, project: Project) -> HttpResponse:
    """Say who they are, all at once; those proposed are filled in. It can be undone."""
    head = plans.existing_plan(project)
    ruling, plan, team = may_touch(request, head), store.load(head).plan, people.team(project)
    found = ties(plan, team)[:MOST_SHOWN]
    start, to = {"base_revision": head.revision}, reverse("plan_resources", args=[project.key])
    names = people.names_of(found)
    form = TyingForm(request.POST or None, ties=found, team=team, names=names, initial=start)
    if form.is_valid():
        came = save(request, form, head, edits(plan, form.chosen), to)
        if isinstance(came, HttpResponse):
            return came
        ruling = came
    lead = _("Their time is then counted together with what other projects want of them.")
    return show(request, form, ruling, title=_("Who is who?"), lead=lead, cancel=to)

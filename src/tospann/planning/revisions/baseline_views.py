"""The baselines of a plan: renamed, and removed."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.people.pages import change_by_form
from tospann.planning import baselines, commands, queries
from tospann.planning.forms import BaselineForm
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.forms import Form


@project_page
def rename(request: ProjectRequest, project: Project, baseline: str) -> HttpResponse:
    """Call a baseline something else."""
    head = queries.existing_plan(project)
    one = baselines.existing(head, baseline)
    return change_by_form(
        request,
        BaselineForm(request.POST or None, initial={"name": one.name}),
        commands.rename_baseline,
        head,
        known={"baseline": one.key},
        to=reverse("plan_revisions", args=[project.key]),
        said=_("The baseline has another name."),
        submit=_("Save"),
        title=_("Rename “%(name)s”") % {"name": one.label},
        project=project,
    )


@project_page
def remove(request: ProjectRequest, project: Project, baseline: str) -> HttpResponse:
    """Take a baseline away; the plan and its history stay as they are."""
    head = queries.existing_plan(project)
    one = baselines.existing(head, baseline)
    form = Form(request.POST) if request.method == "POST" else Form()
    return change_by_form(
        request,
        form,
        commands.remove_baseline,
        head,
        known={"baseline": one.key},
        to=reverse("plan_revisions", args=[project.key]),
        said=_("The baseline is removed."),
        title=_("Remove “%(name)s”?") % {"name": one.label},
        lead=_lead(one == baselines.in_force(head), len(head.baselines)),
        submit=_("Remove"),
        danger=True,
        project=project,
    )


def _lead(is_in_force: bool, count: int) -> str:
    if not is_in_force:
        return _("Nothing is measured against it any more. The revision itself is kept.")
    if count == 1:
        return _("The plan is then measured against nothing until it is frozen again.")
    return _("It is the one in force. The one before it is in force again.")

"""Changing the rows ticked in the list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tospann.actions import commands, queries
from tospann.actions.forms import BulkForm
from tospann.actions.models import Action
from tospann.foundation.errors import NotAllowed
from tospann.people.pages import answer, go, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@require_POST
@project_page
def edit_actions(request: ProjectRequest, project: Project) -> HttpResponse:
    """First posted with the ticked rows alone, then with what is to become of them."""
    ruling = commands.edit_actions.ruling(request.actor, project)
    if not ruling.may_decide:
        raise NotAllowed(str(ruling))
    back = reverse("tasks", args=[project.key])
    chosen = list(queries.chosen(project, request.POST.getlist("pick")))
    if not chosen:
        messages.info(request, _("Tick some actions first."))
        return go(request, back)
    data = request.POST if "apply" in request.POST else None
    form = BulkForm(data, team=projects.team(project))
    if form.is_valid() and (answered := _change(request, project, form, chosen)):
        return answered
    shown = {"form": form, "chosen": chosen, "project": project, "back": back}
    return page(request, "actions/bulk.html", status=422 if form.is_bound else 200, **shown)


def _change(
    request: ProjectRequest, project: Project, form: BulkForm, chosen: list[Action]
) -> HttpResponse | None:
    ids: list[UUID] = [action.pk for action in chosen]
    bound = commands.edit_actions.on(project)
    outcome = try_submit(request, form, bound, actions=ids, **form.wanted())
    if outcome is None:
        return None
    said = ngettext("%(n)s action was changed.", "%(n)s actions were changed.", len(ids))
    to = reverse("tasks", args=[project.key])
    return answer(request, outcome, to, said % {"n": len(ids)})

"""Somebody leaves a project: what she owes is shown, and handed over or left, never lost."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.actions import commands, grouping, queries, sources
from tospann.actions.forms import LeaveForm
from tospann.foundation.commands import Done, Proposed, submit
from tospann.people.pages import answer, try_submit
from tospann.projects import commands as projects
from tospann.projects import page_queries
from tospann.projects.models import Membership, Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page

SHOWN = 100


@project_page
def leave(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    found = page_queries.membership(project, pk)
    team = [one for one in queries.team(project) if one[0] != str(found.person_id)]
    form = LeaveForm(request.POST if request.method == "POST" else None, team=team)
    if form.is_valid() and (outcome := _release(request, project, found, form)):
        said = _("Released from the role.")
        return answer(request, outcome, reverse("team", args=[project.key]), said)
    owed = sources.of_project(project).filter(owed_owner=found.person_id, owed_rank=0)
    shown: dict[str, Any] = {
        "membership": found,
        "form": form,
        "ruling": projects.release.ruling(request.actor, found),
        "lines": [grouping.line(project.key, row) for row in owed[:SHOWN]],
        "total": owed.count(),
        "project": project,
    }
    return page(request, "actions/leave.html", status=422 if form.errors else 200, **shown)


def _release(
    request: ProjectRequest, project: Project, found: Membership, form: LeaveForm
) -> Done[Any] | Proposed | None:
    """Whoever releases herself hands over first, while she still may."""
    to, is_self = form.cleaned_data["hand_over_to"], found.person_id == request.actor.person_id
    person = found.person_id

    def hand_over() -> None:
        if to is not None:
            what = commands.hand_over_of.on(project)
            submit(request.actor, what, person=person, owner=to)

    if is_self:
        hand_over()
    outcome = try_submit(request, form, projects.release.on(found))
    if outcome is not None and not is_self:
        hand_over()
    return outcome

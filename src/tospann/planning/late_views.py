"""Proposals for late work: one page that shows what would move, and one button that does it."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.foundation.commands import submit
from tospann.foundation.errors import Stale
from tospann.people.pages import answer, require
from tospann.planning import commands, late, queries
from tospann.planning.models import Plan
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def late_work(request: ProjectRequest, project: Project) -> HttpResponse:
    head = queries.existing_plan(project)
    stored, seen = late.suggestion(request.actor, head)
    editing = commands.apply_edits.ruling(request.actor, head)
    if request.method == "POST":
        require(editing)
        return _moved(request, head, stored)
    return page(
        request,
        "planning/late.html",
        project=project,
        head=head,
        today=timezone.localdate(),
        found=seen,
        moved=late.named(head, stored),
        count=len(stored),
        editing=editing,
        title=_("Late work"),
    )


def _moved(request: ProjectRequest, head: Plan, stored: list[dict[str, Any]]) -> HttpResponse:
    """Done or proposed, provided the plan is still the one that was looked at."""
    if request.POST.get("base_revision") != str(head.revision):
        raise Stale(head.name, [])
    said: dict[str, Any] = {"base_revision": head.revision, "edits": stored}
    outcome = submit(request.actor, commands.apply_edits.on(head), **said)
    return answer(request, outcome, reverse("plan_chart", args=[request.project.key]))

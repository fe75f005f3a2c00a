"""Proposals for late work: one page that shows what would move, and one button that does it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.foundation.commands import submit
from tospann.foundation.errors import Stale
from tospann.people.pages import answer, require
from tospann.planning import commands, late, queries
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def late_work(request: ProjectRequest, project: Project) -> HttpResponse:
    head = queries.existing_plan(project)
    stored, seen = late.suggestion(request.actor, head)
    if request.method == "POST":
        require(commands.apply_edits.ruling(request.actor, head))
        if request.POST.get("base_revision") != str(head.revision):
            raise Stale(head.name, [])
        outcome = submit(
            request.actor,
            commands.apply_edits.on(head),
            base_revision=head.revision,
            edits=stored,
        )
        return answer(request, outcome, reverse("plan_chart", args=[project.key]))
    return page(
        request,
        "planning/late.html",
        project=project,
        head=head,
        today=timezone.localdate(),
        found=seen,
        moved=late.named(head, stored),
        count=len(stored),
        editing=commands.apply_edits.ruling(request.actor, head),
        title=_("Late work"),
    )

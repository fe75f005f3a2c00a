"""Progress by one tap, from the list of what is due on a phone."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.commands import submit
from tospann.people.pages import answer, came_from
from tospann.planning import commands, queries
from tospann.planning.models import Plan
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page


@dataclass(frozen=True)
class Reporting:
    """Whose progress somebody may report."""

    person: UUID | None
    own: bool
    every: bool

    def of(self, row: queries.Row) -> bool:
        mine = self.person is not None and row["responsible_id"] == self.person
        return self.every or (self.own and mine)


def may(actor: Actor, head: Plan) -> Reporting:
    """Asked once for a page of rows."""
    own = rule(actor, Power.REPORT_PROGRESS, head.project_id).may_decide
    every = rule(actor, Power.EDIT_PLAN, head.project_id).may_decide
    return Reporting(actor.person_id, own, own and every)


@require_POST
@project_page
def tap(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    """Started today, or done."""
    head = queries.existing_plan(project)
    is_start = request.POST.get("tap") == "start"
    said = (
        {"percent": 0.0, "actual_start": timezone.localdate()} if is_start else {"percent": 100.0}
    )
    outcome = submit(request.actor, commands.report_progress.on(head), uid=uid, **said)
    to, own = reverse("plan_chart", args=[project.key]), reverse("my_tasks")
    back = own if came_from(request).partition("?")[0] == own else to
    return answer(request, outcome, back, _("The progress is recorded."))

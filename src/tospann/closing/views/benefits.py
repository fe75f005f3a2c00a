"""Benefits at closing: who takes each over in the line, and when it is measured there."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tospann.benefits import commands
from tospann.benefits import queries as kept
from tospann.benefits.forms import HandOverForm
from tospann.closing.queries import handed
from tospann.people.pages import change_by_form
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.pages import page


@require_safe
@project_page
def benefits(request: ProjectRequest, project: Project) -> HttpResponse:
    """Every benefit with its owner to be, and the one thing to do with it."""
    rows = handed.benefits(project)
    ruling = handed.ruling(request.actor, project)
    return page(request, "closing/benefits.html", project=project, rows=rows, ruling=ruling)


@project_page
def hand_over(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = kept.benefit(project, number)
    days = kept.measured_after([found])[found.pk] or handed.first_days(found)
    written = ", ".join(formats.short_date(day, language()) for day in days)
    start = {"owner": found.owner_id, "measure_on": written, "note": found.handed_over_note}
    team, typed = projects.team(project), request.POST or None
    return change_by_form(
        request,
        HandOverForm(typed, team=team, initial=start, version=found.version),
        commands.hand_over_benefit,
        found,
        to=reverse("closing_benefits", args=[project.key]),
        said=_("The benefit is handed over to the line."),
        title=_("Hand over: %(benefit)s") % {"benefit": found},
        submit=_("Hand over"),
        project=project,
    )

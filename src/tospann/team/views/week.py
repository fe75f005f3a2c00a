"""Who does what this week, the pulse, and what was delivered in a month."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.ids import new_id
from tospann.people.pages import answer, require, try_submit
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.team import commands, pulse
from tospann.team.forms import SendForm
from tospann.team.queries import delivered as deliveries
from tospann.team.queries import week as weeks
from tospann.ui.pages import done, page


@project_page
def week(request: ProjectRequest, project: Project) -> HttpResponse:
    monday = weeks.week_of(request.GET.get("week", ""))
    return page(
        request,
        "team/week.html",
        project=project,
        monday=monday,
        sunday=monday + timedelta(days=6),
        before=monday - timedelta(days=7),
        after=monday + timedelta(days=7),
        is_now=monday == weeks.week_of(""),
        people=weeks.people(project, monday),
        pulse=pulse.of(request.actor, project),
        cover=commands.cover_for.ruling(request.actor, project),
        me=request.actor.person_id,
    )


@require_POST
@project_page
def answer_pulse(request: ProjectRequest, project: Project) -> HttpResponse:
    said = request.POST.get("score", "")
    pulse.answer(request.actor, project, int(said) if said in {"1", "2", "3", "4", "5"} else 0)
    from_home = request.POST.get("from") == "home"
    to = reverse("home") if from_home else reverse("team_week", args=[project.key]) + "#pulse"
    return done(request, to, toast=_("Thank you. Nobody can see what you answered."))


def _shown(project: Project, asked: str) -> dict[str, Any]:
    month = deliveries.month_of(asked)
    found = deliveries.of_month(project, month.first)
    return {
        "project": project,
        "month": month,
        "deliveries": found,
        "groups": deliveries.by_person(found),
        "letters": deliveries.letters(project, month.first),
    }


@project_page
def delivered(request: ProjectRequest, project: Project) -> HttpResponse:
    send = commands.send_delivered.ruling(request.actor, project)
    shown = _shown(project, request.GET.get("month", ""))
    return page(request, "team/delivered.html", send=send, **shown)


@project_page
def send_delivered(request: ProjectRequest, project: Project) -> HttpResponse:
    ruling = commands.send_delivered.ruling(request.actor, project)
    require(ruling)
    month = deliveries.month_of(request.GET.get("month", ""))
    form = SendForm(request.POST or None, team=projects.team(project))
    to = reverse("team_delivered", args=[project.key]) + f"?month={month.first:%Y-%m}"
    if form.is_valid():
        typed = {"id": new_id(), "month": month.first, **form.cleaned_data}
        bound = commands.send_delivered.on(project)
        outcome = try_submit(request, form, bound, **typed)
        if outcome is not None:
            return answer(request, outcome, to, _("The list is sent."))
    shown = _shown(project, f"{month.first:%Y-%m}")
    status = 422 if form.errors else 200
    return page(request, "team/send.html", status=status, form=form, ruling=ruling, to=to, **shown)

"""Where the money is heading, and the months of the books."""

from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.budget import commands, queries
from tospann.budget.queries import costs
from tospann.budget.queries import forecast as forecasts
from tospann.budget.veiling import veil
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.people.pages import answer
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def forecast(request: ProjectRequest, project: Project) -> HttpResponse:
    seen = veil(request.actor, project.pk)
    money = queries.money(project, seen)
    return page(
        request,
        "budget/forecast.html",
        seen=seen,
        project=project,
        tab="money_forecast",
        money=money,
        forecast=forecasts.forecast(project, money),
    )


@project_page
def months(request: ProjectRequest, project: Project) -> HttpResponse:
    seen = veil(request.actor, project.pk)
    money = queries.money(project, seen)
    return page(
        request,
        "budget/months.html",
        project=project,
        tab="money_costs",
        months=costs.months(project, money.by_period, seen)[::-1],
        last=costs.last_booking(project),
        may=commands.close_month.ruling(request.actor, project),
    )


@require_POST
@project_page
def close(request: ProjectRequest, project: Project) -> HttpResponse:
    bound = commands.close_month.on(project)
    month = _month(request.POST.get("month", ""))
    outcome = submit(request.actor, bound, id=new_id(), month=month)
    return answer(request, outcome, _months(project), _("The month is closed."))


@require_POST
@project_page
def reopen(request: ProjectRequest, project: Project) -> HttpResponse:
    if (ruling := commands.close_month.ruling(request.actor, project)).is_refused:
        raise NotAllowed(str(ruling))
    found = costs.closed_month(project, _month(request.POST.get("month", "")))
    outcome = submit(request.actor, commands.reopen_month.on(found))
    return answer(request, outcome, _months(project), _("The month is open again."))


def _month(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(_("Choose a month."), "month") from None


def _months(project: Project) -> str:
    return reverse("money_months", args=[project.key])

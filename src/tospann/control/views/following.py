"""Oppfølging: how the money stands against the plan, and the same as files."""

from typing import Any

from django.http import HttpResponse

from tospann.control import queries
from tospann.control.curves import Step
from tospann.control.pictures import names, pictures
from tospann.control.report import Report, kroner
from tospann.control.thresholds import trend
from tospann.control.words import two_decimals, whole
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def control(request: ProjectRequest, project: Project) -> HttpResponse:
    """How it stands, by month or by week."""
    step = Step.WEEK if request.GET.get("by") == "week" else Step.MONTH
    report = queries.report(project, request.actor, step)
    return page(
        request,
        "control/control.html",
        project=project,
        tab="money_control",
        report=report,
        kr=kroner,
        **(_shown(project, report) if report else {}),
    )


def _shown(project: Project, report: Report) -> dict[str, Any]:
    return {
        "indices": queries.indices_of(report),
        "pictures": pictures(report),
        "names": names(),
        "trend": trend(project, report),
        "index": lambda value: "–" if value is None else two_decimals(value),
        "short": whole,
    }

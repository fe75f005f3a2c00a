"""KVALITET: how it stands, the five lists, and what proves what."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.quality import commands, queries, register
from tospann.quality.exports import coverage_table
from tospann.quality.sorts import Sort
from tospann.ui import exports
from tospann.ui.pages import page

MOST = 500


@project_page
def overview(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "quality/overview.html",
        project=project,
        tab="overview",
        standing=queries.standing(project),
        waiting=queries.waiting(project),
        states=register.STATES,
        grades=register.GRADES,
        may_keep=commands.add_requirement.ruling(request.actor, project).may_decide,
        may_raise=commands.raise_nonconformity.ruling(request.actor, project).may_decide,
    )


@project_page
def listed(request: ProjectRequest, project: Project, of: Sort) -> HttpResponse:
    shown: dict[str, Any] = {
        "project": project,
        "sort": of,
        "tab": of.plural,
        "may_add": not of.add.ruling(request.actor, project).is_refused,
    }
    declared = register.of_sort(of, project, request.actor)
    rows = queries.rows_of(of.model, project)
    return declared.respond(request, rows, template="quality/list.html", **shown)


@project_page
def coverage(request: ProjectRequest, project: Project) -> HttpResponse:
    """Every requirement that applies, with what is to prove it, in words."""
    rows = queries.coverage(project)
    kind = request.GET.get("format", "")
    if kind in exports.KINDS:
        headings, table = coverage_table(project, rows)
        return exports.respond(kind, _("Coverage of requirements"), headings, table)
    shown: dict[str, Any] = {"outcomes": register.OUTCOMES, "states": register.STATES, "most": MOST}
    return page(
        request,
        "quality/coverage.html",
        project=project,
        tab="coverage",
        **_covered(rows, request.GET.get("show") == "unproved"),
        **shown,
    )


def _covered(rows: list[queries.Covered], only_unproved: bool) -> dict[str, Any]:
    listed = [row for row in rows if not (only_unproved and row.is_proved)]
    return {
        "rows": listed[:MOST],
        "is_cut": len(listed) > MOST,
        "only_unproved": only_unproved,
        "counts": {"all": len(rows), "proved": sum(row.is_proved for row in rows)},
    }

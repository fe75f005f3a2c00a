"""The revisions of a plan, two of them side by side, and the plan as of a date."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tospann.planning import queries
from tospann.planning.forms import FilterForm
from tospann.planning.revisions import choices, comparing, points
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.jinja import language
from tospann.ui.pages import page

PAGE = 100


@require_safe
@project_page
def revisions(request: ProjectRequest, project: Project) -> HttpResponse:
    """What was changed, newest first."""
    head = queries.existing_plan(project)
    found = queries.revisions(head, language(), _page_number(request))
    return page(
        request,
        "planning/revisions.html",
        project=project,
        head=head,
        found=found,
        baselines=choices.baselines(head),
        page_url=lambda to: f"?page={to}",
    )


@require_safe
@project_page
def compare(request: ProjectRequest, project: Project) -> HttpResponse:
    """Two revisions side by side, as a table."""
    head = queries.existing_plan(project)
    asked = choices.asked(head, request.GET.get("from", ""), request.GET.get("to", ""))
    before, after = (points.point(head, one) for one in asked)
    found = points.compare(head, before, after)
    what = request.GET.get("what", "")
    rows, number, pages = _part(found.only(what), _page_number(request))
    return page(
        request,
        "planning/compare.html",
        project=project,
        head=head,
        before=before,
        after=after,
        found=found,
        rows=rows,
        number=number,
        pages=pages,
        page_url=lambda to: _with(request, page=str(to)),
        what=what,
        narrowings=_narrowings(request, found, what),
        choices=choices.choices(head, before, after),
    )


def _page_number(request: HttpRequest) -> int:
    form = FilterForm(request.GET)
    form.is_valid()
    return form.cleaned_data.get("page") or 1


def _part(
    rows: tuple[comparing.Differs, ...], number: int
) -> tuple[tuple[comparing.Differs, ...], int, int]:
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(number, 1), pages)
    return rows[(number - 1) * PAGE : number * PAGE], number, pages


def _narrowings(
    request: HttpRequest, found: comparing.Compared, what: str
) -> list[tuple[str, str, bool, int]]:
    """The ways to see a part of the comparison, each with how many rows it has."""
    ways = [
        ("", _("Everything")),
        ("moved", _("Other dates")),
        ("milestones", _("Milestones")),
        ("added", _("New")),
        ("removed", _("Removed")),
    ]
    return [
        (label, _with(request, what=key, page=""), key == what, len(found.only(key)))
        for key, label in ways
    ]


def _with(request: HttpRequest, **said: Any) -> str:
    query = request.GET.copy()
    for name, value in said.items():
        query[name] = value
        if not value:
            del query[name]
    return f"?{query.urlencode()}"

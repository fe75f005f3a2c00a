"""The revisions of a plan, two of them side by side, and the plan as of a date."""

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import planengine as engine
from tospann.planning import baselines, commands, queries
from tospann.planning.editor import views as editor
from tospann.planning.forms import FilterForm
from tospann.planning.models import Plan
from tospann.planning.revisions import choices, comparing, overlay, points
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
        baselines=choices.named(head),
        kept=baselines.all_of(head),
        freezing=commands.set_baseline.ruling(request.actor, head),
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
    return page(
        request,
        "planning/compare.html",
        project=project,
        head=head,
        before=before,
        after=after,
        found=found,
        choices=choices.choices(head, before, after),
        **_rows(request, head, before, after, found),
    )


def _rows(
    request: HttpRequest,
    head: Plan,
    before: points.Point,
    after: points.Point,
    found: comparing.Compared,
) -> dict[str, Any]:
    """The page of rows that is asked for, in a table and in time."""
    what = request.GET.get("what", "")
    rows, number, pages = _part(found.only(what), _page_number(request))
    return {
        "rows": rows,
        "drawing": _drawing(head, rows, before, after),
        "number": number,
        "pages": pages,
        "page_url": lambda to: _with(request, page=str(to)),
        "what": what,
        "narrowings": _narrowings(request, found, what),
    }


def _drawing(
    head: Plan, rows: tuple[comparing.Differs, ...], before: points.Point, after: points.Point
) -> SafeString | None:
    plans = (points.content(head, before), points.content(head, after))
    title = _("Revision %(before)s and revision %(after)s in time")
    said = title % {"before": before.number, "after": after.number}
    return overlay.drawn(rows, *plans, language(), said) if rows else None


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


@require_safe
@never_cache
@project_page
def rows(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """A revision of the plan for the chart; it never changes."""
    head = queries.existing_plan(project)
    if request.GET.get("since") == str(number):
        return HttpResponse(status=204)
    then = points.point(head, str(number))
    drawn = editor.drawn(points.content(head, then), number, project)
    midnight = datetime.combine(then.reader_day, time.min)
    return JsonResponse({**drawn, "today": engine.instant(midnight) // 60})

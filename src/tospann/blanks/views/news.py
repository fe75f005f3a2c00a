"""What others wrote meanwhile, and what a field held before."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from tospann.blanks import keeping, posted, queries, showing
from tospann.blanks.models import Filled, Value
from tospann.blanks.views.writing import as_seen
from tospann.people.pages import go
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def filled_news(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """What others wrote since: ``?since=`` is the last sequence the page has."""
    found = queries.written(project, number)
    since = request.GET.get("since", "")
    changed = queries.changed_since(found, int(since) if since.isdecimal() else found.sequence)
    fields = _fields(request, found, changed) if changed else {}
    return JsonResponse(
        {
            "sequence": found.sequence,
            "state": found.state,
            "fields": fields,
            "numbers": {one.field: one.number for one in changed if one.field in fields},
            "by": sorted({one.by for one in changed}),
            "percent": found.percent,
        }
    )


def _fields(request: ProjectRequest, found: Filled, changed: list[Value]) -> dict[str, Any]:
    written = as_seen(request, found)
    kept = {one.field: written.values.get(one.field) for one in changed}
    return posted.as_sent(written, kept, written.language)


@project_page
def filled_earlier(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """What a field held before, each with a way back."""
    found = queries.written(project, number)
    written = as_seen(request, found)
    one = written.form.by_address.get(request.GET.get("field", ""))
    if one is None:
        raise Http404
    return page(
        request,
        "blanks/earlier.html",
        project=project,
        filled=found,
        field=one,
        earlier=queries.earlier(found, one.address),
        shown=showing.Shown(found, written),
    )


@require_POST
@project_page
def use_earlier(request: ProjectRequest, project: Project, number: int, pk: UUID) -> HttpResponse:
    found = queries.written(project, number)
    before = queries.one_earlier(found, pk)
    keeping.take_again(request.actor, found, before, as_seen(request, found).language)
    return go(request, reverse("filled", args=[project.key, number]))

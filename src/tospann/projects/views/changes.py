"""What open pages ask now and then: has anything been changed here?"""

from datetime import datetime

from django.http import HttpResponse, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tospann.projects import changes as queries
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page

MOST_DIGITS = 15


@require_safe
@never_cache
@project_page
def changes(request: ProjectRequest, project: Project) -> HttpResponse:
    """`?since=` an act's number, or `?at=` the moment the page was made."""
    since, at = request.GET.get("since", ""), _moment(request.GET.get("at", ""))
    if since.isdecimal() and len(since) <= MOST_DIGITS:
        found = queries.since(request.actor, project.pk, int(since))
    elif at is not None:
        found = queries.after(request.actor, project.pk, at)
    else:
        found = queries.Changed(queries.head(project.pk), {})
    return JsonResponse(found.to_json())


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        return None
    return found if found is not None and is_aware(found) else None

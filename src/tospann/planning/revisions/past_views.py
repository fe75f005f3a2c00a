"""The pages of a plan as of a date or a revision: what they show was once true; read only."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Ruling, Sentence, Strength
from tospann.planning.editor import words
from tospann.planning.models import LINK_WORDS, Plan
from tospann.planning.queries import Filters
from tospann.planning.revisions import past, points
from tospann.planning.store import Loaded
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest
from tospann.ui.pages import page

_PAST = gettext_noop("This is how the plan was. Only the plan as it is now can be changed.")
READ_ONLY = Ruling(Strength.NONE, Sentence(_PAST))
_Then = tuple[points.Point, Loaded, dict[str, Any]]


def is_asked(request: ProjectRequest) -> bool:
    """Whether the page is asked for as of another day than today."""
    return bool(request.GET.get("as_of", "").strip())


def _then(request: ProjectRequest, project: Project, head: Plan) -> _Then:
    then = points.point(head, request.GET["as_of"])
    loaded = points.content(head, then)
    said = {
        "project": project,
        "then": then,
        "head": points.past_head(then, loaded),
        "editing": READ_ONLY,
        "freezing": READ_ONLY,
    }
    return then, loaded, said


def table(
    request: ProjectRequest, project: Project, head: Plan, filters: Filters, number: int, more: Any
) -> HttpResponse:
    """The list of tasks as it was."""
    then, loaded, said = _then(request, project, head)
    found = past.activities(loaded, filters, then.reader_day, number)
    under = {"row": loaded.rows[filters.under]} if filters.under in loaded.rows else None
    said |= {"found": found, "filters": filters, "under": under, "quick": None, **more}
    return page(request, "planning/plan.html", **said)


def milestones(request: ProjectRequest, project: Project, head: Plan) -> HttpResponse:
    """The milestones as they were."""
    then, loaded, said = _then(request, project, head)
    said["rows"] = past.milestones(loaded.rows, then.reader_day)
    return page(request, "planning/milestones.html", **said)


def chart(request: ProjectRequest, project: Project, head: Plan) -> HttpResponse:
    """The chart as it was."""
    said = _then(request, project, head)[2]
    said |= {"columns": words.columns().items(), "words": words.words([])}
    return page(request, "planning/revision_chart.html", **said)


def task(request: ProjectRequest, project: Project, head: Plan, uid: int) -> HttpResponse:
    """One task as it was."""
    then, loaded, said = _then(request, project, head)
    found = past.task(loaded, uid, then.reader_day)
    said |= {"task": found, "link_words": LINK_WORDS}
    return page(request, "planning/revision_task.html", **said)

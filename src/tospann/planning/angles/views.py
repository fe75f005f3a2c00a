"""The pages that show the plan from other sides."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tospann.planning import queries, store
from tospann.planning.angles import why as reasons
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.formats import short_date
from tospann.ui.jinja import language
from tospann.ui.pages import is_fragment, page


@require_safe
@project_page
def why(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    """Why a date of a task is what it is: a dialog, or a page of its own."""
    head = queries.existing_plan(project)
    found = queries.activity(project, uid)
    end = reasons.asked(request.GET.get("end", ""))
    answer = reasons.why(store.load(head), uid, end, language())
    return page(
        request,
        "planning/_why.html" if is_fragment(request) else "planning/why.html",
        project=project,
        task=found,
        title=_asked(answer, found.row["name"]),
        answer=answer,
        end=end,
        ends=_ends(),
    )


def _asked(answer: reasons.Why | None, name: str) -> str:
    if answer is None:
        return _("Why this date?")
    questions: dict[str, Callable[[], str]] = {
        "start": lambda: _("Why does “%(name)s” start %(day)s?"),
        "finish": lambda: _("Why does “%(name)s” finish %(day)s?"),
        "late_start": lambda: _("Why must “%(name)s” start by %(day)s?"),
        "late_finish": lambda: _("Why must “%(name)s” be finished by %(day)s?"),
    }
    return questions[answer.end]() % {"name": name, "day": short_date(answer.day, language())}


def _ends() -> list[tuple[str, str]]:
    return [
        ("start", _("Start")),
        ("finish", _("Finish")),
        ("late_start", _("Latest start")),
        ("late_finish", _("Latest finish")),
    ]

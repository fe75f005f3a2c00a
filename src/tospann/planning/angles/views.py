"""The pages that show the plan from other sides."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.foundation.commands import Done, submit
from tospann.people.actors import ActorRequest
from tospann.people.pages import go, require, signed_in
from tospann.planning import commands, queries, store
from tospann.planning.angles import board as cards
from tospann.planning.angles import mine as own
from tospann.planning.angles import month as months
from tospann.planning.angles import why as reasons
from tospann.planning.editor import reporting
from tospann.planning.models import Plan, State
from tospann.planning.revisions import past_views as past
from tospann.planning.revisions import points
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.formats import short_date
from tospann.ui.jinja import language
from tospann.ui.pages import is_fragment, page, with_toast


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


@require_safe
@project_page
def board(request: ProjectRequest, project: Project) -> HttpResponse:
    """The tasks by state; a card is moved by dragging, by its menu, or with ] and [."""
    return _board(request, project)


def _board(request: ProjectRequest, project: Project) -> HttpResponse:
    head = queries.existing_plan(project)
    mine, under = bool(request.GET.get("mine")), request.GET.get("under", "")[:40]
    return page(
        request,
        "planning/_board.html" if is_fragment(request) else "planning/board.html",
        project=project,
        head=head,
        mine=mine,
        under=under,
        **_cards(request, head, mine=mine, under=under),
    )


def _cards(request: ProjectRequest, head: Plan, *, mine: bool, under: str) -> dict[str, Any]:
    """The board now; or as it was, where nothing is moved."""
    if not past.is_asked(request):
        return {
            "columns": cards.columns(request.actor, head, mine=mine, under=under),
            "reporting": reporting.may(request.actor, head),
            "phases": cards.phases(head),
        }
    then = points.point(head, request.GET["as_of"])
    loaded, of = points.content(head, then), request.actor.person_id if mine else None
    return {
        "then": then,
        "columns": cards.columns_then(loaded, then.reader_day, of=of, under=under),
        "reporting": reporting.Reporting(None, own=False, every=False),
        "phases": [(row.number, row.name) for row in loaded.rows.values() if row.level == 1],
    }


@require_POST
@project_page
def move_card(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    """To another column: what that says of the task is recorded as its progress."""
    head, found = queries.existing_plan(project), queries.activity(project, uid)
    require(commands.report_progress.ruling(request.actor, head))
    to = State(request.POST["to"]) if request.POST.get("to") in State.values else None
    outcome = None
    if to is not None and to != found.row["state"]:
        said = cards.facts(found.content, to)
        outcome = submit(request.actor, commands.report_progress.on(head), uid=uid, **said)
    if not is_fragment(request):
        return go(request, reverse("plan_board", args=[project.key]))
    there = urlsplit(request.headers.get("HX-Current-URL", "")).query
    request.GET = QueryDict(there)  # the address of the board, not of the button
    answered = _board(request, project)
    if not isinstance(outcome, Done) or to is None:
        return answered
    said_so = _("Moved to “%(column)s”.") % {"column": to.label}
    return with_toast(answered, said_so, undo=reverse("undo", args=[outcome.entry.pk]))


@require_safe
@project_page
def calendar(request: ProjectRequest, project: Project) -> HttpResponse:
    """A month of the plan: as squares on a wide screen, as a list on a narrow one."""
    head = queries.existing_plan(project)
    view = "agenda" if request.GET.get("view") == "agenda" else "month"
    mine = bool(request.GET.get("mine"))
    return page(
        request,
        "planning/calendar.html",
        project=project,
        head=head,
        view=view,
        mine=mine,
        **_month(request, head, of_hers=mine, starts=view == "agenda"),
    )


def _month(request: ProjectRequest, head: Plan, *, of_hers: bool, starts: bool) -> dict[str, Any]:
    """The month asked for: now, or as it was."""
    then = points.point(head, request.GET["as_of"]) if past.is_asked(request) else None
    today = then.reader_day if then else timezone.localdate()
    loaded = points.content(head, then) if then else store.load(head)
    rows = months.of_then(loaded, today) if then else months.of_now(head)
    first = months.asked(request.GET.get("month", ""), today)
    of = request.actor.person_id if of_hers else None
    shown = months.month(rows, loaded.plan, first, today=today, of=of, starts=starts)
    return {"month": shown, **({"then": then} if then else {})}


@require_safe
@signed_in
def my_tasks(request: ActorRequest) -> HttpResponse:
    """What the person herself is responsible for, in the plans of all her projects."""
    return page(request, "planning/mine.html", groups=own.groups(request.actor))

"""The plan to read: tasks, milestones, revisions, and one task by itself."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.planning import commands, preview, progress, queries, store
from tospann.planning.angles import trend
from tospann.planning.forms import DelayForm, FilterForm, QuickForm
from tospann.planning.models import LINK_WORDS, Kind, Plan, State
from tospann.planning.pending import markers
from tospann.planning.queries import Filters
from tospann.planning.revisions import measuring
from tospann.planning.revisions import past_views as past
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.jinja import language
from tospann.ui.pages import is_fragment, page


@project_page
def plan(request: ProjectRequest, project: Project) -> HttpResponse:
    head = queries.plan(project)
    if head is None:
        ruling = commands.start_plan.ruling(request.actor, project)
        return page(request, "planning/none.html", project=project, ruling=ruling)
    filters, number = _filters(request)
    if past.is_asked(request):
        return past.table(request, project, head, filters, number, _choices(request))
    said = {**_listed(request, head, filters, number), **_choices(request)}
    return page(request, "planning/plan.html", project=project, head=head, filters=filters, **said)


def _listed(request: ProjectRequest, head: Plan, filters: Filters, number: int) -> dict[str, Any]:
    """A page of the tasks beside what they are measured against, and what she may do."""
    found = queries.activities(head.project, filters, number)
    against = measuring.shown(request, head)
    return {
        "found": replace(found, rows=measuring.beside(head, found.rows, against["against"])),
        "under": queries.activity(head.project, filters.under) if filters.under else None,
        "quick": QuickForm(initial={"base_revision": head.revision, "under": filters.under}),
        "editing": commands.apply_edits.ruling(request.actor, head),
        "freezing": commands.set_baseline.ruling(request.actor, head),
        **against,
    }


def _choices(request: ProjectRequest) -> dict[str, Any]:
    """What can be chosen on the page, and what was."""
    return {
        "kinds": Kind.choices,
        "states": [
            ("late", _("Late")),
            ("open", _("Not done")),
            ("critical", _("On the critical path")),
            *State.choices,
        ],
        "selected": request.GET.get("selected", ""),
        "page_url": lambda to: _with_page(request, to),
    }


def _filters(request: ProjectRequest) -> tuple[Filters, int]:
    form = FilterForm(request.GET)
    form.is_valid()
    said = form.cleaned_data
    mine = request.actor.person_id if said.get("mine") else None
    narrowed = Filters(
        text=said.get("q", ""),
        kind=said.get("kind", ""),
        state=said.get("state", ""),
        responsible=mine,
        under=said.get("under"),
    )
    return narrowed, said.get("page") or 1


def _with_page(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@project_page
def milestones(request: ProjectRequest, project: Project) -> HttpResponse:
    head = queries.existing_plan(project)
    if past.is_asked(request):
        return past.milestones(request, project, head)
    rows = queries.milestones(project)
    moves = trend.lines(head, rows)
    editing = commands.apply_edits.ruling(request.actor, head)
    return page(
        request,
        "planning/milestones.html",
        project=project,
        head=head,
        rows=rows,
        moves={line.uid: line for line in moves},
        chart=trend.chart(moves, language()),
        editing=editing,
        pending=markers.of_plan(project),
    )


@project_page
def task(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    head = queries.existing_plan(project)
    if past.is_asked(request):
        return past.task(request, project, head, uid)
    found = queries.activity(project, uid)
    return page(
        request,
        "planning/task.html",
        project=project,
        head=head,
        task=found,
        facts=progress.shown(found.content),
        link_words=LINK_WORDS,
        history=queries.history_of(head, uid, language()),
        editing=commands.apply_edits.ruling(request.actor, head),
        may_report=queries.may_report(request.actor, head, found.row),
        address=request.build_absolute_uri(reverse("plan_task", args=[project.key, uid])),
    )


@project_page
def what_if(request: ProjectRequest, project: Project, uid: int) -> HttpResponse:
    """What the plan would look like if a task were later. Nothing is changed by looking."""
    head = queries.existing_plan(project)
    found = queries.activity(project, uid)
    form = DelayForm(request.GET)
    shown, wrong = None, ""
    if form.is_valid() and found.row["kind"] != Kind.SUMMARY:
        edits = preview.delay(store.load(head).plan, found.content, form.cleaned_data["days"])
        shown = preview.preview(request.actor, head, edits) if edits else None
    elif form.errors:
        wrong = str(form.errors["days"][0])
    return page(
        request,
        "planning/_what_if.html" if is_fragment(request) else "planning/what_if.html",
        project=project,
        task=found,
        title=_("What if “%(name)s” is late?") % {"name": found.row["name"]},
        days=request.GET.get("days", "5")[:20],
        found=shown,
        wrong=wrong,
    )

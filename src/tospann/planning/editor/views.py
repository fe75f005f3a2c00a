"""The page of the chart, the plan it draws, and the operations it sends."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

import planengine as engine
from planengine.edits import Edit
from planengine.network.scheduling import collection_paused
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import CommandError
from tospann.foundation.records import reference
from tospann.people.registers import saved_views
from tospann.planning import baselines, commands, queries, store
from tospann.planning.drafts import drafting
from tospann.planning.editor import operations, reporting, sheets, wire, words
from tospann.planning.editor.sent import Cell, Sent
from tospann.planning.history import hash_at, require_current
from tospann.planning.models import Plan, Revision
from tospann.planning.pending import markers
from tospann.planning.reserve import reserve_uids
from tospann.planning.revisions import measuring
from tospann.planning.revisions import past_views as past
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.projects.queries import members
from tospann.ui.jinja import language
from tospann.ui.pages import page

LARGEST = 4_000_000
Before = tuple[int, sheets.Sheet] | None
"""A revision the browser has, and its rows."""


@require_safe
@project_page
def chart(request: ProjectRequest, project: Project) -> HttpResponse:
    """The plan as a table and bars, to edit in place; on a phone what is due."""
    head = queries.plan(project)
    if head is None:
        starting = commands.start_plan.ruling(request.actor, project)
        return page(request, "planning/none.html", project=project, ruling=starting)
    if past.is_asked(request):
        return past.chart(request, project, head)
    return page(request, "planning/chart.html", project=project, **_on_the_chart(request, head))


def _on_the_chart(request: ProjectRequest, head: Plan) -> dict[str, Any]:
    return {
        "head": head,
        "editing": commands.apply_edits.ruling(request.actor, head),
        "freezing": commands.set_baseline.ruling(request.actor, head),
        "columns": words.columns().items(),
        "words": words.words(sorted(name for _pk, name in names(head.project).items())),
        "views": saved_views(request, "plan"),
        "soon": queries.soon(head.project),
        "reporting": reporting.may(request.actor, head),
        "pending": markers.of_plan(head.project),
        **measuring.shown(request, head),
    }


@require_safe
@never_cache
@project_page
def rows(request: ProjectRequest, project: Project) -> HttpResponse:
    """The whole plan for the chart; nothing when it is still at the revision it was drawn from."""
    head = queries.existing_plan(project)
    since = request.GET.get("since", "")
    if since == str(head.revision):
        return HttpResponse(status=204)
    found = _drawn_for(request, head, _at(head, since))
    return wire.answer(request, found | {"waits": markers.in_chart(head.project)})


@require_POST
@project_page
def operate(request: ProjectRequest, project: Project) -> HttpResponse:
    """Carry out one operation, or say who must decide it."""
    head = queries.existing_plan(project)

    def act() -> HttpResponse:
        commands.require_editor(request.actor, head)
        with collection_paused():
            return _carry_out(request, head, Sent.model_validate_json(request.body[:LARGEST]))

    return answered(act)


def answered(act: Callable[[], HttpResponse]) -> HttpResponse:
    """What the chart is told: what came of it, or why not, as it understands it."""
    try:
        return act()
    except ValidationError:
        return _refused(_("This is not something the plan understands."), 422)
    except CommandError as error:
        return _refused(error.message, error.status)


def _refused(message: str, status: int) -> HttpResponse:
    return JsonResponse({"error": message}, status=status)


def _carry_out(request: ProjectRequest, head: Plan, sent: Sent) -> HttpResponse:
    operation = sent.operation
    if isinstance(operation, Cell) and operation.field == "percent":
        percent = operations.share(operation.text, language())
        reporting = commands.report_progress.on(head)
        outcome = submit(request.actor, reporting, uid=operation.uid, percent=percent)
        return _answer(request, head, outcome, [])
    require_current(head, sent.base_revision)
    edits = operations.edits_of(operation, sheet(head, store.load(head).plan))
    if not edits:
        return JsonResponse({"outcome": "nothing"})
    base, stored = head.revision, [engine.edit_to_json(one) for one in edits]
    said = {"base_revision": base, "edits": stored}
    ruling = commands.apply_edits.assess(request.actor, head, said)
    if sent.draft:
        return _drafted(request, head, stored)
    if ruling.may_propose and not sent.propose:
        return JsonResponse({"outcome": "ask", "because": str(ruling)})
    changing = commands.apply_edits.on(head)
    outcome = submit(request.actor, changing, base_revision=base, edits=stored)
    return _answer(request, head, outcome, edits)


def _drafted(request: ProjectRequest, head: Plan, stored: list[dict[str, Any]]) -> HttpResponse:
    """A draft that begins with the change, to be trimmed until somebody may decide it."""
    told = commands.apply_edits.teller
    said = told(head, {"edits": stored}) if told else []
    made = drafting.open_draft(request.actor, head, said[0] if said else head.name, stored)
    address = reverse("plan_draft", args=[head.project.key, made.pk])
    return JsonResponse({"outcome": "drafted", "address": address}, status=201)


def _answer(
    request: ProjectRequest, head: Plan, outcome: Done[Revision] | Proposed, edits: list[Edit]
) -> HttpResponse:
    if isinstance(outcome, Proposed):
        case = outcome.case
        found = {"case": reference(case), "because": str(outcome.ruling)}
        return JsonResponse({"outcome": "proposed", **found}, status=202)
    revision = outcome.result
    fresh = queries.existing_plan(head.project)
    before = (head.revision, sheets.sheet(store.load(head), language()))
    key = "nb" if language().startswith("n") else "en"
    return wire.answer(
        request,
        {
            "outcome": "done",
            "said": " ".join(one[key] for one in revision.sentences[:3]),
            "undo": revision.inverse,
            "uids": [one.activity.uid for one in edits if isinstance(one, engine.AddActivity)],
            "plan": _drawn_for(request, fresh, before),
        },
    )


def _drawn_for(request: ProjectRequest, head: Plan, before: Before) -> wire.Wire:
    """The plan now, beside the baseline the reader measures it against."""
    one, frozen = measuring.chosen(request, head), None
    if one is not None and one != baselines.in_force(head):
        frozen = baselines.dates(head, one)
    return drawn(store.load(head), head.revision, head.project, before, frozen=frozen)


def names(project: Project) -> dict[str, str]:
    """What the project's people are called, by their ids."""
    return {str(one.person_id): one.person.name for one in members(project)}


def _at(head: Plan, number: str) -> Before:
    """An earlier revision, when its rows are still in memory."""
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    found = sheets.kept(hash_at(head, int(number)), language())
    return (int(number), found) if found else None


def drawn(
    loaded: store.Loaded,
    number: int,
    project: Project,
    before: Before = None,
    *,
    beside: store.Loaded | None = None,
    frozen: Mapping[int, baselines.Dates] | None = None,
) -> wire.Wire:
    """A plan as the chart gets it: whole, or what differs from ``before``.

    A draft's stands ``beside`` the plan as it is; ``frozen`` dates take the place of its own.
    """
    now = timezone.localtime().replace(tzinfo=None)
    # What is beside a plan is no part of it: the rows to take along are those of the plan alone.
    near = sheets.kept(before[1].loaded.hash, language()) if before else None
    found = sheets.sheet(loaded, language(), near)
    if beside is not None:
        found = sheets.beside(found, sheets.sheet(beside, language()))
    if frozen is not None:
        found = sheets.against(found, frozen)
        before = (before[0], sheets.against(before[1], frozen)) if before else None
    head = wire.head(found, number, now)
    if before is None:
        return head | wire.whole(found, names(project))
    return head | wire.changed(*before, found, names(project))


def sheet(head: Plan, plan: engine.Plan) -> operations.Sheet:
    """What an operation is done on: the project's plan, or what a draft makes of it."""
    return operations.Sheet(
        plan=plan,
        language=language(),
        today=timezone.localdate(),
        people={name.lower(): pk for pk, name in names(head.project).items()},
        reserve=lambda: reserve_uids(head),
    )

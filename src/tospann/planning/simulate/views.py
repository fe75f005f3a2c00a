"""Simulating the plan: how likely its dates and its cost are, with a draft beside it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from planengine.risk import Reading
from tospann.cases import comparing
from tospann.foundation.errors import Invalid
from tospann.planning import commands as planning
from tospann.planning import queries, store
from tospann.planning.drafts import drafting
from tospann.planning.drafts import queries as drafts
from tospann.planning.drafts.models import Draft, DraftState
from tospann.planning.models import Plan
from tospann.planning.simulate import commands, events, running
from tospann.planning.simulate.estimates import READINGS, by_formula, estimates
from tospann.planning.simulate.forms import AskForm
from tospann.planning.simulate.models import UncertainEvent
from tospann.planning.simulate.offers import offers
from tospann.planning.simulate.pictures import instant_day, pictures
from tospann.planning.simulate.running import Asked, Simulated
from tospann.planning.store import Loaded
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def simulate(request: ProjectRequest, project: Project) -> HttpResponse:
    """How certain the plan is, with a draft beside it if one is chosen."""
    head = queries.existing_plan(project)
    asked, said = _asked(request)
    loaded = store.load(head)
    found = _compared(request, head, loaded, asked, said.get("draft"))
    return page(
        request,
        "planning/simulate.html",
        **comparing.SHOWN,
        **found,
        project=project,
        head=head,
        asked=asked,
        **_estimated(loaded, asked, said.get("page") or 1),
        may_estimate=planning.apply_edits.ruling(request.actor, head),
        may_keep=commands.add_uncertain_event.ruling(request.actor, project),
        instant_day=instant_day,
        offers=offers(project),
        page_url=lambda to: f"?page={to}&reading={asked.reading}#estimates",
    )


def _estimated(loaded: Loaded, asked: Asked, number: int) -> dict[str, Any]:
    """The estimates read as asked, what they come to, and how else they can be read."""
    return {
        "estimates": estimates(loaded, number, asked.reading),
        "by_formula": by_formula(loaded, asked.reading),
        "readings": READINGS,
    }


def _compared(
    request: ProjectRequest, head: Plan, loaded: Loaded, asked: Asked, pk: UUID | None
) -> dict[str, Any]:
    """The plan and the draft simulated, their pictures, and what stood in the way."""
    risks = list(events.events(head.project_id))
    draft, drafted, problem = _draft(request, head, pk)
    known = running.money_of(head.project)
    own = other = None
    try:
        own, other = both(head, loaded, drafted, risks, asked, known.forecast if known else None)
    except Invalid as error:
        problem = error.message
    return {
        "own": own,
        "other": other,
        "pictures": pictures(own, other) if own else {},
        "draft": draft,
        "problem": problem,
        "rows": loaded.rows,
        "drafts": drafts.visible(request.actor, head.project).filter(state=DraftState.OPEN)[:50],
        "events": risks,
        "money": known,
    }


def _asked(request: HttpRequest) -> tuple[Asked, dict[str, Any]]:
    form = AskForm(request.GET)
    form.is_valid()
    said: dict[str, Any] = form.cleaned_data
    reading = said.get("reading") or Reading.ERLANG
    return Asked(said.get("draws") or 0, bool(said.get("spread")), reading), said


def _draft(
    request: ProjectRequest, head: Plan, pk: UUID | None
) -> tuple[Draft | None, Loaded | None, str]:
    """The draft that is laid beside the plan, or why it cannot be."""
    if pk is None:
        return None, None, ""
    found = drafts.draft(request.actor, head.project, pk)
    try:
        return found, drafting.tried(head, found).after, ""
    except Invalid as error:
        return found, None, error.message


def both(
    head: Plan,
    loaded: Loaded,
    other: Loaded | None,
    risks: list[UncertainEvent],
    asked: Asked,
    forecast: Decimal | None,
) -> tuple[Simulated | None, Simulated | None]:
    """The plan and the draft simulated alike; nothing where nothing is uncertain."""
    plans = [one for one in (loaded, other) if one is not None]
    if not loaded.rows or not any(running.is_uncertain(one, risks, asked) for one in plans):
        return None, None
    size = len(loaded.rows)
    own = running.run(head, loaded, risks, asked, size, forecast)
    return own, running.run(head, other, risks, asked, size, forecast) if other else None

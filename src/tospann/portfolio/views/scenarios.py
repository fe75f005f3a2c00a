"""FORSLAG TIL PORTEFØLJEN: the list, one of them with what it does, and its decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.foundation.authority import Power, rule
from tospann.foundation.commands import submit
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, go, require_decides, signed_in
from tospann.portfolio import commands, ideas, scenarios
from tospann.portfolio.forms.scenarios import DecideScenarioForm
from tospann.portfolio.models import Scenario
from tospann.portfolio.scenarios_register import SCENARIOS, STATES
from tospann.ui.pages import page


@require_safe
@signed_in
def listed(request: ActorRequest) -> HttpResponse:
    """Those the reader has a part in."""
    if not ideas.is_inside(request.actor):
        raise Http404
    rows = scenarios.visible(request.actor)
    return SCENARIOS.respond(request, rows, template="portfolio/scenarios.html")


@require_safe
@signed_in
def one(request: ActorRequest, number: int) -> HttpResponse:
    """What is proposed, what it does to each project, and who decides."""
    return _shown(request, scenarios.scenario(request.actor, number))


def _shown(
    request: ActorRequest,
    one: Scenario,
    form: DecideScenarioForm | None = None,
    *,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "portfolio/scenario.html",
        status=status,
        scenario=one,
        stage=STATES[one.state],
        found=scenarios.effects(request.actor, one),
        strained=scenarios.people(one),
        is_stale=scenarios.is_stale(one),
        decide=commands.decide_scenario.ruling(request.actor, one),
        change=commands.withdraw_scenario.ruling(request.actor, one),
        form=form or DecideScenarioForm(scenario=one),
        wrong=wrong,
    )


def _to_change(request: ActorRequest, number: int, *, is_hers_too: bool = True) -> Scenario:
    """For whoever never does this there is nothing here; others are told why not now."""
    one = scenarios.scenario(request.actor, number)
    leads = rule(request.actor, Power.DECIDE_PORTFOLIO, ORGANISATION_SCOPE).may_decide
    if leads or (is_hers_too and one.proposed_by_id == request.actor.person_id):
        return one
    raise Http404


@require_POST
@signed_in
def decide(request: ActorRequest, number: int) -> HttpResponse:
    """Every project it concerns is changed at once, or none."""
    one = _to_change(request, number, is_hers_too=False)
    require_decides(commands.decide_scenario.ruling(request.actor, one))
    form = DecideScenarioForm(request.POST, scenario=one)
    if not form.is_valid():
        return _shown(request, one, form, status=422)
    said: dict[str, Any] = form.cleaned_data
    version = said.pop("version", None)
    try:
        submit(request.actor, commands.decide_scenario.on(one, version), **said)
    except CommandError as error:
        return _shown(request, one, form, wrong=error.message, status=error.status)
    messages.success(request, _("Decided, once for all the projects."))
    return go(request, reverse("scenario", args=[number]))


@require_POST
@signed_in
def compute(request: ActorRequest, number: int) -> HttpResponse:
    """On the plans as they are now."""
    one = _to_change(request, number)
    outcome = submit(request.actor, commands.compute_scenario.on(one))
    return answer(request, outcome, reverse("scenario", args=[number]), _("Computed anew."))


@require_POST
@signed_in
def withdraw(request: ActorRequest, number: int) -> HttpResponse:
    one = _to_change(request, number)
    outcome = submit(request.actor, commands.withdraw_scenario.on(one))
    to = reverse("scenario", args=[number])
    return answer(request, outcome, to, _("The proposal is withdrawn."))

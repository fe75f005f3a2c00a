"""HVA HVIS: projects later or stopped, what it would do, and proposing it."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.foundation.commands import Done
from tospann.foundation.ids import new_id
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, signed_in, try_submit
from tospann.people.queries import organisation
from tospann.portfolio import commands, ideas, scenarios, what_if
from tospann.portfolio.forms.scenarios import ProposeForm
from tospann.portfolio.forms.what_if import WhatIfForm
from tospann.ui.pages import page


@require_safe
@signed_in
def portfolio_what_if(request: ActorRequest) -> HttpResponse:
    """The choices, and below them what they would do."""
    return _shown(request, _form(request, request.GET), ProposeForm())


def _form(request: ActorRequest, sent: QueryDict) -> WhatIfForm:
    if not ideas.is_inside(request.actor):
        raise Http404
    projects = list(what_if.offered(request.actor)[: what_if.MOST_SHOWN])
    asked = {name for name in sent if name.startswith("do_")}
    if asked - {f"do_{one.key}" for one in projects}:
        raise Http404
    return WhatIfForm(sent if asked else None, projects=projects)


def _shown(request: ActorRequest, form: WhatIfForm, proposal: ProposeForm) -> HttpResponse:
    choices = form.choices() if form.is_valid() else []
    found = what_if.outcomes(request.actor, choices)
    about = [one.project.pk for one in choices]
    shown: dict[str, Any] = {
        "projects": form.projects,
        "form": form,
        "found": found,
        "strained": what_if.strained(found) if found else [],
        "may_propose": scenarios.may_propose(request.actor, about),
        "proposal": proposal,
        "chosen": form.chosen() if found else {},
    }
    status = 422 if (form.is_bound and form.errors) or proposal.errors else 200
    return page(request, "portfolio/what_if.html", status=status, **shown)


@require_POST
@signed_in
def propose(request: ActorRequest) -> HttpResponse:
    """What was tried becomes a proposal the portfolio leader decides."""
    form, proposal = _form(request, request.POST), ProposeForm(request.POST)
    if form.is_valid() and proposal.is_valid():
        choices = [
            commands.Chosen(project=one.project.pk, weeks=one.weeks) for one in form.choices()
        ]
        bound = commands.propose_scenario.on(organisation())
        typed = {name: proposal.cleaned_data[name] for name in ("title", "recommendation")}
        outcome = try_submit(request, proposal, bound, id=new_id(), choices=choices, **typed)
        if isinstance(outcome, Done):
            to = reverse("scenario", args=[outcome.result.number])
            return answer(
                request, outcome, to, _("The proposal is sent. The portfolio leader decides.")
            )
    return _shown(request, form, proposal)

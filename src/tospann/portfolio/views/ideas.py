"""IDEER: the list, one idea, and what becomes of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tospann.foundation.authority import Power, Ruling, rule
from tospann.foundation.commands import Done
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.packs import queries as packs
from tospann.packs.forms import LEADING, StartForm
from tospann.people.actors import ActorRequest
from tospann.people.pages import answer, change_by_form, require_decides, signed_in, try_submit
from tospann.people.queries import organisation
from tospann.portfolio import commands, ideas
from tospann.portfolio.forms.ideas import AnswerForm, IdeaForm, ScaleForm, ScoreForm
from tospann.portfolio.ideas_register import IDEAS, STATES
from tospann.portfolio.models import Idea
from tospann.projects.page_queries import people_to_appoint
from tospann.ui.pages import page


@require_safe
@signed_in
def listed(request: ActorRequest) -> HttpResponse:
    """Everybody's ideas, the best score first."""
    if not ideas.is_inside(request.actor):
        raise Http404
    may_weigh = commands.weigh_ideas.ruling(request.actor, organisation()).may_decide
    rows = ideas.visible(request.actor)
    return IDEAS.respond(request, rows, template="portfolio/ideas.html", may_weigh=may_weigh)


@require_safe
@signed_in
def one(request: ActorRequest, number: int) -> HttpResponse:
    """One idea with its scores and its answer."""
    return _shown(request, ideas.idea(request.actor, number))


def _shown(request: ActorRequest, idea: Idea) -> HttpResponse:
    actor = request.actor
    return page(
        request,
        "portfolio/idea.html",
        idea=idea,
        stage=STATES[idea.state],
        criteria=ideas.scale(),
        became=ideas.project_of(actor, idea),
        change=commands.change_idea.ruling(actor, idea),
        score=commands.score_idea.ruling(actor, idea),
        respond=commands.answer_idea.ruling(actor, idea),
        start=commands.start_from_idea.ruling(actor, idea),
    )


def _require(request: ActorRequest, power: Power, ruling: Ruling) -> None:
    """For whoever never does this there is nothing here; others are told why not now."""
    if rule(request.actor, power, ORGANISATION_SCOPE).is_refused:
        raise Http404
    require_decides(ruling)


@signed_in
def new(request: ActorRequest) -> HttpResponse:
    if not ideas.is_inside(request.actor):
        raise Http404
    return change_by_form(
        request,
        IdeaForm(request.POST or None),
        commands.hand_in_idea,
        organisation(),
        to=reverse("portfolio_ideas"),
        said=_("The idea is handed in. You are told when it is answered."),
        known={"id": new_id()},
        title=_("Hand in an idea"),
        submit=_("Hand in the idea"),
    )


@signed_in
def edit(request: ActorRequest, number: int) -> HttpResponse:
    idea = ideas.idea(request.actor, number)
    if idea.handed_in_by_id != request.actor.person_id:
        _require(request, Power.DECIDE_PORTFOLIO, commands.change_idea.ruling(request.actor, idea))
    form = IdeaForm.of(idea, request.POST or None)
    words: dict[str, Any] = {"title": _("Change the idea"), "submit": _("Save the idea")}
    to = reverse("idea", args=[number])
    return change_by_form(request, form, commands.change_idea, idea, to=to, **words)


@signed_in
def score(request: ActorRequest, number: int) -> HttpResponse:
    """From 1 to 5 on each criterion."""
    idea = ideas.idea(request.actor, number)
    _require(request, Power.DECIDE_PORTFOLIO, commands.score_idea.ruling(request.actor, idea))
    form = ScoreForm(request.POST or None, criteria=ideas.scale(), idea=idea)
    to = reverse("idea", args=[number])
    if form.is_valid():
        bound = commands.score_idea.on(idea, form.cleaned_data.get("version"))
        if outcome := try_submit(request, form, bound, scores=form.scores()):
            return answer(request, outcome, to, _("The idea is scored."))
    return page(request, "portfolio/idea_form.html", **_words(form, idea, _("Score the idea"), to))


def _words(form: Any, idea: Idea | None, title: str, to: str) -> dict[str, Any]:
    return {
        "status": 422 if form.errors else 200,
        "form": form,
        "idea": idea,
        "title": title,
        "cancel": to,
    }


@signed_in
def respond(request: ActorRequest, number: int) -> HttpResponse:
    """Accept it, reject it with a reason, or keep it under review."""
    idea = ideas.idea(request.actor, number)
    _require(request, Power.DECIDE_PORTFOLIO, commands.answer_idea.ruling(request.actor, idea))
    form = AnswerForm(request.POST or None, version=idea.version)
    words: dict[str, Any] = {"title": _("Answer the idea"), "submit": _("Send the answer")}
    to = reverse("idea", args=[number])
    return change_by_form(request, form, commands.answer_idea, idea, to=to, **words)


@signed_in
def weigh(request: ActorRequest) -> HttpResponse:
    """What ideas are scored on, and how much each weighs."""
    _require(request, Power.WEIGH_IDEAS, commands.weigh_ideas.ruling(request.actor, organisation()))
    form = ScaleForm(request.POST or None, criteria=ideas.scale())
    to = reverse("portfolio_ideas")
    if form.is_valid():
        bound = commands.weigh_ideas.on(organisation())
        if outcome := try_submit(request, form, bound, **form.arguments()):
            return answer(request, outcome, to, _("The criteria are saved."))
    return page(
        request, "portfolio/idea_form.html", **_words(form, None, _("Criteria and weights"), to)
    )


@signed_in
def start(request: ActorRequest, number: int) -> HttpResponse:
    """The screen that starts projects, filled in from the idea."""
    idea = ideas.idea(request.actor, number)
    _require(request, Power.DECIDE_PORTFOLIO, commands.start_from_idea.ruling(request.actor, idea))
    offered, language = (
        packs.available(),
        "nb" if (get_language() or "nb").startswith("n") else "en",
    )
    names = [(one.pack.key, one.pack.name.in_language(language)) for one in offered]
    first = {"name": idea.title, "finish": idea.wished_end, "language": language}
    people = people_to_appoint()
    begin = {**first, "pack": names[0][0]}
    form = StartForm(request.POST or None, people=people, packs=names, initial=begin)
    if form.is_valid() and (outcome := _started(request, idea, form)):
        return answer(
            request, outcome, reverse("idea", args=[number]), _("The project is started.")
        )
    shown: dict[str, Any] = {"cards": packs.cards(offered, language), "roles": list(LEADING)}
    return page(request, "packs/start.html", status=422 if form.errors else 200, form=form, **shown)


def _started(request: ActorRequest, idea: Idea, form: StartForm) -> Done[Idea] | None:
    typed = form.cleaned_data
    fields = ("name", "start", "finish", "pack", "language")
    values: dict[str, Any] = {name: typed[name] for name in fields}
    values["key"] = typed["key"] or packs.free_key(typed["name"])
    values["people"] = form.starters()
    bound = commands.start_from_idea.on(idea)
    outcome = try_submit(request, form, bound, id=new_id(), **values)
    return outcome if isinstance(outcome, Done) else None

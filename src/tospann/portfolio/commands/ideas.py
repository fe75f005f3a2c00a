"""Ideas handed in, scored, answered, and made into projects."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, Field

from tospann.foundation.arguments import Key, Line, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.foundation.transactions import next_number
from tospann.packs.commands import start_project
from tospann.packs.commands.starting import People
from tospann.people.models import Organisation, Person
from tospann.people.queries import organisation
from tospann.portfolio.ideas import Criterion, scale, weighted
from tospann.portfolio.models import Idea, IdeaScale, IdeaState
from tospann.projects.commands import ProjectKey

Money = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]
Score = Annotated[int, Field(ge=1, le=5)]
MOST_CRITERIA = 10
_ANSWERED = gettext_noop("The idea is answered. It can no longer be changed.")
_NOT_HERS = gettext_noop("Whoever handed in an idea changes it, or the portfolio leader.")
_IS_PROJECT = gettext_noop("The idea is a project already.")
_NOT_ACCEPTED = gettext_noop("Accept the idea first. Then it can be made into a project.")


class Weighed(BaseModel):
    """A criterion as it is sent in."""

    key: Key
    name: Line
    weight: Annotated[int, Field(ge=1, le=10)]


def is_hers(actor: Actor, idea: Idea) -> Sentence | None:
    """Whoever handed it in changes it until it is answered."""
    if not idea.is_open:
        return Sentence(_ANSWERED)
    leads = rule(actor, Power.DECIDE_PORTFOLIO, ORGANISATION_SCOPE).may_decide
    return None if leads or idea.handed_in_by_id == actor.person_id else Sentence(_NOT_HERS)


def is_no_project(_actor: Actor, idea: Idea) -> Sentence | None:
    return Sentence(_IS_PROJECT) if idea.state == IdeaState.PROJECT else None


def is_accepted(actor: Actor, idea: Idea) -> Sentence | None:
    if idea.state == IdeaState.ACCEPTED:
        return None
    return is_no_project(actor, idea) or Sentence(_NOT_ACCEPTED)


@command(needs=Power.HAND_IN_IDEAS, undoable=False)
def hand_in_idea(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    title: Line,
    solves: Text,
    asked_by: OptionalLine = "",
    wished_end: date | None = None,
    rough_cost: Money | None = None,
) -> Idea:
    """Hand in an idea"""
    made = Idea(
        id=id,
        number=next_number(ORGANISATION_SCOPE),
        title=title,
        solves=solves,
        asked_by=asked_by,
        wished_end=wished_end,
        rough_cost=rough_cost,
        handed_in_by=Person.objects.get(pk=str(actor.person_id)),
    )
    made.save()
    return made


@command(needs=Power.HAND_IN_IDEAS, only_if=is_hers)
def change_idea(
    actor: Actor,
    idea: Idea,
    *,
    title: Line,
    solves: Text,
    asked_by: OptionalLine = "",
    wished_end: date | None = None,
    rough_cost: Money | None = None,
) -> Idea:
    """Change an idea"""
    idea.title, idea.solves, idea.asked_by = title, solves, asked_by
    idea.wished_end, idea.rough_cost = wished_end, rough_cost
    idea.save()
    return idea


@command(needs=Power.DECIDE_PORTFOLIO, only_if=is_no_project, undoable=False)
def score_idea(actor: Actor, idea: Idea, *, scores: dict[Key, Score]) -> Idea:
    """Score an idea

    From 1 to 5 on each criterion, by its key. A new idea is under review from then on.
    """
    criteria = scale()
    if unknown := sorted(set(scores) - {one.key for one in criteria}):
        raise Invalid(gettext("Ideas are not scored on “%(key)s”.") % {"key": unknown[0]}, "scores")
    idea.scores = dict(scores)
    idea.score = weighted(scores, criteria)
    if idea.state == IdeaState.NEW:
        idea.state = IdeaState.REVIEW
    idea.save()
    return idea


@command(needs=Power.DECIDE_PORTFOLIO, only_if=is_no_project)
def answer_idea(
    actor: Actor,
    idea: Idea,
    *,
    answer: Literal["review", "accepted", "rejected"],
    reason: OptionalText = "",
) -> Idea:
    """Answer an idea

    Accepted, rejected with a reason, or taken under review (again).
    """
    if answer == "rejected" and not reason:
        raise Invalid(gettext("Say why the idea is rejected: whoever asked reads it."), "reason")
    idea.state, idea.reason = IdeaState(answer), reason
    idea.save()
    return idea


@command(needs=Power.DECIDE_PORTFOLIO, only_if=is_accepted, undoable=False)
def start_from_idea(
    actor: Actor,
    idea: Idea,
    *,
    id: UUID,
    key: ProjectKey,
    name: Line,
    finish: date,
    start: date | None = None,
    pack: Line,
    language: Literal["nb", "en"] = "nb",
    people: People | None = None,
) -> Idea:
    """Make an idea into a project

    The project is started from a template pack; what the idea is to solve becomes its purpose.
    """
    idea.project = start_project(
        actor,
        organisation(),
        id=id,
        key=key,
        name=name,
        finish=finish,
        start=start,
        purpose=idea.solves,
        pack=pack,
        language=language,
        people=people,
    )
    idea.state = IdeaState.PROJECT
    idea.save()
    return idea


@command(needs=Power.WEIGH_IDEAS, undoable=False)
def weigh_ideas(
    actor: Actor,
    organisation: Organisation,
    *,
    criteria: Annotated[list[Weighed], Field(min_length=1, max_length=MOST_CRITERIA)],
) -> IdeaScale:
    """Say what ideas are scored on, and how much each weighs

    What was scored on a criterion that stays is kept; every idea's score is computed anew.
    """
    if len({one.key for one in criteria}) < len(criteria):
        raise Invalid(gettext("Each criterion is there once."), "criteria")
    kept = IdeaScale.objects.first() or IdeaScale(id=new_id())
    kept.criteria = [one.model_dump() for one in criteria]
    kept.save()
    now = [Criterion(one.key, one.name, one.weight) for one in criteria]
    for idea in Idea.objects.exclude(scores={}).only("pk", "scores"):
        Idea.objects.filter(pk=idea.pk).update(score=weighted(idea.scores, now))
    return kept

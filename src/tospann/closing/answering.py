"""Answering a survey. Working state on purpose: no act, no chain, as an act names whoever acts.

What is kept is that somebody has answered and, apart from it, what was said: no person, no time.
What was said is shown when at least four have answered and the survey is over: while it runs, the
difference between two looks would tell what the latest said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tospann.closing.models import Answer, Answered, Audience, Survey
from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.sharing import access

FEWEST = 4
LONGEST = 1000
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Asked:
    """A question, and the mean of what was answered to it."""

    key: str
    text: str
    mean: float | None


@dataclass(frozen=True)
class Result:
    """What is shown of a survey: nothing of it as long as it runs or fewer than four answered."""

    count: int
    is_shown: bool
    questions: tuple[Asked, ...]
    good: tuple[str, ...] = ()
    better: tuple[str, ...] = ()


def may_answer(actor: Actor, survey: Survey) -> bool:
    """The team its own survey; whoever has something in the room the customer's."""
    if not survey.is_open:
        return False
    if survey.audience == Audience.TEAM:
        discusses = rule(actor, Power.DISCUSS, survey.project_id).may_decide
        return actor.person_id is not None and discusses
    return _is_outside(actor, survey)


def _is_outside(actor: Actor, survey: Survey) -> bool:
    if rule(actor, Power.DISCUSS, survey.project_id).may_decide:
        return False
    return bool(access.grants(actor, survey.project).shares)


def has_answered(actor: Actor, survey: Survey) -> bool:
    return Answered.objects.filter(survey=survey, **_who(actor)).exists()


def _who(actor: Actor) -> dict[str, UUID | None]:
    if actor.person_id is not None:
        return {"person_id": actor.person_id}
    return {"share": min(actor.shares, default=None)}


def answer(
    actor: Actor, survey: Survey, scores: Mapping[str, Any], good: str = "", better: str = ""
) -> None:
    """Keep an answer; ``Invalid`` when she has answered, or a number is none."""
    if not may_answer(actor, survey):
        raise NotAllowed(_("This survey is not open to you."))
    if actor.scopes is not None and "write" not in actor.scopes:
        raise NotAllowed(_("This token may only read."))
    known = {one["key"] for one in survey.questions}
    given = {key: value for key, value in scores.items() if value is not None}
    if not given and not good.strip() and not better.strip():
        raise Invalid(_("Answer at least one of the questions."))
    if not set(given) <= known or not all(value in SCORES for value in given.values()):
        raise Invalid(_("Choose a number from 1 to 5."))
    try:
        with transaction.atomic():
            Answered.objects.create(survey=survey, **_who(actor))
            words = {"good": _clean(good), "better": _clean(better)}
            Answer.objects.create(survey=survey, scores=given, **words)
    except IntegrityError:
        raise Invalid(_("You have answered already. Thank you.")) from None


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]


def result(survey: Survey) -> Result:
    """The means and the words, in an order that tells nothing."""
    answers = list(Answer.objects.filter(survey=survey).order_by("id"))
    shown = len(answers) >= FEWEST and not survey.is_open
    questions = tuple(
        Asked(one["key"], one["text"], _mean(answers, one["key"]) if shown else None)
        for one in survey.questions
    )
    if not shown:
        return Result(len(answers), False, questions)
    good = tuple(sorted(one.good for one in answers if one.good))
    better = tuple(sorted(one.better for one in answers if one.better))
    return Result(len(answers), True, questions, good, better)


def _mean(answers: list[Answer], key: str) -> float | None:
    given = [one.scores[key] for one in answers if key in one.scores]
    return round(sum(given) / len(given), 1) if len(given) >= FEWEST else None


def waits_for(actor: Actor, survey: Survey) -> bool:
    """Whether she may answer and has not."""
    return may_answer(actor, survey) and not has_answered(actor, survey)

"""The pulse: “will we hold BP3?”, one tap a week. Working state on purpose: no act, no chain.

An entry of the audit log names whoever acts, and this must never be known of anybody. What is kept
is that somebody has answered (so that nobody answers twice) and, apart from it, how many gave each
answer. A result is shown when its week is over and at least four have answered: while a week runs
on, the difference between two results would tell what the latest said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.foundation.authority import Actor, Power, rule
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.projects.models import Gate, GateState, Project
from tospann.projects.queries import team
from tospann.team.models import PulseTally, PulseVoter

FEWEST = 4
WEEKS = 8
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Result:
    """A week that is over: the mean of the answers, or nothing when too few have answered."""

    week: date
    about: str
    mean: float | None


@dataclass(frozen=True)
class Pulse:
    """What is asked this week, whether she may answer, and the results of the weeks before."""

    about: str
    question: str
    is_offered: bool
    may_answer: bool
    has_answered: bool
    results: Sequence[Result]

    @property
    def latest(self) -> Result | None:
        shown = [one for one in self.results if one.mean is not None]
        return shown[0] if shown else None


def monday(today: date | None = None) -> date:
    day = today or timezone.localdate()
    return day - timedelta(days=day.weekday())


def asked_about(project: Project) -> str:
    """The code of the next gate; nothing when no gate is left, then the end date is asked about."""
    left = Gate.objects.filter(project=project).exclude(
        state__in=(GateState.PASSED, GateState.STOPPED)
    )
    return left.order_by("position").values_list("code", flat=True).first() or ""


def question(about: str) -> str:
    if about:
        return _("Will we be ready for %(gate)s in time?") % {"gate": about}
    return _("Will we finish on the end date?")


def of(actor: Actor, project: Project) -> Pulse:
    """Four queries."""
    about, this_week = asked_about(project), monday()
    size = len(team(project))
    answered = PulseVoter.objects.filter(project=project, week=this_week, person=actor.person_id)
    takes_part = rule(actor, Power.DISCUSS, project.pk).may_decide and actor.person_id is not None
    return Pulse(
        about=about,
        question=question(about),
        is_offered=size >= FEWEST,
        may_answer=takes_part and size >= FEWEST,
        has_answered=takes_part and answered.exists(),
        results=results(project, this_week),
    )


def results(project: Project, this_week: date) -> list[Result]:
    """The weeks that are over, the latest first; never how many gave which answer."""
    rows = PulseTally.objects.filter(
        project=project, week__lt=this_week, week__gte=this_week - timedelta(weeks=WEEKS)
    )
    summed = rows.values("week", "about").annotate(n=Sum("count"), sum=Sum(F("count") * F("score")))
    return [
        Result(row["week"], row["about"], _mean(row["n"], row["sum"]))
        for row in summed.order_by("-week", "about")
    ]


def _mean(n: int, total: int) -> float | None:
    return round(total / n, 1) if n >= FEWEST else None


def answer(actor: Actor, project: Project, score: int) -> None:
    """Count an answer; ``Invalid`` when she has answered this week or there are too few to ask."""
    ruling = rule(actor, Power.DISCUSS, project.pk)
    if not ruling.may_decide or actor.person_id is None:
        raise NotAllowed(str(ruling))
    if actor.scopes is not None and "write" not in actor.scopes:
        raise NotAllowed(_("This token may only read."))
    if score not in SCORES:
        raise Invalid(_("Choose a number from 1 to 5."), "score")
    if len(team(project)) < FEWEST:
        raise Invalid(_("Fewer than four could answer, so nobody is asked."))
    week, about = monday(), asked_about(project)
    try:
        with transaction.atomic():
            PulseVoter.objects.create(project=project, week=week, person_id=actor.person_id)
            place: dict[str, Any] = {
                "project": project,
                "week": week,
                "about": about,
                "score": score,
            }
            PulseTally.objects.get_or_create(**place)
            PulseTally.objects.filter(**place).update(count=F("count") + 1)
    except IntegrityError:
        raise Invalid(_("You have answered this week.")) from None

"""What the end report is filled in with: goals, products, money, deviations and lessons."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.blanks import live
from tospann.blanks.live import ID, REF, Register, Row
from tospann.budget import queries as budget
from tospann.closing.models import Evaluation
from tospann.closing.queries import readiness
from tospann.foundation.records import Record, reference
from tospann.projects.models import CriterionResult, Goal, GoalLevel, Project, SuccessCriterion
from tospann.quality.models import Deliverable
from tospann.risks.models import Deviation
from tospann.team.models import Lesson, ThoughtKind
from tospann.ui import formats

MOST = 60
_STATES = {
    "accepted": "delivered",
    "remarks": "delivered_with_defects",
    "refused": "not_delivered",
    "planned": "not_delivered",
    "ready": "not_delivered",
}


def register() -> None:
    goals = ("goal", "degree", "explanation")
    live.keeps(Register("closing.goals", _("the evaluation"), goals, _goals, link=_evaluation))
    products = ("product", "status", "explanation")
    live.keeps(Register("closing.products", _("the deliverables"), products, _products))
    deviations = ("deviation", "cause")
    live.keeps(Register("closing.deviations", _("the deviations"), deviations, _deviations))
    live.suggests("closing.summary", _("how the project went"), _summary)
    live.suggests("closing.business_goals", _("the evaluation"), _business)
    live.suggests("closing.outcome_goals", _("the evaluation"), _outcome)
    live.suggests("closing.good", _("the project's lessons"), _good)
    live.suggests("closing.better", _("the project's lessons"), _better)


def _evaluation(of: Project) -> str:
    return reverse("closing_evaluation", args=[of.key])


def _row(record: Record, **cells: Any) -> Row:
    return {REF: reference(record), ID: f"c{record.pk.hex[-12:]}", **cells}


def _said(of: Project) -> dict[Any, str]:
    rows = Evaluation.objects.filter(project=of).values_list("criterion_id", "reason")
    return dict(rows)


def _goals(of: Project, language: str) -> list[Row]:
    """Each output goal, with how many of its criteria are met and why one says so."""
    said = _said(of)
    goals = Goal.objects.filter(project=of, level=GoalLevel.OUTPUT)
    rows = goals.prefetch_related("success_criteria").order_by("position", "id")[:MOST]
    return [_goal(goal, list(goal.success_criteria.all()), said) for goal in rows]


def _goal(goal: Goal, criteria: list[SuccessCriterion], said: dict[Any, str]) -> Row:
    reasons = "; ".join(said[one.pk] for one in criteria if one.pk in said)
    degree = _degree([one.result for one in criteria])
    return _row(goal, goal=goal.description, degree=degree, explanation=reasons)


def _degree(results: list[str]) -> str | None:
    """None while anything is not evaluated."""
    if not results or CriterionResult.OPEN in results:
        return None
    met = results.count(CriterionResult.MET)
    return "achieved" if met == len(results) else "partly" if met else "not_achieved"


def _products(of: Project, language: str) -> list[Row]:
    rows = Deliverable.objects.filter(project=of).order_by("number")[:MOST]
    return [
        _row(one, product=str(one), status=_STATES.get(one.state), explanation="") for one in rows
    ]


def _deviations(of: Project, language: str) -> list[Row]:
    rows = Deviation.objects.filter(project=of).order_by("number")[:MOST]
    return [_row(one, deviation=one.title, cause=getattr(one, "cause", "")) for one in rows]


def _summary(of: Project, language: str) -> str:
    closing = readiness.closing_of(of)
    said = closing.summary if closing else ""
    return "\n\n".join(part for part in (said, _economy(of, language)) if part)


def _business(of: Project, language: str) -> str:
    return _lines(of, GoalLevel.BUSINESS)


def _outcome(of: Project, language: str) -> str:
    return _lines(of, GoalLevel.OUTCOME)


def _lines(of: Project, level: GoalLevel) -> str:
    said = _said(of)
    goals = Goal.objects.filter(project=of, level=level).prefetch_related("success_criteria")
    return "\n\n".join("\n".join(_judged(goal, said)) for goal in goals)


def _judged(goal: Goal, said: dict[Any, str]) -> Iterable[str]:
    yield goal.description
    for one in goal.success_criteria.all():
        reason = f" – {said[one.pk]}" if one.pk in said else ""
        yield f"- {one.text}: {one.get_result_display()}{reason}"


def _economy(of: Project, language: str) -> str:
    found = budget.money(of)
    if not found.has_budget:
        return ""
    approved = found.approved if found.approved is not None else found.total
    amounts = (approved, found.spent, found.spent - approved)
    names = (_("Approved"), _("Used"), _("Deviation"))
    said = (formats.money(one, language) for one in amounts)
    return "\n".join(f"{name}: {amount}" for name, amount in zip(names, said, strict=True))


def _good(of: Project, language: str) -> str:
    return _learned(of, (ThoughtKind.KEEP,))


def _better(of: Project, language: str) -> str:
    return _learned(of, (ThoughtKind.STOP, ThoughtKind.TRY))


def _learned(of: Project, kinds: tuple[ThoughtKind, ...]) -> str:
    rows = Lesson.objects.filter(project=of, kind__in=kinds).order_by("-priority", "number")
    told = rows.values_list("text", "recommendation")[:MOST]
    return "\n".join(f"- {text}{f' → {what}' if what else ''}" for text, what in told)

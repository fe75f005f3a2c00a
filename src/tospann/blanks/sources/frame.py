"""Goals with their success criteria, tolerances and phases: what a project is measured by."""

import re
from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.blanks import live
from tospann.blanks.live import ID, REF, Change, Register, Row
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.projects import commands, queries
from tospann.projects.models import (
    CriterionResult,
    Goal,
    GoalLevel,
    Project,
    SuccessCriterion,
    Tolerance,
)

_LEVELS = {str(level) for level in GoalLevel} - {str(GoalLevel.SOCIETAL)}


def register() -> None:
    goals = ("level", "description", "success_criteria")
    live.keeps(Register("goals", _("the project's goals"), goals, _goals, _write_goals, _overview))
    allowed = ("area", "allowed")
    live.keeps(
        Register("tolerances", _("the project's tolerances"), allowed, _tolerances, _set, _overview)
    )
    live.suggests("project.purpose", _("the project's purpose"), lambda of, _said: of.purpose)
    live.suggests("goals.lines", _("the project's goals"), _goal_lines)
    live.suggests("tolerances.lines", _("the project's tolerances"), _tolerance_lines)
    live.refers("phase", lambda of: [phase.name for phase in queries.phases(of)])
    live.refers("goal", lambda of: [goal.description for goal in queries.goals(of)])


def _overview(of: Project) -> str:
    return reverse("overview", args=[of.key])


def _goals(of: Project, language: str) -> list[Row]:
    return [
        {
            REF: reference(goal),
            ID: f"g{goal.pk.hex[-12:]}",
            "level": goal.level,
            "description": goal.description,
            "success_criteria": "; ".join(one.text for one in goal.success_criteria.all()),
        }
        for goal in queries.goals(of)
        if goal.level in _LEVELS
    ]


def _write_goals(actor: Actor, of: Project, changes: Sequence[Change]) -> None:
    for change in changes:
        level = GoalLevel(change.row.get("level") or GoalLevel.OUTPUT)
        said = str(change.row.get("description") or "").strip()
        if not said:
            continue
        goal = Goal.objects.filter(project=of, pk=_pk(change.ref)).first() if change.ref else None
        if goal is None:
            goal = commands.add_goal(actor, of, id=new_id(), level=level, description=said)
        elif {"level", "description"} & set(change.columns):
            goal = commands.change_goal(actor, goal, level=level, description=said)
        _judge(actor, goal, str(change.row.get("success_criteria") or ""))


def _judge(actor: Actor, goal: Goal, typed: str) -> None:
    """The criteria are those that are written; one that was assessed stays."""
    wanted = [part.strip() for part in re.split(r"[;\n]", typed) if part.strip()]
    there = {one.text: one for one in SuccessCriterion.objects.filter(goal=goal)}
    for text in wanted:
        if text not in there:
            commands.add_success_criterion(actor, goal, id=new_id(), text=text)
    for text, one in there.items():
        if text not in wanted and one.result == CriterionResult.OPEN:
            commands.remove_success_criterion(actor, one)


def _pk(ref: str) -> UUID:
    return UUID(ref.rpartition(":")[2])


def _tolerances(of: Project, language: str) -> list[Row]:
    return [
        {REF: reference(one), ID: f"t{one.area}", "area": one.area, "allowed": one.allowed}
        for one in Tolerance.objects.filter(project=of)
    ]


def _set(actor: Actor, of: Project, changes: Sequence[Change]) -> None:
    there = {one.area: one for one in Tolerance.objects.filter(project=of)}
    for change in changes:
        area, allowed = change.row.get("area"), str(change.row.get("allowed") or "").strip()
        if area in Tolerance.AREAS and allowed:
            kept = there.get(str(area))
            commands.set_tolerance(
                actor,
                of,
                area=str(area),
                allowed=allowed[:200],
                days=kept.days if kept else None,
                percent=kept.percent if kept else None,
                most=kept.most if kept else None,
            )


def _goal_lines(of: Project, language: str) -> str:
    return "\n".join(goal.description for goal in queries.goals(of))


def _tolerance_lines(of: Project, language: str) -> str:
    return "\n".join(str(one) for one in Tolerance.objects.filter(project=of))

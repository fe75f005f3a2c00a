"""Goals and the success criteria they are judged by."""

from uuid import UUID

from django.db.models import ProtectedError
from django.utils.translation import gettext

from tospann.foundation.arguments import OptionalLine, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import (
    CriterionResult,
    Goal,
    GoalLevel,
    Project,
    SuccessCriterion,
)


@command(needs=Power.EDIT_GOALS, kind="goal")
def add_goal(
    actor: Actor, project: Project, *, id: UUID, level: GoalLevel, description: Text
) -> Goal:
    """Add a goal"""
    position = Goal.objects.filter(project=project).count() + 1
    goal = Goal(id=id, project=project, position=position, level=level, description=description)
    goal.save()
    return goal


@command(needs=Power.EDIT_GOALS, kind="goal")
def change_goal(actor: Actor, goal: Goal, *, level: GoalLevel, description: Text) -> Goal:
    """Change a goal"""
    goal.level, goal.description = level, description
    goal.save()
    return goal


@command(needs=Power.EDIT_GOALS, kind="goal")
def remove_goal(actor: Actor, goal: Goal) -> None:
    """Remove a goal"""
    for criterion in SuccessCriterion.objects.filter(goal=goal):
        criterion.delete()
    try:
        goal.delete()
    except ProtectedError:
        raise Invalid(
            gettext("Benefits lead to this goal. Tie them to another one first.")
        ) from None


@command(needs=Power.EDIT_GOALS, kind="goal")
def add_success_criterion(
    actor: Actor, goal: Goal, *, id: UUID, text: Text, target: OptionalLine = ""
) -> SuccessCriterion:
    """Add a success criterion"""
    added = SuccessCriterion(id=id, project_id=goal.project_id, goal=goal, text=text, target=target)
    added.save()
    return added


@command(needs=Power.EDIT_GOALS, kind="goal")
def change_success_criterion(
    actor: Actor, criterion: SuccessCriterion, *, text: Text, target: OptionalLine = ""
) -> SuccessCriterion:
    """Change a success criterion"""
    criterion.text, criterion.target = text, target
    criterion.save()
    return criterion


@command(needs=Power.KEEP_REGISTERS)
def assess_success_criterion(
    actor: Actor, criterion: SuccessCriterion, *, result: CriterionResult
) -> SuccessCriterion:
    """Assess a success criterion"""
    criterion.result = result
    criterion.save()
    return criterion


@command(needs=Power.EDIT_GOALS, kind="goal")
def remove_success_criterion(actor: Actor, criterion: SuccessCriterion) -> None:
    """Remove a success criterion"""
    criterion.delete()

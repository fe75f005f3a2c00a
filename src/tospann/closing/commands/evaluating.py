"""How it went, criterion by criterion, with the reason."""

from typing import Literal
from uuid import UUID

from django.utils import timezone

from tospann.closing.models import Evaluation
from tospann.foundation.arguments import Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.projects import commands as projects
from tospann.projects.models import CriterionResult, SuccessCriterion


@command(needs=Power.KEEP_REGISTERS, undoable=False)
def evaluate_criterion(
    actor: Actor,
    criterion: SuccessCriterion,
    *,
    id: UUID,
    result: Literal["met", "not_met"],
    reason: Text,
) -> Evaluation:
    """Evaluate a success criterion"""
    projects.assess_success_criterion(actor, criterion, result=CriterionResult(result))
    found = Evaluation.objects.filter(criterion=criterion).first()
    found = found or Evaluation(id=id, project_id=criterion.project_id, criterion=criterion)
    found.reason, found.person_id, found.evaluated_at = reason, actor.person_id, timezone.now()
    found.save()
    return found

"""A gate's points that do not hold and are waived all the same, as part of its case."""

from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from tospann.cases.commands.deciding import is_decider
from tospann.cases.commands.preparing import forget_assents, is_preparer
from tospann.cases.models import Case, CaseState, Waiver
from tospann.foundation.arguments import Text
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import GateCriterion

_CLOSED = gettext_noop("This case is already closed.")


def may_waive(actor: Actor, case: Case) -> Sentence | None:
    """Whoever prepares the case says what it asks to be waived; once it waits, who decides it."""
    if case.state == CaseState.SUBMITTED:
        return is_decider(actor, case)
    if case.state in {CaseState.DRAFT, CaseState.RETURNED}:
        return is_preparer(actor, case)
    return Sentence(_CLOSED)


@command(needs=Power.DISCUSS, only_if=may_waive, undoable=False)
def waive_criterion(actor: Actor, case: Case, *, id: UUID, criterion: UUID, reason: Text) -> Waiver:
    """Waive a point of a gate

    It counts for this case alone; the decision keeps it, with the reason and who gave it.
    """
    point = GateCriterion.objects.filter(pk=criterion, gate=case.gate_id).first()
    if point is None or case.gate_id is None:
        raise Invalid(gettext("The gate has no such point."), "criterion")
    found = Waiver.objects.filter(case=case, criterion=point).first()
    waiver = found or Waiver(id=id, project_id=case.project_id, case=case, criterion=point)
    waiver.reason, waiver.waived_by_id = reason, actor.person_id
    waiver.save()
    forget_assents(case)
    return waiver


@command(needs=Power.DISCUSS, only_if=may_waive, undoable=False)
def withdraw_waiver(actor: Actor, case: Case, *, criterion: UUID) -> Case:
    """Take back that a point is waived"""
    found = Waiver.objects.filter(case=case, criterion=criterion).first()
    if found is None:
        raise Invalid(gettext("This point is not waived."), "criterion")
    found.delete()
    forget_assents(case)
    return case

"""The steering and cost frames, what can be cut, and who pays."""

from datetime import date
from uuid import UUID

from tospann.budget.commands import keeping
from tospann.budget.commands.keeping import Amount, Positive
from tospann.budget.models import Budget, CutItem, CutState, Funding
from tospann.foundation.arguments import Line, OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.projects.models import Project


@command(needs=Power.CHANGE_BASELINE, kind="baseline")
def set_frames(
    actor: Actor,
    budget: Budget,
    *,
    base_estimate: Amount,
    unspecified: Amount,
    expected_addition: Amount,
    contingency: Amount,
    frames_source: OptionalLine = "",
) -> Budget:
    """Set the steering frame and the cost frame"""
    head = keeping.head_of(budget.project_id)
    head.base_estimate, head.unspecified = base_estimate, unspecified
    head.expected_addition, head.contingency = expected_addition, contingency
    head.frames_source = frames_source
    head.save()
    return head


@command(needs=Power.EDIT_BUDGET)
def add_cut(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: Line,
    amount: Positive,
    decide_by: date | None = None,
    consequence: OptionalLine = "",
) -> CutItem:
    """Add to the cut list"""
    made = CutItem(
        id=id,
        project=project,
        name=name,
        amount=amount,
        decide_by=decide_by,
        consequence=consequence,
    )
    made.save()
    return made


@command(needs=Power.EDIT_BUDGET)
def change_cut(
    actor: Actor,
    cut: CutItem,
    *,
    name: Line,
    amount: Positive,
    decide_by: date | None = None,
    consequence: OptionalLine = "",
    state: CutState = CutState.POSSIBLE,
) -> CutItem:
    """Change what can be cut"""
    cut.name, cut.amount, cut.decide_by = name, amount, decide_by
    cut.consequence, cut.state = consequence, state
    cut.save()
    return cut


@command(needs=Power.EDIT_BUDGET)
def add_funding(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: Line,
    amount: Amount,
    received: Amount | None = None,
    is_agreed: bool = False,
    note: OptionalLine = "",
) -> Funding:
    """Add a funding source"""
    made = Funding(id=id, project=project)
    return _funded(made, name, amount, received, is_agreed, note)


@command(needs=Power.EDIT_BUDGET)
def change_funding(
    actor: Actor,
    funding: Funding,
    *,
    name: Line,
    amount: Amount,
    received: Amount | None = None,
    is_agreed: bool = False,
    note: OptionalLine = "",
) -> Funding:
    """Change a funding source"""
    return _funded(funding, name, amount, received, is_agreed, note)


def _funded(
    one: Funding, name: str, amount: Amount, received: Amount | None, is_agreed: bool, note: str
) -> Funding:
    one.name, one.amount, one.is_agreed, one.note = name, amount, is_agreed, note
    one.received = keeping.ZERO if received is None else received
    one.save()
    return one


@command(needs=Power.EDIT_BUDGET)
def remove_funding(actor: Actor, funding: Funding) -> None:
    """Remove a funding source"""
    funding.delete()

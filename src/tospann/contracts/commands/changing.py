"""Change orders, put forward as cases that move money and plan too; and price adjustments."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

import planengine as engine
from tospann.budget import commands as budget
from tospann.budget.models import BudgetLine
from tospann.budget.money import in_nok
from tospann.cases import commands as cases
from tospann.cases.models import OPEN_STATES, Alternative, Case
from tospann.contracts import adjusting, limits
from tospann.contracts.commands import keeping
from tospann.contracts.commands.keeping import Days, Index, Positive, Signed, Uid
from tospann.contracts.models import (
    ChangeOrder,
    ChangeState,
    Contract,
    Notice,
    PriceAdjustment,
)
from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import Operation, command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.planning import commands as planning
from tospann.planning import queries as plans
from tospann.projects.models import Project

Money = Literal["line", "manager", "owner", "none"]
"""Where the money comes from: more on the line, one of the reserves, or nothing is needed."""


@command(needs=Power.KEEP_CONTRACTS, measures=limits.nothing)
def raise_change_order(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    contract: UUID,
    title: Line,
    amount: Signed,
    description: OptionalText = "",
    days: Days = 0,
    line: UUID | None = None,
    activity_uid: Uid | None = None,
    notice: UUID | None = None,
) -> ChangeOrder:
    """Raise a change order"""
    found = keeping.contract_of(project.pk, contract)
    keeping.must_run(found)
    order = ChangeOrder(
        id=id,
        project=project,
        number=next_number(project.pk),
        created_at=timezone.now(),
        contract=found,
        notice=_notice_of(found, notice),
        raised_by_id=actor.person_id,
    )
    line = line or found.line_id
    uid = activity_uid or (found.activity_uid if days else None)
    return _priced(order, title, description, amount, days, line, uid)


@command(needs=Power.KEEP_CONTRACTS, measures=limits.nothing)
def change_change_order(
    actor: Actor,
    order: ChangeOrder,
    *,
    title: Line,
    amount: Signed,
    description: OptionalText = "",
    days: Days = 0,
    line: UUID | None = None,
    activity_uid: Uid | None = None,
) -> ChangeOrder:
    """Change a change order"""
    _must_wait_for_nobody(order)
    line = line or order.contract.line_id
    return _priced(order, title, description, amount, days, line, activity_uid)


def _priced(
    order: ChangeOrder,
    title: str,
    description: str,
    amount: Decimal,
    days: int,
    line: UUID | None,
    activity_uid: int | None,
) -> ChangeOrder:
    order.title, order.description = title, description
    order.amount, order.days = amount, days
    order.line_id = keeping.line_of(order.project_id, line)
    order.activity_uid, order.state = activity_uid, ChangeState.DRAFT
    order.save()
    return order


def _notice_of(contract: Contract, notice: UUID | None) -> Notice | None:
    if notice is None:
        return None
    found = Notice.objects.filter(contract=contract, pk=notice).first()
    if found is None:
        raise Invalid(gettext("There is no such notice under this contract."), "notice")
    return found


def _must_wait_for_nobody(order: ChangeOrder) -> None:
    if order.state in {ChangeState.ACCEPTED, ChangeState.REJECTED}:
        raise Invalid(gettext("This is no longer open."))
    if order.case is not None and order.case.state in OPEN_STATES:
        raise Invalid(gettext("There is a case about it. Withdraw the case first."))


@command(needs=Power.PREPARE, undoable=False)
def put_change_order_forward(
    actor: Actor, order: ChangeOrder, *, id: UUID, money: Money = "line"
) -> Case:
    """Put a change order forward as a case

    Alternative A accepts it, with the money and the days in the plan; alternative B rejects it.
    """
    _must_wait_for_nobody(order)
    words = {"contract": order.contract.title, "text": order.description}
    situation = gettext("Contract: %(contract)s\n\n%(text)s") % words
    title = gettext("Change order: %(title)s") % {"title": order.title}
    case = cases.open_case(
        actor, order.project, id=id, title=title[:200], situation=situation.strip()
    )
    order.state, order.case = ChangeState.CASE, case
    order.save()
    _answer(actor, case, "A", gettext("Accept it"), operations_of(order, money))
    _answer(actor, case, "B", gettext("Reject it"), [reject_change_order.operation(order, {})])
    case.refresh_from_db()
    cases.edit_case(actor, case, title=case.title, situation=case.situation, recommended="A")
    return case


def _answer(
    actor: Actor, case: Case, key: str, title: str, operations: list[Operation]
) -> Alternative:
    stored = [one.to_json() for one in operations]
    return cases.set_alternative(actor, case, id=new_id(), key=key, title=title, operations=stored)


def operations_of(order: ChangeOrder, money: Money) -> list[Operation]:
    """What accepting it does: the contract, the budget and the plan, in one decision."""
    found = [accept_change_order.operation(order, {})]
    if money != "none" and order.amount:
        found.append(_paid(order, money))
    if order.days:
        found.append(_planned(order))
    return found


def _paid(order: ChangeOrder, money: Money) -> Operation:
    line = order.line
    if line is None:
        raise Invalid(gettext("Say which budget line pays for it."), "money")
    more = _kroner(order)
    if money == "line":
        fields = ("name", "code", "starts_on", "ends_on", "activity_uid", "is_running")
        given = {name: getattr(line, name) for name in fields}
        amount = line.amount + more
        if amount < 0:
            raise Invalid(gettext("There is less than that on the line."), "money")
        given |= {"phase": line.phase_id, "amount": amount}
        return budget.change_line.operation(line, _also_kept(line, given))
    if order.amount < 0:
        raise Invalid(gettext("A reserve pays for more, not for less."), "money")
    given = {"amount": more, "reason": f"{order.short_id} {order.title}"}
    if money == "manager":
        return budget.release_managers_reserve.operation(line, given)
    return budget.release_owners_reserve.operation(line, given)


def _kroner(order: ChangeOrder) -> Decimal:
    """What it costs the budget, which is in kroner."""
    return in_nok(order.amount, order.contract.currency, timezone.localdate())


def _also_kept(line: BudgetLine, given: dict[str, Any]) -> dict[str, Any]:
    """What the command wants beside: it stays as it is on the line."""
    wanted = budget.change_line.arguments.model_fields
    return given | {name: getattr(line, name) for name in wanted if name not in given}


def _planned(order: ChangeOrder) -> Operation:
    """The task takes so many working days more (or less)."""
    head = plans.plan(order.project)
    rows = plans.plan_of(order.project) if head else engine.Plan()
    one = next((row for row in rows.activities if row.uid == order.activity_uid), None)
    if head is None or one is None or one.milestone:
        raise Invalid(gettext("Say which task in the plan takes more time."), "activity_uid")
    length = one.duration + order.days * rows.minutes_per_day * 60
    if length <= 0:
        raise Invalid(gettext("The task does not take that long."), "days")
    edits = [engine.edit_to_json(engine.SetDuration(one.uid, length))]
    given = {"base_revision": head.revision, "edits": edits}
    return planning.apply_edits.operation(head, given)


@command(
    needs=Power.SIGN_CONTRACTS,
    kind="contract",
    measures=limits.accepted,
    by_case=keeping.by_case_only,
    undoable=False,
)
def accept_change_order(actor: Actor, order: ChangeOrder) -> ChangeOrder:
    """Accept a change order"""
    _must_be_open(order)
    keeping.must_run(order.contract)
    keeping.add_to(actor, order.contract, order.amount)
    order.state, order.decided_on = ChangeState.ACCEPTED, timezone.localdate()
    order.save()
    return order


@command(needs=Power.SIGN_CONTRACTS, kind="contract", undoable=False)
def reject_change_order(
    actor: Actor, order: ChangeOrder, *, reason: OptionalText = ""
) -> ChangeOrder:
    """Reject a change order"""
    _must_be_open(order)
    order.state, order.decided_on = ChangeState.REJECTED, timezone.localdate()
    order.reason = reason
    order.save()
    return order


@command(needs=Power.KEEP_CONTRACTS, undoable=False, exposed=False)
def take_back_change_order(actor: Actor, order: ChangeOrder) -> ChangeOrder:
    """Take a change order back to preparation

    Its case is over and has neither accepted nor rejected it: it waits for nobody.
    """
    _must_be_open(order)
    _must_wait_for_nobody(order)
    order.state = ChangeState.DRAFT
    order.save()
    return order


def _must_be_open(order: ChangeOrder) -> None:
    if not order.is_open:
        raise Invalid(gettext("This is no longer open."))


@command(needs=Power.SIGN_CONTRACTS, kind="contract", measures=limits.adjusted, undoable=False)
def adjust_price(
    actor: Actor,
    contract: Contract,
    *,
    id: UUID,
    day: date,
    basis: Positive,
    index_now: Index,
    title: OptionalLine = "",
) -> PriceAdjustment:
    """Adjust a contract's price by its index"""
    keeping.must_run(contract)
    if contract.index_base is None:
        said = gettext("Say on the contract which index it follows, and what it was when signed.")
        raise Invalid(said, "index_now")
    amount = adjusting.adjustment(basis, contract.index_base, index_now, contract.index_share)
    keeping.add_to(actor, contract, amount)
    adjusted = PriceAdjustment(
        id=id,
        project_id=contract.project_id,
        contract=contract,
        title=title or contract.index_name or gettext("Adjustment of price"),
        day=day,
        basis=basis,
        index_base=contract.index_base,
        index_now=index_now,
        share=contract.index_share,
        amount=amount,
        created_at=timezone.now(),
    )
    adjusted.save()
    return adjusted

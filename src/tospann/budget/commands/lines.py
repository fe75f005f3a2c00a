"""Adding, changing and removing budget lines, and moving money between them."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

from tospann.budget import limits
from tospann.budget.commands import keeping
from tospann.budget.commands.keeping import Amount, Code, Currency, Positive, Uid, VatCode, Wbs
from tospann.budget.models import Accrual, BudgetLine, Commitment, Cost, CostType
from tospann.foundation.arguments import Line, OptionalText
from tospann.foundation.authority import Actor, Power, amount_text
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.add_line"))
def add_line(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: Line,
    amount: Amount,
    code: Code = "",
    phase: UUID | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    activity_uid: Uid | None = None,
    is_running: bool = False,
    cost_type: CostType | None = None,
    wbs: Wbs | None = None,
    vat_code: VatCode | None = None,
    with_vat: bool | None = None,
    currency: Currency | None = None,
    currency_amount: Amount | None = None,
    rate_on: date | None = None,
) -> BudgetLine:
    """Add a budget line"""
    head = keeping.head_of(project.pk)
    keeping.check_dates(starts_on, ends_on)
    line = BudgetLine(
        id=id,
        project=project,
        number=keeping.next_line(head),
        code=code,
        name=name,
        amount=amount,
        phase_id=keeping.phase_of(project.pk, phase),
        starts_on=starts_on,
        ends_on=ends_on,
        activity_uid=activity_uid,
        is_running=is_running,
    )
    keeping.detail(line, cost_type=cost_type, wbs=wbs, vat_code=vat_code, with_vat=with_vat)
    keeping.in_currency(line, currency, currency_amount, rate_on)
    line.save()
    keeping.settle(actor, head)
    return line


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.change_line"))
def change_line(
    actor: Actor,
    line: BudgetLine,
    *,
    name: Line,
    amount: Amount,
    code: Code = "",
    phase: UUID | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    activity_uid: Uid | None = None,
    is_running: bool = False,
    cost_type: CostType | None = None,
    wbs: Wbs | None = None,
    vat_code: VatCode | None = None,
    with_vat: bool | None = None,
    currency: Currency | None = None,
    currency_amount: Amount | None = None,
    rate_on: date | None = None,
) -> BudgetLine:
    """Change a budget line"""
    head = keeping.head_of(line.project_id)
    keeping.check_dates(starts_on, ends_on)
    line.code, line.name, line.amount = code, name, amount
    line.phase_id = keeping.phase_of(line.project_id, phase)
    line.starts_on, line.ends_on, line.activity_uid = starts_on, ends_on, activity_uid
    line.is_running = is_running
    keeping.detail(line, cost_type=cost_type, wbs=wbs, vat_code=vat_code, with_vat=with_vat)
    keeping.in_currency(line, currency, currency_amount, rate_on)
    line.save()
    keeping.settle(actor, head)
    return line


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.remove_line"))
def remove_line(actor: Actor, line: BudgetLine) -> None:
    """Remove a budget line"""
    head = keeping.head_of(line.project_id)
    if any(kind.objects.filter(line=line).exists() for kind in (Cost, Commitment, Accrual)):
        raise Invalid(gettext("Money has been used on this line, so it stays."))
    line.delete()
    keeping.settle(actor, head)


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.move_money"))
def move_money(
    actor: Actor, line: BudgetLine, *, to: UUID, amount: Positive, reason: OptionalText = ""
) -> BudgetLine:
    """Move money to another budget line"""
    head = keeping.head_of(line.project_id)
    other = keeping.other_line(line, to)
    if amount > line.amount:
        raise Invalid(gettext("There is less than that on the line."), "amount")
    line.amount -= amount
    other.amount += amount
    line.save()
    other.save()
    keeping.settle(actor, head)
    return line


class PeriodAmount(BaseModel):
    """What of a line is to be used in a month, named by any day of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    month: date
    amount: Amount


Periods = Annotated[list[PeriodAmount], Field(max_length=600)]


@command(needs=Power.EDIT_BUDGET, kind="budget", measures=limits.of("budget.set_periods"))
def set_periods(actor: Actor, line: BudgetLine, *, periods: Periods) -> BudgetLine:
    """Say when a budget line is to be used"""
    by_month: dict[date, Decimal] = {}
    for one in periods:
        first = one.month.replace(day=1)
        by_month[first] = by_month.get(first, keeping.ZERO) + one.amount
    said = sum(by_month.values(), keeping.ZERO)
    if periods and said != line.amount:
        words = {"said": amount_text(said, "NOK"), "amount": amount_text(line.amount, "NOK")}
        sentence = gettext("The months add up to %(said)s, the line is %(amount)s.")
        raise Invalid(sentence % words, "periods")
    line.periods = [[str(month), str(by_month[month])] for month in sorted(by_month)]
    line.save()
    return line

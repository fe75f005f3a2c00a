"""What the commands share: their arguments, the head, and what is looked up and put right."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.budget import money
from tospann.budget.models import Budget, BudgetLine
from tospann.budget.money import NOK, ZERO
from tospann.budget.reading import anew, current_phase, has_moved_on, ledger_of
from tospann.foundation.authority import RANK, Actor, Role
from tospann.foundation.errors import Invalid
from tospann.projects.models import Phase

__all__ = ["NOK", "ZERO", "Amount", "Code", "Currency", "Positive", "Uid", "VatCode", "Wbs"]

Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2)]
Positive = Annotated[Decimal, Field(gt=0, max_digits=16, decimal_places=2)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]
Uid = Annotated[int, Field(ge=1, le=2_147_483_647)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
VatCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{0,10}$")]
Wbs = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
TOO_MUCH = Decimal(100000000000000)


def head_of(project_id: UUID) -> Budget:
    """The budget to be changed, counting from the phase that is under way."""
    head = Budget.objects.filter(project_id=project_id).first()
    if head is None:
        raise Invalid(gettext("The project has no budget yet. Start it first."))
    if has_moved_on(head):
        _count_anew(head)
    return head


def agreed_head_of(project_id: UUID) -> Budget:
    """The budget, once there is something to release from."""
    head = head_of(project_id)
    if head.phase_total is None:
        raise Invalid(gettext("Approve the budget first. Until then, change the reserve itself."))
    return head


def _count_anew(head: Budget) -> None:
    counted = anew(ledger_of(head.project_id))
    head.phase = current_phase(head.project_id)
    head.agreed_total, head.high_total = counted.agreed_total, counted.high_total
    head.phase_total = counted.phase_total
    head.manager_left_then = counted.manager.left_then
    head.owner_left_then = counted.owner.left_then


def settle(actor: Actor, head: Budget) -> None:
    """Save the head after a change; a decision is an agreement on how it is now."""
    now = ledger_of(head.project_id)
    if abs(now.planned) >= TOO_MUCH:
        raise Invalid(gettext("This is more money than can be kept."), "amount")
    total = now.planned + head.manager_left + head.owner_left
    if actor.mandate is not None and head.agreed_total is not None:
        head.agreed_total = total
    if head.high_total is not None and decides_as_owner(actor, head.project_id):
        head.high_total = total
    head.save()


def next_line(head: Budget) -> int:
    """Lines are numbered within the budget, and no number is used twice."""
    head.lines_made += 1
    return head.lines_made


def decides_as_owner(actor: Actor, project_id: UUID) -> bool:
    """Whether what she does is agreed to by somebody as high as the owner."""
    highest = max((RANK.get(role, 0) for role in actor.roles_in(project_id)), default=0)
    return actor.kind == "system" or highest >= RANK[Role.OWNER]


def phase_of(project_id: UUID, phase: UUID | None) -> UUID | None:
    if phase is not None and not Phase.objects.filter(project_id=project_id, pk=phase).exists():
        raise Invalid(gettext("There is no such phase in this project."), "phase")
    return phase


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    if (starts_on is None) != (ends_on is None):
        raise Invalid(
            gettext("Give both dates, or neither."), "ends_on" if starts_on else "starts_on"
        )
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid(gettext("The end date is before the start date."), "ends_on")


def other_line(line: BudgetLine, to: UUID) -> BudgetLine:
    found = BudgetLine.objects.filter(project_id=line.project_id, pk=to).first()
    if found is None or found.pk == line.pk:
        raise Invalid(gettext("Choose another line of this budget."), "to")
    return found


DETAILS = ("cost_type", "wbs", "vat_code", "with_vat")
"""What a line may say beside what it is for; what is left out stays as it is."""


def detail(line: BudgetLine, **given: Any) -> None:
    for name, value in given.items():
        if value is not None:
            setattr(line, name, value)


def in_currency(
    line: BudgetLine, currency: str | None, amount: Decimal | None, rate_on: date | None
) -> None:
    """A line in another currency says its amount there; in kroner it is that at the day's rate."""
    if currency is None:
        if line.currency != NOK and line.amount != _counted(line):
            raise Invalid(gettext("Say the amount in %(currency)s too.") % _named(line), "amount")
        return
    line.currency, line.currency_amount, line.rate_on = currency, None, None
    if currency == NOK:
        return
    if amount is None or rate_on is None:
        said = gettext("Say the amount in %(currency)s and the date of the exchange rate.")
        raise Invalid(said % _named(line), "currency_amount")
    line.currency_amount, line.rate_on = amount, rate_on
    if line.amount != _counted(line):
        raise Invalid(gettext("The amount in kroner is not what the rate gives."), "amount")


def _counted(line: BudgetLine) -> Decimal:
    if line.currency_amount is None or line.rate_on is None:
        return line.amount
    return money.in_nok(line.currency_amount, line.currency, line.rate_on)


def _named(line: BudgetLine) -> dict[str, str]:
    return {"currency": line.currency}

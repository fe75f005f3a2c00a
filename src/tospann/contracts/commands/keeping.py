"""What the commands of contracts have in common."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext, gettext_noop
from pydantic import Field, StringConstraints

from tospann.budget.models import BudgetLine
from tospann.contracts.adjusting import TOO_MUCH
from tospann.contracts.commands import posting
from tospann.contracts.models import Contract, ContractState
from tospann.foundation.authority import Actor, Sentence
from tospann.foundation.errors import Invalid
from tospann.projects import queries as projects

Amount = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2)]
Positive = Annotated[Decimal, Field(gt=0, max_digits=16, decimal_places=2)]
Signed = Annotated[Decimal, Field(max_digits=16, decimal_places=2)]
Share = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Index = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=4)]
Days = Annotated[int, Field(ge=-2000, le=2000)]
NoticeDays = Annotated[int, Field(ge=1, le=365)]
Uid = Annotated[int, Field(ge=1, le=2_147_483_647)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
_BY_CASE = gettext_noop("A change order is decided as a case: money and plan go with it.")


def by_case_only(actor: Actor, subject: Any) -> Sentence | None:
    """Change orders are decided with what they do to money and plan before one's eyes."""
    return Sentence(_BY_CASE)


def line_of(project_id: UUID, line: UUID | None) -> UUID | None:
    if line is not None and not BudgetLine.objects.filter(project=project_id, pk=line).exists():
        raise Invalid(gettext("There is no such line in this project's budget."), "line")
    return line


def contract_of(project_id: UUID, contract: UUID) -> Contract:
    found = Contract.objects.filter(project=project_id, pk=contract).first()
    if found is None:
        raise Invalid(gettext("There is no such contract in this project."), "contract")
    return found


def on_the_team(project_id: UUID, person: UUID | None, field: str = "responsible") -> UUID | None:
    if person is not None and person not in projects.on_team(project_id):
        raise Invalid(gettext("Only somebody on the project's team can own this."), field)
    return person


def must_run(contract: Contract) -> None:
    if contract.state != ContractState.SIGNED:
        raise Invalid(gettext("The contract is not signed, or is already settled."))


def add_to(actor: Actor, contract: Contract, amount: Decimal) -> None:
    """The contract's sum changes by what was agreed."""
    contract.added += amount
    if abs(contract.sum_now) >= TOO_MUCH:
        raise Invalid(gettext("This is more money than can be kept."), "amount")
    if contract.sum_now < 0:
        raise Invalid(gettext("The contract's sum would be below zero."), "amount")
    contract.save()
    posting.keep(actor, contract)

"""What changes of contracts bind the project to: what the limits of the authority matrix ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy

from tospann.budget import money
from tospann.contracts import adjusting
from tospann.contracts.adjusting import TOO_MUCH
from tospann.contracts.models import ChangeOrder, Contract, Term
from tospann.foundation.arguments import checked
from tospann.foundation.authority import measure
from tospann.foundation.commands import COMMANDS, Operation

ZERO = Decimal(0)
VALUE = measure(
    "contract_value", gettext_lazy("the value of the contract, or what is added to it"), "NOK"
).key
Measured = Mapping[str, Decimal]


@dataclass(frozen=True)
class Agreed:
    """What of a contract the limits ask about."""

    value: Decimal
    added: Decimal
    currency: str
    day: date
    index: tuple[Decimal | None, Decimal]

    @classmethod
    def of(cls, contract: Contract) -> "Agreed":
        day = contract.signed_on or timezone.localdate()
        index = (contract.index_base, contract.index_share)
        return cls(contract.value, contract.added, contract.currency, day, index)

    def more(self, amount: Decimal) -> "Agreed":
        return replace(self, added=self.added + amount)

    @property
    def bound(self) -> Decimal:
        """What signing binds the project to, in kroner."""
        return money.in_nok(self.value + self.added, self.currency, self.day)

    @property
    def grown(self) -> Decimal:
        """What it has grown by since it was signed: dividing a change does not help."""
        return max(money.in_nok(self.added, self.currency, self.day), ZERO)

    def adjustment(self, basis: Decimal, now: Decimal) -> Decimal:
        base, share = self.index
        return adjusting.adjustment(basis, base or now, now, share)


def nothing(subject: Any, arguments: Any) -> Measured:
    """Binds the project to nothing, but to what is carried out after it in the same decision."""
    return {}


def signed(subject: Contract, arguments: Any) -> Measured:
    return {VALUE: replace(Agreed.of(subject), day=arguments.signed_on).bound}


def accepted(subject: ChangeOrder, arguments: Any) -> Measured:
    return {VALUE: Agreed.of(subject.contract).more(subject.amount).grown}


def taken(subject: Term, arguments: Any) -> Measured:
    return {VALUE: Agreed.of(subject.contract).more(subject.amount or ZERO).grown}


def adjusted(subject: Contract, arguments: Any) -> Measured:
    agreed = Agreed.of(subject)
    return {VALUE: agreed.more(agreed.adjustment(arguments.basis, arguments.index_now)).grown}


@dataclass
class _Tried:
    """Contracts, and what may be added to them, as they are after some of the operations."""

    contracts: dict[UUID, Agreed] = field(default_factory=dict)
    priced: dict[UUID, tuple[UUID, Decimal]] = field(default_factory=dict)
    """Change orders and options: under which contract, and their price."""
    most: Decimal = ZERO

    def grow(self, contract: UUID, amount: Decimal) -> None:
        self.contracts[contract] = self.contracts[contract].more(amount)
        self.most = max(self.most, self.contracts[contract].grown)


def of_all(project_id: UUID, operations: Sequence[Operation]) -> Measured:
    """The measures of several operations: each contract by all that is done to it together."""
    tried = _Tried()
    for contract in Contract.objects.filter(project=project_id):
        tried.contracts[contract.pk] = Agreed.of(contract)
    orders = ChangeOrder.objects.filter(project=project_id)
    terms = Term.objects.filter(project=project_id)
    for rows in (orders, terms):
        for pk, of, amount in rows.values_list("pk", "contract", "amount"):
            tried.priced[pk] = (of, amount or ZERO)
    for one in operations:
        given = checked(COMMANDS[one.command].arguments, dict(one.arguments))
        subject = UUID(one.subject.partition(":")[2])
        try:
            _STEPS[one.command.partition(".")[2]](tried, subject, given)
        except KeyError:  # of something that is not there (yet): nobody knows how large it is
            tried.most = TOO_MUCH
    return {VALUE: tried.most}


def _add_contract(tried: _Tried, project: UUID, given: Any) -> None:
    index = (given.index_base, given.index_share)
    day = timezone.localdate()
    tried.contracts[given.id] = Agreed(given.value, ZERO, given.currency, day, index)


def _change_contract(tried: _Tried, contract: UUID, given: Any) -> None:
    index = (given.index_base, given.index_share)
    before = tried.contracts[contract]
    now = replace(before, value=given.value, currency=given.currency, index=index)
    tried.contracts[contract] = now


def _sign_contract(tried: _Tried, contract: UUID, given: Any) -> None:
    now = replace(tried.contracts[contract], day=given.signed_on)
    tried.contracts[contract], tried.most = now, max(tried.most, now.bound)


def _raise_change_order(tried: _Tried, project: UUID, given: Any) -> None:
    tried.priced[given.id] = (given.contract, given.amount)


def _add_term(tried: _Tried, contract: UUID, given: Any) -> None:
    tried.priced[given.id] = (contract, given.amount or ZERO)


def _price(tried: _Tried, pk: UUID, given: Any) -> None:
    tried.priced[pk] = (tried.priced[pk][0], given.amount or ZERO)


def _take(tried: _Tried, pk: UUID, given: Any) -> None:
    tried.grow(*tried.priced[pk])


def _adjust_price(tried: _Tried, contract: UUID, given: Any) -> None:
    moved = tried.contracts[contract].adjustment(given.basis, given.index_now)
    tried.grow(contract, moved)


_STEPS: Mapping[str, Callable[[_Tried, UUID, Any], None]] = {
    "add_contract": _add_contract,
    "change_contract": _change_contract,
    "sign_contract": _sign_contract,
    "raise_change_order": _raise_change_order,
    "change_change_order": _price,
    "accept_change_order": _take,
    "add_term": _add_term,
    "change_term": _price,
    "take_option": _take,
    "adjust_price": _adjust_price,
}

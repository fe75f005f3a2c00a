"""Parties and contracts: kept, signed, settled; and what a contract says beside its sum."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import StringConstraints

from tospann.contracts import limits, numbers
from tospann.contracts.commands import keeping, posting
from tospann.contracts.commands.keeping import (
    Amount,
    Currency,
    Index,
    NoticeDays,
    Share,
    Uid,
)
from tospann.contracts.models import (
    Contract,
    ContractState,
    Party,
    Side,
    Standard,
    Term,
    TermKind,
    TermState,
)
from tospann.foundation.arguments import Line, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project

Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Mail = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$"),
]


# ---- parties ----


@command(needs=Power.KEEP_CONTRACTS)
def add_party(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: Line,
    organisation_number: Number = "",
    contact_name: OptionalLine = "",
    email: Mail = "",
) -> Party:
    """Add a party to contracts"""
    party = Party(id=id, project=project, created_at=timezone.now())
    return _described(party, name, organisation_number, contact_name, email)


@command(needs=Power.KEEP_CONTRACTS)
def change_party(
    actor: Actor,
    party: Party,
    *,
    name: Line,
    organisation_number: Number = "",
    contact_name: OptionalLine = "",
    email: Mail = "",
) -> Party:
    """Change a party to contracts"""
    return _described(party, name, organisation_number, contact_name, email)


def _described(party: Party, name: str, number: str, contact_name: str, email: str) -> Party:
    party.name, party.contact_name, party.email = name, contact_name, email
    party.organisation_number = _checked_number(party, number)
    party.save()
    return party


def _checked_number(party: Party, typed: str) -> str:
    """Nine digits with the right check digit, and of nobody else in the project."""
    if not typed:
        return ""
    if not numbers.is_organisation_number(typed):
        said = gettext("This is not an organisation number: nine digits, the last a check digit.")
        raise Invalid(said, "organisation_number")
    number = numbers.compact(typed)
    others = Party.objects.filter(project=party.project_id, organisation_number=number)
    if others.exclude(pk=party.pk).exists():
        raise Invalid(gettext("This party is here already."), "organisation_number")
    return number


# ---- contracts ----


@command(needs=Power.KEEP_CONTRACTS, measures=limits.nothing)
def add_contract(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    party: UUID,
    value: Amount,
    side: Side = Side.SUPPLIER,
    standard: Standard = Standard.OTHER,
    currency: Currency = "NOK",
    retained_percent: Share = Decimal(0),
    penalty_per_day: Amount | None = None,
    notice_days: NoticeDays = 5,
    index_name: OptionalLine = "",
    index_base: Index | None = None,
    index_share: Share = Decimal(100),
    starts_on: date | None = None,
    ends_on: date | None = None,
    line: UUID | None = None,
    activity_uid: Uid | None = None,
    responsible: UUID | None = None,
    notes: OptionalText = "",
) -> Contract:
    """Add a contract"""
    contract = Contract(
        id=id, project=project, number=next_number(project.pk), created_at=timezone.now()
    )
    given = {name: value for name, value in locals().items() if name in _FIELDS}
    return _worded(contract, given)


@command(needs=Power.KEEP_CONTRACTS, measures=limits.nothing, undoable=False)
def change_contract(
    actor: Actor,
    contract: Contract,
    *,
    title: Line,
    party: UUID,
    value: Amount,
    side: Side = Side.SUPPLIER,
    standard: Standard = Standard.OTHER,
    currency: Currency = "NOK",
    retained_percent: Share = Decimal(0),
    penalty_per_day: Amount | None = None,
    notice_days: NoticeDays = 5,
    index_name: OptionalLine = "",
    index_base: Index | None = None,
    index_share: Share = Decimal(100),
    starts_on: date | None = None,
    ends_on: date | None = None,
    line: UUID | None = None,
    activity_uid: Uid | None = None,
    responsible: UUID | None = None,
    notes: OptionalText = "",
) -> Contract:
    """Change a contract"""
    if contract.state != ContractState.PLANNED and (
        (value, currency, side) != (contract.value, contract.currency, contract.side)
    ):
        said = gettext("A signed contract's sum is changed by change orders and options.")
        raise Invalid(said, "value")
    given = {name: value for name, value in locals().items() if name in _FIELDS}
    _worded(contract, given)
    posting.keep(actor, contract)
    return contract


_FIELDS = (
    *("title", "party", "value", "side", "standard", "currency", "retained_percent"),
    *("penalty_per_day", "notice_days", "index_name", "index_base", "index_share"),
    *("starts_on", "ends_on", "line", "activity_uid", "responsible", "notes"),
)


def _worded(contract: Contract, given: dict[str, Any]) -> Contract:
    project_id = contract.project_id
    found = Party.objects.filter(project=project_id, pk=given.pop("party")).first()
    if found is None:
        raise Invalid(gettext("There is no such party in this project."), "party")
    if given["starts_on"] and given["ends_on"] and given["ends_on"] < given["starts_on"]:
        raise Invalid(gettext("The end date is before the start date."), "ends_on")
    contract.party = found
    contract.line_id = keeping.line_of(project_id, given.pop("line"))
    contract.responsible_id = keeping.on_the_team(project_id, given.pop("responsible"))
    for name, value in given.items():
        setattr(contract, name, value)
    contract.save()
    return contract


@command(needs=Power.SIGN_CONTRACTS, kind="contract", measures=limits.signed, undoable=False)
def sign_contract(actor: Actor, contract: Contract, *, signed_on: date) -> Contract:
    """Sign a contract"""
    if contract.state != ContractState.PLANNED:
        raise Invalid(gettext("This contract is already signed."))
    contract.state, contract.signed_on = ContractState.SIGNED, signed_on
    contract.save()
    posting.keep(actor, contract)
    return contract


@command(needs=Power.SIGN_CONTRACTS, kind="contract", undoable=False)
def end_contract(
    actor: Actor,
    contract: Contract,
    *,
    state: Literal["closed", "terminated"] = "closed",
    notes: OptionalText = "",
) -> Contract:
    """Settle or terminate a contract"""
    keeping.must_run(contract)
    contract.state = ContractState(state)
    contract.notes = "\n\n".join(part for part in (contract.notes, notes) if part)
    contract.save()
    posting.keep(actor, contract)
    return contract


# ---- instalments, options, guarantees, key dates ----


@command(needs=Power.KEEP_CONTRACTS, measures=limits.nothing)
def add_term(
    actor: Actor,
    contract: Contract,
    *,
    id: UUID,
    kind: TermKind,
    title: Line,
    amount: Amount | None = None,
    day: date | None = None,
    activity_uid: Uid | None = None,
) -> Term:
    """Add an instalment, option, guarantee or key date to a contract"""
    term = Term(id=id, project_id=contract.project_id, contract=contract, kind=kind)
    return _said(term, title, amount, day, activity_uid)


@command(needs=Power.KEEP_CONTRACTS, measures=limits.nothing)
def change_term(
    actor: Actor,
    term: Term,
    *,
    title: Line,
    amount: Amount | None = None,
    day: date | None = None,
    activity_uid: Uid | None = None,
) -> Term:
    """Change an instalment, option, guarantee or key date"""
    _must_be_open(term)
    return _said(term, title, amount, day, activity_uid)


def _said(
    term: Term, title: str, amount: Decimal | None, day: date | None, activity_uid: int | None
) -> Term:
    if amount is None and term.kind in {TermKind.INSTALMENT, TermKind.OPTION}:
        raise Invalid(gettext("This is required."), "amount")
    term.title, term.amount, term.day, term.activity_uid = title, amount, day, activity_uid
    term.save()
    return term


@command(needs=Power.KEEP_CONTRACTS)
def remove_term(actor: Actor, term: Term) -> None:
    """Remove an instalment, option, guarantee or key date"""
    _must_be_open(term)
    term.delete()


@command(needs=Power.KEEP_CONTRACTS)
def settle_term(
    actor: Actor, term: Term, *, settled_on: date, state: Literal["done", "lapsed"] = "done"
) -> Term:
    """Say that a term of a contract is done or has lapsed"""
    _must_be_open(term)
    if term.kind == TermKind.OPTION and state == "done":
        raise Invalid(gettext("An option is taken up, since it binds the project to more money."))
    term.state, term.settled_on = TermState(state), settled_on
    term.save()
    return term


@command(needs=Power.SIGN_CONTRACTS, kind="contract", measures=limits.taken, undoable=False)
def take_option(actor: Actor, term: Term, *, settled_on: date) -> Term:
    """Take up an option"""
    _must_be_open(term)
    if term.kind != TermKind.OPTION:
        raise Invalid(gettext("Only an option is taken up."))
    keeping.must_run(term.contract)
    keeping.add_to(actor, term.contract, term.amount or Decimal(0))
    term.state, term.settled_on = TermState.DONE, settled_on
    term.save()
    return term


def _must_be_open(term: Term) -> None:
    if term.state != TermState.OPEN:
        raise Invalid(gettext("This is no longer open."))

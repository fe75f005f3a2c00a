"""What signed contracts and verified invoices tell the budget: commitments and costs."""

from decimal import Decimal

from django.utils import timezone

from tospann.budget import commands as budget
from tospann.budget import money
from tospann.budget.models import Commitment
from tospann.budget.summing import summed
from tospann.contracts.models import Contract, ContractState, Invoice, Side
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference


def commitment_of(contract: Contract) -> Commitment | None:
    found = Commitment.objects.filter(
        project=contract.project_id, source=reference(contract)
    ).order_by("is_closed", "-created_at")
    return found.select_related("line").first()


def keep(actor: Actor, contract: Contract) -> None:
    """What the contract commits its budget line to is as the contract says."""
    if contract.side != Side.SUPPLIER or contract.state == ContractState.PLANNED:
        return
    known = commitment_of(contract)
    if known is not None and known.line_id != contract.line_id and not known.is_closed:
        _change(actor, known, contract, is_closed=True)
        known = None
    if known is not None and known.line_id == contract.line_id:
        _change(actor, known, contract, is_closed=not contract.is_running)
    elif contract.line is not None and contract.is_running:
        _commit(actor, contract)


def _commit(actor: Actor, contract: Contract) -> None:
    assert contract.line is not None
    budget.commit(
        actor,
        contract.line,
        id=new_id(),
        text=contract.title,
        amount=max(_kroner(contract) - _used_elsewhere(contract), Decimal(0)),
        supplier=contract.party.name,
        due_on=contract.ends_on,
        source=reference(contract),
    )


def _change(actor: Actor, known: Commitment, contract: Contract, *, is_closed: bool) -> None:
    budget.change_commitment(
        actor,
        known,
        text=contract.title,
        amount=max(_kroner(contract) - _used_elsewhere(contract, known), known.used),
        supplier=contract.party.name,
        due_on=contract.ends_on,
        is_closed=is_closed,
    )


def _used_elsewhere(contract: Contract, now: Commitment | None = None) -> Decimal:
    """What was invoiced on lines that carried the contract before: it is no longer to come."""
    others = Commitment.objects.filter(project=contract.project_id, source=reference(contract))
    found = others.exclude(pk=now.pk) if now is not None else others
    return money.rounded(found.aggregate(all=summed("used"))["all"])


def _kroner(contract: Contract) -> Decimal:
    day = contract.signed_on or timezone.localdate()
    return money.in_nok(contract.sum_now, contract.currency, day)


def post(actor: Actor, invoice: Invoice) -> None:
    """The cost of a verified invoice: on its line, on its own day, against what was ordered."""
    assert invoice.line_id is not None
    known = commitment_of(invoice.contract)
    mine = known if known is not None and known.line_id == invoice.line_id else None
    row = budget.CostRow(
        line=invoice.line_id,
        booked_on=invoice.invoiced_on,
        amount=invoice.amount,
        vat=invoice.vat,
        currency=invoice.contract.currency,
        text=(invoice.text or invoice.contract.title)[:200],
        supplier=invoice.contract.party.name,
        external_id=f"invoice:{invoice.pk}",
        commitment=mine.pk if mine is not None and not mine.is_closed else None,
    )
    budget.record_costs(
        actor, invoice.project, id=new_id(), rows=[row], source=f"invoice:{invoice.pk}"
    )

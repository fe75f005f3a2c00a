"""What is not as agreed with an invoice: its contract, change order, instalment and retention."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from tospann.budget.money import rounded
from tospann.budget.summing import summed
from tospann.contracts import adjusting
from tospann.contracts.models import ChangeState, Contract, Invoice, InvoiceState
from tospann.ui import formats
from tospann.ui.jinja import language

ZERO = Decimal(0)


@dataclass(frozen=True)
class Check:
    """One question about an invoice, and how it comes out."""

    question: str
    answer: str
    is_fine: bool


@dataclass(frozen=True)
class Invoiced:
    """What else has been asked for under a contract."""

    contract: Decimal
    order: Decimal
    term: Decimal


def findings(invoice: Invoice) -> list[Check]:
    """What is not as agreed (two queries)."""
    return [one for one in checks(invoice, invoiced(invoice)) if not one.is_fine]


def invoiced(invoice: Invoice) -> Invoiced:
    """What other invoices come to, whatever was returned left out (one query)."""
    others = Invoice.objects.filter(contract=invoice.contract_id).exclude(pk=invoice.pk)
    of_order = Q(change_order=invoice.change_order_id or UUID(int=0))
    of_term = Q(term=invoice.term_id or UUID(int=0))
    found = others.exclude(state=InvoiceState.RETURNED).aggregate(
        contract=summed("amount"),
        order=summed("amount", only=of_order),
        term=summed("amount", only=of_term),
    )
    return Invoiced(*(rounded(found[name]) for name in ("contract", "order", "term")))


def checks(invoice: Invoice, others: Invoiced) -> list[Check]:
    """Every question, in the reader's language."""
    contract = invoice.contract
    found = [_signed(contract), _within(invoice, contract, others)]
    if invoice.change_order is not None:
        found += _of_order(invoice, others)
    if invoice.term is not None:
        found.append(_of_plan(invoice, others))
    found.append(_retained(invoice, contract))
    return found


def _signed(contract: Contract) -> Check:
    return Check(
        gettext("The contract is signed and running"),
        str(contract.get_state_display()),
        contract.is_running,
    )


def _within(invoice: Invoice, contract: Contract, others: Invoiced) -> Check:
    words = {
        "invoiced": _kroner(others.contract + invoice.amount, contract),
        "sum": _kroner(contract.sum_now, contract),
    }
    return Check(
        gettext("Within the contract's sum"),
        gettext("%(invoiced)s asked for of %(sum)s") % words,
        others.contract + invoice.amount <= contract.sum_now,
    )


def _of_order(invoice: Invoice, others: Invoiced) -> list[Check]:
    order = invoice.change_order
    assert order is not None
    words = {
        "invoiced": _kroner(others.order + invoice.amount, invoice.contract),
        "sum": _kroner(order.amount, invoice.contract),
    }
    return [
        Check(
            gettext("The change order is accepted"),
            str(order.get_state_display()),
            order.state == ChangeState.ACCEPTED,
        ),
        Check(
            gettext("Within the change order"),
            gettext("%(invoiced)s asked for of %(sum)s") % words,
            others.order + invoice.amount <= order.amount,
        ),
    ]


def _of_plan(invoice: Invoice, others: Invoiced) -> Check:
    term = invoice.term
    assert term is not None
    agreed, asked = term.amount or ZERO, others.term + invoice.amount
    words = {
        "invoiced": _kroner(asked, invoice.contract),
        "sum": _kroner(agreed, invoice.contract),
    }
    said = gettext("%(invoiced)s asked for of %(sum)s") % words
    return Check(gettext("As in the payment plan"), f"{term.title}: {said}", asked <= agreed)


def _retained(invoice: Invoice, contract: Contract) -> Check:
    agreed = adjusting.retained(invoice.amount, contract.retained_percent)
    words = {"held": _kroner(invoice.retained, contract), "agreed": _kroner(agreed, contract)}
    return Check(
        gettext("Held back as agreed"),
        gettext("%(held)s held back, agreed %(agreed)s") % words,
        invoice.retained >= agreed,
    )


def _kroner(amount: Decimal, contract: Contract) -> str:
    return formats.money(amount, language(), contract.currency)

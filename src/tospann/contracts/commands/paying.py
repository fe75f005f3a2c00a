"""Invoices: received, checked, verified by somebody else, sent to payment."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import StringConstraints

from tospann.contracts import adjusting, checking, numbers
from tospann.contracts.commands import keeping, posting
from tospann.contracts.commands.keeping import Amount, Positive
from tospann.contracts.models import (
    ChangeOrder,
    Contract,
    Invoice,
    InvoiceState,
    Side,
    Term,
    TermKind,
    TermState,
)
from tospann.foundation.arguments import OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project

Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Kid = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
_FOUR_EYES = gettext_noop("Whoever checked an invoice does not verify it as well.")


@command(needs=Power.KEEP_CONTRACTS)
def receive_invoice(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    contract: UUID,
    reference: Reference,
    invoiced_on: date,
    due_on: date,
    amount: Positive,
    received_on: date | None = None,
    vat: Amount = Decimal(0),
    retained: Amount | None = None,
    kid: Kid = "",
    text: OptionalLine = "",
    term: UUID | None = None,
    change_order: UUID | None = None,
    line: UUID | None = None,
) -> Invoice:
    """Record an invoice that was received"""
    found = keeping.contract_of(project.pk, contract)
    if found.side != Side.SUPPLIER:
        raise Invalid(gettext("A customer sends us no invoices."), "contract")
    invoice = Invoice(
        id=id,
        project=project,
        number=next_number(project.pk),
        created_at=timezone.now(),
        contract=found,
        registered_by_id=actor.person_id,
        received_on=received_on or timezone.localdate(),
    )
    held = adjusting.retained(amount, found.retained_percent) if retained is None else retained
    _dated(invoice, reference, kid, text, invoiced_on, due_on)
    _priced(invoice, amount, vat, held)
    _about(invoice, term, change_order, line or found.line_id)
    invoice.save()
    return invoice


@command(needs=Power.KEEP_CONTRACTS)
def change_invoice(
    actor: Actor,
    invoice: Invoice,
    *,
    reference: Reference,
    invoiced_on: date,
    due_on: date,
    amount: Positive,
    vat: Amount = Decimal(0),
    retained: Amount = Decimal(0),
    kid: Kid = "",
    text: OptionalLine = "",
    term: UUID | None = None,
    change_order: UUID | None = None,
    line: UUID | None = None,
) -> Invoice:
    """Change an invoice that was received"""
    _must_be(invoice, InvoiceState.RECEIVED, InvoiceState.RETURNED)
    _dated(invoice, reference, kid, text, invoiced_on, due_on)
    _priced(invoice, amount, vat, retained)
    _about(invoice, term, change_order, line or invoice.contract.line_id)
    invoice.state = InvoiceState.RECEIVED
    invoice.save()
    return invoice


def _dated(
    invoice: Invoice, reference: str, kid: str, text: str, invoiced_on: date, due_on: date
) -> None:
    if kid and not numbers.is_kid(kid):
        raise Invalid(gettext("The check digit of the payment reference is wrong."), "kid")
    if due_on < invoiced_on:
        raise Invalid(gettext("It cannot be due before it was written."), "due_on")
    others = Invoice.objects.filter(
        contract__party=invoice.contract.party_id, reference__iexact=reference
    )
    if others.exclude(pk=invoice.pk).exists():
        raise Invalid(gettext("This invoice is recorded already."), "reference")
    invoice.reference, invoice.kid, invoice.text = reference, "".join(kid.split()), text
    invoice.invoiced_on, invoice.due_on = invoiced_on, due_on


def _priced(invoice: Invoice, amount: Decimal, vat: Decimal, retained: Decimal) -> None:
    if retained > amount:
        raise Invalid(gettext("More is held back than is asked for."), "retained")
    invoice.amount, invoice.vat, invoice.retained = amount, vat, retained


def _about(
    invoice: Invoice, term: UUID | None, change_order: UUID | None, line: UUID | None
) -> None:
    contract: Contract = invoice.contract
    invoice.term = invoice.change_order = None
    if term is not None:
        plan = Term.objects.filter(contract=contract, kind=TermKind.INSTALMENT)
        invoice.term = plan.filter(pk=term).first()
        if invoice.term is None:
            raise Invalid(gettext("There is no such instalment in the payment plan."), "term")
    if change_order is not None:
        orders = ChangeOrder.objects.filter(contract=contract)
        invoice.change_order = orders.filter(pk=change_order).first()
        if invoice.change_order is None:
            said = gettext("There is no such change order under this contract.")
            raise Invalid(said, "change_order")
    invoice.line_id = keeping.line_of(invoice.project_id, line)


@command(needs=Power.KEEP_CONTRACTS)
def check_invoice(actor: Actor, invoice: Invoice, *, remarks: OptionalText = "") -> Invoice:
    """Check an invoice against its contract

    Where something is not as agreed, the remarks say why it is passed on all the same.
    """
    _must_be(invoice, InvoiceState.RECEIVED)
    if checking.findings(invoice) and not remarks:
        said = gettext("Something is not as agreed. Say why it is passed on all the same.")
        raise Invalid(said, "remarks")
    if invoice.line_id is None:
        raise Invalid(gettext("Say which budget line pays for it."), "remarks")
    invoice.state, invoice.remarks = InvoiceState.CHECKED, remarks
    invoice.checked_by_id, invoice.checked_on = actor.person_id, timezone.localdate()
    invoice.save()
    return invoice


def other_eyes(actor: Actor, invoice: Invoice) -> Sentence | None:
    """Nobody verifies what she checked herself."""
    same = actor.person_id is not None and invoice.checked_by_id == actor.person_id
    return Sentence(_FOUR_EYES) if same else None


@command(needs=Power.VERIFY_INVOICE, only_if=other_eyes, undoable=False)
def verify_invoice(actor: Actor, invoice: Invoice) -> Invoice:
    """Verify an invoice

    The cost is posted on its budget line on the day of the invoice.
    """
    _must_be(invoice, InvoiceState.CHECKED)
    invoice.state = InvoiceState.VERIFIED
    invoice.verified_by_id, invoice.verified_on = actor.person_id, timezone.localdate()
    invoice.save()
    if invoice.term is not None and invoice.term.state == TermState.OPEN:
        invoice.term.state, invoice.term.settled_on = TermState.DONE, invoice.verified_on
        invoice.term.save()
    posting.post(actor, invoice)
    return invoice


@command(needs=Power.SIGN_CONTRACTS)
def send_invoice(actor: Actor, invoice: Invoice, *, sent_on: date) -> Invoice:
    """Send an invoice to payment"""
    _must_be(invoice, InvoiceState.VERIFIED)
    invoice.state, invoice.sent_on = InvoiceState.SENT, sent_on
    invoice.save()
    return invoice


@command(needs=Power.KEEP_CONTRACTS)
def return_invoice(actor: Actor, invoice: Invoice, *, remarks: Text) -> Invoice:
    """Return an invoice to the supplier"""
    _must_be(invoice, InvoiceState.RECEIVED, InvoiceState.CHECKED)
    invoice.state, invoice.remarks = InvoiceState.RETURNED, remarks
    invoice.save()
    return invoice


def _must_be(invoice: Invoice, *states: InvoiceState) -> None:
    if invoice.state not in states:
        raise Invalid(
            gettext("The invoice has come further than that: %(state)s.")
            % {"state": invoice.get_state_display()}
        )

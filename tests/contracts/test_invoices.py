"""Invoices: checked against what was agreed, verified by another, posted once."""

from datetime import date
from decimal import Decimal

import pytest
from tests.contracts import starting
from tests.contracts.starting import contract, invoice, order

from tospann.budget.models import Commitment, Cost
from tospann.contracts import checking, commands, queries
from tospann.contracts.models import Contract, Invoice, InvoiceState, Term, TermState
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return starting.project()


def wrong(found):
    return [one.is_fine for one in checking.checks(found, checking.invoiced(found))].count(False)


def fresh(found):
    return Invoice.objects.get(pk=found.pk)


def test_from_received_to_sent_the_cost_is_posted_once(made):
    of = contract(made)
    term = commands.add_term(
        made.coordinator, of, id=new_id(), kind="instalment", title="1", amount=Decimal(100_000)
    )
    found = invoice(made, of, kid="602243", term=term.pk)
    assert (found.retained, found.to_pay, wrong(found)) == (10_000, 115_000, 0)
    with pytest.raises(Invalid):
        commands.verify_invoice(made.manager, found)
    commands.check_invoice(made.coordinator, found)
    with pytest.raises(NotAllowed):
        submit(made.coordinator, commands.verify_invoice.on(fresh(found)))
    commands.verify_invoice(made.manager, fresh(found))
    cost = Cost.objects.get(line=made.line)
    assert (cost.amount, cost.vat, cost.booked_on) == (100_000, 25_000, date(2026, 7, 1))
    assert (cost.supplier, cost.source) == (of.party.name, f"invoice:{found.pk}")
    made.line.refresh_from_db()
    assert made.line.spent == cost.amount_nok
    promised = Commitment.objects.get(line=made.line)
    assert (promised.amount, promised.used) == (500_000, cost.amount_nok)
    assert Term.objects.get(pk=term.pk).state == TermState.DONE
    commands.send_invoice(made.manager, fresh(found), sent_on=date(2026, 7, 10))
    assert fresh(found).state == InvoiceState.SENT
    assert queries.account(of).paid == 90_000


def test_nobody_verifies_what_she_checked_herself(made):
    found = invoice(made, contract(made))
    commands.check_invoice(made.manager, found)
    with pytest.raises(NotAllowed):
        submit(made.manager, commands.verify_invoice.on(fresh(found)))
    assert not Cost.objects.exists()


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({}, 0),
        ({"amount": Decimal("500000.01")}, 1),
        ({"retained": Decimal("9999.99")}, 1),
        ({"amount": Decimal(600_000), "retained": Decimal(0)}, 2),
    ],
)
def test_what_is_not_as_agreed_needs_a_word(made, values, count):
    found = invoice(made, contract(made), **values)
    assert wrong(found) == len(checking.findings(found)) == count
    if count:
        with pytest.raises(Invalid) as refused:
            commands.check_invoice(made.coordinator, found)
        assert refused.value.field == "remarks"
    commands.check_invoice(made.coordinator, found, remarks="Avklart" if count else "")
    assert fresh(found).state == InvoiceState.CHECKED


def test_two_invoices_together_pass_the_sum_and_a_returned_one_does_not_count(made):
    of = contract(made)
    first = invoice(made, of, amount=Decimal(300_000))
    second = invoice(made, of, amount=Decimal(300_000))
    assert wrong(second) == 1
    commands.return_invoice(made.coordinator, first, remarks="Feil mottaker")
    assert wrong(second) == 0


def test_an_invoice_of_a_change_order_waits_for_its_decision(made):
    of = contract(made)
    extra = order(made, of, days=0)
    found = invoice(made, of, amount=Decimal(50_000), change_order=extra.pk)
    assert wrong(found) == 2, "not accepted, and more than it is priced at"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kid": "602244"}, "kid"),
        ({"due_on": date(2026, 6, 30)}, "due_on"),
        ({"retained": Decimal(100_001)}, "retained"),
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal(-5)}, "amount"),
        ({"term": new_id()}, "term"),
        ({"change_order": new_id()}, "change_order"),
        ({"line": new_id()}, "line"),
        ({"reference": " "}, "reference"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(made, values, field):
    with pytest.raises(Invalid) as refused:
        invoice(made, contract(made), **values)
    assert refused.value.field == field
    assert not Invoice.objects.exists()


def test_the_same_invoice_is_not_recorded_twice(made):
    of = contract(made)
    invoice(made, of, reference="A-1")
    with pytest.raises(Invalid) as refused:
        invoice(made, of, reference="a-1")
    assert refused.value.field == "reference"
    other = contract(made, of=starting.party(made, "En annen", "123456785"))
    invoice(made, other, reference="A-1")


def test_a_customer_sends_no_invoices(made):
    with pytest.raises(Invalid):
        invoice(made, contract(made, side="customer"))
    assert not Commitment.objects.exists(), "what a customer pays us is no commitment of ours"
    assert Contract.objects.count() == 1

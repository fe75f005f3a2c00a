"""What a decision binds the project to, in kroner, however it is divided; and what is owed."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from tests import making
from tests.contracts import starting
from tests.contracts.starting import contract, invoice, order

from tospann.budget import commands as budget
from tospann.budget.models import Commitment
from tospann.cases import commands as cases
from tospann.cases.models import Alternative, AuthorityRule, Case
from tospann.contracts import checking, commands, queries
from tospann.contracts.models import Contract, Invoice, InvoiceState, NoticeKind, TermKind
from tospann.foundation.authority import Role
from tospann.foundation.commands import Operation, assess_all, submit
from tospann.foundation.errors import Invalid, Stale
from tospann.foundation.ids import new_id

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 6, 1)


@pytest.fixture
def made():
    return starting.project()


@pytest.fixture
def limited(made):
    """Contracts beyond 100 000 kroner are the owner's."""
    rule = AuthorityRule(
        project=made.project,
        kind="contract",
        measure="contract_value",
        limit=Decimal(100_000),
        deciders=[str(Role.OWNER)],
    )
    making.inside(rule.save, made.project)
    return made


@pytest.fixture
def euro():
    """Ten kroner each."""
    budget.set_exchange_rate(
        making.SYSTEM,
        making.organisation(),
        id=new_id(),
        currency="EUR",
        valid_from=date(2020, 1, 1),
        rate=Decimal(10),
    )


def who(operations, actor):
    return assess_all(actor, [Operation.from_json(one) for one in operations]).may_decide


def test_euros_are_weighed_as_the_kroner_they_are(limited, euro):
    planned = contract(limited, signed=False, value=Decimal(50_000), currency="EUR")
    sign = commands.sign_contract
    assert sign.assess(limited.manager, planned, {"signed_on": SIGNED}).may_decide is False
    small = contract(limited, signed=False, value=Decimal(9_999), currency="EUR")
    assert sign.assess(limited.manager, small, {"signed_on": SIGNED}).may_decide


def test_a_contract_in_a_currency_nobody_has_a_rate_for_is_not_signed(limited):
    planned = contract(limited, signed=False, value=Decimal(5), currency="CHF")
    with pytest.raises(Invalid) as refused:
        submit(limited.manager, commands.sign_contract.on(planned), signed_on=SIGNED)
    assert refused.value.field == "currency"


def test_a_change_order_in_euros_moves_the_line_by_its_kroner(made, euro):
    of = contract(made, value=Decimal(20_000), currency="EUR")
    found = order(made, of, amount=Decimal(4_000), days=0)
    case = commands.put_change_order_forward(made.coordinator, found, id=new_id(), money="line")
    cases.submit_case(made.coordinator, case)
    cases.decide(made.manager, Case.objects.get(pk=case.pk), alternative="A", reason="Ja")
    made.line.refresh_from_db()
    assert made.line.amount == 1_040_000


def test_a_reserve_pays_the_kroner_of_a_change_order_in_euros(made, euro):
    found = order(made, contract(made, currency="EUR"), amount=Decimal(4_000), days=0)
    case = commands.put_change_order_forward(made.coordinator, found, id=new_id(), money="manager")
    cases.submit_case(made.coordinator, case)
    cases.decide(made.manager, Case.objects.get(pk=case.pk), alternative="A", reason="Ja")
    made.project.budget.refresh_from_db()
    assert made.project.budget.manager_left == 160_000


def test_several_change_orders_in_one_case_count_together(limited):
    of = contract(limited, value=Decimal(90_000))
    each = [order(limited, of, amount=Decimal(60_000), days=0) for _n in range(2)]
    operations = [commands.accept_change_order.operation(one, {}).to_json() for one in each]
    case = cases.open_case(limited.coordinator, limited.project, id=new_id(), title="Begge")
    cases.set_alternative(
        limited.coordinator, case, id=new_id(), key="A", title="Ja", operations=operations
    )
    cases.submit_case(limited.coordinator, case)
    assert Alternative.objects.get(case=case, key="A").verdict["roles"] == ["owner"]


def test_what_is_made_larger_in_the_same_list_is_weighed_as_large(limited):
    planned = contract(limited, signed=False, value=Decimal(90_000))
    given = {"title": "Råbygg", "party": planned.party_id, "value": Decimal(9_000_000)}
    larger = commands.change_contract.operation(planned, given).to_json()
    sign = commands.sign_contract.operation(planned, {"signed_on": SIGNED}).to_json()
    assert who([sign], limited.manager)
    assert not who([larger, sign], limited.manager)


def test_a_contract_that_is_made_and_signed_at_once_is_weighed(limited):
    party = starting.party(limited)

    def both(value):
        given = {"id": new_id(), "title": "Nytt", "party": party.pk, "value": Decimal(value)}
        add = commands.add_contract.operation(limited.project, given).to_json()
        subject = f"contracts.contract:{given['id']}"
        sign = Operation("contracts.sign_contract", subject, {"signed_on": str(SIGNED)})
        return [add, sign.to_json()]

    assert who(both(90_000), limited.manager)
    assert not who(both(110_000), limited.manager)


def test_what_nobody_knows_the_size_of_is_the_largest(limited):
    sign = Operation(
        "contracts.sign_contract", f"contracts.contract:{new_id()}", {"signed_on": str(SIGNED)}
    )
    known = contract(limited, signed=False, value=Decimal(1))
    first = commands.sign_contract.operation(known, {"signed_on": SIGNED})
    assert not who([first.to_json(), sign.to_json()], limited.manager)


def test_an_adjustment_larger_than_can_be_kept_is_refused_in_words(made):
    found = contract(made, index_name="SSB", index_base=Decimal("0.0001"))
    with pytest.raises(Invalid) as refused:
        commands.adjust_price(
            made.manager,
            found,
            id=new_id(),
            day=SIGNED,
            basis=Decimal(99_999_999_999_999),
            index_now=Decimal(99_999_999),
        )
    assert refused.value.field == "basis"


# ---- what is owed ----


def passed(made, found, **values):
    """An invoice all the way to its cost."""
    one = invoice(made, found, **values)
    commands.check_invoice(made.coordinator, one, remarks="Ja")
    commands.verify_invoice(made.manager, Invoice.objects.get(pk=one.pk))
    return Invoice.objects.get(pk=one.pk)


def test_a_contract_that_moves_to_another_line_is_not_committed_twice(made):
    found = contract(made)
    passed(made, found, amount=Decimal(200_000))
    other = budget.add_line(
        made.manager, made.project, id=new_id(), name="Råbygg 2", amount=Decimal(0)
    )
    found.refresh_from_db()
    given = {"title": found.title, "party": found.party_id, "value": found.value}
    commands.change_contract(made.coordinator, found, **given, line=other.pk)
    rows = {row.line_id: row for row in Commitment.objects.all()}
    assert rows[made.line.pk].is_closed
    assert rows[other.pk].amount == 300_000, "what was invoiced is no longer to come"
    found.refresh_from_db()
    commands.change_contract(made.coordinator, found, **given | {"title": "Nytt"}, line=other.pk)
    rows[other.pk].refresh_from_db()
    assert rows[other.pk].amount == 300_000


def test_an_invoice_is_not_recorded_under_two_contracts_of_one_party(made):
    first, second = contract(made), contract(made, title="Innredning")
    invoice(made, first, reference="A-1")
    with pytest.raises(Invalid) as refused:
        invoice(made, second, reference="A-1")
    assert refused.value.field == "reference"


def test_two_invoices_for_one_instalment_are_weighed_together(made):
    found = contract(made)
    term = commands.add_term(
        made.coordinator,
        found,
        id=new_id(),
        kind=TermKind.INSTALMENT,
        title="Første",
        amount=Decimal(100_000),
    )
    first = invoice(made, found, term=term.pk)
    assert not checking.findings(first)
    second = invoice(made, found, term=term.pk)
    assert len(checking.findings(second)) == 1


def test_a_line_left_empty_is_the_contracts_own_also_when_changed(made):
    found = contract(made)
    one = invoice(made, found)
    commands.change_invoice(
        made.coordinator,
        one,
        reference="B-1",
        invoiced_on=one.invoiced_on,
        due_on=one.due_on,
        amount=one.amount,
    )
    assert Invoice.objects.get(pk=one.pk).line_id == made.line.pk
    extra = order(made, found)
    commands.change_change_order(made.coordinator, extra, title="X", amount=Decimal(1))
    extra.refresh_from_db()
    assert extra.line_id == made.line.pk


def test_what_was_claimed_in_a_notice_that_is_sent_stays(made):
    notice = commands.prepare_notice(
        made.coordinator,
        made.project,
        id=new_id(),
        contract=contract(made).pk,
        kind=NoticeKind.CHANGE,
        title="Varsel",
        known_on=date(2026, 11, 1),
        price_claim=Decimal(1_000),
    )
    commands.send_notice(made.manager, notice, sent_at=notice.created_at)
    notice.refresh_from_db()
    given = {"title": notice.title, "text": notice.text, "kind": notice.kind}
    with pytest.raises(Invalid):
        commands.change_notice(made.coordinator, notice, **given, price_claim=Decimal(2_000))
    commands.change_notice(made.coordinator, notice, **given, price_claim=Decimal(1_000))


# ---- what was read is what is decided ----


def test_nobody_signs_another_sum_than_she_read(visit, made):
    planned = contract(made, signed=False)
    client = visit(Role.MANAGER)
    address = reverse("sign_contract", args=[made.project.key, planned.number])
    assert f'name="version" value="{planned.version}"' in client.get(address).text
    given = {"title": "Råbygg", "party": planned.party_id, "value": Decimal(900_000)}
    commands.change_contract(made.coordinator, planned, **given)
    answer = client.post(address, {"signed_on": "1.6.2026", "version": planned.version - 1})
    assert answer.status_code == 409
    assert Contract.objects.get(pk=planned.pk).signed_on is None


def test_nobody_verifies_another_invoice_than_she_read(visit, made):
    found = invoice(made, contract(made))
    commands.check_invoice(made.coordinator, found)
    found.refresh_from_db()
    client = visit(Role.MANAGER)
    text = client.get(found.get_absolute_url()).text
    assert f'name="version" value="{found.version}"' in text
    address = reverse("verify_invoice", args=[made.project.key, found.number])
    assert client.post(address, {"version": found.version - 1}).status_code == 409
    assert Invoice.objects.get(pk=found.pk).state == InvoiceState.CHECKED
    with pytest.raises(Stale):
        submit(made.manager, commands.verify_invoice.on(found, found.version - 1))
    client.post(address, {"version": found.version})
    assert Invoice.objects.get(pk=found.pk).state == InvoiceState.VERIFIED


def test_foreign_contracts_count_in_the_projects_sum(made, euro):
    contract(made, value=Decimal(100_000))
    contract(made, value=Decimal(1_000), currency="EUR")
    assert queries.standing(made.project).agreed == 110_000

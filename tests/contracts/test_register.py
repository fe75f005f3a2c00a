"""Parties, contracts, terms, price adjustments and procurements; and the numbers they hold."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts import starting
from tests.contracts.starting import contract, party

from tospann.budget.models import Commitment
from tospann.contracts import adjusting, commands, numbers, queries
from tospann.contracts.models import Contract, ContractState, StepKind, TermState
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id

ORGANISATIONS = (
    ("123456785", True),
    ("701730496", True),
    ("991825827", True),
    ("NO 991 825 827 MVA", True),
    ("991825828", False),
    ("99182582", False),
    ("tekst", False),
)
REFERENCES = (
    ("602243", True),
    ("602244", False),
    ("1", False),
    ("6 022 43", True),
    ("12345678901234567890123456", False),
    ("6022a3", False),
    ("٦٠٢٢٤٣", False),
    ("", False),
)


@pytest.fixture
def made(db):
    return starting.project()


@pytest.mark.parametrize(("typed", "is_right"), ORGANISATIONS)
def test_organisation_numbers(typed, is_right):
    assert numbers.is_organisation_number(typed) == is_right


@pytest.mark.parametrize(("typed", "is_right"), REFERENCES)
def test_payment_references(typed, is_right):
    assert numbers.is_kid(typed) == is_right


@given(st.text("0123456789", min_size=1, max_size=24))
def test_one_or_two_check_digits_fit_and_no_other(body):
    fits = [digit for digit in "0123456789-" if numbers.is_kid(body + digit)]
    assert 1 <= len(fits) <= 2


@given(
    st.decimals(1, 10**9, places=2),
    st.decimals(50, 200, places=1),
    st.decimals(50, 200, places=1),
    st.decimals(0, 100, places=2),
)
def test_an_adjustment_is_whole_ore_and_goes_the_way_of_the_index(basis, base, now, share):
    amount = adjusting.adjustment(basis, base, now, share)
    assert amount == amount.quantize(Decimal("0.01"))
    exact = basis * share / 100 * (now / base - 1)
    assert abs(amount - exact) <= Decimal("0.006")
    assert amount * (now - base) >= 0


def test_half_an_ore_goes_away_from_zero():
    hundred = Decimal(100)
    found = adjusting.adjustment(Decimal("0.50"), hundred, Decimal(101), hundred)
    assert found == Decimal("0.01")
    assert adjusting.retained(Decimal("0.10"), Decimal(5)) == Decimal("0.01")


def test_a_party_is_there_once_and_by_a_real_number(made):
    found = party(made, number="991 825 827")
    assert found.organisation_number == "991825827"
    for number in ("991825828", "NO991825827MVA"):
        with pytest.raises(Invalid) as refused:
            party(made, "Igjen", number)
        assert refused.value.field == "organisation_number"
    party(made, "Utenlandsk", "")
    party(made, "Utenlandsk til", "")


def test_a_signed_contract_is_a_commitment_and_keeps_its_sum(made):
    found = contract(made, signed=False)
    assert not Commitment.objects.exists()
    outcome = submit(made.coordinator, commands.sign_contract.on(found), signed_on=date(2026, 6, 1))
    assert isinstance(outcome, Proposed)
    commands.sign_contract(made.owner, found, signed_on=date(2026, 6, 1))
    made.line.refresh_from_db()
    assert (Commitment.objects.get().amount, made.line.committed) == (500_000, 500_000)
    signed = Contract.objects.get(pk=found.pk)
    with pytest.raises(Invalid) as refused:
        commands.change_contract(
            made.coordinator, signed, title="Råbygg", party=signed.party_id, value=Decimal(1)
        )
    assert refused.value.field == "value"
    commands.end_contract(made.manager, signed)
    made.line.refresh_from_db()
    assert (Commitment.objects.get().is_closed, made.line.committed) == (True, 0)


def test_an_option_binds_to_more_money_and_only_whoever_signs_takes_it(made):
    found = contract(made)
    option = commands.add_term(
        made.coordinator, found, id=new_id(), kind="option", title="Badstue", amount=Decimal(75_000)
    )
    with pytest.raises(Invalid):
        commands.settle_term(made.coordinator, option, settled_on=date(2026, 7, 1))
    outcome = submit(made.coordinator, commands.take_option.on(option), settled_on=date(2026, 7, 1))
    assert isinstance(outcome, Proposed)
    commands.take_option(made.manager, option, settled_on=date(2026, 7, 1))
    assert Contract.objects.get(pk=found.pk).sum_now == 575_000
    assert Commitment.objects.get().amount == 575_000
    option.refresh_from_db()
    assert option.state == TermState.DONE


def test_the_price_follows_the_index_of_the_contract(made):
    found = contract(made, index_name="SSB", index_base=Decimal(120), index_share=Decimal(80))
    adjusted = commands.adjust_price(
        made.manager,
        found,
        id=new_id(),
        day=date(2026, 9, 1),
        basis=Decimal(100_000),
        index_now=Decimal(126),
    )
    assert adjusted.amount == Decimal("4000.00")
    assert Contract.objects.get(pk=found.pk).sum_now == 504_000
    plain = contract(made, of=party(made, "En annen", "123456785"))
    with pytest.raises(Invalid):
        commands.adjust_price(
            made.manager,
            plain,
            id=new_id(),
            day=date(2026, 9, 1),
            basis=Decimal(1),
            index_now=Decimal(2),
        )


def test_a_step_tied_to_a_task_is_on_the_plans_day(made):
    bought = commands.start_procurement(
        made.coordinator,
        made.project,
        id=new_id(),
        title="Inventar",
        days={StepKind.NOTICE: date(2026, 12, 1)},
        activities={StepKind.AWARD: starting.TASK},
    )
    days = {step.kind: step.when for step in queries.steps(bought)}
    assert days == {
        "notice": date(2026, 12, 1),
        "tenders": None,
        "award": date(2027, 1, 29),
        "standstill": None,
        "signing": None,
    }
    first = queries.next_steps([bought.pk])[bought.pk]
    assert first.kind == StepKind.NOTICE
    commands.change_step(made.coordinator, first, day=first.day, done_on=date(2026, 12, 1))
    assert queries.next_steps([bought.pk])[bought.pk].kind == StepKind.TENDERS
    ended = commands.end_procurement(made.coordinator, bought, contract=contract(made).pk)
    assert (ended.is_open, ended.contract.state) == (False, ContractState.SIGNED)

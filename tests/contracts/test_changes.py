"""A change order: a case whose decision moves the contract, the budget and the plan together."""

from datetime import date
from decimal import Decimal

import pytest
from tests import making
from tests.contracts import starting
from tests.contracts.starting import contract, order

from tospann.budget.models import BudgetLine, Commitment
from tospann.cases import commands as cases
from tospann.cases.models import Alternative, AuthorityRule, Case, CaseState
from tospann.contracts import commands
from tospann.contracts.models import ChangeOrder, ChangeState, Contract
from tospann.foundation.authority import Role
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import CommandError, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.planning import queries as plans
from tospann.planning.models import Activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return starting.project()


def put_forward(made, found, money="line"):
    case = commands.put_change_order_forward(made.coordinator, found, id=new_id(), money=money)
    cases.submit_case(made.coordinator, case)
    return Case.objects.get(pk=case.pk)


def state_of(made, found):
    made.line.refresh_from_db()
    row = Activity.objects.get(project=made.project, uid=starting.TASK)
    fresh = Contract.objects.get(pk=found.contract_id)
    return fresh.sum_now, made.line.amount, row.finish


def test_accepting_moves_contract_budget_and_plan_at_once(made):
    found = order(made, contract(made))
    before = plans.plan(made.project).revision
    case = put_forward(made, found)
    assert state_of(made, found) == (500_000, 1_000_000, date(2027, 1, 29))
    cases.decide(made.manager, case, alternative="A", reason="Nødvendig")
    assert state_of(made, found) == (540_000, 1_040_000, date(2027, 2, 3))
    assert plans.plan(made.project).revision == before + 1
    found.refresh_from_db()
    assert (found.state, found.is_open) == (ChangeState.ACCEPTED, False)
    assert Commitment.objects.get(line=made.line).amount == 540_000


def test_rejecting_leaves_everything_and_says_so(made):
    found = order(made, contract(made))
    case = put_forward(made, found)
    cases.decide(made.manager, case, alternative="B", reason="Inngår i kontrakten")
    assert state_of(made, found) == (500_000, 1_000_000, date(2027, 1, 29))
    found.refresh_from_db()
    assert found.state == ChangeState.REJECTED
    with pytest.raises(Invalid):
        commands.put_change_order_forward(made.coordinator, found, id=new_id())


def test_what_happened_meanwhile_stops_all_of_it(made):
    found = order(made, contract(made))
    case = put_forward(made, found)
    other = order(made, Contract.objects.get(pk=found.contract_id), title="Rekkverk", days=0)
    cases.decide(made.manager, put_forward(made, other), alternative="A", reason="Ja")
    with pytest.raises(CommandError):
        cases.decide(made.manager, case, alternative="A", reason="Ja")
    assert state_of(made, found)[1:] == (1_040_000, date(2027, 1, 29))
    found.refresh_from_db()
    assert found.state == ChangeState.CASE


def test_a_reserve_pays_without_the_frame_growing(made):
    found = order(made, contract(made), days=0)
    case = put_forward(made, found, "manager")
    cases.decide(made.manager, case, alternative="A", reason="Ja")
    made.project.budget.refresh_from_db()
    assert made.project.budget.manager_left == 160_000
    assert state_of(made, found)[:2] == (540_000, 1_040_000)


def test_the_owners_reserve_is_the_owners_to_decide(made):
    case = put_forward(made, order(made, contract(made), days=0), "owner")
    assert Alternative.objects.get(case=case, key="A").verdict["roles"] == ["owner"]
    with pytest.raises(NotAllowed):
        cases.decide(made.manager, case, alternative="A", reason="Ja")
    made.project.budget.refresh_from_db()
    assert made.project.budget.owner_left == 300_000
    cases.decide(made.owner, case, alternative="A", reason="Ja")
    made.project.budget.refresh_from_db()
    assert made.project.budget.owner_left == 260_000


def test_even_the_manager_accepts_by_a_case_only(made):
    found = order(made, contract(made))
    outcome = submit(made.manager, commands.accept_change_order.on(found))
    assert isinstance(outcome, Proposed)
    assert state_of(made, found)[0] == 500_000


def test_many_small_ones_reach_the_limit_of_one_large_one(made):
    making.inside(
        AuthorityRule(
            project=made.project,
            kind="contract",
            measure="contract_value",
            limit=Decimal(100_000),
            deciders=[str(Role.OWNER)],
        ).save,
        made.project,
    )
    of = contract(made, value=Decimal(90_000))
    first = put_forward(made, order(made, of, amount=Decimal(60_000), days=0))
    assert "manager" in Alternative.objects.get(case=first, key="A").verdict["roles"]
    cases.decide(made.manager, first, alternative="A", reason="Ja")
    of.refresh_from_db()
    second = put_forward(made, order(made, of, amount=Decimal(60_000), days=0))
    assert Alternative.objects.get(case=second, key="A").verdict["roles"] == ["owner"]


@pytest.mark.parametrize(
    ("values", "money", "field"),
    [
        ({"line": None}, "line", "money"),
        ({"amount": Decimal(-10_000)}, "manager", "money"),
        ({"amount": Decimal(-2_000_000)}, "line", "money"),
        ({"activity_uid": 99}, "none", "activity_uid"),
        ({"days": -40}, "none", "days"),
    ],
)
def test_what_cannot_be_carried_out_is_not_put_forward(made, values, money, field):
    of = contract(made, line=None) if "line" in values else contract(made)
    found = order(made, of, **values)
    with pytest.raises(Invalid) as refused:
        commands.put_change_order_forward(made.coordinator, found, id=new_id(), money=money)
    assert refused.value.field == field
    assert not Case.objects.exists()


def test_it_is_put_forward_again_after_the_case_is_withdrawn(made):
    found = order(made, contract(made))
    case = put_forward(made, found)
    found.refresh_from_db()
    with pytest.raises(Invalid):
        commands.change_change_order(made.coordinator, found, title="Ny", amount=Decimal(1))
    cases.withdraw_case(made.coordinator, case)
    commands.change_change_order(
        made.coordinator, found, title="Ny", amount=Decimal(1), line=made.line.pk
    )
    assert put_forward(made, ChangeOrder.objects.get(pk=found.pk)).state == CaseState.SUBMITTED


@pytest.mark.parametrize("way", ["withdrawn", "left as it is"])
def test_it_waits_for_nobody_when_the_case_is_over(made, way):
    found = order(made, contract(made))
    case = put_forward(made, found)
    carry_out_owed()
    found.refresh_from_db()
    assert found.state == ChangeState.CASE
    if way == "withdrawn":
        cases.withdraw_case(made.coordinator, case)
    else:
        cases.decide(made.manager, case, alternative="0", reason="Ikke nå")
    carry_out_owed()
    found.refresh_from_db()
    assert (found.state, found.is_open) == (ChangeState.DRAFT, True)
    carry_out_owed()
    found.refresh_from_db()
    assert put_forward(made, found).state == CaseState.SUBMITTED


def test_a_contract_that_is_not_signed_has_no_change_orders(made):
    with pytest.raises(Invalid):
        order(made, contract(made, signed=False))
    assert BudgetLine.objects.get(pk=made.line.pk).amount == 1_000_000

"""Who decides about money: counted from what was agreed, and never got round by splitting."""

from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from tests import making
from tests.budget import starting
from tests.budget.starting import head, started, values

from tospann.budget import commands, ledger, limits, queries
from tospann.cases import commands as cases
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import COMMANDS, Done, Proposed, assess_all, submit
from tospann.foundation.ids import new_id
from tospann.foundation.references import find
from tospann.foundation.undo import undo
from tospann.projects.models import Phase, PhaseState

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return starting.project()


def raised(actor, line, by):
    """What came of raising a line by so much."""
    line.refresh_from_db()
    arguments = values(line, amount=line.amount + by)
    return submit(actor, commands.change_line.on(line), **arguments)


def test_while_it_is_prepared_the_coordinator_sets_it_up(made):
    (line,) = started(made, 1_000_000, approved=False)
    assert isinstance(raised(made.coordinator, line, 900_000), Done)
    assert queries.money(made.project).total == 1_900_000


def test_the_sentence_says_what_the_cost_increase_becomes_and_what_the_limit_is(made):
    (line,) = started(made, 1_000_000)
    assert isinstance(raised(made.manager, line, 200_000), Done)
    outcome = raised(made.manager, line, 112_000)
    assert isinstance(outcome, Proposed)
    assert outcome.case.deciders == ["owner"]
    with translation.override("en"):
        assert str(outcome.ruling) == (
            "Needs project owner: the total cost increase in the phase becomes NOK 312,000, "
            "the limit is NOK 250,000."
        )


def test_the_coordinator_may_move_money_but_not_add_any(made):
    one, two = started(made, 500_000, 300_000)
    moved = submit(
        made.coordinator, commands.move_money.on(one), to=two.pk, amount=Decimal(100_000)
    )
    assert isinstance(moved, Done)
    outcome = raised(made.coordinator, two, 1)
    assert isinstance(outcome, Proposed)
    assert outcome.case.deciders == ["manager"]
    assert isinstance(raised(made.coordinator, two, -50_000), Done)


def test_what_was_saved_may_be_used_again_without_asking_higher(made):
    (line,) = started(made, 1_000_000)
    assert isinstance(raised(made.manager, line, -300_000), Done)
    assert isinstance(raised(made.manager, line, 500_000), Done)
    assert isinstance(raised(made.manager, line, 60_000), Proposed)


def test_a_decision_is_carried_out_and_the_phase_still_counts_it(made):
    (line,) = started(made, 1_000_000)
    proposed = raised(made.coordinator, line, 200_000)
    assert isinstance(proposed, Proposed)
    cases.decide(made.manager, proposed.case, alternative="A")
    money = queries.money(made.project)
    assert (money.total, money.change, money.change_in_phase) == (1_200_000, 0, 200_000)
    again = raised(made.manager, line, 60_000)
    assert isinstance(again, Proposed)
    assert again.case.deciders == ["owner"]


def test_a_phase_that_begins_without_money_agrees_on_nothing(made):
    phase = Phase(
        project=made.project,
        position=12,
        key="later",
        name="Fase",
        state=PhaseState.CURRENT,
        started_at=timezone.now(),
    )
    one, two = started(made, 0, 0, approved=False)
    making.inside(phase.save, made.project)
    for line in (one, two):
        assert isinstance(raised(made.coordinator, line, 900_000), Done)
    commands.approve_budget(made.owner, head(made))
    assert isinstance(raised(made.coordinator, one, 1), Proposed)


def test_a_new_phase_counts_anew(made):
    phases = [
        Phase(project=made.project, position=10 + step, key=f"p{step}", name="Fase", state=state)
        for step, state in enumerate((PhaseState.CURRENT, PhaseState.FUTURE))
    ]
    for phase in phases:
        making.inside(phase.save, made.project)
    (line,) = started(made, 1_000_000)
    assert isinstance(raised(made.manager, line, 240_000), Done)
    for phase, state in zip(phases, (PhaseState.DONE, PhaseState.CURRENT), strict=True):
        phase.state, phase.started_at = state, timezone.now()
        making.inside(phase.save, made.project)
    assert queries.money(made.project).change_in_phase == 0
    assert isinstance(raised(made.manager, line, 240_000), Done)
    assert isinstance(raised(made.manager, line, 20_000), Proposed)


@pytest.mark.parametrize(
    ("command", "by", "decides"),
    [
        (commands.release_managers_reserve, Role.COORDINATOR, ["manager"]),
        (commands.release_managers_reserve, Role.MANAGER, None),
        (commands.release_owners_reserve, Role.MANAGER, ["owner"]),
        (commands.release_owners_reserve, Role.OWNER, None),
    ],
)
def test_each_reserve_has_its_keeper(made, command, by, decides):
    (line,) = started(made, 1_000_000, manager=100_000, owner=200_000)
    outcome = submit(made.actor(by), command.on(line), amount=Decimal(40_000))
    money = queries.money(made.project)
    if decides is None:
        assert isinstance(outcome, Done)
        assert money.reserves_left == 260_000
        assert money.planned == 1_040_000
    else:
        assert isinstance(outcome, Proposed)
        assert outcome.case.deciders == decides
        assert money.reserves_left == 300_000
    assert money.total == 1_300_000, "a release moves money inside the frame"
    assert money.change_in_phase == 0


def test_when_little_is_left_of_the_reserves_the_owner_decides(made):
    (line,) = started(made, 1_000_000, manager=100_000)
    release = commands.release_managers_reserve
    assert isinstance(submit(made.manager, release.on(line), amount=Decimal(70_000)), Done)
    outcome = submit(made.manager, release.on(line), amount=Decimal(10_000))
    assert isinstance(outcome, Proposed)
    assert outcome.case.deciders == ["owner"]


def test_setting_the_owners_reserve_lower_is_releasing_it(made):
    started(made, 1_000_000, owner=200_000)
    bound = commands.set_reserves.on(head(made))
    outcome = submit(made.manager, bound, manager_reserve=Decimal(0), owner_reserve=Decimal(1))
    assert isinstance(outcome, Proposed)
    assert outcome.case.deciders == ["owner"]


def test_undo_puts_the_line_and_the_frame_back(made):
    (line,) = started(made, 1_000_000, manager=50_000)
    done = submit(made.manager, commands.release_managers_reserve.on(line), amount=Decimal(10_000))
    assert isinstance(done, Done)
    undo(made.manager, done.entry)
    money = queries.money(made.project)
    assert (money.planned, money.manager.left, money.change) == (1_000_000, 50_000, 0)


def test_several_operations_are_measured_as_one(made):
    one, two = started(made, 1_000_000, 1_000_000)
    operations = [
        commands.change_line.operation(line, values(line, amount=Decimal(1_200_000)))
        for line in (one, two)
    ]
    measured = limits.of_all(made.project.pk, operations)
    assert measured["cumulative_cost_change"] == 400_000
    after = queries.money_after(made.project, operations)
    assert (after.total, queries.money(made.project).total) == (2_400_000, 2_000_000)


@pytest.mark.parametrize("already", [-100_000, 0, 240_000])
@pytest.mark.parametrize("parts", [(60_000, -1), (200_000, 200_000), (-90_000, 100_000), (-5, -6)])
def test_a_list_of_operations_is_judged_as_what_it_comes_to(made, already, parts):
    """Dividing a change inside one list is measured exactly as one operation that does it all."""
    one, two = started(made, 1_000_000, 1_000_000)
    assert isinstance(raised(made.manager, one, already), Done)
    one.refresh_from_db()
    listed = [
        commands.change_line.operation(line, values(line, amount=line.amount + part))
        for line, part in zip((one, two), parts, strict=True)
    ]
    whole = commands.change_line.assess(
        made.manager, one, values(one, amount=one.amount + sum(parts))
    )
    divided = assess_all(made.manager, listed)
    assert (divided.may_decide, divided.deciders) == (whole.may_decide, whole.deciders)
    if not whole.may_decide:
        assert str(divided) == str(whole)


def test_what_is_tried_is_what_comes_of_it(made):
    one, two = started(made, 1_000_000, 400_000, manager=90_000, owner=80_000)
    new = new_id()
    project = made.project
    steps = [
        commands.add_line.operation(project, {"id": new, "name": "Ny", "amount": Decimal(5)}),
        commands.change_line.operation(one, values(one, amount=Decimal(900_000))),
        commands.set_reserves.operation(
            head(made), {"manager_reserve": Decimal(95_000), "owner_reserve": Decimal(80_000)}
        ),
        commands.release_owners_reserve.operation(two, {"amount": Decimal(11_000)}),
        commands.release_managers_reserve.operation(two, {"amount": Decimal(9_000)}),
        commands.move_money.operation(two, {"to": one.pk, "amount": Decimal(2_000)}),
        commands.report_cost.operation(two, {"spent": Decimal(7), "forecast": Decimal(8)}),
        commands.remove_line.operation(one, {}),
    ]
    for step in steps:
        expected = queries.money_after(project, [step])
        _carried_out(step)
        became = queries.money(project)
        assert _without_numbers(expected) == _without_numbers(became), step.command


def _carried_out(step):
    """As the portal itself, which may."""
    COMMANDS[step.command](SYSTEM, find(step.subject), **step.arguments)


def _without_numbers(money):
    stored = money.to_json()
    stored["lines"] = [{**line, "number": 0} for line in stored["lines"]]
    return stored


amounts = st.integers(-400_000, 400_000)


@given(parts=st.lists(amounts, min_size=1, max_size=6))
def test_no_split_gets_past_a_limit_that_the_whole_would_cross(parts):
    """Purely on values: the last part that adds anything is measured at least as the whole."""
    before = ledger.Ledger(
        {(pk := new_id()): ledger.Line(pk, 1, "1", "Post", Decimal(5_000_000))},
        agreed_total=Decimal(5_000_000),
        phase_total=Decimal(5_000_000),
    )
    whole = limits.between(before, before.raised(pk, Decimal(sum(parts))))
    most, now = Decimal(0), before
    for part in parts:
        after = now.raised(pk, Decimal(part))
        most = max(most, limits.between(now, after)[limits.COST_IN_PHASE])
        now = after
    assert most >= whole[limits.COST_IN_PHASE]


def test_no_command_about_money_is_left_out_of_what_others_follow():
    of_money = {name for name in COMMANDS if name.startswith("budget.")}
    everything = (*commands.CHANGES, *commands.OF_THE_ORGANISATION)
    assert {one.name for one in everything} == of_money

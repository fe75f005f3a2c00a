"""However a change is divided, it does not get past a limit that the whole would cross."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import making

import planengine as engine
from planengine.instants import DAY
from tospann.budget import commands as budget
from tospann.budget.models import Budget, BudgetLine
from tospann.cases import commands
from tospann.cases.models import Case
from tospann.foundation.authority import Role
from tospann.foundation.commands import Done, assess_all, submit, verdict_on
from tospann.foundation.errors import CommandError, NotAllowed
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning
from tospann.planning.models import Plan

pytestmark = pytest.mark.django_db
COORDINATORS, MANAGERS = 5, 10
FRAME, MONEY = Decimal(1_000_000), Decimal(100_000)
HOURS = 8 * 3600

# A division: each part is a number of days, and how it is carried (direct, a case, one list).
WAYS = st.sampled_from(["coordinator", "manager", "case"])
PARTS = st.lists(st.tuples(st.integers(1, 9), WAYS), min_size=1, max_size=6)
AMOUNTS = st.lists(
    st.tuples(st.integers(1, 90_000), st.sampled_from(["line", "new", "case", "list"])),
    min_size=1,
    max_size=6,
)
quick = settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def with_limits(kind, measure, *limits):
    made = making.project()
    for limit, role in limits:
        commands.add_authority_rule(
            made.owner, made.project, kind=kind, measure=measure, limit=Decimal(limit),
            deciders=[role],
        )  # fmt: skip
    return made


def planned():
    """A plan of one task of twenty days, frozen: the manager decides above five, the owner ten."""
    made = with_limits(
        "plan", "finish_change_days", (COORDINATORS, Role.MANAGER), (MANAGERS, Role.OWNER)
    )
    row = engine.Activity(1, "Bygge", duration=20 * HOURS)
    start = engine.SetPlanDates(engine.day(made.project.start) * DAY)
    edits = [engine.edit_to_json(edit) for edit in (start, engine.AddActivity(row))]
    head = planning.start_plan(made.coordinator, made.project, edits=edits)
    planning.set_baseline(made.owner, head, base_revision=1)
    return made, Plan.objects.get(pk=head.pk)


def longer(head, days):
    head.refresh_from_db()
    return {
        "base_revision": head.revision,
        "edits": [engine.edit_to_json(engine.SetDuration(1, days * HOURS))],
    }


@quick
@given(PARTS)
def test_no_split_of_days_passes_without_the_owner(parts):
    """The coordinator and the manager try whatever they can, in any order and in cases."""
    made, head = planned()
    carried = 0
    for days, way in parts:
        if _tried(made, head, 20 + carried + days, way):
            carried += days
    assert carried <= MANAGERS
    whole = planning.apply_edits.operation(head, longer(head, 20 + MANAGERS + 1))
    assert verdict_on([whole]).deciders == (Role.OWNER,)


def _tried(made, head, days, way):
    actor = made.manager if way == "manager" else made.coordinator
    bound = planning.apply_edits.on(head)
    outcome = submit(actor, bound, **longer(head, days))
    if isinstance(outcome, Done):
        return True
    case = Case.objects.get(pk=outcome.case.pk)
    try:
        return way == "case" and commands.decide(made.manager, case, alternative="A") is not None
    except (NotAllowed, CommandError):
        return False


@quick
@given(AMOUNTS)
def test_no_split_of_money_passes_without_the_owner(parts):
    """On lines there are, on new lines, one by one, in cases, and several in one list."""
    made = with_limits("budget", "cumulative_cost_change", (MONEY, Role.OWNER))
    budget.start_budget(made.manager, made.project, id=new_id())
    budget.add_line(made.manager, made.project, id=new_id(), name="Bygg", amount=FRAME)
    budget.approve_budget(made.owner, Budget.objects.get(project=made.project))
    for amount, way in parts:
        operations = _spending(made, Decimal(amount), way)
        if way == "case":
            _by_case(made, operations)
        elif assess_all(made.manager, operations).may_decide:
            stored = [one.to_json() for one in operations]
            commands.apply_at_once(made.manager, made.project, operations=stored)
    lines = BudgetLine.objects.filter(project=made.project)
    assert sum(line.amount for line in lines) <= FRAME + MONEY


def _spending(made, amount, way):
    if way == "line" or way == "case":
        line = BudgetLine.objects.filter(project=made.project).order_by("number").first()
        said = {"name": line.name, "code": line.code, "amount": str(line.amount + amount)}
        return [budget.change_line.operation(line, said)]
    pieces = [amount] if way == "new" else [amount // 2, amount - amount // 2, amount // 3]
    return [
        budget.add_line.operation(
            made.project, {"id": str(new_id()), "name": f"Ny {n}", "amount": str(piece)}
        )
        for n, piece in enumerate(pieces)
        if piece > 0
    ]


def _by_case(made, operations):
    case = commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Mer", recommendation="Ja"
    )
    commands.set_alternative(
        made.coordinator, case, id=new_id(), key="A", title="Mer",
        operations=[one.to_json() for one in operations],
    )  # fmt: skip
    case.refresh_from_db()
    case = commands.submit_case(made.coordinator, case)
    try:
        commands.decide(made.manager, case, alternative="A", reason="Ja")
    except (NotAllowed, CommandError):
        return


def test_the_split_would_pass_if_every_decision_began_a_new_count(monkeypatch):
    """A negative control: counted from anybody's last decision, eight and eight get past ten."""
    from tospann.foundation.authority import rulings

    monkeypatch.setattr(rulings, "at_rank", lambda key, _rank: key)
    made, head = planned()
    assert _tried(made, head, 28, "case")
    assert _tried(made, head, 36, "case")

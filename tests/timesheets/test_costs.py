"""Approved hours become costs at the rate of whoever worked; nobody reads the rate from it."""

import json
from decimal import Decimal

import pytest
from tests import making
from tests.budget import starting
from tests.timesheets import working

from tospann.budget.models import BudgetLine, Cost, CostBatch, CostType
from tospann.foundation.authority import Role
from tospann.foundation.models import AuditDetail
from tospann.resources.models import Rate
from tospann.timesheets import commands

pytestmark = pytest.mark.django_db
RATE = Decimal("987.65")


@pytest.fixture
def made():
    return working.project(rated=RATE)


def approve(made, *sheets):
    commands.approve_hours(made.manager, made.project, sheets=[one.pk for one in sheets])


def test_hours_cost_their_rate_on_the_line_of_the_task_else_on_the_one_for_labour(made):
    purchase, labour, own = starting.started(made, 100_000, 200_000, 300_000)
    making.inside(lambda: set_line(labour, cost_type=CostType.LABOUR), made.project)
    making.inside(lambda: set_line(own, activity_uid=2), made.project)
    sheet = working.sent(
        made,
        working.line(made, 7.5, 1.25),
        working.line(made, 0, 2, uid=2),
        working.line(made, 0, 0, 1, uid=None, kind="meetings"),
    )
    approve(made, sheet)
    spent = dict(BudgetLine.objects.values_list("pk", "spent"))
    # 9.75 × 987.65 = 9 629.5875 → 9 629.59
    assert spent == {purchase.pk: 0, labour.pk: Decimal("9629.59"), own.pk: Decimal("1975.30")}
    batch = CostBatch.objects.get()
    assert batch.source == f"timesheets:{sheet}"
    assert set(Cost.objects.values_list("person", flat=True)) == {made.people[Role.MEMBER].pk}


def set_line(line, **values):
    for name, value in values.items():
        setattr(line, name, value)
    line.save()


def test_returned_hours_are_taken_out_to_the_ore_and_may_come_again(made):
    (line,) = starting.started(made, 100_000)
    making.inside(lambda: set_line(line, cost_type=CostType.LABOUR), made.project)
    sheet = working.sent(made, working.line(made, 7.35))
    for _again in range(2):
        approve(made, sheet)
        line.refresh_from_db()
        assert line.spent == Decimal("7259.23")
        commands.return_hours(made.manager, made.project, sheets=[sheet.pk], reason="Feil uke")
        line.refresh_from_db()
        assert line.spent == 0
        sheet = working.sent(made, working.line(made, 7.35))
    assert sum(Cost.objects.values_list("hours", flat=True)) == 0


def test_no_amount_of_hours_stands_in_the_audit_log(made):
    (line,) = starting.started(made, 100_000)
    making.inside(lambda: set_line(line, cost_type=CostType.LABOUR), made.project)
    approve(made, working.sent(made, working.line(made, 10)))
    kept = json.dumps(list(AuditDetail.objects.values_list("arguments", "changes")), default=str)
    assert Cost.objects.get().amount == Decimal("9876.50")
    assert "9876" not in kept
    assert "987.65" not in kept


def test_hours_without_a_rate_or_a_line_cost_nothing_and_are_approved(made):
    starting.started(made, 100_000)
    approve(made, working.sent(made))
    assert not Cost.objects.exists()
    Rate.objects.all()._raw_delete("default")
    before = working.this_monday() - working.timedelta(weeks=1)
    approve(made, working.sent(made, monday=before))
    assert not Cost.objects.exists()

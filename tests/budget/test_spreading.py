"""Money over the months: whole, in the right months, and following the task it belongs to."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.budget import starting
from tests.budget.starting import started, values

from tospann.budget import commands, queries
from tospann.budget.spreading import spread
from tospann.planning import commands as planning
from tospann.planning.skeleton import PlannedRow, outline_edits

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(st.decimals(0, 10**9, places=2), days, days)
def test_the_parts_add_up_to_the_last_ore(amount, one, other):
    first, last = sorted((one, other))
    parts = spread(amount, first, last)
    assert sum(parts.values()) == amount
    assert min(parts) == first.replace(day=1)
    assert max(parts) == last.replace(day=1)
    assert all(part >= 0 for part in parts.values())


def test_it_is_even_over_the_days():
    found = spread(Decimal(59), date(2027, 1, 1), date(2027, 2, 28))
    assert found == {date(2027, 1, 1): Decimal(31), date(2027, 2, 1): Decimal(28)}


@pytest.mark.django_db
def test_a_line_follows_its_task_then_its_own_days():
    made = starting.project()
    row = PlannedRow("Bygge", 1, date(2027, 3, 1), date(2027, 3, 31))
    planning.start_plan(made.coordinator, made.project, edits=outline_edits([row]))
    (line,) = started(made, 3_100, approved=False)
    assert len(queries.money(made.project).by_period) > 1, "over the whole project"
    commands.change_line(made.coordinator, line, **values(line, activity_uid=1))
    assert queries.money(made.project).by_period == {date(2027, 3, 1): 3_100}
    line.refresh_from_db()
    own = values(line, starts_on=date(2027, 5, 3), ends_on=date(2027, 5, 4))
    commands.change_line(made.coordinator, line, **own)
    assert queries.money(made.project).by_period == {date(2027, 5, 1): 3_100}

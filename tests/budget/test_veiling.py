"""Nobody's hours are a figure by themselves, and nothing else is lost from the sums."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tospann.budget.veiling import FEWEST, Worked, veiled

LINES = [UUID(int=n) for n in range(1, 5)]
PEOPLE = [UUID(int=n) for n in range(11, 15)]
FIRST = date(2027, 1, 4)
PLACES = st.tuples(st.sampled_from(LINES), st.integers(0, 120), st.sampled_from(PEOPLE))


def numbered(places):
    """Each row an amount of its own power of two: a figure tells which rows are in it."""
    ordered = sorted(places, key=lambda place: place[1])
    return [
        Worked(line, FIRST + timedelta(days=day), person, Decimal(2**number))
        for number, (line, day, person) in enumerate(ordered)
    ]


ROWS = st.lists(PLACES, max_size=25).map(numbered)


def worked(line, day, person, amount):
    return Worked(LINES[line], FIRST + timedelta(days=day), PEOPLE[person], Decimal(amount))


def figures(rows, veil):
    """Every figure that is shown: of the lines, of their days, and of what stands on none."""
    kept = defaultdict(Decimal)
    for row in rows:
        kept[row.line, row.day] += row.amount
    for key, amount in veil.days.items():
        kept[key] += amount
    for line in veil.off:
        assert not any(kept[key] for key in list(kept) if key[0] == line)
    by_day = [amount for amount in kept.values() if amount]
    return [*by_day, *veil.gathered.values(), *veil.hours.values()]


def people_in(figure, rows):
    return {row.person for row in rows if int(row.amount) & int(figure)}


@given(ROWS)
def test_no_figure_is_one_persons_hours_and_the_sums_are_whole(rows):
    veil = veiled(rows)
    people = {row.line: {one.person for one in rows if one.line == row.line} for row in rows}
    assert all(len(people[line]) >= FEWEST for line in veil.hours)
    shown = figures(rows, veil)
    whole = sum((row.amount for row in rows), Decimal(0))
    assert sum(veil.hours.values(), veil.apart) + veil.withheld == whole
    assert sum(veil.off.values(), Decimal(0)) == veil.apart + veil.withheld
    assert sum(veil.by_day().values(), Decimal(0)) == -veil.withheld
    apart = {row.person for row in rows if row.line in veil.off}
    assert not veil.apart or len(apart) >= FEWEST
    assert not veil.withheld or len({row.person for row in rows}) < FEWEST
    assert all(len(people_in(figure, rows)) >= FEWEST for figure in shown)
    rest = whole - veil.withheld - sum(veil.hours.values(), Decimal(0))
    assert not rest or len(people_in(rest, rows)) >= FEWEST, "the sum less the lines"


def test_a_line_of_one_person_takes_another_along():
    rows = [worked(0, 0, 0, 7000), worked(1, 1, 1, 500), worked(1, 2, 2, 600)]
    rows += [worked(2, 1, 1, 900), worked(2, 2, 2, 990)]
    veil = veiled(rows)
    assert veil.off == {LINES[0]: 7000, LINES[1]: 1100}
    assert (veil.apart, veil.withheld) == (8100, 0)
    assert veil.hours == {LINES[2]: 1890}


def test_hours_wait_for_somebody_elses():
    rows = [worked(0, 0, 0, 700), worked(0, 30, 1, 500), worked(0, 60, 0, 600)]
    veil = veiled(rows)
    days = {row.day: row.amount for row in rows}
    for (_line, day), amount in veil.days.items():
        days[day] += amount
    assert {day: amount for day, amount in days.items() if amount} == {rows[1].day: 1800}


def test_what_was_taken_back_is_nobodys():
    rows = [worked(0, 0, 0, 700), worked(0, 1, 1, 500), worked(0, 2, 1, -500)]
    assert veiled(rows).withheld == 700


def test_without_hours_there_is_nothing_to_hide():
    veil = veiled([])
    assert (veil.off, veil.days, veil.apart, veil.withheld) == ({}, {}, 0, 0)

"""Earned value of whole plans, by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.planengine.builders import at

from planengine import (
    Activity,
    Assignment,
    Baseline,
    Calendar,
    EarnedMethod,
    Plan,
    Progress,
)
from planengine.earned_value import earned_value

ALWAYS = Calendar(1, "Alltid", week=(((0, 86_400),),) * 7)
OFFICE = Calendar(1, "Kontor")
DAY = 86_400


def task(uid, start, finish, cost, percent=0.0, **fields):
    """An activity promised between two moments for so much, in hundredths."""
    done = fields.pop("progress", Progress(percent=percent))
    promise = Baseline(0, at(start), at(finish), cost=cost)
    return Activity(uid, f"T{uid}", progress=done, baselines=(promise,), **fields)


def office(*rows, **fields):
    """A plan on office hours: Monday 2 March 2026 is its first day."""
    start = at("2026-03-02T08:00")
    return Plan(start=start, calendar=1, calendars=(OFFICE,), activities=rows, **fields)


WEEK = ("2026-03-02T08:00", "2026-03-06T17:00")
NEXT = ("2026-03-09T08:00", "2026-03-13T17:00")


def test_two_tasks_of_ten_days_on_calendar_days():
    case = next(
        row
        for row in json.loads((Path(__file__).parent / "cases.json").read_text())
        if row["id"] == "es-calendar-days-20"
    )
    expected = case["expected"]
    plan = Plan(
        minutes_per_day=1440,
        calendar=1,
        calendars=(ALWAYS,),
        activities=(
            task(1, "2026-01-01T00:00", "2026-01-11T00:00", 100_000, 100),
            task(2, "2026-01-11T00:00", "2026-01-21T00:00", 100_000, 33),
        ),
    )
    found = earned_value(plan, None, at("2026-01-16T00:00"))
    assert found.total.ev == expected["ev"] * 100
    assert (found.time.at, found.time.pd) == (expected["at"], expected["pd"])
    assert found.time.es == pytest.approx(expected["es"], abs=1e-9)
    assert found.time.spi_t == pytest.approx(expected["spi_t"], abs=1e-9)
    assert found.time.sv_t == pytest.approx(expected["sv_t"], abs=1e-9)
    assert found.time.ieac_t == pytest.approx(expected["ieac_t"], abs=1e-9)


def test_planned_value_follows_working_time_and_sums_add_up():
    plan = office(
        Activity(1, "Fase"),
        task(2, *WEEK, 100_001, 50, parent=1),
        task(3, *NEXT, 50_000, parent=1),
        status_date=at("2026-03-04T12:00"),
    )
    found = earned_value(plan)
    assert found.row(2).pv == 50_000, "half of 100 001 is rounded to the even hundredth"
    assert found.row(3).pv == 0
    assert found.row(1) == replace(found.row(2), uid=1, bac=150_001, ac=0)
    assert (found.total.bac, found.total.pv, found.total.ev) == (150_001, 50_000, 50_000)
    assert found.row(1).figures.spi == 1
    assert found.planned_finish == at("2026-03-13T17:00")
    assert found.time.spi_t == pytest.approx(1, abs=1e-4)
    assert found.without_actual_cost == (2,)


def test_a_weekend_makes_nobody_late_or_early():
    plan = office(task(1, *WEEK, 100_000, 100), task(2, *NEXT, 100_000))
    for now in ("2026-03-06T17:00", "2026-03-07T13:00", "2026-03-09T08:00"):
        found = earned_value(plan, None, at(now))
        assert found.earned_until == at(now)
        assert (found.time.spi_t, found.time.sv_t) == (1, 0)
    late = earned_value(plan, None, at("2026-03-10T17:00"))
    assert late.earned_until == at("2026-03-09T08:00")
    assert late.time.sv_t == -2
    assert late.forecast_finish == at("2026-03-19T17:00"), "10 days over 5/7 are 14"


def test_without_a_baseline_nothing_is_known():
    found = earned_value(office(Activity(1, "A")), None, at("2026-03-04T12:00"))
    assert found.total == replace(found.total, bac=None, pv=None, ev=None, ac=None)
    assert found.without_baseline == (1,)
    assert (found.start, found.earned_until, found.forecast_finish) == (None, None, None)
    assert found.time.spi_t is None
    assert found.curve == ()


def test_before_the_start_nothing_is_undefined_by_mistake():
    found = earned_value(office(task(1, *WEEK, 100_000)), None, at("2026-02-01T08:00"))
    assert (found.total.pv, found.total.ev, found.total.ac) == (0, 0, 0)
    assert found.total.spi is None
    assert found.time.spi_t is None
    assert found.forecast_finish is None


def test_actual_cost_is_recorded_or_summed_over_the_assignments():
    plan = office(
        task(1, *WEEK, 100_000, progress=Progress(percent=50, actual_cost=70_000)),
        task(2, *WEEK, 100_000, 50),
        task(3, *NEXT, 100_000),
        assignments=(Assignment(1, 2, actual_cost=20_000), Assignment(2, 2, actual_cost=1)),
    )
    found = earned_value(plan, None, at("2026-03-04T12:00"))
    assert [row.ac for row in found.rows] == [70_000, 20_001, 0]
    assert found.without_actual_cost == ()
    assert found.total.cpi == pytest.approx(100_000 / 90_001)


def test_level_of_effort_earns_what_is_planned():
    effort = task(1, *WEEK, 100_000, earned_method=EarnedMethod.LEVEL_OF_EFFORT)
    found = earned_value(office(effort), None, at("2026-03-03T17:00"))
    assert (found.row(1).pv, found.row(1).ev) == (40_000, 40_000)


def test_a_baseline_without_dates_takes_the_schedules():
    @dataclass(frozen=True)
    class Dates:
        start: int
        finish: int

    row = Activity(1, "A", baselines=(Baseline(3, cost=100_000),))
    dates = {1: Dates(at(WEEK[0]), at(WEEK[1]))}
    now = at("2026-03-03T17:00")
    assert earned_value(office(row), dates, now, baseline=3).total.pv == 40_000
    assert earned_value(office(row), dates, now).without_baseline == (1,)
    assert earned_value(office(row), None, now, baseline=3).without_baseline == (1,)


def test_a_milestone_and_an_inactive_activity():
    moment = "2026-03-04T12:00"
    plan = office(
        task(1, moment, moment, 5_000),
        task(2, *WEEK, 100_000, active=False),
    )
    assert earned_value(plan, None, at("2026-03-04T11:59")).total.pv == 0
    assert earned_value(plan, None, at(moment)).total.pv == 5_000
    assert earned_value(plan, None, at(moment)).total.bac == 5_000


def test_the_curves_end_where_the_figures_are():
    plan = office(
        task(
            1, *WEEK, 100_000, progress=Progress(80, actual_start=at(WEEK[0]), actual_cost=90_000)
        ),
        task(2, *NEXT, 100_000),
    )
    now = at("2026-03-09T12:00")
    found = earned_value(plan, None, now, step_days=1)
    curve = {point.moment: point for point in found.curve}
    assert (curve[now].pv, curve[now].ev, curve[now].ac) == (110_000, 80_000, 90_000)
    assert curve[found.planned_finish].pv == found.total.bac
    assert curve[found.planned_finish].ev is None
    assert [point.pv for point in found.curve] == sorted(point.pv for point in found.curve)
    assert found.curve[0].pv == found.curve[0].ev == 0
    long = earned_value(plan, None, now + 3000 * DAY, step_days=1)
    assert len(long.curve) <= 503


def test_bad_questions_are_refused():
    with pytest.raises(ValueError, match="status date"):
        earned_value(office(task(1, *WEEK, 1)))
    with pytest.raises(ValueError, match="step_days"):
        earned_value(office(task(1, *WEEK, 1)), None, 0, step_days=0)
    with pytest.raises(KeyError):
        earned_value(office(), None, 0).row(7)

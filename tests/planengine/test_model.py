"""The plan as a value: equality, JSON form, content hash, outline and roll-ups."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.planengine.builders import DAY, at, house

from planengine import (
    Activity,
    ActivityKind,
    Baseline,
    Calendar,
    CalendarException,
    DecodeError,
    Link,
    Outline,
    Plan,
    Progress,
    arranged,
    content_hash,
    date_of,
    day,
    from_json,
    instant,
    moment,
    outline_numbers,
    roll_up,
    rolled_up,
    to_json,
)


def test_an_instant_counts_wall_clock_seconds_and_comes_back() -> None:
    assert instant(datetime(1970, 1, 2, 0, 1)) == 86_460
    assert instant(datetime(1969, 12, 31, 23, 59, 59, 999)) == -1
    assert moment(at("2026-03-29T02:30")) == datetime(2026, 3, 29, 2, 30)
    assert date_of(day(date(2026, 5, 17))) == date(2026, 5, 17)


def test_an_instant_refuses_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 1, 1, tzinfo=UTC))


def test_unordered_parts_make_equal_plans_whatever_order_they_come_in() -> None:
    plan = house()
    turned = replace(
        plan,
        links=plan.links[::-1],
        resources=plan.resources[::-1],
        assignments=plan.assignments[::-1],
    )
    assert turned == plan
    assert content_hash(turned) == content_hash(plan)


def test_activities_keep_the_order_people_see() -> None:
    plan = house()
    turned = replace(plan, activities=plan.activities[::-1])
    assert content_hash(turned) != content_hash(plan)


def test_json_brings_back_the_same_plan_and_leaves_out_defaults() -> None:
    plan = house()
    stored = json.loads(json.dumps(to_json(plan)))
    assert from_json(stored) == plan
    assert stored["version"] == 1
    assert stored["activities"][2] == {
        "uid": 3,
        "name": "Støpe",
        "parent": 1,
        "duration": 3 * DAY,
        "start": at("2026-03-09T08:00"),
    }


def test_calendars_and_baselines_survive_json() -> None:
    holiday = CalendarException(day(date(2026, 5, 17)), day(date(2026, 5, 17)), (), "17. mai")
    short = CalendarException(day(date(2026, 4, 1)), day(date(2026, 4, 1)), ((28800, 43200),))
    calendar = Calendar(1, "Norsk", exceptions=(holiday, short))
    baselines = (Baseline(3, cost=5), Baseline(0, at("2026-01-05T08:00")))
    plan = Plan(calendars=(calendar,), activities=(Activity(1, "A", baselines=baselines),))
    again = from_json(to_json(plan))
    assert again == plan
    assert again.calendars[0].exceptions == (short, holiday)
    assert [row.number for row in again.activities[0].baselines] == [0, 3]


def test_the_hash_does_not_depend_on_how_a_number_was_written() -> None:
    whole = replace(house(), activities=(Activity(1, "A", progress=Progress(percent=50)),))
    real = replace(house(), activities=(Activity(1, "A", progress=Progress(percent=50.0)),))
    assert content_hash(whole) == content_hash(real)
    assert content_hash(from_json(to_json(whole))) == content_hash(whole)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"format": "other"}, "format"),
        ({"version": 99}, "version"),
        ({"colour": "red"}, "colour"),
        ({"name": 7}, "name"),
        ({"start": "2026"}, "start"),
        ({"start": True}, "start"),
        ({"start": 10**30}, "start"),
        ({"activities": {}}, "activities"),
        ({"activities": [{"uid": 1, "name": "A"}, {"uid": 2}]}, "activities[1].name"),
        ({"activities": [{"uid": 1, "name": "A", "mode": "x"}]}, "activities[0].mode"),
        (
            {"activities": [{"uid": 1, "name": "A", "gaps": [{"start": 1}]}]},
            "activities[0].gaps[0].finish",
        ),
        ({"calendars": [{"uid": 1, "name": "A", "week": [[]]}]}, "calendars[0].week"),
        ({"assignments": [{"uid": 1, "activity": 1, "units": 1e999}]}, "assignments[0].units"),
    ],
)
def test_json_that_does_not_fit_is_refused_with_its_place(
    change: dict[str, object], path: str
) -> None:
    stored = {**to_json(house()), **change}
    with pytest.raises(DecodeError) as caught:
        from_json(stored)
    assert caught.value.path == path


def test_kinds_follow_from_outline_and_duration() -> None:
    outline = Outline(house())
    assert outline.kind(1) is ActivityKind.SUMMARY
    assert outline.kind(2) is ActivityKind.TASK
    assert outline.kind(5) is ActivityKind.MILESTONE
    assert list(outline.descendants(1)) == [2, 3, 4]
    assert outline.is_within(3, 1)
    assert not outline.is_within(5, 1)


def test_outline_numbers_count_within_each_parent() -> None:
    assert outline_numbers(house()) == {1: "1", 2: "1.1", 3: "1.2", 4: "1.3", 5: "2"}


def test_very_deep_outlines_neither_recurse_nor_grow_without_end() -> None:
    rows = tuple(Activity(uid, "d", parent=uid - 1 or None) for uid in range(1, 20_001))
    numbers = outline_numbers(Plan(activities=rows))
    assert len(numbers) == 20_000
    assert len(numbers[20_000]) < 300


def test_arranged_puts_children_after_their_parent() -> None:
    rows = (Activity(3, "c", parent=1), Activity(2, "b"), Activity(1, "a"))
    order = [row.uid for row in arranged(Plan(activities=rows)).activities]
    assert order == [2, 1, 3]


def test_summaries_roll_up_dates_percent_work_and_cost() -> None:
    total = roll_up(house())[1]
    assert total.start == at("2026-03-02T08:00")
    assert total.finish == at("2026-03-06T17:00")
    assert total.cost == 100_000
    weight = 5 * DAY + 3 * DAY + 2 * 86_400
    assert total.percent == pytest.approx(50 * 5 * DAY / weight)
    summary = rolled_up(house()).activities[0]
    assert (summary.start, summary.finish) == (total.start, total.finish)
    assert summary.progress.percent == total.percent


def test_inactive_activities_do_not_count() -> None:
    rows = (
        Activity(1, "S"),
        Activity(2, "on", parent=1, start=10, finish=20, duration=5),
        Activity(3, "off", parent=1, start=0, finish=99, duration=5, active=False),
    )
    total = roll_up(Plan(activities=rows, links=(Link(2, 3),)))[1]
    assert (total.start, total.finish) == (10, 20)


def test_a_summary_of_milestones_counts_them() -> None:
    done = Progress(percent=100)
    rows = (Activity(1, "S"), Activity(2, "m", parent=1, progress=done), Activity(3, "n", parent=1))
    assert roll_up(Plan(activities=rows))[1].percent == 50

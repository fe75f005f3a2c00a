"""Files Microsoft Project wrote, against what an independent reader found in them."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests import oracles

from planengine import (
    Activity,
    ActivityKind,
    LagFormat,
    Mode,
    Outline,
    Plan,
    TaskType,
    day,
    instant,
    moment,
    validate,
)
from planengine.formats.mspdi import ImportResult, read
from planengine.working_days import WorkingDays

FILES = sorted(oracles.there().glob("mspdi/*.xml"))
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MINUTES = {"m": 1, "h": 60, "d": 480, "w": 2400}
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def imported(path: Path) -> ImportResult:
    return read(path.read_bytes())


@cache
def expected(path: Path) -> Any:
    return json.loads((path.parents[1] / f"{path.stem}.json").read_text())


def when(value: int | None) -> str | None:
    return None if value is None else f"{moment(value):%Y-%m-%dT%H:%M}"


def rows(path: Path) -> list[tuple[Activity, dict[str, Any]]]:
    """Each activity beside what the oracle says of it; they must be the same ones."""
    tasks = [row for row in expected(path)["tasks"] if row["uid"] != 0]
    activities = imported(path).plan.activities
    assert [row.uid for row in activities] == [row["uid"] for row in tasks]
    return list(zip(activities, tasks, strict=True))


def test_all_seven_files_are_there() -> None:
    assert len(FILES) >= 7


@each_file
def test_dates_are_shown_as_stored(path: Path) -> None:
    for activity, task in rows(path):
        assert when(activity.start) == task["expected"]["start"]
        assert when(activity.finish) == task["expected"]["finish"]


@each_file
def test_the_outline_is_the_same(path: Path) -> None:
    plan = imported(path).plan
    outline, levels = Outline(plan), Outline(plan).levels()
    for activity, task in rows(path):
        assert activity.parent == (task["parent"] or None)
        assert levels[activity.uid] == task["level"]
        is_summary = outline.kind(activity.uid) is ActivityKind.SUMMARY
        assert is_summary == task.get("summary", False)


@each_file
def test_durations_modes_and_types_are_the_same(path: Path) -> None:
    for activity, task in rows(path):
        assert activity.duration == task["duration_min"] * 60
        assert activity.elapsed == task.get("elapsed", False)
        assert activity.milestone == task.get("milestone", False)
        assert (activity.mode is Mode.MANUAL) == task.get("manual", False)
        assert activity.task_type is TaskType(task["type"].lower())
        assert activity.effort_driven == task.get("effort_driven", False)
        assert activity.calendar == task.get("calendar")
        assert activity.unit == task["duration"][1].removeprefix("e")


@each_file
def test_constraints_and_deadlines_are_the_same(path: Path) -> None:
    short = {
        "AS_LATE_AS_POSSIBLE": "ALAP",
        "MUST_START_ON": "MSO",
        "MUST_FINISH_ON": "MFO",
        "START_NO_EARLIER_THAN": "SNET",
        "START_NO_LATER_THAN": "SNLT",
        "FINISH_NO_EARLIER_THAN": "FNET",
        "FINISH_NO_LATER_THAN": "FNLT",
    }
    for activity, task in rows(path):
        name = task.get("constraint")
        if activity.constraint is None:
            assert name in (None, "AS_SOON_AS_POSSIBLE")
        else:
            assert activity.constraint.kind == short.get(name, name)
            assert when(activity.constraint.date) == task.get("constraint_date")
        assert when(activity.deadline) == task.get("deadline")


@each_file
def test_progress_is_the_same(path: Path) -> None:
    for activity, task in rows(path):
        done = activity.progress
        assert done.percent == task.get("percent_complete", 0)
        assert when(done.actual_start) == task.get("actual_start")
        assert when(done.actual_finish) == task.get("actual_finish")
        assert (done.actual_duration or 0) == task.get("actual_duration_min", 0) * 60
        remaining = done.remaining
        if remaining is None:
            remaining = activity.duration - (done.actual_duration or 0)
        assert remaining == task.get("remaining_min", task["duration_min"]) * 60


@each_file
def test_links_are_the_same(path: Path) -> None:
    found = {
        (link.predecessor, link.successor, str(link.kind), link.lag / 60)
        for link in imported(path).plan.links
    }
    assert all(link.lag_format is LagFormat.WORKING for link in imported(path).plan.links)
    wanted = {
        (row[0], row[1], row[2], row[3] * MINUTES[row[4]] if len(row) > 3 else 0)
        for row in expected(path)["links"]
    }
    assert found == wanted


@each_file
def test_calendars_are_the_same(path: Path) -> None:
    plan = imported(path).plan
    by_uid = {row.uid: row for row in plan.calendars}
    assert plan.calendar == expected(path)["project"]["default_calendar"]
    for wanted in expected(path)["calendars"]:
        calendar = by_uid[wanted["uid"]]
        assert calendar.base == wanted["parent"]
        for place, name in enumerate(WEEKDAYS):
            hours = wanted["week"][name]
            assert calendar.week[place] == (None if hours is None else spans(hours))


def spans(hours: list[list[str]]) -> tuple[tuple[int, int], ...]:
    return tuple((clock(start), clock(finish) or 86_400) for start, finish in hours)


def clock(text: str) -> int:
    hours, minutes = map(int, text.split(":"))
    return hours * 3600 + minutes * 60


@each_file
def test_assignments_and_resources_are_the_same(path: Path) -> None:
    plan = imported(path).plan
    found = sorted(
        (
            row.activity,
            row.resource or 0,
            row.units * 100,
            row.work / 60,
            when(row.start) or "",
            when(row.finish) or "",
        )
        for row in plan.assignments
    )
    wanted = sorted(
        (
            row["task"],
            row.get("resource", 0),
            row["units"],
            row["work_min"],
            row["start"],
            row["finish"],
        )
        for row in expected(path)["assignments"]
    )
    assert found == wanted
    resources = {row.uid: row for row in plan.resources}
    for row in expected(path)["resources"]:
        resource = resources[row["uid"]]
        assert resource.kind == row["type"].lower()
        assert resource.max_units * 100 == row["max_units"]
        assert resource.calendar == row.get("calendar")


@each_file
def test_splits_are_the_same(path: Path) -> None:
    for activity, task in rows(path):
        parts = task.get("splits", [])
        gaps = [(before[1], after[0]) for before, after in pairwise(parts)]
        assert [(when(gap.start), when(gap.finish)) for gap in activity.gaps] == gaps


@each_file
def test_the_project_itself_is_the_same(path: Path) -> None:
    plan, project = imported(path).plan, expected(path)["project"]
    assert when(plan.start) == project["start"]
    assert when(plan.finish) == project["finish"]
    assert plan.minutes_per_day == project["minutes_per_day"]
    assert plan.minutes_per_week == project["minutes_per_week"]
    assert plan.options.honor_constraints == project["honor_constraints"]
    assert plan.options.multiple_critical_paths == project["multiple_critical_paths"]
    assert plan.options.split_in_progress == project["split_in_progress"]


@each_file
def test_stored_durations_agree_with_stored_dates(path: Path) -> None:
    """Counting working time between stored dates gives the stored duration, gaps apart."""
    plan = imported(path).plan
    assert validate(plan) == ()
    days = WorkingDays(plan.calendars)
    busy = {row.activity for row in plan.assignments if row.resource is not None}
    for activity, task in rows(path):
        simple = not task.get("summary") and not activity.gaps and not activity.elapsed
        if simple and activity.uid not in busy and not activity.notes:
            assert worked(plan, activity, days) == activity.duration


def worked(plan: Plan, activity: Activity, days: WorkingDays) -> int:
    assert activity.start is not None
    assert activity.finish is not None
    calendar = activity.calendar or plan.calendar
    total, one = 0, moment(activity.start).date()
    while instant(datetime.combine(one, datetime.min.time())) < activity.finish:
        midnight = day(one) * 86_400
        for start, finish in days.hours(calendar, day(date(one.year, one.month, one.day))):
            latest = max(activity.start, midnight + start)
            total += max(min(activity.finish, midnight + finish) - latest, 0)
        one += timedelta(days=1)
    return total

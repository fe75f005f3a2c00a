"""plan-oracle/1: what is read, what is refused."""

from __future__ import annotations

import copy
import gzip
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.planengine.builders import at
from tests.planengine.formats.mangling import VALUES, nicked, spoiled
from tests.planengine.formats.plans import plans

from planengine import (
    Constraint,
    ConstraintKind,
    DurationUnit,
    Gap,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Plan,
    Profile,
    TaskType,
    validate,
)
from planengine.formats.failure import ImportFailed
from planengine.formats.plan_oracle import read, to_json

DAY = [["08:00", "12:00"], ["13:00", "17:00"]]
OFF: list[list[str]] = []
SOUND: dict[str, Any] = {
    "format": "plan-oracle/1",
    "id": "own",
    "semantics": "msproject",
    "grade": "A",
    "project": {
        "title": "Hytte",
        "start": "2026-03-02T08:00",
        "schedule_from": "0",
        "minutes_per_day": 480,
        "minutes_per_week": 2400,
        "days_per_month": 20,
        "default_calendar": 1,
        "critical_slack_limit_min": 60.0,
        "multiple_critical_paths": True,
        "honor_constraints": False,
        "split_in_progress": True,
    },
    "calendars": [
        {
            "uid": 1,
            "name": "Standard",
            "parent": None,
            "week": dict(
                zip(
                    ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"),
                    (DAY, DAY, DAY, DAY, [["22:00", "00:00"]], OFF, OFF),
                    strict=True,
                )
            ),
            "exceptions": [{"from": "2026-04-02", "to": "2026-04-03", "times": []}],
            "work_weeks": [{"from": "2026-07-01", "to": "2026-07-31", "week": {"MON": OFF}}],
        },
        {"uid": 2, "name": "Night", "parent": 1, "week": {"MON": None}, "exceptions": []},
    ],
    "tasks": [
        {"uid": 0, "level": 0, "summary": True, "duration_min": 960.0, "expected": {}},
        {
            "uid": 1,
            "parent": 0,
            "summary": True,
            "duration_min": 960.0,
            "duration": [2.0, "d"],
            "expected": {"start": "2026-03-02T08:00", "finish": "2026-03-03T17:00"},
        },
        {
            "uid": 2,
            "parent": 1,
            "type": "FIXED_WORK",
            "effort_driven": True,
            "duration_min": 960.0,
            "duration": [2.0, "d"],
            "percent_complete": 25.0,
            "actual_start": "2026-03-02T08:00",
            "actual_duration_min": 240.0,
            "constraint": "START_NO_EARLIER_THAN",
            "constraint_date": "2026-03-02T08:00",
            "deadline": "2026-03-06T17:00",
            "splits": [
                ["2026-03-02T08:00", "2026-03-02T12:00"],
                ["2026-03-03T08:00", "2026-03-03T17:00"],
            ],
            "baseline": {"start": "2026-03-02T08:00", "duration_min": 480.0, "cost": 12.5},
            "expected": {
                "start": "2026-03-02T08:00",
                "finish": "2026-03-03T17:00",
                "late_start": "2026-03-03T08:00",
                "late_finish": "2026-03-04T17:00:30",
                "start_slack_min": 480.0,
                "finish_slack_min": 240.1,
                "free_slack_min": 0.0,
                "critical_stored": False,
            },
            "unverified": ["finish_slack_min"],
        },
        {
            "uid": 3,
            "parent": 0,
            "manual": True,
            "milestone": True,
            "duration_min": 0.0,
            "duration": [0.0, "ed"],
            "calendar": 2,
            "expected": {"start": "2026-03-04T08:00", "early_start": "2026-03-05T08:00"},
        },
        {
            "uid": 4,
            "parent": 0,
            "elapsed": True,
            "duration_min": 1440.0,
            "duration": [1.0, "ed"],
            "leveling_delay": [1.0, "d"],
            "expected": {"total_slack_min": -30.0, "start_slack_min": 0.0},
        },
    ],
    "links": [
        [0, 3, "FS"],
        [2, 3, "FS", 1.5, "d"],
        [2, 3, "FS"],
        [1, 4, "SS", -50.0, "%"],
        [3, 4, "FF", 2.0, "ew"],
    ],
    "resources": [
        {"uid": 1, "name": "Kari", "type": "WORK", "max_units": 150.0, "calendar": 2},
        {"uid": 2, "type": "MATERIAL"},
    ],
    "assignments": [
        {"task": 2, "resource": 1, "units": 50.0, "work_min": 480.0, "remaining_work_min": 400.0},
        {"task": 2, "units": 100.0, "work_min": 0.0, "contour": "CONTOURED"},
        [2, 9, 200.0],
    ],
}


def data(value: object) -> bytes:
    return json.dumps(value).encode()


def test_the_plan_is_sound_and_complete() -> None:
    found = read(data(SOUND))
    plan = found.plan
    assert validate(plan) == ()
    assert (found.id, found.grade, found.semantics) == ("own", "A", Profile.MSPROJECT)
    assert [row.uid for row in plan.activities] == [1, 2, 3, 4]
    assert [row.parent for row in plan.activities] == [None, 1, None, None]
    assert (plan.name, plan.start, plan.calendar) == ("Hytte", at("2026-03-02T08:00"), 1)
    assert plan.options.critical_slack == 3600
    assert plan.options.multiple_critical_paths
    assert not plan.options.honor_constraints


def test_an_activity_is_read_whole() -> None:
    task = read(data(SOUND)).plan.activities[1]
    assert (task.duration, task.task_type, task.effort_driven) == (57_600, "fixed_work", True)
    assert task.progress.percent == 25
    assert task.progress.actual_duration == 14_400
    assert task.progress.remaining == 57_600
    assert task.gaps == (Gap(at("2026-03-02T12:00"), at("2026-03-03T08:00")),)
    assert task.constraint == Constraint(
        ConstraintKind.START_NO_EARLIER_THAN, at("2026-03-02T08:00")
    )
    assert task.deadline == at("2026-03-06T17:00")
    assert (task.baselines[0].duration, task.baselines[0].cost) == (28_800, 1250)


def test_units_modes_and_delays() -> None:
    milestone, elapsed = read(data(SOUND)).plan.activities[2:]
    assert (milestone.mode, milestone.milestone, milestone.calendar) == (Mode.MANUAL, True, 2)
    assert milestone.unit is DurationUnit.DAYS
    assert (elapsed.elapsed, elapsed.duration, elapsed.levelling_delay) == (True, 86_400, 86_400)


def test_links_keep_the_first_of_two_and_know_every_lag() -> None:
    assert read(data(SOUND)).plan.links == (
        Link(1, 4, LinkKind.SS, -50, LagFormat.PERCENT),
        Link(2, 3, LinkKind.FS, 43_200),
        Link(3, 4, LinkKind.FF, 1_209_600, LagFormat.ELAPSED),
    )


def test_calendars_resources_and_assignments() -> None:
    plan = read(data(SOUND)).plan
    first, second = plan.calendars
    assert first.week[4] == ((79_200, 86_400),)
    assert first.work_weeks[0].week[:2] == ((), None)
    assert (second.base, second.week) == (1, (None,) * 7)
    assert first.exceptions[0].hours == ()
    assert [(row.max_units, row.calendar, row.kind) for row in plan.resources] == [
        (1.5, 2, "work"),
        (1.0, None, "material"),
    ]
    some, placeholder, unknown = plan.assignments
    assert (some.resource, some.units, some.work, some.remaining_work) == (1, 0.5, 28_800, 24_000)
    assert (placeholder.resource, placeholder.contour) == (None, "contoured")
    assert (unknown.resource, unknown.units, unknown.work) == (None, 2.0, 115_200)


def test_expected_values_fill_in_what_the_file_leaves_out() -> None:
    found = read(data(SOUND))
    two, three, four = (found.expected[uid] for uid in (2, 3, 4))
    assert (two.early_start, two.early_finish) == (two.start, two.finish)
    assert two.late_finish == at("2026-03-04T17:00") + 30
    assert (two.total_slack, two.stored_total, two.critical) == (14_406, False, False)
    assert (three.early_start, three.early_finish) == (at("2026-03-05T08:00"), None)
    assert (four.total_slack, four.stored_total) == (-1800, True)


def test_a_total_made_of_doubtful_parts_is_doubtful() -> None:
    found = read(data(SOUND)).unverified
    assert found == {2: frozenset(("finish_slack_min", "total_slack_min"))}


def test_resources_that_do_not_drive() -> None:
    plan = read(data(SOUND | {"resource_driven": False})).plan
    assert {row.task_type for row in plan.activities} == {TaskType.FIXED_DURATION}
    assert all(row.ignore_resource_calendars for row in plan.activities)


def test_the_same_from_a_path_and_packed(tmp_path: Path) -> None:
    packed = tmp_path / "own.json.gz"
    packed.write_bytes(gzip.compress(data(SOUND)))
    assert read(packed) == read(str(packed)) == read(data(SOUND))


@pytest.mark.parametrize(
    ("value", "code", "where"),
    [
        (b"", "json.syntax", ""),
        (b"[" * 100_000, "json.syntax", ""),
        (b'{"format": NaN}', "json.syntax", ""),
        (b"\xff\xfe\x00", "json.syntax", ""),
        (b"[]", "json.kind", ""),
        (b"{}", "oracle.format", "format"),
        (gzip.compress(b"{}", mtime=0)[:-9], "gzip.syntax", ""),
        (gzip.compress(b" " * 10_000_000, mtime=0), "file.size", ""),
        (data(SOUND | {"tasks": [{"uid": "x"}]}), "value.number", "tasks[0], uid"),
        (data(SOUND | {"tasks": [{}]}), "value.missing", "tasks[0], uid"),
        (data(SOUND | {"links": [[1, 2, ["FS"]]]}), "value.word", "links[0], kind"),
        (data(SOUND | {"links": [[1, 2, "FS", 1, "z"]]}), "value.word", "links[0], lag"),
        (data(SOUND | {"semantics": "other"}), "value.word", "semantics"),
    ],
)
def test_what_is_refused(value: bytes, code: str, where: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        read(value, limit=1_000_000)
    assert (caught.value.code, caught.value.where) == (code, where)
    assert caught.value.sentence("nb") != caught.value.sentence("en")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed) as caught:
        read(tmp_path / "nothing.json")
    assert caught.value.code == "file.missing"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(spoiled(SOUND), VALUES).map(data) | nicked(data(SOUND)))
def test_nothing_but_the_documented_error(value: bytes) -> None:
    with suppress(ImportFailed):
        validate(read(value, limit=1_000_000).plan)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_what_is_written_is_read_again(plan: Plan) -> None:
    plan = replace(plan, properties=(), name=plan.name or "x")
    back = read(data(to_json(plan))).plan
    assert (back.links, back.calendars, back.options) == (plan.links, plan.calendars, plan.options)
    for one, two in zip(plan.activities, back.activities, strict=True):
        same = ("parent", "duration", "elapsed", "unit", "constraint", "deadline", "gaps", "mode")
        for name in (*same, "start", "finish", "milestone", "active", "priority", "task_type"):
            assert getattr(one, name) == getattr(two, name), name


def test_odd_values_do_not_keep_a_plan_from_being_sound() -> None:
    value = copy.deepcopy(SOUND)
    value["project"]["default_calendar"] = 77
    value["calendars"][1]["parent"] = 66
    value["resources"][0]["calendar"] = 55
    value["tasks"][2] |= {"calendar": 44, "percent_complete": 120.0, "parent": 33}
    value["tasks"][2]["constraint_date"] = None
    value["tasks"][2]["expected"]["finish"] = "2026-03-01T08:00"
    value["tasks"][3] |= {"duration": [1.0, "y"], "duration_min": None, "elapsed": None}
    plan = read(data(value)).plan
    assert validate(plan) == ()
    assert (plan.calendar, plan.calendars[1].base) == (1, 1)
    assert all(row.constraint is None for row in plan.activities)
    assert {row.uid: row.duration for row in plan.activities}[3] == 12 * 20 * 8 * 3600

"""Primavera XER: what is read, what is refused."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.planengine.builders import at
from tests.planengine.formats.mangling import nicked
from tests.planengine.formats.xer_file import OFFICE, SOUND, TABLES, whole

from planengine import (
    OFFICE_WEEK,
    Constraint,
    ConstraintKind,
    LagCalendar,
    LagFormat,
    Link,
    LinkKind,
    Profile,
    ProgressLogic,
    Rate,
    RateUnit,
    day,
    validate,
)
from planengine.formats.failure import ImportFailed
from planengine.formats.files import read_plan
from planengine.formats.xer import read
from planengine.model import Activity
from planengine.network import schedule

HOUR = 3600
FOUND = read(SOUND.encode())
PLAN = FOUND.plan
BY_CODE = {row.code: row for row in PLAN.activities}


def replaced(old: str, new: str) -> bytes:
    assert old in SOUND
    return SOUND.replace(old, new, 1).encode()


def test_the_head_and_the_rules() -> None:
    assert (PLAN.name, PLAN.start, PLAN.status_date) == (
        "Ny bru",
        at("2026-03-02T08:00"),
        at("2026-03-04T17:00"),
    )
    assert (PLAN.minutes_per_day, PLAN.minutes_per_week, PLAN.days_per_month) == (480, 2400, 22)
    options = PLAN.options
    assert (options.profile, options.critical_slack) == (Profile.P6, 8 * HOUR)
    assert options.lag_calendar is LagCalendar.SUCCESSOR
    assert options.progress_logic is ProgressLogic.OVERRIDE
    assert options.multiple_critical_paths


def test_the_outline_is_the_work_breakdown_without_its_empty_parts() -> None:
    names = {row.uid: row.name for row in PLAN.activities}
    shown = [(row.code, names.get(row.parent or 0, "")) for row in PLAN.activities]
    assert shown == [
        ("M1", ""),
        ("1", ""),
        ("A10", "Prosjektering"),
        ("A20", "Prosjektering"),
        ("L1", "Prosjektering"),
        ("A05", "Prosjektering"),
        ("2", ""),
        ("2.1", "Bygging"),
        ("A30", "Fundament"),
    ]
    assert BY_CODE["A10"].uid == 1001


def test_calendars_with_holidays_spans_and_what_they_build_on() -> None:
    office, always = PLAN.calendars
    assert (office.name, office.week) == ("Kontor", OFFICE_WEEK)
    assert [(row.first_day, row.last_day, row.hours) for row in office.exceptions] == [
        (day(date(2026, 4, 3)), day(date(2026, 4, 4)), ()),
        (day(date(2026, 4, 8)), day(date(2026, 4, 8)), ((8 * HOUR, 12 * HOUR),)),
    ]
    assert always.week == (((0, 24 * HOUR),),) * 7
    assert [row.hours for row in always.exceptions] == [(), ()]


def test_progress_is_counted_on_the_activitys_calendar() -> None:
    begun, done = BY_CODE["A10"], BY_CODE["A05"]
    assert (begun.duration, begun.progress.actual_duration) == (48 * HOUR, 24 * HOUR)
    assert begun.progress.remaining is None
    assert (begun.progress.percent, begun.progress.physical_percent) == (40.0, 35.0)
    assert (done.duration, done.progress.percent) == (8 * HOUR, 100.0)
    assert done.progress.actual_finish == at("2026-02-25T17:00")


def test_constraints_second_ones_milestones_and_kinds() -> None:
    assert BY_CODE["A20"].constraint == Constraint(
        ConstraintKind.START_NO_EARLIER_THAN, at("2026-03-16T08:00")
    )
    milestone = BY_CODE["M1"]
    assert milestone.milestone
    assert milestone.priority == 900
    assert milestone.constraint == Constraint(
        ConstraintKind.FINISH_NO_LATER_THAN, at("2026-04-30T17:00")
    )
    assert BY_CODE["A05"].deadline == at("2026-03-01T17:00")
    driven: Activity = BY_CODE["A30"]
    assert (driven.task_type, driven.ignore_resource_calendars) == ("fixed_work", False)
    assert (BY_CODE["A10"].task_type, BY_CODE["A10"].ignore_resource_calendars) == (
        "fixed_duration",
        True,
    )


def test_links() -> None:
    assert PLAN.links == (
        Link(1001, 1002, LinkKind.FS, 16 * HOUR),
        Link(1002, 1003, LinkKind.SS, round(-4.5 * HOUR)),
        Link(1003, 1004, LinkKind.FF, 0),
    )


def test_lags_around_the_clock_are_elapsed() -> None:
    plan = read(replaced("rcal_Successor", "rcal_24Hour")).plan
    assert [row.lag_format for row in plan.links] == [
        LagFormat.ELAPSED,
        LagFormat.ELAPSED,
        LagFormat.WORKING,
    ]


def test_resources_rates_and_assignments() -> None:
    digger, concrete = PLAN.resources
    assert (digger.kind, digger.max_units, digger.calendar) == ("work", 3.0, 2)
    assert digger.standard_rate == Rate(150_000, RateUnit.HOUR)
    assert (concrete.kind, concrete.active, concrete.notes) == ("material", False, "m3")
    work, role = PLAN.assignments[::-1][1], PLAN.assignments[1]
    assert (work.work, work.actual_work, work.overtime_work) == (48 * HOUR, 8 * HOUR, 2 * HOUR)
    assert (work.cost, work.resource, work.remaining_work) == (6_962_400, 7, None)
    assert (role.resource, role.units, role.work) == (None, 0.5, 16 * HOUR)


def test_the_account() -> None:
    kinds: Counter[str] = Counter()
    for loss in FOUND.lost:
        kinds[loss.kind] += loss.count
    assert kinds == {
        "activity_kind": 1,
        "empty_wbs": 1,
        "link": 2,
        "must_finish": 1,
        "project": 1,
        "rate": 1,
        "role": 1,
        "table": 2,
    }
    assert FOUND.kept["activity"] == 9
    assert any("ANNET" in line for line in FOUND.describe("nb"))
    assert len(FOUND.describe("nb")) == len(FOUND.describe("en"))


def test_the_plan_can_be_scheduled(tmp_path: Path) -> None:
    path = tmp_path / "BRU.XER"
    path.write_text(SOUND, encoding="cp1252", newline="")
    plan = read_plan(path).plan
    assert plan == PLAN
    assert validate(plan) == ()
    assert schedule(plan)[1002].start == at("2026-03-16T08:00")


def test_another_project_when_asked() -> None:
    other = read(SOUND.encode(), project="ANNET").plan
    assert (other.name, other.activities) == ("ANNET", ())


def test_ids_that_are_no_numbers() -> None:
    text = SOUND
    for number in range(1001, 1007):
        text = text.replace(f"\t{number}\t", f"\tT-{number}\t")
    plan = read(text.encode()).plan
    assert sorted(row.uid for row in plan.activities) == list(range(1, 10))
    assert [(row.predecessor, row.successor) for row in plan.links] == [(1, 2), (2, 3), (3, 4)]


def test_a_work_breakdown_in_a_circle_puts_its_activities_at_the_top() -> None:
    plan = read(replaced("Bygging\t10", "Bygging\t13")).plan
    assert next(row for row in plan.activities if row.code == "A30").parent is None


@pytest.mark.parametrize(
    ("value", "code", "where"),
    [
        (b"", "xer.format", "line 1"),
        (b"PK\x03\x04", "xer.format", "line 1"),
        (whole().encode(), "xer.project", "PROJECT"),
        (replaced("\t40\t24,0\t", "\tmye\t24,0\t"), "value.number", "TASK, line 33, "),
        (replaced("2026-03-16 08:00", "16.03.2026"), "value.date", "TASK, line 34, "),
        (replaced("PR_SS", "PR_XX"), "value.word", "TASKPRED, line 42, "),
        (replaced("CS_MSOA", "CS_ODD"), "value.word", "TASK, line 34, "),
        (replaced("%R\t1002\t", "%R\t1001\t"), "uid.duplicate", "TASK, line 34, "),
        (replaced("1003\t1002\tPR_SS", "1001\t1002\tPR_SS"), "plan.unsound", "TASK"),
        (replaced("d|46115", "d|mye"), "xer.calendar", "CALENDAR, line 11, "),
        (replaced(OFFICE, "(0||x()" * 40), "xer.calendar", "CALENDAR, line 11, "),
        (replaced(OFFICE, "(0||x()(" * 40), "xer.calendar", "CALENDAR, line 11, "),
        (replaced("s|08:00", "s|8 om morran"), "value.time", "CALENDAR, line 11, "),
        (replaced("%R\t7\t", "%R" + "\t" * 3000), "xer.columns", "line 25"),
    ],
)
def test_what_is_refused(value: bytes, code: str, where: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        read(value)
    assert caught.value.code == code
    assert caught.value.where.startswith(where)
    assert caught.value.sentence("nb") != caught.value.sentence("en")


def test_a_file_that_is_too_large() -> None:
    with pytest.raises(ImportFailed) as caught:
        read(SOUND.encode(), limit=1000)
    assert caught.value.code == "file.size"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(nicked(SOUND.encode()) | st.permutations(TABLES).map(lambda rows: whole(*rows).encode()))
def test_nothing_but_the_documented_error(value: bytes) -> None:
    with suppress(ImportFailed):
        assert validate(read(value).plan) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(nicked(OFFICE.encode()).map(lambda raw: raw.decode(errors="replace")))
def test_spoiled_calendars(text: str) -> None:
    with suppress(ImportFailed):
        read(SOUND.replace(OFFICE, text.replace("\n", " ").replace("\t", " "), 1).encode())

"""Microsoft Project XML written and read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from tests import oracles
from tests.planengine.builders import at, house
from tests.planengine.formats.plans import MONDAY, plans

from planengine import (
    NOT_STARTED,
    Activity,
    Calendar,
    CalendarException,
    Gap,
    Plan,
    difference,
    validate,
)
from planengine.formats import mspdi, plan_oracle
from planengine.formats.mspdi.order import ASSIGNMENT, PROJECT, RESOURCE, TASK
from planengine.working_days import WorkingDays

ROOT = Path(__file__).parents[3]
FIXTURE = ROOT / "tests" / "planengine" / "fixtures" / "pier.xml"
SPACE = "{http://schemas.microsoft.com/project}"
ORDERS = {"Project": PROJECT, "Task": TASK, "Resource": RESOURCE, "Assignment": ASSIGNMENT}

# Which lines of the account explain that a field came back different.
EXPLAINED = {
    "activities": {
        "name": "text",
        "code": "text",
        "notes": "text",
        "estimate": "estimate",
        "responsible": "person",
        "earned_method": "earned_method",
        "progress": "rounded",
        "levelling_delay": "rounded",
        "gaps": "gap",
    },
    "links": {"lag": "rounded"},
    "resources": {
        "name": "text",
        "email": "text",
        "group": "text",
        "notes": "text",
        "person": "person",
        "standard_rate": "rate_unit",
        "overtime_rate": "rate_unit",
    },
    "assignments": {"delay": "rounded", "levelling_delay": "rounded", "contour": "contour"},
    "calendars": {
        "name": "text",
        "base": "calendar.flat",
        "week": "calendar.flat",
        "work_weeks": "calendar.flat text",
        "exceptions": "calendar.flat text",
    },
}


def again(plan: Plan) -> Plan:
    return mspdi.read(mspdi.write(plan).data).plan


def titled(plan: Plan) -> Plan:
    """Reading gives the plan's name as its title too."""
    texts = {key: value for key, value in plan.properties if key != "title"}
    if plan.name:
        texts["title"] = plan.name
    return replace(plan, properties=tuple(texts.items()))


def usual(plan: Plan) -> Plan:
    """The same plan said as the reader says it: nothing done is nothing, the rest is the rest."""
    rows = []
    for row in plan.activities:
        done = row.progress
        actual = done.actual_duration or None
        left = None if done.remaining == row.duration - (actual or 0) else done.remaining
        if done.remaining is None and row.duration < (actual or 0):
            left = 0
        done = replace(
            done,
            actual_duration=actual,
            remaining=left,
            actual_work=done.actual_work or None,
            actual_cost=done.actual_cost or None,
        )
        rows.append(replace(row, progress=NOT_STARTED if done == NOT_STARTED else done))
    assignments = []
    for part in plan.assignments:
        remaining = part.remaining_work
        if remaining == part.work - part.actual_work:
            remaining = None
        assignments.append(replace(part, remaining_work=remaining))
    return titled(replace(plan, activities=tuple(rows), assignments=tuple(assignments)))


def test_a_house_comes_back_as_it_was() -> None:
    plan = usual(house())
    assert again(plan) == plan
    assert mspdi.write(plan).lost == ()


def test_a_file_with_a_bit_of_everything_comes_back() -> None:
    plan = mspdi.read(FIXTURE.read_bytes()).plan
    assert again(plan) == titled(plan)


@pytest.mark.parametrize("path", oracles.files("*__*.json*"), ids=lambda path: path.stem)
def test_plans_nobody_here_wrote_come_back(path: Path) -> None:
    plan = plan_oracle.read(oracles.there(path)).plan
    back = again(plan)
    if path.stem == "mpxj__percent-complete-8_4":
        back = replace(back, options=plan.options)
    assert back == titled(plan)


@pytest.mark.parametrize("path", oracles.files("mspdi/*.xml"), ids=lambda path: path.stem)
def test_files_of_microsoft_project_come_back(path: Path) -> None:
    found = mspdi.read(oracles.there(path).read_bytes())
    written = mspdi.write(found.plan)
    assert mspdi.read(written.data).plan == titled(found.plan)
    assert written.lost == ()
    assert {kind: count for kind, count in found.kept.items() if count} == written.kept


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_what_does_not_come_back_is_in_the_account(plan: Plan) -> None:
    plan = usual(plan)
    assert validate(plan) == ()
    written = mspdi.write(plan)
    back = mspdi.read(written.data).plan
    said = {loss.kind for loss in written.lost} | {row.code for row in written.warnings}
    change = difference(plan, back)
    for kind, explained in EXPLAINED.items():
        changes: Any = getattr(change, kind)
        assert not changes.removed
        assert not [row for row in changes.added if not is_placeholder(plan, row)]
        for one in changes.changed:
            for name in one.fields:
                codes = {*explained.get(name, "?").split(), "calendar.overlap"} & said
                assert codes, (kind, name, one)
    assert set(change.plan) <= {"name", "properties", "options"}
    assert not change.positions


def is_placeholder(plan: Plan, row: Any) -> bool:
    split = {activity.uid for activity in plan.activities if activity.gaps}
    return row.resource is None and row.activity in split


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_the_second_time_everything_comes_back(plan: Plan) -> None:
    first = again(plan)
    first = replace(first, activities=tuple(replace(row, gaps=()) for row in first.activities))
    second = mspdi.write(first)
    assert mspdi.read(second.data).plan == first
    assert {loss.kind for loss in second.lost} <= {"rate_unit"}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_working_time_is_the_same_in_every_calendar(plan: Plan) -> None:
    before, after = WorkingDays(plan.calendars), WorkingDays(again(plan).calendars)
    first = MONDAY // 86_400
    for row in plan.calendars:
        for day in range(first - 10, first + 40):
            assert before.hours(row.uid, day) == after.hours(row.uid, day)


@given(plans())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_elements_stand_in_the_schemas_order(plan: Plan) -> None:
    root = ET.fromstring(mspdi.write(plan).data)
    for name, order in ORDERS.items():
        for element in [root] if name == "Project" else root.iter(f"{SPACE}{name}"):
            places = [order.index(tag) for tag in tags(element) if tag in order]
            assert places == sorted(places)


@pytest.mark.parametrize("name", ORDERS)
def test_the_order_is_the_one_in_files_of_microsoft_project(name: str) -> None:
    for path in oracles.files("mspdi/*.xml"):
        root = ET.parse(oracles.there(path)).getroot()
        for element in [root] if name == "Project" else root.iter(f"{SPACE}{name}"):
            ours = [tag for tag in tags(element) if tag in ORDERS[name]]
            assert ours == sorted(ours, key=ORDERS[name].index)


def tags(element: ET.Element) -> Iterator[str]:
    return (child.tag.removeprefix(SPACE) for child in element)


@dataclass(frozen=True)
class Dates:
    """Computed dates of one activity."""

    start: int
    finish: int
    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    start_slack: int = 3600
    finish_slack: int = 3600
    total_slack: int = 3600
    free_slack: int = -60
    is_critical: bool = True


def test_computed_dates_are_written_when_given() -> None:
    start, finish = at("2026-03-02T08:00"), at("2026-03-06T17:00")
    dates = {2: Dates(start, finish, start, finish, start + 60, finish + 60)}
    root = ET.fromstring(mspdi.write(house(), dates).data)
    (task,) = (row for row in root.iter(f"{SPACE}Task") if row.findtext(f"{SPACE}UID") == "2")
    found = {child.tag.removeprefix(SPACE): child.text for child in task}
    assert (found["LateStart"], found["TotalSlack"], found["FreeSlack"], found["Critical"]) == (
        "2026-03-02T08:01:00",
        "600",
        "-10",
        "1",
    )


def test_a_split_activity_nobody_does_gets_a_placeholder() -> None:
    gap = Gap(at("2026-03-03T17:00"), at("2026-03-05T08:00"))
    start, finish = at("2026-03-02T08:00"), at("2026-03-06T17:00")
    row = Activity(1, "Grave", duration=4 * 28_800, start=start, finish=finish, gaps=(gap,))
    plan = Plan(name="x", start=start, calendar=1, calendars=(Calendar(1, "S"),), activities=(row,))
    back = again(plan)
    assert back.activities[0].gaps == (gap,)
    (placeholder,) = back.assignments
    assert (placeholder.resource, placeholder.contour) == (None, "contoured")


def test_the_account_says_what_was_changed_in_both_languages() -> None:
    calendars = (
        Calendar(1, "S"),
        Calendar(2, "Natt", (None,) * 7, 1, (CalendarException(20_000, 20_010),)),
    )
    row = Activity(1, "A", calendar=2, responsible="kari", levelling_delay=5)
    plan = Plan(name="x", start=MONDAY, calendar=1, calendars=calendars, activities=(row,))
    nb, en = mspdi.write(plan).describe("nb"), mspdi.write(plan).describe("en")
    assert "Aktiviteter: 1." in nb
    assert any("people outside the plan: 1 (Task)" in line for line in en)
    assert any(line.startswith("Calendar UID=2: kalenderen er skrevet uten") for line in nb)
    assert len(nb) == len(en)


def test_characters_xml_cannot_hold_are_left_out() -> None:
    plan = Plan(name="a\x00b\ud800c", start=MONDAY, activities=(Activity(1, "\ufffe"),))
    written = mspdi.write(plan)
    assert mspdi.read(written.data).plan.name == "abc"
    assert {loss.kind for loss in written.lost} == {"text"}

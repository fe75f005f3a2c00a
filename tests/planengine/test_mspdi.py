"""Reading Microsoft Project XML: what is kept, what is accounted for, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planengine.builders import at
from tests.planengine.effort import calls

from planengine import (
    NOT_STARTED,
    Activity,
    Baseline,
    Constraint,
    ConstraintKind,
    DurationUnit,
    EarnedMethod,
    Gap,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Plan,
    Progress,
    Rate,
    RateUnit,
    ResourceKind,
    TaskType,
    date_of,
    day,
    validate,
)
from planengine.formats.mspdi import ImportFailed, ImportResult, Limits, read
from planengine.working_days import WorkingDays

FIXTURE = Path(__file__).with_name("fixtures") / "pier.xml"
NAMESPACE = 'xmlns="http://schemas.microsoft.com/project"'


@pytest.fixture(scope="module")
def pier() -> ImportResult:
    return read(FIXTURE.read_bytes())


LONG_PRIORITY = f"<Priority>{'9' * 9000}</Priority>"


def row_of(plan: Plan, uid: int) -> Activity:
    return next(row for row in plan.activities if row.uid == uid)


def project(tasks: str = "", rest: str = "", head: str = "") -> bytes:
    """A small file around some tasks."""
    return (
        f"<Project {NAMESPACE}><StartDate>2026-03-02T08:00:00</StartDate>{head}"
        f"<Tasks>{tasks}</Tasks>{rest}</Project>"
    ).encode()


def task(uid: int, inner: str = "", level: int = 1) -> str:
    return f"<Task><UID>{uid}</UID><OutlineLevel>{level}</OutlineLevel>{inner}</Task>"


def after(uid: int) -> str:
    return f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID></PredecessorLink>"


def refused(data: bytes, limits: Limits | None = None) -> ImportFailed:
    with pytest.raises(ImportFailed) as caught:
        read(data, limits)
    for language in ("nb", "en"):
        assert caught.value.sentence(language).endswith((".", ")"))
    assert "line " not in caught.value.sentence("nb")
    return caught.value


def test_the_project_is_read(pier: ImportResult) -> None:
    plan = pier.plan
    assert plan.name == "Ny brygge"
    assert plan.start == at("2026-03-02T08:00")
    assert plan.status_date == at("2026-03-06T16:00")
    assert (plan.minutes_per_day, plan.minutes_per_week) == (450, 2250)
    assert plan.options.critical_slack == 450 * 60
    assert plan.options.multiple_critical_paths
    texts = dict(plan.properties)
    assert texts["company"] == "Havna"
    assert texts["notes"] == "Hele prosjektet"
    assert validate(plan) == ()


def test_the_outline_follows_the_levels_without_blank_and_external_rows(pier: ImportResult) -> None:
    assert [(row.uid, row.parent) for row in pier.plan.activities] == [
        (10, None),
        (11, 10),
        (12, 10),
        (14, 10),
        (15, None),
    ]


def test_an_activity_keeps_everything_the_plan_has_a_place_for(pier: ImportResult) -> None:
    assert row_of(pier.plan, 11) == Activity(
        uid=11,
        name="Tegne & måle",
        parent=10,
        code="F.1",
        duration=37 * 3600 + 1800,
        unit=DurationUnit.WEEKS,
        estimated=True,
        priority=700,
        task_type=TaskType.FIXED_WORK,
        effort_driven=True,
        start=at("2026-03-02T08:00"),
        finish=at("2026-03-13T16:00"),
        work=37 * 3600 + 1800,
        fixed_cost=1_250_000,
        cost=3_125_050,
        earned_method=EarnedMethod.PHYSICAL,
        constraint=Constraint(ConstraintKind.START_NO_EARLIER_THAN, at("2026-03-02T08:00")),
        deadline=at("2026-03-16T16:00"),
        notes="Husk flo og fjære",
        gaps=(Gap(at("2026-03-03T16:00"), at("2026-03-09T08:00")),),
        progress=Progress(
            percent=40,
            physical_percent=35,
            actual_start=at("2026-03-02T08:00"),
            actual_duration=15 * 3600,
            remaining=24 * 3600,
            stop=at("2026-03-03T16:00"),
            resume=at("2026-03-09T08:00"),
            actual_work=15 * 3600,
            actual_cost=900_000,
        ),
        baselines=(
            Baseline(
                0,
                at("2026-03-02T08:00"),
                at("2026-03-06T16:00"),
                37 * 3600 + 1800,
                37 * 3600 + 1800,
                3_000_000,
            ),
            Baseline(10, at("2026-03-03T08:00")),
        ),
    )


def test_a_resources_own_day_off_is_no_pause(pier: ImportResult) -> None:
    """Kari is off on Fridays: Thursday evening to Monday morning is a pause only without that."""
    first = Gap(at("2026-03-03T16:00"), at("2026-03-09T08:00"))
    assert row_of(pier.plan, 11).gaps == (first,)
    off = "<WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay>"
    text = FIXTURE.read_text()
    assert off in text
    gaps = row_of(read(text.replace(off, "").encode()).plan, 11).gaps
    assert gaps == (first, Gap(at("2026-03-12T16:00"), at("2026-03-16T08:00")))


def test_elapsed_manual_inactive_and_milestones(pier: ImportResult) -> None:
    hardening, manual, opening = (row_of(pier.plan, uid) for uid in (12, 14, 15))
    assert (hardening.elapsed, hardening.duration) == (True, 48 * 3600)
    assert hardening.constraint == Constraint(ConstraintKind.AS_LATE_AS_POSSIBLE)
    assert hardening.ignore_resource_calendars
    assert hardening.progress is NOT_STARTED
    assert (manual.mode, manual.active, manual.start) == (Mode.MANUAL, False, None)
    assert opening.milestone


def test_links_keep_kind_and_lag_in_every_form(pier: ImportResult) -> None:
    assert pier.plan.links == (
        Link(10, 15, LinkKind.FF, -7 * 3600 - 1800),
        Link(11, 12, LinkKind.FS, 86_400, LagFormat.ELAPSED),
        Link(11, 14, LinkKind.SS, -50, LagFormat.PERCENT),
    )


def test_calendars_expand_recurrences_and_prefer_new_exceptions(pier: ImportResult) -> None:
    norwegian, kari = pier.plan.calendars
    assert [row.name for row in pier.plan.calendars] == ["Norsk", "Kari"]
    found = [(date_of(row.first_day), date_of(row.last_day)) for row in norwegian.exceptions]
    single = [first.isoformat() for first, last in found if first == last]
    assert single == [
        "2026-03-27",
        "2026-04-24",
        "2026-05-01",
        "2026-05-17",
        "2026-05-29",
        "2026-06-01",
        "2026-06-15",
        "2027-05-17",
        "2028-05-17",
    ]
    assert (date(2026, 7, 6), date(2026, 7, 24)) in found
    days = WorkingDays(pier.plan.calendars)
    assert days.hours(2, day(date(2026, 3, 6))) == ()
    assert days.hours(2, day(date(2026, 3, 5))) == ((28_800, 41_400), (43_200, 57_600))
    assert days.hours(2, day(date(2026, 3, 27))) == ()
    assert days.hours(1, day(date(2026, 3, 27))) == ((28_800, 43_200),)
    assert days.hours(1, day(date(2026, 8, 8))) == ((0, 86_400),)
    assert days.hours(2, day(date(2026, 7, 8))) == ()
    assert kari.base == 1


def test_resources_and_assignments(pier: ImportResult) -> None:
    kari, concrete, travel = pier.plan.resources
    assert (kari.email, kari.max_units, kari.calendar) == ("kari@example.org", 0.8, 2)
    assert kari.standard_rate == Rate(85_050, RateUnit.HOUR)
    assert kari.cost_per_use == 10_000
    assert concrete.kind is ResourceKind.MATERIAL
    assert concrete.standard_rate == Rate(120_000, RateUnit.UNIT)
    assert travel.kind is ResourceKind.COST
    first, second = pier.plan.assignments
    assert (first.activity, first.resource, first.units) == (11, 1, 0.5)
    assert (first.actual_work, first.remaining_work) == (15 * 3600, None)
    assert first.contour == "contoured"
    assert (second.activity, second.resource) == (12, None)


def test_the_account_says_what_was_kept_and_what_was_not(pier: ImportResult) -> None:
    assert pier.kept == {
        "calendar": 2,
        "exception": 10,
        "work_week": 1,
        "activity": 5,
        "summary": 1,
        "milestone": 1,
        "constraint": 3,
        "deadline": 1,
        "progress": 1,
        "baseline": 2,
        "notes": 2,
        "link": 3,
        "gap": 1,
        "resource": 3,
        "assignment": 2,
    }
    lost = {(loss.kind, loss.what): (loss.count, loss.where) for loss in pier.lost}
    assert lost["custom_field", "Tegning"] == (1, "Task UID=11")
    assert lost["hyperlink", "Task"] == (1, "Task UID=11")
    assert lost["link", "annet.mpp\\4"] == (1, "Task UID=14")
    assert lost["link", "unknown"] == (1, "Task UID=14")
    assert lost["link", "duplicate"] == (1, "Task UID=14")
    assert lost["external_task", "Kai fra kommunen"] == (1, "Task UID=20")
    assert lost["blank_row", "Task"] == (1, "Task UID=13")
    assert lost["timephased", "Assignment"] == (5, "Assignment UID=1")
    assert lost["calendar", "Aldri"] == (1, "Calendar UID=3")
    assert lost["assignment", "Task UID=0"] == (1, "Assignment UID=3")
    assert lost["setting", "DefaultTaskType"] == (1, "Project")
    nb, en = pier.describe("nb"), pier.describe("en")
    assert "Aktiviteter: 5." in nb
    assert "Ikke beholdt – Verdier i egne felt: 1 (Tegning)." in nb
    assert "Activities: 5." in en
    assert len(nb) == len(en)
    assert pier.lost[0].sentence("nb")


def test_nothing_is_lost_in_silence() -> None:
    odd = task(1, "<Name>A</Name><Flavour>sweet</Flavour><Layer><Depth>3</Depth></Layer>")
    lost = {(loss.kind, loss.what): loss.count for loss in read(project(odd)).lost}
    assert lost == {("field", "Task/Flavour"): 1, ("field", "Task/Layer"): 1}


@pytest.mark.parametrize(
    "opening",
    [
        "<Project>",
        '<Project xmlns="http://schemas.microsoft.com/project/2010">',
        '<p:Project xmlns:p="http://schemas.microsoft.com/project">',
    ],
)
def test_any_namespace_of_the_format_will_do(opening: str) -> None:
    prefixed = opening.startswith("<p:")
    closing = "</p:Project>" if prefixed else "</Project>"
    tasks = f"<Tasks>{task(1, '<Name>A</Name>')}</Tasks>"
    if prefixed:
        tasks = tasks.replace("</", "</p:").replace("<", "<p:").replace("<p:/p:", "</p:")
    plan = read(f"{opening}{tasks}{closing}".encode()).plan
    assert [row.name for row in plan.activities] == ["A"]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_encodings_of_older_tools_are_read(encoding: str) -> None:
    name = "iso-8859-1" if encoding.startswith("iso") else encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?>' + project(task(1, "<Name>Bø</Name>")).decode()
    assert read(text.encode(encoding)).plan.activities[0].name == "Bø"


@pytest.mark.parametrize(
    ("tasks", "code"),
    [
        (task(1) + task(2, level=4), "outline.jump"),
        (task(1, "<CalendarUID>7</CalendarUID>"), "calendar.unknown"),
        (task(1) + task(2, after(1) + after(1)), "link.duplicate"),
        (task(1) + task(2, after(1), level=2), "link.ancestor"),
        (task(1, after(5)), "link.unknown"),
        (task(1, "<ConstraintType>2</ConstraintType>"), "constraint.date"),
        (
            task(1, "<Start>2026-03-03T08:00:00</Start><Finish>2026-03-02T08:00:00</Finish>"),
            "finish.before_start",
        ),
    ],
)
def test_what_real_files_have_is_mended_and_said(tasks: str, code: str) -> None:
    result = read(project(tasks))
    assert [warning.code for warning in result.warnings] == [code]
    assert result.warnings[0].where.startswith("Task UID=")
    assert result.warnings[0].sentence("nb") in result.describe("nb")
    assert validate(result.plan) == ()


def test_assignments_to_nothing_and_numbers_used_twice_are_mended() -> None:
    def assignment(uid: int, activity: int, resource: int) -> str:
        return (
            f"<Assignment><UID>{uid}</UID><TaskUID>{activity}</TaskUID>"
            f"<ResourceUID>{resource}</ResourceUID></Assignment>"
        )

    rows = assignment(1, 1, -65535) + assignment(1, 1, -65535) + assignment(3, 9, -65535)
    rows += assignment(4, 1, 77)
    result = read(project(task(1), f"<Assignments>{rows}</Assignments>"))
    assert [row.uid for row in result.plan.assignments] == [1, 5]
    assert sorted(warning.code for warning in result.warnings) == [
        "assignment.unknown",
        "assignment.unknown",
        "uid.duplicate",
    ]


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"", "xml.empty", ""),
        (b"  \n ", "xml.empty", ""),
        (b"PK\x03\x04 not xml", "xml.syntax", "line 1, column 3"),
        (b"<Project><Tasks>", "xml.syntax", "line 1, column 17"),
        (b"<Project>\n<Tasks></Project>", "xml.syntax", "line 2, column 10"),
        (b"<Project>&nope;</Project>", "xml.syntax", "line 1, column 10"),
        (b"<gantt/>", "mspdi.root", "line 1, column 1"),
        (b'<Project xmlns="urn:other"/>', "mspdi.root", "line 1, column 1"),
        (project(task(1) + task(2) + task(1)), "uid.duplicate", "Task UID=1, UID"),
        (project("<Task><Name>x</Name></Task>"), "uid.missing", "Task at line 1, UID"),
        (project(task(-4)), "value.range", "Task UID=-4, UID"),
        (project(task(1, "<Start>yesterday</Start>")), "value.date", "Task UID=1, Start"),
        (project(task(1, "<Start>2500-01-01T00:00:00</Start>")), "value.date", "Task UID=1, Start"),
        (project(task(1, "<Duration>8 days</Duration>")), "value.duration", "Task UID=1, Duration"),
        (project(task(1, "<Duration>P</Duration>")), "value.duration", "Task UID=1, Duration"),
        (project(task(1, "<Priority>high</Priority>")), "value.number", "Task UID=1, Priority"),
        (project(task(1, "<Priority>5000</Priority>")), "value.range", "Task UID=1, Priority"),
        (
            project(task(1, LONG_PRIORITY)),
            "value.range",
            "Task UID=1, Priority",
        ),
        (project(task(1, "<FixedCost>nan</FixedCost>")), "value.range", "Task UID=1, FixedCost"),
        (project(head="<MinutesPerDay>0</MinutesPerDay>"), "value.range", "Project, MinutesPerDay"),
        (project(task(1, after(2)) + task(2, after(1))), "plan.unsound", "Task UID=1"),
        (project(task(1, after(1))), "plan.unsound", "Task UID=1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(data: bytes, code: str, where: str) -> None:
    error = refused(data)
    assert (error.code, error.where) == (code, where)


def test_a_circle_of_links_is_told_in_the_readers_language() -> None:
    error = refused(project(task(1, after(3)) + task(2, after(1)) + task(3, after(2))))
    assert "1 → 2 → 3 → 1" in error.sentence("nb")
    assert "venter på hverandre" in error.sentence("nb")


@pytest.mark.parametrize(
    "calendar",
    [
        (
            "<UID>1</UID><BaseCalendarUID>2</BaseCalendarUID></Calendar><Calendar><UID>2</UID>"
            "<BaseCalendarUID>1</BaseCalendarUID>"
        ),
        (
            "<UID>1</UID><WeekDays><WeekDay><DayType>2</DayType><DayWorking>0</DayWorking>"
            "</WeekDay></WeekDays>"
        ),
    ],
)
def test_calendars_that_cannot_work_are_refused(calendar: str) -> None:
    data = project(
        task(1),
        f"<Calendars><Calendar>{calendar}</Calendar></Calendars>",
        "<CalendarUID>1</CalendarUID>",
    )
    error = refused(data)
    assert (error.code, error.where) == ("plan.unsound", "Calendar UID=1")


BOMBS = [
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Project>&b;</Project>',
    '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Project><Title>&f;</Title></Project>',
    '<!DOCTYPE Project SYSTEM "http://127.0.0.1:9/project.dtd"><Project/>',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><Project/>',
    "<!DOCTYPE Project><Project/>",
]


@pytest.mark.parametrize("text", BOMBS)
def test_document_types_and_entities_are_refused_outright(text: str) -> None:
    error = refused(text.encode())
    assert error.code == "xml.doctype"
    assert error.where.startswith("line 1")


def test_limits_are_the_callers() -> None:
    data = project(task(1, "<Notes>" + "x" * 500 + "</Notes>"))
    assert refused(data, Limits(size=100)).code == "xml.size"
    assert refused(data, Limits(elements=4)).code == "xml.elements"
    assert refused(data, Limits(text=499)).code == "xml.text"
    assert read(data, Limits(size=len(data), elements=100, text=500)).kept["activity"] == 1


def exceptions(inner: str, count: int) -> bytes:
    one = (
        "<Exception><TimePeriod><FromDate>1900-01-01T00:00:00</FromDate>"
        f"<ToDate>2199-12-31T00:00:00</ToDate></TimePeriod>{inner}</Exception>"
    )
    calendar = (
        f"<UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><Exceptions>{one * count}</Exceptions>"
    )
    rest = f"<Calendars><Calendar>{calendar}</Calendar></Calendars>"
    return project(task(1), rest, "<CalendarUID>1</CalendarUID>")


@pytest.mark.parametrize(
    "inner",
    [
        "<Type>6</Type><DaysOfWeek>0</DaysOfWeek>",
        "<Type>6</Type><DaysOfWeek>127</DaysOfWeek>",
        "<Type>6</Type><DaysOfWeek>1</DaysOfWeek><Period>999999999</Period>",
        "<Type>1</Type><Period>2</Period>",
        "<Type>4</Type><MonthDay>31</MonthDay>",
        "<Type>5</Type><MonthItem>2</MonthItem><MonthPosition>3</MonthPosition>",
        "<Type>2</Type><Month>1</Month><MonthDay>29</MonthDay>",
        "<Type>1</Type>",
    ],
)
def test_endless_recurrences_end(inner: str) -> None:
    data = exceptions(inner, 3000)
    assert calls(lambda: read(data)) < 3_000_000
    plan = read(data).plan
    assert len(plan.calendars[0].exceptions) <= 5000


def test_a_recurrence_that_names_no_day_is_refused() -> None:
    error = refused(exceptions("<Type>2</Type><Month>1</Month><MonthDay>30</MonthDay>", 1))
    assert (error.code, error.where) == ("value.range", "Calendar UID=1, MonthDay")


def test_deep_nesting_is_refused_early() -> None:
    data = b"<Project>" + b"<a>" * 2_000_000
    assert calls(lambda: refused(data)) < 10_000
    assert refused(data).code == "xml.depth"


def test_a_file_cut_anywhere_is_refused_or_never_half_read() -> None:
    data = FIXTURE.read_bytes().rstrip()
    for end in range(1, len(data), 397):
        error = refused(data[:end])
        assert error.code == "xml.syntax"
        assert error.where.startswith("line ")


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_files_end_in_a_plan_or_in_a_refusal(data: st.DataObject) -> None:
    good = FIXTURE.read_bytes()
    place = data.draw(st.integers(0, len(good) - 1))
    length = data.draw(st.integers(0, 40))
    junk = data.draw(st.binary(max_size=6) | st.sampled_from([b"-1", b"9" * 30, b"<x/>", b""]))
    try:
        plan = read(good[:place] + junk + good[place + length :]).plan
    except ImportFailed:
        return
    assert validate(plan) == ()


def many(count: int) -> Iterator[str]:
    for uid in range(1, count + 1):
        link = after(uid - 1) if uid % 10 > 2 else ""
        dates = "<Start>2026-03-02T08:00:00</Start><Finish>2026-03-02T16:00:00</Finish>"
        inner = f"<Name>a{uid}</Name>{dates}<Duration>PT7H30M0S</Duration>{link}"
        yield task(uid, inner, 1 if uid % 10 == 1 else 2)


def work_of_reading(count: int) -> int:
    data = project("".join(many(count)))
    assert read(data).kept["activity"] == count
    return calls(lambda: read(data))


def test_ten_times_the_file_is_ten_times_the_work() -> None:
    assert work_of_reading(10_000) <= 10.1 * work_of_reading(1_000)


@pytest.mark.long
def test_two_hundred_thousand_tasks_are_read() -> None:
    assert read(project("".join(many(200_000)))).kept["activity"] == 200_000

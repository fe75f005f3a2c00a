"""From plan-oracle/1 JSON to a plan and what is expected of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from planengine.formats.failure import ImportFailed
from planengine.formats.plan_oracle.calendars import read_calendar
from planengine.formats.plan_oracle.expected import FIELDS, Expected, OraclePlan
from planengine.formats.plan_oracle.mending import mended
from planengine.formats.plan_oracle.words import (
    CONSTRAINTS,
    ELAPSED_MINUTES,
    FORMAT,
    LAG_CALENDARS,
    PROGRESS_LOGIC,
    TASK_TYPES,
    UNCONSTRAINED,
    UNITS,
    working_minutes,
)
from planengine.formats.rows import Row, moment_of, parsed
from planengine.formats.source import LARGEST, Source, content
from planengine.formats.tidy import without_idle_calendars
from planengine.instants import MINUTE
from planengine.model import (
    NOT_STARTED,
    Activity,
    Assignment,
    Baseline,
    Constraint,
    ConstraintKind,
    DurationUnit,
    Gap,
    LagCalendar,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Plan,
    Profile,
    Progress,
    ProgressLogic,
    Resource,
    ResourceKind,
    ScheduleFrom,
    ScheduleOptions,
    TaskType,
)
from planengine.outline import arranged


def read(source: Source, limit: int = LARGEST) -> OraclePlan:
    """Read a plan-oracle/1 file: its bytes or its path, plain or gzip.

    Task 0, the project itself, is left out. Where the file says that resources do not drive,
    activities are of fixed duration and ignore resource calendars. Odd values are mended (see
    `mended`); nothing is validated or scheduled. Raises `ImportFailed` naming the place, and
    nothing else.
    """
    row = Row(parsed(content(source, limit)), "")
    if row.text("format") != FORMAT:
        raise ImportFailed("oracle.format", "format", row.text("format"))
    return _Reading(row).result()


class _Reading:
    def __init__(self, row: Row) -> None:
        self.row = row
        self.project = project = row.row("project")
        self.per_day = project.within("minutes_per_day", 480, 1, 1440)
        self.per_week = project.within("minutes_per_week", 2400, 1, 10_080)
        self.per_month = project.within("days_per_month", 20, 1, 31)
        self.minutes = working_minutes(self.per_day, self.per_week, self.per_month)
        self.driven = row.flag("resource_driven", True)
        self.semantics = _word(row, "semantics", {item.value: item for item in Profile})

    def result(self) -> OraclePlan:
        tasks = [task for task in self.row.rows("tasks") if task.whole("uid") != 0]
        plan = self.plan(tuple(self.activity(task) for task in tasks))
        return OraclePlan(
            plan=without_idle_calendars(mended(arranged(plan))),
            expected={task.uid(): _expected(task.row("expected")) for task in tasks},
            unverified={task.uid(): names for task in tasks if (names := _unverified(task))},
            grade=self.row.text("grade"),
            id=self.row.text("id"),
            semantics=self.semantics,
        )

    def plan(self, activities: tuple[Activity, ...]) -> Plan:
        project = self.project
        backwards = project.text("schedule_from", "START") not in ("0", "START")
        calendars = tuple(read_calendar(item) for item in self.row.rows("calendars"))
        resources = tuple(_resource(item) for item in self.row.rows("resources"))
        durations = {row.uid: row.duration for row in activities}
        known = frozenset(row.uid for row in resources)
        return Plan(
            name=project.text("title") or self.row.text("id"),
            start=project.moment("start") or _earliest(activities),
            finish=project.moment("finish"),
            status_date=project.moment("status_date"),
            schedule_from=ScheduleFrom.FINISH if backwards else ScheduleFrom.START,
            minutes_per_day=self.per_day,
            minutes_per_week=self.per_week,
            days_per_month=self.per_month,
            calendar=project.whole("default_calendar"),
            options=self.options(),
            calendars=calendars,
            resources=resources,
            activities=activities,
            links=tuple(self.links(durations)),
            assignments=tuple(self.assignments(known, durations)),
        )

    def options(self) -> ScheduleOptions:
        project = self.project
        return ScheduleOptions(
            profile=self.semantics,
            critical_slack=project.minutes("critical_slack_limit_min") or 0,
            multiple_critical_paths=project.flag("multiple_critical_paths"),
            honor_constraints=project.flag("honor_constraints", True),
            split_in_progress=project.flag("split_in_progress", True),
            move_completed_back=project.flag("move_completed_back"),
            move_completed_forward=project.flag("move_completed_fwd"),
            move_remaining_back=project.flag("move_remaining_back"),
            move_remaining_forward=project.flag("move_remaining_fwd"),
            lag_calendar=_word_or(project, "p6_lag_calendar", LAG_CALENDARS, LagCalendar.SUCCESSOR),
            progress_logic=_word_or(project, "p6_progress", PROGRESS_LOGIC, ProgressLogic.RETAINED),
        )

    def activity(self, row: Row) -> Activity:
        uid, stored = row.uid(), row.row("expected")
        elapsed, unit = self.shown_unit(row)
        elapsed = row.flag("elapsed", elapsed)
        kind = TaskType.FIXED_UNITS if self.driven else TaskType.FIXED_DURATION
        return Activity(
            uid=uid,
            name=row.text("name") or f"#{uid}",
            parent=row.whole("parent") or None,
            duration=self.duration(row),
            elapsed=elapsed,
            unit=unit,
            milestone=row.flag("milestone"),
            mode=Mode.MANUAL if row.flag("manual") else Mode.AUTO,
            start=stored.moment("start"),
            finish=stored.moment("finish"),
            constraint=_constraint(row),
            deadline=row.moment("deadline"),
            calendar=row.whole("calendar"),
            ignore_resource_calendars=row.flag("ignore_resource_calendar", not self.driven),
            priority=_priority(row),
            progress=_progress(row, self.duration(row)),
            gaps=_gaps(row),
            task_type=_word(row, "type", TASK_TYPES) if row.has("type") and self.driven else kind,
            effort_driven=row.flag("effort_driven"),
            work=row.minutes("work_min"),
            cost=row.hundredths("cost"),
            levelling_delay=self.delay(row),
            active=row.flag("active", True),
            baselines=_baselines(row),
        )

    def duration(self, row: Row) -> int:
        """Seconds: the exact minutes where the file has them, else the value as it was shown."""
        exact = row.minutes("duration_min")
        if exact is not None:
            return max(exact, 0)
        return max(self.amount(row, "duration", row.list("duration")), 0)

    def shown_unit(self, row: Row) -> tuple[bool, DurationUnit]:
        shown = row.list("duration")
        unit = shown[1] if len(shown) == 2 else "d"
        elapsed, found = _unit(unit)
        if found is None:
            raise row.fail("value.word", "duration", unit)
        return elapsed, found

    def delay(self, row: Row) -> int:
        """Levelling delay, minutes or a value with a unit; always wall-clock time."""
        shown = row.raw("leveling_delay")
        if isinstance(shown, list):
            return self.amount(row, "leveling_delay", shown, elapsed=True)
        return row.minutes("leveling_delay") or 0

    def amount(self, row: Row, name: str, shown: list[Any], *, elapsed: bool = False) -> int:
        """`[value, unit]` in seconds; nothing at all is 0."""
        if not shown:
            return 0
        if len(shown) != 2:
            raise row.fail("json.kind", name, "[value, unit]")
        wall, unit = _unit(shown[1])
        if unit is None:
            raise row.fail("value.word", name, shown[1])
        per = ELAPSED_MINUTES if wall or elapsed else self.minutes
        one = per[shown[1].removeprefix("e")]
        return round(row.as_number(name, shown[0]) * one * MINUTE)

    def links(self, known: dict[int, int]) -> Iterator[Link]:
        """Links between activities; those on the project itself, and repeated ones, are left
        out.
        """
        seen = set()
        for place, item in enumerate(self.row.list("links")):
            link = self.link(item, Row({}, f"links[{place}]"))
            ends = link.predecessor, link.successor
            if link.key not in seen and all(end in known for end in ends):
                seen.add(link.key)
                yield link

    def link(self, item: object, row: Row) -> Link:
        if not isinstance(item, list) or not 3 <= len(item) <= 5:
            raise row.fail("json.kind", "[…]", "[predecessor, successor, kind, lag, unit]")
        ends = [row.as_whole(name, item[place]) for place, name in enumerate(("pred", "succ"))]
        if item[2] not in _LINK_KINDS:
            raise row.fail("value.word", "kind", item[2])
        kind, lag = LinkKind(item[2]), item[3:]
        if len(lag) == 2 and lag[1] in ("%", "e%"):
            form = LagFormat.PERCENT if lag[1] == "%" else LagFormat.ELAPSED_PERCENT
            return Link(ends[0], ends[1], kind, round(row.as_number("lag", lag[0])), form)
        elapsed = len(lag) == 2 and _unit(lag[1])[0]
        form = LagFormat.ELAPSED if elapsed else LagFormat.WORKING
        return Link(ends[0], ends[1], kind, self.amount(row, "lag", lag), form)

    def assignments(
        self, resources: frozenset[int], durations: dict[int, int]
    ) -> Iterator[Assignment]:
        """Assignments of known activities; a resource that is not in the file is nobody yet."""
        for place, item in enumerate(self.row.list("assignments")):
            where = f"assignments[{place}]"
            row = Row(_named(item, where), where)
            activity = row.whole("task")
            if activity is not None and activity in durations:
                yield _assignment(place + 1, row, activity, durations[activity], resources)


_LINK_KINDS = tuple(kind.value for kind in LinkKind)


def _word(row: Row, name: str, words: dict[str, Any]) -> Any:
    text = row.text(name)
    if text not in words:
        raise row.fail("value.word", name, text)
    return words[text]


def _word_or(row: Row, name: str, words: dict[str, Any], default: Any) -> Any:
    return _word(row, name, words) if row.has(name) else default


def _unit(text: object) -> tuple[bool, DurationUnit | None]:
    """Whether a unit is of elapsed time (`ed`), and the unit itself."""
    if not isinstance(text, str):
        return False, None
    return text.startswith("e"), UNITS.get(text.removeprefix("e"))


def _earliest(activities: tuple[Activity, ...]) -> int:
    return min((row.start for row in activities if row.start is not None), default=0)


def _priority(row: Row) -> int:
    found = row.whole("priority")
    return 500 if found is None else min(max(found, 0), 1000)


def _constraint(row: Row) -> Constraint | None:
    if row.text("constraint", UNCONSTRAINED) == UNCONSTRAINED:
        return None
    kind = _word(row, "constraint", CONSTRAINTS)
    if kind is ConstraintKind.AS_LATE_AS_POSSIBLE:
        return Constraint(kind)
    return Constraint(kind, row.moment("constraint_date"))


def _progress(row: Row, duration: int) -> Progress:
    actual = row.minutes("actual_duration_min") or None
    remaining = row.minutes("remaining_min")
    left = duration if remaining is None else max(remaining, 0)
    found = Progress(
        percent=row.number("percent_complete") or 0.0,
        actual_start=row.moment("actual_start"),
        actual_finish=row.moment("actual_finish"),
        actual_duration=actual,
        remaining=None if left == duration - (actual or 0) else left,
        stop=row.moment("stop"),
        resume=row.moment("resume"),
    )
    return NOT_STARTED if found == NOT_STARTED else found


def _gaps(row: Row) -> tuple[Gap, ...]:
    """The pauses between the parts a split activity is worked in."""
    parts = []
    for part in row.list("splits"):
        if not isinstance(part, list) or len(part) != 2:
            raise row.fail("json.kind", "splits", "[start, finish]")
        parts.append([moment_of(end, row, "splits") for end in part])
    return tuple(Gap(before[1], after[0]) for before, after in pairwise(parts))


def _baselines(row: Row) -> tuple[Baseline, ...]:
    if not row.has("baseline"):
        return ()
    item = row.row("baseline")
    stored = Baseline(
        0,
        item.moment("start"),
        item.moment("finish"),
        item.minutes("duration_min"),
        item.minutes("work_min"),
        item.hundredths("cost"),
    )
    return (stored,)


def _resource(row: Row) -> Resource:
    uid = row.uid()
    kinds = {item.value.upper(): item for item in ResourceKind}
    units = row.number("max_units")
    return Resource(
        uid=uid,
        name=row.text("name") or f"#{uid}",
        kind=_word(row, "type", kinds) if row.has("type") else ResourceKind.WORK,
        max_units=1.0 if units is None else units / 100,
        calendar=row.whole("calendar"),
    )


def _named(item: object, where: str) -> object:
    """The short form `[task, resource, units]` as an object."""
    if not isinstance(item, list):
        return item
    if len(item) != 3:
        raise ImportFailed("json.kind", where, "[task, resource, units]")
    return dict(zip(("task", "resource", "units"), item, strict=True))


def _assignment(
    uid: int, row: Row, activity: int, duration: int, resources: frozenset[int]
) -> Assignment:
    percent, work = row.number("units"), row.minutes("work_min")
    units = 1.0 if percent is None else percent / 100
    work = round(duration * units) if work is None else work
    actual, remaining = row.minutes("actual_work_min") or 0, row.minutes("remaining_work_min")
    resource = row.whole("resource")
    return Assignment(
        uid=uid,
        activity=activity,
        resource=resource if resource in resources else None,
        units=units,
        work=work,
        actual_work=actual,
        remaining_work=None if remaining in (None, work - actual) else remaining,
        start=row.moment("start"),
        finish=row.moment("finish"),
        delay=row.minutes("delay_min") or 0,
        contour=row.text("contour").lower(),
    )


def _expected(row: Row) -> Expected:
    start, finish = row.moment("start"), row.moment("finish")
    slacks = [row.minutes(f"{name}_slack_min") for name in ("start", "finish", "total")]
    known = [value for value in slacks[:2] if value is not None]
    early = [row.moment(name) for name in ("early_start", "early_finish")]
    return Expected(
        start=start,
        finish=finish,
        early_start=start if early[0] is None else early[0],
        early_finish=finish if early[1] is None else early[1],
        late_start=row.moment("late_start"),
        late_finish=row.moment("late_finish"),
        start_slack=slacks[0],
        finish_slack=slacks[1],
        total_slack=min(known, default=None) if slacks[2] is None else slacks[2],
        free_slack=row.minutes("free_slack_min"),
        critical=row.flag("critical_stored") if row.has("critical_stored") else None,
        stored_total=slacks[2] is not None,
    )


def _unverified(row: Row) -> frozenset[str]:
    """Names of fields not to assert; a total nobody stored is as doubtful as what it is made
    of.
    """
    names = {name for name in row.list("unverified") if name in FIELDS}
    stored = row.row("expected").has("total_slack_min")
    if not stored and names & {"start_slack_min", "finish_slack_min"}:
        names.add("total_slack_min")
    return frozenset(names)

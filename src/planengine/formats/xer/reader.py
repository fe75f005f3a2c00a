"""From an XER file to a plan: one project of it, with everything it uses."""

from __future__ import annotations

from dataclasses import replace

from planengine.formats.account import Account, ImportResult
from planengine.formats.failure import ImportFailed
from planengine.formats.source import LARGEST, Source, content
from planengine.formats.tidy import idle_calendars
from planengine.formats.xer.activities import Read, links, outline
from planengine.formats.xer.calendars import read_calendars
from planengine.formats.xer.resources import read_assignments, read_resources
from planengine.formats.xer.tables import Numbers, Row, Tables
from planengine.model import (
    ActivityKind,
    LagCalendar,
    Plan,
    Profile,
    ProgressLogic,
    ScheduleOptions,
)
from planengine.outline import Outline
from planengine.validation import validate

_READ = frozenset(
    (
        *("PROJECT", "PROJWBS", "TASK", "TASKPRED", "CALENDAR", "RSRC", "RSRCRATE", "TASKRSRC"),
        *("SCHEDOPTIONS", "CURRTYPE", "OBS", "ACCOUNT"),
    )
)
_LAG_CALENDARS = {
    "rcal_Predecessor": LagCalendar.PREDECESSOR,
    "rcal_Successor": LagCalendar.SUCCESSOR,
    "rcal_ProjDefault": LagCalendar.PROJECT,
    "rcal_24Hour": LagCalendar.ALWAYS,
}


def read(source: Source, project: str | None = None, limit: int = LARGEST) -> ImportResult:
    """Read one project of a Primavera XER file: its bytes or its path.

    `project` is its short name (`proj_short_name`); without it the project with most activities is
    read, and the others are named in the account. The plan follows the rules of the `p6` profile.
    Dates are taken as stored; nothing is scheduled. Raises `ImportFailed` naming the table and
    line, and nothing else. Linear time.
    """
    return _Reading(Tables(content(source, limit))).result(project)


class _Reading:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.account = Account()

    def result(self, named: str | None) -> ImportResult:
        account, project = self.account, self.project(named)
        tasks, wbs = (self.rows(name, project) for name in ("TASK", "PROJWBS"))
        read = self.prepared(project, tasks, wbs)
        plan = self.filled(read, project, tasks, wbs)
        idle = idle_calendars(plan)
        account.lose("calendar", "CALENDAR", "clndr_name", len(idle))
        account.keep("calendar", -len(idle))
        plan = replace(plan, calendars=tuple(r for r in plan.calendars if r.uid not in idle))
        for name, count in self.tables.counts():
            if name not in _READ:
                account.lose("table", name, name, count)
        errors = validate(plan, limit=1)
        if errors:
            raise ImportFailed("plan.unsound", "TASK", cause=errors[0])
        return ImportResult(plan, dict(account.kept), account.losses(), tuple(account.warnings))

    def project(self, named: str | None) -> Row:
        """The project asked for, or the one with most activities (the first of equals)."""
        counts: dict[str, int] = {}
        for row in self.tables.each("TASK"):
            counts[row.text("proj_id")] = counts.get(row.text("proj_id"), 0) + 1
        rows = list(self.tables.each("PROJECT"))
        fitting = [row for row in rows if named in (None, row.text("proj_short_name"))]
        if not fitting:
            names = ", ".join(row.text("proj_short_name") for row in rows)
            raise ImportFailed("xer.project", "PROJECT", named or names)
        found = max(fitting, key=lambda row: counts.get(row.text("proj_id"), 0))
        for row in rows:
            if row is not found:
                self.account.lose("project", row.where, row.text("proj_short_name"))
        return found

    def rows(self, name: str, project: Row) -> list[Row]:
        """The rows of a table that belong to the project."""
        own = ("", project.text("proj_id"))
        return [row for row in self.tables.each(name) if row.text("proj_id") in own]

    def prepared(self, project: Row, tasks: list[Row], wbs: list[Row]) -> Read:
        """A plan with its head and calendars, and how its rows are numbered."""
        rows = list(self.tables.each("CALENDAR"))
        calendars = Numbers(rows, "clndr_id")
        own = calendars.get(project.text("clndr_id"))
        if own is None and rows:
            first = next((row for row in rows if row.text("default_flag") == "Y"), rows[0])
            own = calendars.of(first, "clndr_id")
            self.account.warn("calendar.unknown", project.where, project.text("clndr_id"))
        hours = next((row for row in rows if calendars.of(row, "clndr_id") == own), None)
        per_day, per_week, days = _hours(hours)
        root = next((row for row in wbs if row.text("proj_node_flag") == "Y"), None)
        name = "" if root is None else root.text("wbs_name")
        start = project.moment("plan_start_date")
        plan = Plan(
            name=name or project.text("proj_short_name"),
            start=_earliest(tasks) if start is None else start,
            finish=project.moment("scd_end_date"),
            status_date=project.moment("last_recalc_date"),
            minutes_per_day=per_day,
            minutes_per_week=per_week,
            days_per_month=days,
            calendar=own,
            options=self.options(project),
            properties=_properties(project),
            calendars=read_calendars(rows, calendars, self.account),
        )
        must = project.text("plan_end_date")
        self.account.lose("must_finish", project.where, must, must != "")
        return Read(plan, Numbers(tasks, "task_id"), calendars, self.account)

    def options(self, project: Row) -> ScheduleOptions:
        """The rules the project is scheduled by; of several sets of them the last counts."""
        rows = self.rows("SCHEDOPTIONS", project)
        lag = rows[-1].text("sched_calendar_on_relationship_lag") if rows else ""
        return ScheduleOptions(
            profile=Profile.P6,
            critical_slack=max(project.hours("critical_drtn_hr_cnt") or 0, 0),
            multiple_critical_paths=_is_on(rows, "sched_open_critical_flag"),
            honor_constraints=False,
            split_in_progress=False,
            lag_calendar=_LAG_CALENDARS.get(lag, LagCalendar.PREDECESSOR),
            progress_logic=_progress_logic(rows),
        )

    def filled(self, read: Read, project: Row, tasks: list[Row], wbs: list[Row]) -> Plan:
        """The plan with its activities, links, resources and assignments."""
        account = self.account
        pool = list(self.tables.each("RSRC"))
        resources = Numbers(pool, "rsrc_id")
        rates = self.tables.each("RSRCRATE")
        assignments = self.rows("TASKRSRC", project)
        plan = replace(
            read.plan,
            activities=tuple(outline(tasks, wbs, read)),
            links=tuple(links(self.tables.each("TASKPRED"), read)),
            resources=tuple(read_resources(pool, rates, resources, read.calendars, account)),
            assignments=tuple(read_assignments(assignments, read.tasks, resources, account)),
        )
        tree = Outline(plan)
        kinds = [tree.kind(row.uid) for row in plan.activities]
        account.keep("activity", len(kinds))
        account.keep("summary", kinds.count(ActivityKind.SUMMARY))
        account.keep("milestone", kinds.count(ActivityKind.MILESTONE))
        account.keep("link", len(plan.links))
        return plan


def _earliest(tasks: list[Row]) -> int:
    names = ("act_start_date", "early_start_date", "target_start_date")
    found = [date for row in tasks for name in names if (date := row.moment(name)) is not None]
    return min(found, default=0)


def _hours(calendar: Row | None) -> tuple[int, int, int]:
    """Minutes in a day and a week, and days in a month, as the calendar says where it makes sense;
    eight hours, five days and twenty days else.
    """
    day, week, month = (
        (calendar.number(f"{unit}_hr_cnt") or 0.0) if calendar is not None else 0.0
        for unit in ("day", "week", "month")
    )
    per_day = round(day * 60) if 0.25 <= day <= 24 else 480
    per_week = round(week * 60) if 0.25 <= week <= 168 else 5 * per_day
    days = round(month * 60 / per_day) if 1 <= month * 60 / per_day <= 31 else 20
    return per_day, min(per_week, 10_080), days


def _properties(project: Row) -> tuple[tuple[str, str], ...]:
    texts = {"code": project.text("proj_short_name"), "created": project.text("create_date")}
    return tuple((name, text) for name, text in texts.items() if text)


def _is_on(rows: list[Row], name: str) -> bool:
    return bool(rows) and rows[-1].text(name) == "Y"


def _progress_logic(rows: list[Row]) -> ProgressLogic:
    if _is_on(rows, "sched_progress_override"):
        return ProgressLogic.OVERRIDE
    if rows and rows[-1].text("sched_retained_logic") == "N":
        return ProgressLogic.ACTUAL_DATES
    return ProgressLogic.RETAINED

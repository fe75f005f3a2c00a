"""Work breakdown, activities and links of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planengine.calendars import WorkingTime, working_time
from planengine.formats.account import Account
from planengine.formats.xer.tables import Numbers, Row
from planengine.model import (
    NOT_STARTED,
    Activity,
    Constraint,
    ConstraintKind,
    DurationUnit,
    LagCalendar,
    LagFormat,
    Link,
    LinkKey,
    LinkKind,
    Plan,
    Progress,
    TaskType,
)

_CONSTRAINTS = {
    "CS_ALAP": ConstraintKind.AS_LATE_AS_POSSIBLE,
    "CS_MANDSTART": ConstraintKind.MUST_START_ON,
    "CS_MSO": ConstraintKind.MUST_START_ON,
    "CS_MANDFIN": ConstraintKind.MUST_FINISH_ON,
    "CS_MEO": ConstraintKind.MUST_FINISH_ON,
    "CS_MSOA": ConstraintKind.START_NO_EARLIER_THAN,
    "CS_MSOB": ConstraintKind.START_NO_LATER_THAN,
    "CS_MEOA": ConstraintKind.FINISH_NO_EARLIER_THAN,
    "CS_MEOB": ConstraintKind.FINISH_NO_LATER_THAN,
}
_SOFT = frozenset(("CS_MSO", "CS_MEO"))
_TYPES = {"DT_FixedRate": TaskType.FIXED_UNITS, "DT_FixedQty": TaskType.FIXED_WORK}
_PRIORITIES = {"PT_Top": 900, "PT_High": 700, "PT_Low": 300, "PT_Lowest": 100}
_UNMODELLED = {"TT_LOE": "level of effort", "TT_WBS": "WBS summary"}
_MILESTONES = ("TT_Mile", "TT_FinMile")
_LINK_KINDS = {f"PR_{kind}": kind for kind in LinkKind}


@dataclass(frozen=True, slots=True)
class Read:
    """What the rows of one project are read with."""

    plan: Plan
    tasks: Numbers
    calendars: Numbers
    account: Account


def outline(tasks: list[Row], wbs: list[Row], read: Read) -> Iterator[Activity]:
    """The work breakdown as summaries, each followed by its activities and then the parts below.

    The node of the project itself is no summary; nodes without any activity are left out, and
    activities of nodes that are not there, or lie in a circle, stand at the top.
    """
    below: dict[str, list[Row]] = {}
    for task in tasks:
        below.setdefault(task.text("wbs_id"), []).append(task)
    nodes = {row.text("wbs_id"): row for row in wbs}
    roots = {key for key, row in nodes.items() if row.text("proj_node_flag") == "Y"}
    children = _children(nodes, roots)
    parts = _parts(children, _with_activities(nodes, below))
    read.account.lose("empty_wbs", "PROJWBS", "wbs_name", len(nodes) - len(parts) - len(roots))
    reached = {key for key, _ in parts}
    for key, rows in below.items():
        if key not in reached:
            yield from (_activity(row, None, read) for row in rows)
    uids: dict[str, int] = {}
    for uid, (key, above) in enumerate(parts, read.tasks.next()):
        uids[key] = uid
        name, code = nodes[key].text("wbs_name"), nodes[key].text("wbs_short_name")
        yield Activity(uid, name, uids.get(above), code=code)
        yield from (_activity(row, uid, read) for row in below.get(key, ()))


def _children(nodes: dict[str, Row], roots: set[str]) -> dict[str, list[str]]:
    """The nodes under each, in the file's order; under `""` those of the project itself."""
    children: dict[str, list[str]] = {}
    for key, row in nodes.items():
        if key not in roots:
            above = row.text("parent_wbs_id")
            known = above in nodes and above not in roots
            children.setdefault(above if known else "", []).append(key)
    for keys in children.values():
        keys.sort(key=lambda one: nodes[one].number("seq_num") or 0)
    return children


def _parts(children: dict[str, list[str]], used: set[str]) -> list[tuple[str, str]]:
    """The nodes with activities in outline order, each with the node above (`""` at the top)."""
    parts: list[tuple[str, str]] = []
    stack = [(key, "") for key in reversed(children.get("", []))]
    while stack:
        key, above = stack.pop()
        if key in used:
            parts.append((key, above))
            stack += [(one, key) for one in reversed(children.get(key, []))]
    return parts


def _with_activities(nodes: dict[str, Row], below: dict[str, list[Row]]) -> set[str]:
    """The nodes that have activities, or have them somewhere under them."""
    used: set[str] = set()
    for key in below:
        above = key
        while above in nodes and above not in used:
            used.add(above)
            above = nodes[above].text("parent_wbs_id")
    return used


def _activity(row: Row, parent: int | None, read: Read) -> Activity:
    account, kind = read.account, row.text("task_type")
    calendar = read.calendars.get(row.text("clndr_id"))
    progress, duration = _progress(row, working_time(read.plan, calendar), read.plan.status_date)
    constraint, deadline = _constraints(row, account)
    start = row.moment("act_start_date") or _first(row, "early_start_date", "target_start_date")
    finish = row.moment("act_end_date") or _first(row, "early_end_date", "target_end_date")
    if start is not None and finish is not None and finish < start:
        account.warn("finish.before_start", row.where)
        finish = start
    if kind in _UNMODELLED:
        account.lose("activity_kind", row.where, _UNMODELLED[kind])
    account.keep("progress", progress is not NOT_STARTED)
    account.lose("expected_finish", row.where, "", row.text("expect_end_date") != "")
    by_resources = kind == "TT_Rsrc"
    return Activity(
        uid=read.tasks.of(row, "task_id"),
        name=row.text("task_name"),
        parent=parent,
        duration=0 if kind in _MILESTONES else duration,
        unit=DurationUnit.HOURS,
        milestone=kind in _MILESTONES,
        start=start,
        finish=finish,
        constraint=constraint,
        deadline=deadline,
        calendar=calendar,
        ignore_resource_calendars=not by_resources,
        priority=_PRIORITIES.get(row.text("priority_type"), 500),
        progress=progress,
        task_type=_TYPES.get(row.text("duration_type"), TaskType.FIXED_DURATION)
        if by_resources
        else TaskType.FIXED_DURATION,
        work=row.hours("target_work_qty"),
        code=row.text("task_code"),
    )


def _first(row: Row, *names: str) -> int | None:
    return next((found for name in names if (found := row.moment(name)) is not None), None)


def _progress(row: Row, clock: WorkingTime, status: int | None) -> tuple[Progress, int]:
    """What is done, and the duration as it stands: what was used and what remains."""
    planned = max(row.hours("target_drtn_hr_cnt") or 0, 0)
    left = row.hours("remain_drtn_hr_cnt")
    remaining = planned if left is None else max(left, 0)
    begun, ended = row.moment("act_start_date"), row.moment("act_end_date")
    physical = None
    if row.text("complete_pct_type") == "CP_Phys":
        physical = _percent(row.number("phys_complete_pct") or 0.0) or None
    if begun is None:
        found = Progress(physical_percent=physical)
        return (NOT_STARTED if found == NOT_STARTED else found), remaining
    until = ended if ended is not None else max(status or begun, begun)
    used = max(clock.between(begun, max(until, begun)), 0)
    if ended is not None:
        return Progress(100.0, physical, begun, ended, used or None), used
    percent = _percent(100 * (planned - remaining) / planned) if planned else 0.0
    return (
        Progress(
            percent=percent,
            physical_percent=physical,
            actual_start=begun,
            actual_duration=used or None,
            stop=row.moment("suspend_date"),
            resume=row.moment("resume_date"),
        ),
        used + remaining,
    )


def _percent(value: float) -> float:
    return min(max(value, 0.0), 100.0)


def _constraints(row: Row, account: Account) -> tuple[Constraint | None, int | None]:
    """The first constraint, and the second as a deadline where it is *finish on or before*: both
    only hold back the late dates.
    """
    deadline: int | None = None
    second = row.text("cstr_type2")
    if second == "CS_MEOB":
        deadline = row.moment("cstr_date2")
        account.warn("constraint.second", row.where)
    elif second:
        account.lose("second_constraint", row.where, second)
    name = row.text("cstr_type")
    account.keep("deadline", deadline is not None)
    if not name:
        return None, deadline
    kind = _CONSTRAINTS.get(name)
    if kind is None:
        raise row.fail("value.word", "cstr_type", name)
    if name in _SOFT:
        account.warn("constraint.soft", row.where)
    date = row.moment("cstr_date")
    if kind is ConstraintKind.AS_LATE_AS_POSSIBLE:
        date = None
    elif date is None:
        account.warn("constraint.date", row.where)
        return None, deadline
    account.keep("constraint")
    return Constraint(kind, date), deadline


def links(rows: Iterator[Row], read: Read) -> Iterator[Link]:
    """Links between activities of the project; lags around the clock are elapsed time."""
    around = read.plan.options.lag_calendar is LagCalendar.ALWAYS
    seen: set[LinkKey] = set()
    for row in rows:
        ends = [read.tasks.get(row.text(name)) for name in ("pred_task_id", "task_id")]
        kind = _LINK_KINDS.get(row.text("pred_type"))
        if ends[1] is None:
            continue
        if ends[0] is None:
            read.account.lose("link", row.where, "external")
            continue
        if kind is None:
            raise row.fail("value.word", "pred_type", row.text("pred_type"))
        lag = row.hours("lag_hr_cnt") or 0
        form = LagFormat.ELAPSED if around and lag else LagFormat.WORKING
        link = Link(ends[0], ends[1], kind, lag, form)
        if link.key in seen:
            read.account.lose("link", row.where, "duplicate")
            read.account.warn("link.duplicate", row.where, row.text("pred_task_id"))
            continue
        seen.add(link.key)
        yield link

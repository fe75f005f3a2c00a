"""Tasks of the file: activities, their outline and their links."""

from __future__ import annotations

from dataclasses import dataclass, field

from planengine.formats.account import Account
from planengine.formats.mspdi.leftovers import lose_rest
from planengine.formats.mspdi.values import Fields
from planengine.formats.mspdi.xml import Node
from planengine.model import (
    NOT_STARTED,
    Activity,
    Baseline,
    Constraint,
    ConstraintKind,
    DurationUnit,
    EarnedMethod,
    LagFormat,
    Link,
    LinkKind,
    Mode,
    Progress,
    TaskType,
)

_LARGEST_UID = 2**31 - 1
LINK_KINDS = (LinkKind.FF, LinkKind.FS, LinkKind.SF, LinkKind.SS)
TASK_TYPES = (TaskType.FIXED_UNITS, TaskType.FIXED_DURATION, TaskType.FIXED_WORK)
CONSTRAINTS = (
    None,
    ConstraintKind.AS_LATE_AS_POSSIBLE,
    ConstraintKind.MUST_START_ON,
    ConstraintKind.MUST_FINISH_ON,
    ConstraintKind.START_NO_EARLIER_THAN,
    ConstraintKind.START_NO_LATER_THAN,
    ConstraintKind.FINISH_NO_EARLIER_THAN,
    ConstraintKind.FINISH_NO_LATER_THAN,
)
_ELAPSED = frozenset((4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52))
_PERCENT = frozenset((19, 20, 51, 52))
_UNITS = {3: DurationUnit.MINUTES, 5: DurationUnit.HOURS, 7: DurationUnit.DAYS}
_UNITS |= {9: DurationUnit.WEEKS, 11: DurationUnit.MONTHS}

_KEPT = frozenset(
    (
        *("UID", "ID", "Name", "Type", "IsNull", "WBS", "OutlineNumber", "OutlineLevel"),
        *("Priority", "Start", "Finish", "Duration", "DurationFormat", "Work", "EffortDriven"),
        *("Estimated", "Milestone", "Summary", "FixedCost", "Cost", "PercentComplete"),
        *("PhysicalPercentComplete", "ActualStart", "ActualFinish", "ActualDuration"),
        *("ActualWork", "ActualCost", "RemainingDuration", "Stop", "Resume", "ConstraintType"),
        *("ConstraintDate", "CalendarUID", "IgnoreResourceCalendar", "Deadline", "Notes"),
        *("LevelingDelay", "LevelingDelayFormat", "EarnedValueMethod", "Active", "Manual"),
        *("ManualStart", "ManualFinish", "ManualDuration", "PredecessorLink", "Baseline"),
        *("ExtendedAttribute", "OutlineCode", "TimephasedData", "Hyperlink", "HyperlinkAddress"),
        *("HyperlinkSubAddress", "Recurring", "IsSubproject", "SubprojectName", "ExternalTask"),
        *("ExternalTaskProject", "IsSubprojectReadOnly"),
    )
)
_COMPUTED = frozenset(
    (
        *("CreateDate", "ResumeValid", "OverAllocated", "Critical", "EarlyStart", "EarlyFinish"),
        *("LateStart", "LateFinish", "StartVariance", "FinishVariance", "WorkVariance"),
        *("DurationVariance", "CostVariance", "FreeSlack", "TotalSlack", "StartSlack"),
        *("FinishSlack", "PercentWorkComplete", "RegularWork", "RemainingWork", "RemainingCost"),
        *("ACWP", "BCWS", "BCWP", "CV", "SV", "VAC", "GUID", "PreLeveledStart", "IsPublished"),
        *("PreLeveledFinish", "CommitmentStart", "CommitmentFinish"),
    )
)
_USUAL = {
    "LevelAssignments": "1",
    "LevelingCanSplit": "1",
    "FixedCostAccrual": "3",
    "HideBar": "0",
    "Rollup": "0",
    "DisplayAsSummary": "0",
}


@dataclass(slots=True)
class TaskRows:
    """What the tasks of a file have given so far, in file order."""

    account: Account
    custom_fields: dict[str, str]
    activities: list[Activity] = field(default_factory=list)
    links: list[tuple[Link, str]] = field(default_factory=list)
    summary: Fields | None = None
    external: set[int] = field(default_factory=set)
    _path: list[int] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def take(self, node: Node) -> None:
        """Read one `Task` element."""
        uid = read_uid(node, "Task")
        row = Fields(node, f"Task UID={uid}")
        if uid in self._seen:
            raise row.fail("uid.duplicate", "UID", uid)
        self._seen.add(uid)
        if uid == 0:
            self._take_project(row)
        elif row.flag("IsNull"):
            self.account.lose("blank_row", row.where, "Task")
        elif row.flag("ExternalTask"):
            self.external.add(uid)
            self.account.lose("external_task", row.where, row.text("Name") or f"UID={uid}")
        else:
            self._take_activity(uid, row)

    def _take_project(self, row: Fields) -> None:
        """Task 0 is the project itself."""
        self.summary = row
        self.account.lose("baseline", row.where, "Task UID=0", len(row.node.all("Baseline")))
        self._lose_extras(row)
        if row.node.all("PredecessorLink"):
            self.account.lose("link", row.where, "Task UID=0", len(row.node.all("PredecessorLink")))

    def _take_activity(self, uid: int, row: Fields) -> None:
        if not 1 <= uid <= _LARGEST_UID:
            raise row.fail("value.range", "UID", uid)
        self.activities.append(read_activity(uid, self._parent(uid, row), row, self.account))
        for item in row.node.all("PredecessorLink"):
            self._take_link(uid, Fields(item, row.where))
        self._lose_extras(row)
        lose_rest(self.account, row, _KEPT, _COMPUTED, _USUAL)

    def _parent(self, uid: int, row: Fields) -> int | None:
        number = row.text("OutlineNumber")
        level = row.whole("OutlineLevel", number.count(".") + 1 if number else 1)
        if level < 1 or level > len(self._path) + 1:
            self.account.warn("outline.jump", row.where, level)
            level = min(max(level, 1), len(self._path) + 1)
        del self._path[level - 1 :]
        parent = self._path[-1] if self._path else None
        self._path.append(uid)
        return parent

    def _take_link(self, uid: int, row: Fields) -> None:
        predecessor, kind = row.whole("PredecessorUID", -1), row.whole("Type", 1)
        if row.flag("CrossProject"):
            name = row.text("CrossProjectName") or "CrossProject"
            self.account.lose("link", row.where, name)
            return
        if not 0 <= kind < len(LINK_KINDS):
            raise row.fail("value.range", "PredecessorLink/Type", kind)
        form, lag = row.whole("LagFormat", 7), row.whole("LinkLag")
        percent, elapsed = form in _PERCENT, form in _ELAPSED
        if percent:
            how = LagFormat.ELAPSED_PERCENT if elapsed else LagFormat.PERCENT
        else:
            how = LagFormat.ELAPSED if elapsed else LagFormat.WORKING
        link = Link(predecessor, uid, LINK_KINDS[kind], lag if percent else lag * 6, how)
        self.links.append((link, row.where))

    def _lose_extras(self, row: Fields) -> None:
        lose_custom(row, self.custom_fields, self.account)
        if row.text("HyperlinkAddress") or row.text("HyperlinkSubAddress") or row.text("Hyperlink"):
            self.account.lose("hyperlink", row.where, "Task")
        if row.flag("Recurring"):
            self.account.lose("recurring", row.where, row.text("Name"))
        if row.flag("IsSubproject") or row.text("SubprojectName"):
            self.account.lose("subproject", row.where, row.text("SubprojectName"))
        self.account.lose("computed", row.where, "Task", len(row.node.all("TimephasedData")))


def read_uid(node: Node, tag: str) -> int:
    """The row's UID. Raises `ImportFailed` naming the line when there is none."""
    row = Fields(node, f"{tag} at line {node.line}")
    if not row.text("UID"):
        raise row.fail("uid.missing", "UID", "")
    return row.whole("UID")


def lose_custom(row: Fields, names: dict[str, str], account: Account) -> None:
    """Count the row's custom fields and outline codes by the names people gave them."""
    for item in row.node.all("ExtendedAttribute"):
        field_id = item.fields.get("FieldID", "?")
        account.lose("custom_field", row.where, names.get(field_id, field_id))
    for item in row.node.all("OutlineCode"):
        field_id = item.fields.get("FieldID", "?")
        account.lose("outline_code", row.where, names.get(field_id, field_id))


def read_activity(uid: int, parent: int | None, row: Fields, account: Account) -> Activity:
    """One activity from one task; counts what it keeps."""
    form = row.whole("DurationFormat", 7)
    start, finish = row.moment("Start"), row.moment("Finish")
    if start is not None and finish is not None and finish < start:
        account.warn("finish.before_start", row.where)
        finish = start
    duration = max(row.seconds("Duration") or 0, 0)
    constraint = _constraint(row, account)
    progress = _progress(row, duration)
    baselines = _baselines(row, account)
    calendar = row.whole("CalendarUID", -1)
    deadline = row.moment("Deadline")
    account.keep("activity")
    account.keep("constraint", constraint is not None)
    account.keep("deadline", deadline is not None)
    account.keep("progress", progress is not NOT_STARTED)
    account.keep("notes", bool(row.text("Notes")))
    return Activity(
        uid=uid,
        name=row.text("Name"),
        parent=parent,
        duration=duration,
        elapsed=form in _ELAPSED,
        unit=_unit(form),
        estimated=row.flag("Estimated"),
        milestone=row.flag("Milestone"),
        mode=Mode.MANUAL if row.flag("Manual") else Mode.AUTO,
        start=start,
        finish=finish,
        constraint=constraint,
        deadline=deadline,
        calendar=calendar if calendar > 0 else None,
        ignore_resource_calendars=row.flag("IgnoreResourceCalendar"),
        priority=_within(row, "Priority", 500, 0, 1000),
        progress=progress,
        task_type=TASK_TYPES[_within(row, "Type", 0, 0, 2)],
        effort_driven=row.flag("EffortDriven"),
        work=row.seconds("Work"),
        fixed_cost=row.money("FixedCost") or 0,
        cost=row.money("Cost"),
        earned_method=EarnedMethod.PHYSICAL
        if row.whole("EarnedValueMethod") == 1
        else EarnedMethod.PERCENT,
        levelling_delay=row.tenths("LevelingDelay"),
        active=row.text("Active") in ("", "1", "true"),
        code=row.text("WBS"),
        notes=row.text("Notes"),
        baselines=baselines,
    )


def _within(row: Fields, name: str, default: int, low: int, high: int) -> int:
    value = row.whole(name, default)
    if not low <= value <= high:
        raise row.fail("value.range", name, value)
    return value


def _unit(form: int) -> DurationUnit:
    """The unit of a duration format; estimated and elapsed formats name the same units."""
    plain = form - 32 if 35 <= form <= 44 else form
    return _UNITS.get(plain - 1 if plain in _ELAPSED else plain, DurationUnit.DAYS)


def _constraint(row: Fields, account: Account) -> Constraint | None:
    kind = CONSTRAINTS[_within(row, "ConstraintType", 0, 0, 7)]
    if kind is None:
        return None
    if kind is ConstraintKind.AS_LATE_AS_POSSIBLE:
        return Constraint(kind)
    date = row.moment("ConstraintDate")
    if date is None:
        account.warn("constraint.date", row.where)
        return None
    return Constraint(kind, date)


def _progress(row: Fields, duration: int) -> Progress:
    actual = row.seconds("ActualDuration") or None
    remaining = row.seconds("RemainingDuration")
    if remaining == duration - (actual or 0):
        remaining = None
    progress = Progress(
        percent=float(_within(row, "PercentComplete", 0, 0, 100)),
        physical_percent=float(_within(row, "PhysicalPercentComplete", 0, 0, 100)) or None,
        actual_start=row.moment("ActualStart"),
        actual_finish=row.moment("ActualFinish"),
        actual_duration=actual,
        remaining=remaining,
        stop=row.moment("Stop"),
        resume=row.moment("Resume"),
        actual_work=row.seconds("ActualWork") or None,
        actual_cost=row.money("ActualCost") or None,
    )
    return NOT_STARTED if progress == NOT_STARTED else progress


def _baselines(row: Fields, account: Account) -> tuple[Baseline, ...]:
    found: dict[int, Baseline] = {}
    for item in row.node.all("Baseline"):
        inner = Fields(item, row.where)
        number = inner.whole("Number")
        if not 0 <= number <= 10:
            raise row.fail("value.range", "Baseline/Number", number)
        found[number] = Baseline(
            number,
            inner.moment("Start"),
            inner.moment("Finish"),
            inner.seconds("Duration"),
            inner.seconds("Work"),
            inner.money("Cost"),
        )
    account.keep("baseline", len(found))
    return tuple(found.values())

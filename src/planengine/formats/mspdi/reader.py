"""From a file to a plan: rows as they come, then what must be known of all of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count
from typing import Any

from planengine.formats.account import Account, ImportResult
from planengine.formats.failure import ImportFailed
from planengine.formats.mspdi.calendars import read_calendar
from planengine.formats.mspdi.head import read_head
from planengine.formats.mspdi.resources import read_assignment, read_resource
from planengine.formats.mspdi.splits import Spent, find_gaps, read_spent
from planengine.formats.mspdi.tasks import TaskRows, read_uid
from planengine.formats.mspdi.values import Fields
from planengine.formats.mspdi.xml import Limits, Node, parse
from planengine.formats.tidy import idle_calendars
from planengine.model import (
    Activity,
    ActivityKind,
    Assignment,
    Calendar,
    Link,
    LinkKey,
    Plan,
    Resource,
)
from planengine.outline import Outline
from planengine.validation import PlanError, validate
from planengine.working_days import WorkingDays


def read(data: bytes, limits: Limits | None = None) -> ImportResult:
    """Read Microsoft Project XML (MSPDI, any version, with or without namespace).

    Dates are taken as stored; nothing is scheduled. The plan is sound in the sense of `validate`.
    Raises `ImportFailed` naming the place when the file is not such XML, breaks a limit, or holds
    what cannot be: a value that is no date or number, a UID used twice, links in a circle.
    Time and memory are linear in the size of the file.
    """
    return _Reading().read(data, limits or Limits())


class _Reading:
    def __init__(self) -> None:
        self.account = Account()
        self.custom_fields: dict[str, str] = {}
        self.tasks = TaskRows(self.account, self.custom_fields)
        self.calendars: dict[int, Calendar] = {}
        self.resources: dict[int, Resource] = {}
        self.assignments: dict[int, Assignment] = {}
        self.unnumbered: list[Assignment] = []
        self.spent: dict[int, list[Spent]] = {}
        self.blank_resources: set[int] = set()

    def read(self, data: bytes, limits: Limits) -> ImportResult:
        rows = {
            ("ExtendedAttributes", "ExtendedAttribute"): self._take_definition,
            ("OutlineCodes", "OutlineCode"): self._take_definition,
            ("Calendars", "Calendar"): self._take_calendar,
            ("Tasks", "Task"): self.tasks.take,
            ("Resources", "Resource"): self._take_resource,
            ("Assignments", "Assignment"): self._take_assignment,
        }
        root = parse(data, rows, limits)
        head = Fields(root, "Project")
        values = read_head(head, self.tasks.summary, self.account)
        plan = self._assemble(values, head.whole("CalendarUID", -1))
        errors = validate(plan, limit=1)
        if errors:
            raise ImportFailed("plan.unsound", _place(errors[0]), cause=errors[0])
        account = self.account
        return ImportResult(plan, dict(account.kept), account.losses(), tuple(account.warnings))

    def _take_definition(self, node: Node) -> None:
        field = node.fields.get("FieldID", "")
        name = node.fields.get("Alias") or node.fields.get("FieldName") or field
        self.custom_fields[field] = name
        self.account.lose("definition", "Project", name)

    def _take_calendar(self, node: Node) -> None:
        uid = read_uid(node, "Calendar")
        where = f"Calendar UID={uid}"
        if uid in self.calendars:
            raise ImportFailed("uid.duplicate", where, uid)
        if uid < 1:
            raise ImportFailed("value.range", where, uid)
        self.calendars[uid] = read_calendar(node, where, self.account)

    def _take_resource(self, node: Node) -> None:
        uid = read_uid(node, "Resource")
        if uid in self.resources or uid in self.blank_resources:
            raise ImportFailed("uid.duplicate", f"Resource UID={uid}", uid)
        resource = read_resource(uid, node, self.custom_fields, self.account)
        if resource is None:
            self.blank_resources.add(uid)
        else:
            self.resources[uid] = resource

    def _take_assignment(self, node: Node) -> None:
        uid = Fields(node, f"Assignment at line {node.line}").whole("UID", 0)
        where = f"Assignment UID={uid}"
        row = Fields(node, where)
        found = read_assignment(uid, row, self.custom_fields, self.account)
        if uid >= 1 and uid not in self.assignments:
            self.assignments[uid] = found
        else:
            if uid >= 1:
                self.account.warn("uid.duplicate", where, uid)
            self.unnumbered.append(found)
        spent = read_spent(row, found.resource, found.contour == "contoured", self.account)
        if spent.spans:
            self.spent.setdefault(found.activity, []).append(spent)

    def _assemble(self, values: dict[str, Any], calendar: int) -> Plan:
        default = self._default_calendar(calendar)
        self._mend_bases(default)
        rows = [self._with_calendar(row) for row in self.tasks.activities]
        resources = tuple(self._resource_calendar(row) for row in self.resources.values())
        self.resources = {row.uid: row for row in resources}
        days = WorkingDays(self.calendars.values())
        activities = tuple(self._with_gaps(row, default, days) for row in rows)
        if values["start"] is None:
            self.account.warn("project.start", "Project")
            values["start"] = min((row.start for row in rows if row.start is not None), default=0)
        plan = Plan(
            **values,
            calendar=default,
            calendars=tuple(self.calendars.values()),
            resources=resources,
            activities=activities,
            assignments=tuple(self._assignments({row.uid for row in rows})),
        )
        outline = Outline(plan)
        kinds = [outline.kind(row.uid) for row in activities]
        self.account.keep("summary", kinds.count(ActivityKind.SUMMARY))
        self.account.keep("milestone", kinds.count(ActivityKind.MILESTONE))
        return self._without_empty(replace(plan, links=tuple(self._links(outline))))

    def _default_calendar(self, uid: int) -> int | None:
        if uid in self.calendars:
            return uid
        first = next((row.uid for row in self.calendars.values() if row.base is None), None)
        if self.calendars or uid > 0:
            self.account.warn("calendar.unknown", "Project", uid)
        return first

    def _mend_bases(self, default: int | None) -> None:
        for uid, row in list(self.calendars.items()):
            if row.base is not None and row.base not in self.calendars:
                self.account.warn("calendar.unknown", f"Calendar UID={uid}", row.base)
                self.calendars[uid] = replace(row, base=None if uid == default else default)

    def _with_calendar(self, row: Activity) -> Activity:
        if row.calendar is None or row.calendar in self.calendars:
            return row
        self.account.warn("calendar.unknown", f"Task UID={row.uid}", row.calendar)
        return replace(row, calendar=None)

    def _resource_calendar(self, row: Resource) -> Resource:
        if row.calendar is None or row.calendar in self.calendars:
            return row
        self.account.warn("calendar.unknown", f"Resource UID={row.uid}", row.calendar)
        return replace(row, calendar=None)

    def _with_gaps(self, row: Activity, default: int | None, days: WorkingDays) -> Activity:
        spent = self.spent.get(row.uid)
        if not spent:
            return row
        calendars = {
            one.resource: self.resources[one.resource].calendar
            for one in spent
            if one.resource in self.resources
        }
        gaps = find_gaps(row, spent, calendars, default, days)
        self.account.keep("gap", len(gaps))
        return replace(row, gaps=gaps) if gaps else row

    def _assignments(self, activities: set[int]) -> list[Assignment]:
        kept = []
        unused = count(max(self.assignments, default=0) + 1)
        numbered = (replace(row, uid=next(unused)) for row in self.unnumbered)
        for row in chain(self.assignments.values(), numbered):
            where, missing = f"Assignment UID={row.uid}", ""
            if row.activity not in activities:
                missing = f"Task UID={row.activity}"
            elif row.resource is not None and row.resource not in self.resources:
                if row.resource in self.blank_resources:
                    kept.append(replace(row, resource=None))
                    continue
                missing = f"Resource UID={row.resource}"
            if not missing:
                kept.append(row)
                continue
            self.account.lose("assignment", where, missing)
            if row.activity != 0:
                self.account.warn("assignment.unknown", where, missing)
        self.account.keep("assignment", len(kept))
        return kept

    def _links(self, outline: Outline) -> list[Link]:
        kept: dict[LinkKey, Link] = {}
        for link, where in self.tasks.links:
            ends = (link.predecessor, link.successor)
            problem = ""
            if link.predecessor not in outline.by_uid:
                problem = "link.unknown"
            elif link.key in kept:
                problem = "link.duplicate"
            elif link.predecessor != link.successor and outline.are_nested(*ends):
                problem = "link.ancestor"
            if not problem:
                kept[link.key] = link
                continue
            self.account.lose("link", where, problem.removeprefix("link."))
            if link.predecessor not in self.tasks.external:
                self.account.warn(problem, where, f"Task UID={link.predecessor}")
        self.account.keep("link", len(kept))
        return list(kept.values())

    def _without_empty(self, plan: Plan) -> Plan:
        """Calendars without working time are dropped when nothing uses them."""
        unused = idle_calendars(plan)
        for uid in sorted(unused):
            self.account.lose("calendar", f"Calendar UID={uid}", self.calendars[uid].name)
        self.account.keep("calendar", -len(unused))
        kept = tuple(row for row in plan.calendars if row.uid not in unused)
        return replace(plan, calendars=kept) if unused else plan


def _place(error: PlanError) -> str:
    tag = {"activity": "Task", "link": "Task", "calendar": "Calendar", "resource": "Resource"}
    name = tag.get(error.subject, "Project" if error.subject == "plan" else "Assignment")
    uid = error.members[-1] if error.subject == "link" else error.uid
    return name if uid is None else f"{name} UID={uid}"

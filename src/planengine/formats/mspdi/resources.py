"""Resources and assignments of the file."""

from __future__ import annotations

from planengine.formats.account import Account
from planengine.formats.mspdi.leftovers import lose_rest
from planengine.formats.mspdi.tasks import lose_custom
from planengine.formats.mspdi.values import Fields
from planengine.formats.mspdi.xml import Node
from planengine.model import Assignment, Rate, RateUnit, Resource, ResourceKind

UNASSIGNED = -65535
_MATERIAL_RATE = 8
CONTOURS = (
    *("flat", "back_loaded", "front_loaded", "double_peak", "early_peak", "late_peak"),
    *("bell", "turtle", "contoured"),
)
_RESOURCE_KEPT = frozenset(
    (
        *("UID", "ID", "Name", "Type", "IsNull", "Initials", "Group", "EmailAddress", "MaxUnits"),
        *("StandardRate", "StandardRateFormat", "OvertimeRate", "OvertimeRateFormat"),
        *("CostPerUse", "CalendarUID", "IsGeneric", "IsInactive", "IsCostResource"),
        *("MaterialLabel", "Notes", "ExtendedAttribute", "OutlineCode", "Rates", "Baseline"),
        *("AvailabilityPeriods", "TimephasedData", "Hyperlink", "HyperlinkAddress"),
    )
)
_ASSIGNMENT_KEPT = frozenset(
    (
        *("UID", "TaskUID", "ResourceUID", "Units", "Work", "ActualWork", "RemainingWork"),
        *("OvertimeWork", "Start", "Finish", "ActualStart", "ActualFinish", "Delay"),
        *("LevelingDelay", "LevelingDelayFormat", "Cost", "ActualCost", "CostRateTable"),
        *("WorkContour", "TimephasedData", "ExtendedAttribute", "OutlineCode", "Baseline"),
        *("Hyperlink", "HyperlinkAddress"),
    )
)
_COMPUTED = frozenset(
    (
        *("PeakUnits", "OverAllocated", "Overallocated", "Work", "RegularWork", "ActualWork"),
        *("RemainingWork", "PercentWorkComplete", "Cost", "ActualCost", "RemainingCost"),
        *("OvertimeCost", "WorkVariance", "CostVariance", "StartVariance", "FinishVariance"),
        *("SV", "CV", "VAC", "ACWP", "BCWS", "BCWP", "CreationDate", "GUID", "Start", "Finish"),
        *("Milestone", "Summary", "Stop", "Resume", "HasFixedRateUnits", "Confirmed"),
    )
)
_RESOURCE_USUAL = {"CanLevel": "1", "AccrueAt": "3", "WorkGroup": "0"}


def read_resource(uid: int, node: Node, names: dict[str, str], account: Account) -> Resource | None:
    """One resource, or `None` for the blank rows the file always has."""
    row = Fields(node, f"Resource UID={uid}")
    if row.flag("IsNull") or (uid == 0 and not row.text("Name")):
        return None
    if uid < 1:
        raise row.fail("value.range", "UID", uid)
    material = row.whole("StandardRateFormat") == _MATERIAL_RATE
    calendar = row.whole("CalendarUID", -1)
    lose_custom(row, names, account)
    _lose_tables(row, account)
    lose_rest(account, row, _RESOURCE_KEPT, _COMPUTED, _RESOURCE_USUAL)
    account.keep("resource")
    account.keep("notes", bool(row.text("Notes")))
    return Resource(
        uid=uid,
        name=row.text("Name"),
        kind=_kind(row),
        max_units=max(row.number("MaxUnits", 1.0), 0.0),
        calendar=calendar if calendar > 0 else None,
        email=row.text("EmailAddress"),
        initials=row.text("Initials"),
        group=row.text("Group"),
        material_label=row.text("MaterialLabel"),
        standard_rate=_rate(row, "StandardRate", material),
        overtime_rate=_rate(row, "OvertimeRate", material),
        cost_per_use=row.money("CostPerUse") or 0,
        generic=row.flag("IsGeneric"),
        active=not row.flag("IsInactive"),
        notes=row.text("Notes"),
    )


def _kind(row: Fields) -> ResourceKind:
    kind = row.whole("Type", 1)
    if row.flag("IsCostResource") or kind == 2:
        return ResourceKind.COST
    return ResourceKind.MATERIAL if kind == 0 else ResourceKind.WORK


def _rate(row: Fields, name: str, material: bool) -> Rate | None:
    """Rates are stored per hour whatever unit they are shown in; a material's is per unit."""
    amount = round(row.number(name) * 100)
    if not amount:
        return None
    return Rate(amount, RateUnit.UNIT if material else RateUnit.HOUR)


def _lose_tables(row: Fields, account: Account) -> None:
    rates = row.node.all("Rates", "Rate")
    priced = ("StandardRate", "OvertimeRate", "CostPerUse")
    other = [item for item in rates if any(_nonzero(item, name) for name in priced)]
    account.lose("rate", row.where, "Rates", max(len(other) - 1, 0))
    periods = row.node.all("AvailabilityPeriods", "AvailabilityPeriod")
    account.lose("availability", row.where, "AvailabilityPeriods", len(periods))
    account.lose("baseline", row.where, "Resource", len(row.node.all("Baseline")))
    account.lose("computed", row.where, "Resource", len(row.node.all("TimephasedData")))
    if row.text("HyperlinkAddress") or row.text("Hyperlink"):
        account.lose("hyperlink", row.where, "Resource")


def _nonzero(item: Node, name: str) -> bool:
    return item.fields.get(name, "0").strip("0.") != ""


def read_assignment(uid: int, row: Fields, names: dict[str, str], account: Account) -> Assignment:
    """One assignment; whether its activity and resource exist is for the caller."""
    contour = row.whole("WorkContour")
    if not 0 <= contour < len(CONTOURS):
        raise row.fail("value.range", "WorkContour", contour)
    resource = row.whole("ResourceUID", UNASSIGNED)
    work, actual = _positive(row, "Work"), _positive(row, "ActualWork")
    remaining: int | None = max(row.seconds("RemainingWork") or 0, 0)
    if remaining == work - actual:
        remaining = None
    start, finish = row.moment("Start"), row.moment("Finish")
    if start is not None and finish is not None and finish < start:
        account.warn("finish.before_start", row.where)
        finish = start
    lose_custom(row, names, account)
    lose_rest(account, row, _ASSIGNMENT_KEPT, _COMPUTED, {})
    account.lose("baseline", row.where, "Assignment", len(row.node.all("Baseline")))
    return Assignment(
        uid=uid,
        activity=row.whole("TaskUID", -1),
        resource=None if resource == UNASSIGNED else resource,
        units=max(row.number("Units", 1.0), 0.0),
        work=work,
        actual_work=actual,
        remaining_work=remaining,
        overtime_work=_positive(row, "OvertimeWork"),
        start=start,
        finish=finish,
        actual_start=row.moment("ActualStart"),
        actual_finish=row.moment("ActualFinish"),
        delay=row.tenths("Delay"),
        levelling_delay=row.tenths("LevelingDelay"),
        cost=row.money("Cost"),
        actual_cost=row.money("ActualCost"),
        rate_table=row.whole("CostRateTable"),
        contour="" if contour == 0 else CONTOURS[contour],
    )


def _positive(row: Fields, name: str) -> int:
    return max(row.seconds(name) or 0, 0)

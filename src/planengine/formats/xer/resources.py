"""Resources and assignments of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.formats.account import Account
from planengine.formats.xer.tables import Numbers, Row
from planengine.instants import HOUR
from planengine.model import Assignment, Rate, RateUnit, Resource, ResourceKind

_KINDS = {"RT_Mat": ResourceKind.MATERIAL}


def read_resources(
    rows: Iterable[Row],
    rates: Iterable[Row],
    numbers: Numbers,
    calendars: Numbers,
    account: Account,
) -> Iterator[Resource]:
    """Every resource, with the last of its rates that has begun by its date alone."""
    latest: dict[str, Row] = {}
    for rate in rates:
        key = rate.text("rsrc_id")
        if key in latest:
            account.lose("rate", rate.where, "RSRCRATE")
        before = latest.get(key)
        if before is None or (before.moment("start_date") or 0) <= (rate.moment("start_date") or 0):
            latest[key] = rate
    for row in rows:
        rated = latest.get(row.text("rsrc_id"))
        kind = _KINDS.get(row.text("rsrc_type"), ResourceKind.WORK)
        account.keep("resource")
        account.keep("notes", row.text("rsrc_notes") != "")
        yield Resource(
            uid=numbers.of(row, "rsrc_id"),
            name=row.text("rsrc_name"),
            kind=kind,
            max_units=_units(rated),
            calendar=calendars.get(row.text("clndr_id")),
            email=row.text("email_addr"),
            initials=row.text("rsrc_short_name"),
            standard_rate=_rate(rated, kind),
            active=row.text("active_flag") != "N",
            notes=row.text("rsrc_notes"),
        )


def _units(row: Row | None) -> float:
    found = None if row is None else row.number("max_qty_per_hr")
    return 1.0 if found is None else max(found, 0.0)


def _rate(row: Row | None, kind: ResourceKind) -> Rate | None:
    amount = None if row is None else row.money("cost_per_qty")
    if not amount:
        return None
    return Rate(amount, RateUnit.UNIT if kind is ResourceKind.MATERIAL else RateUnit.HOUR)


def read_assignments(
    rows: list[Row], tasks: Numbers, resources: Numbers, account: Account
) -> Iterator[Assignment]:
    """Assignments of the project's activities; a role without a resource is nobody yet."""
    numbers = Numbers(rows, "taskrsrc_id")
    for row in rows:
        activity = tasks.get(row.text("task_id"))
        if activity is None:
            continue
        account.keep("assignment")
        if not row.text("rsrc_id") and row.text("role_id"):
            account.lose("role", row.where, "role_id")
        actual = _work(row, "act_reg_qty") + _work(row, "act_ot_qty")
        remaining = _work(row, "remain_qty")
        work = actual + remaining
        if not work and not row.text("remain_qty"):
            work = remaining = _work(row, "target_qty")
        units = row.number("target_qty_per_hr")
        yield Assignment(
            uid=numbers.of(row, "taskrsrc_id"),
            activity=activity,
            resource=resources.get(row.text("rsrc_id")),
            units=1.0 if units is None else max(units, 0.0),
            work=work,
            actual_work=actual,
            remaining_work=None if remaining == work - actual else remaining,
            overtime_work=_work(row, "act_ot_qty"),
            start=row.moment("act_start_date") or row.moment("target_start_date"),
            finish=_finish(row),
            actual_start=row.moment("act_start_date"),
            actual_finish=row.moment("act_end_date"),
            delay=max(row.hours("target_lag_drtn_hr_cnt") or 0, 0),
            cost=row.money("target_cost"),
            actual_cost=row.money("act_reg_cost"),
        )


def _finish(row: Row) -> int | None:
    start = row.moment("act_start_date") or row.moment("target_start_date")
    finish = row.moment("act_end_date") or row.moment("target_end_date")
    return start if start is not None and finish is not None and finish < start else finish


def _work(row: Row, name: str) -> int:
    """Hours of work as person-seconds; of a material, its quantity times an hour."""
    return round(max(row.number(name) or 0.0, 0.0) * HOUR)

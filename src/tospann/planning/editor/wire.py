"""The plan as the chart gets it: one array for each field, minutes for instants."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

import planengine as engine
from planengine.instants import DAY, weekday
from tospann.planning.dating import schedule_of
from tospann.planning.editor import typed
from tospann.planning.projection import day_of
from tospann.planning.store import Loaded
from tospann.ui.formats import number, short_date

Wire = dict[str, Any]


def whole(
    loaded: Loaded, revision: int, people: Mapping[str, str], language: str, now: datetime
) -> Wire:
    """Everything the chart draws. ``people`` gives names by id; ``now`` is the project's clock."""
    plan = loaded.plan
    found = schedule_of(loaded)
    instants = [one.start for one in plan.activities if one.start is not None]
    instants += [one.finish for one in plan.activities if one.finish is not None]
    today = engine.instant(now)
    return {
        "revision": revision,
        "start": _minute(min([plan.start, *instants])),
        "finish": _minute(max([plan.start, *instants])),
        "today": _minute(today),
        "status": None if plan.status_date is None else _minute(plan.status_date),
        "rows": _columns(loaded, found, people, language),
        "links": [
            [link.predecessor for link in plan.links],
            [link.successor for link in plan.links],
            [str(link.kind) for link in plan.links],
        ],
        "off": _days_off(plan, instants),
    }


def _minute(instant: int) -> int:
    return instant // 60


def _maybe(instant: int | None) -> int | None:
    return None if instant is None else instant // 60


def _columns(
    loaded: Loaded, found: engine.Schedule | None, people: Mapping[str, str], language: str
) -> dict[str, list[Any]]:
    plan = loaded.plan
    rows = [loaded.rows[one.uid] for one in plan.activities]
    numbers = {row.uid: row.number for row in rows}
    bound: dict[int, list[engine.Link]] = {}
    for link in plan.links:
        bound.setdefault(link.successor, []).append(link)
    some = plan.activities
    both = list(zip(some, rows, strict=True))
    baselines = [next((base for base in one.baselines if base.number == 0), None) for one in some]
    sums = engine.roll_up(plan)
    dates = [sums.get(one.uid) if row.kind == "summary" else one for one, row in both]
    return {
        "uid": [one.uid for one in some],
        "parent": [one.parent for one in some],
        "name": [one.name for one in some],
        "kind": [row.kind for row in rows],
        "start": [_maybe(one.start if one else None) for one in dates],
        "finish": [_maybe(one.finish if one else None) for one in dates],
        "duration": [one.duration // 60 for one in some],
        "shown": [_shown(one, row.kind, plan, language) for one, row in both],
        "percent": [row.percent for row in rows],
        "critical": [int(found is not None and found[one.uid].is_critical) for one in some],
        "slack": [_slack(found, one, plan, language) for one in some],
        "before": [
            typed.predecessors(bound.get(one.uid, ()), numbers, plan, language) for one in some
        ],
        "responsible": [people.get(one.responsible or "", "") for one in some],
        "deadline": [_maybe(one.deadline) for one in some],
        "pinned": [pinned(one, language) for one in some],
        "manual": [int(one.mode is engine.Mode.MANUAL) for one in some],
        "active": [int(one.active) for one in some],
        "base_start": [_maybe(base.start) if base else None for base in baselines],
        "base_finish": [_maybe(base.finish) if base else None for base in baselines],
    }


def _shown(one: engine.Activity, kind: str, plan: engine.Plan, language: str) -> str:
    if kind == "summary":
        return ""
    text = typed.written(one.duration, one.unit, plan, language, elapsed=one.elapsed)
    return f"{text}?" if one.estimated else text


def _slack(
    found: engine.Schedule | None, one: engine.Activity, plan: engine.Plan, language: str
) -> str | None:
    slack = found[one.uid].total_slack if found is not None else None
    if slack is None:
        return None
    return f"{number(round(slack / (plan.minutes_per_day * 60), 1), language)} d"


def pinned(one: engine.Activity, language: str) -> str:
    """What somebody has set that holds the dates, in a sentence; empty when nothing does."""
    if one.mode is engine.Mode.MANUAL:
        return _("Dates set by hand") if one.start is not None else _("Not placed in time yet")
    if one.constraint is None or one.progress.actual_start is not None:
        return ""
    day = day_of(one.constraint.date)
    said = short_date(day, language) if day else ""
    return constraint_words()[one.constraint.kind] % {"day": said}


def constraint_words() -> dict[engine.ConstraintKind, str]:
    kind = engine.ConstraintKind
    return {
        kind.AS_LATE_AS_POSSIBLE: _("As late as possible"),
        kind.MUST_START_ON: _("Must start on %(day)s"),
        kind.MUST_FINISH_ON: _("Must finish on %(day)s"),
        kind.START_NO_EARLIER_THAN: _("Starts no earlier than %(day)s"),
        kind.START_NO_LATER_THAN: _("Starts no later than %(day)s"),
        kind.FINISH_NO_EARLIER_THAN: _("Finishes no earlier than %(day)s"),
        kind.FINISH_NO_LATER_THAN: _("Finishes no later than %(day)s"),
    }


def _days_off(plan: engine.Plan, instants: Sequence[int]) -> dict[str, list[int]]:
    """Which days nobody works: the usual days of the week, and where a day differs from them."""
    calendar = next((one for one in plan.calendars if one.uid == plan.calendar), None)
    if calendar is None:
        return {"week": [5, 6], "days": [], "worked": []}
    usual = [place for place, hours in enumerate(calendar.week) if hours == ()]
    first = min(instants, default=plan.start) // DAY - 60
    last = max(instants, default=plan.start) // DAY + 120
    free: list[int] = []
    worked: list[int] = []
    for one in calendar.exceptions:
        for day in range(max(one.first_day, first), min(one.last_day, last) + 1):
            if one.hours and weekday(day) in usual:
                worked.append(day)
            elif not one.hours and weekday(day) not in usual:
                free.append(day)
    return {"week": usual, "days": free, "worked": worked}

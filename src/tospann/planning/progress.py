"""What somebody reports about a task, as edits: facts are recorded, never proposed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import planengine as engine
from planengine.edits import Edit
from planengine.instants import DAY, HOUR
from tospann.planning.projection import day_of

_BEGINS, _ENDS = 8 * HOUR, 16 * HOUR


def edits(
    one: engine.Activity,
    percent: float,
    actual_start: date | None,
    actual_finish: date | None,
    today: date,
) -> list[Edit]:
    """The edits that record it. A finish means 100 per cent; 100 per cent means a finish."""
    before = one.progress
    if actual_finish is not None:
        percent = 100.0
    begun = _instant(actual_start, _BEGINS, before.actual_start)
    ended = _instant(actual_finish, _ENDS, before.actual_finish)
    if percent > 0 and begun is None:
        begun = one.start if one.start is not None else engine.day(today) * DAY + _BEGINS
    if percent >= 100 and ended is None:
        ended = max(engine.day(today) * DAY + _ENDS, begun or 0)
    if percent < 100:
        ended = None
    if percent == 0 and actual_start is None:
        begun = None
    after = replace(
        before,
        percent=percent,
        actual_start=begun,
        actual_finish=ended,
        actual_duration=round(one.duration * percent / 100) if percent else None,
        remaining=None,
        stop=None,
        resume=None,
    )
    found: list[Edit] = []
    if after != before:
        found.append(engine.SetProgress(one.uid, after))
    start = begun if actual_start is not None else one.start
    finish = ended if actual_finish is not None else one.finish
    if start is not None and finish is not None and finish < start:
        start, finish = (start, start) if actual_finish is None else (finish, finish)
    if (start, finish) != (one.start, one.finish):
        found.append(engine.SetDates(one.uid, start, finish))
    return found


def worked(one: engine.Activity, hours: Decimal) -> engine.SetProgress | None:
    """The edit that records how much work it has taken; None when that is known already."""
    after = replace(one.progress, actual_work=round(hours * HOUR) or None)
    return engine.SetProgress(one.uid, after) if after != one.progress else None


def _instant(day: date | None, time: int, otherwise: int | None) -> int | None:
    return otherwise if day is None else engine.day(day) * DAY + time


def shown(one: engine.Activity) -> dict[str, Any]:
    """What a form about it begins with."""
    return {
        "percent": round(one.progress.percent, 1),
        "actual_start": day_of(one.progress.actual_start),
        "actual_finish": day_of(one.progress.actual_finish),
    }

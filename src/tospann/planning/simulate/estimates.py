"""The estimates with three points of a plan's open tasks."""

from dataclasses import dataclass

import planengine as engine
from tospann.planning.models import Kind, State
from tospann.planning.projection import Row
from tospann.planning.store import Loaded

PER_PAGE = 50


@dataclass(frozen=True)
class Estimate:
    """A task with its estimate in working days, when it has one."""

    row: Row
    days: float
    points: tuple[float, float, float] | None


@dataclass(frozen=True)
class Estimates:
    """One page of the open tasks, those with an estimate first."""

    rows: list[Estimate]
    number: int
    pages: int
    total: int
    estimated: int


def estimates(loaded: Loaded, number: int) -> Estimates:
    day = loaded.plan.minutes_per_day * 60
    listed = [
        Estimate(row, round(one.duration / day, 1), points_of(one, day))
        for one in loaded.plan.activities
        if (row := loaded.rows[one.uid]).kind == Kind.TASK
        and row.state != State.DONE
        and row.is_active
    ]
    listed.sort(key=lambda one: one.points is None)
    pages = max(1, -(-len(listed) // PER_PAGE))
    number = min(number, pages)
    part = listed[(number - 1) * PER_PAGE : number * PER_PAGE]
    known = sum(one.points is not None for one in listed)
    return Estimates(part, number, pages, len(listed), known)


def points_of(one: engine.Activity, day: int) -> tuple[float, float, float] | None:
    found = one.estimate
    if found is None:
        return None
    return round(found.low / day, 1), round(found.likely / day, 1), round(found.high / day, 1)

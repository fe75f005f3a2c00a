"""How likely the dates and the cost are: both plans simulated with the same random numbers.

Random numbers belong to the activity they are drawn for and to the project, so what a change does
not touch is drawn alike in both plans, and an unrelated change moves no percentile.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

import planengine as engine
from planengine.instants import DAY
from tospann.cases.consequences import Amount, Moved, Promised, When
from tospann.planning import dating
from tospann.planning.prepare import Prepared
from tospann.planning.preview import working_days
from tospann.planning.projection import day_of
from tospann.planning.store import Loaded

AT_ONCE = 2
"""Simulations a process runs at once; others wait for their turn."""
PATIENCE = 30.0
MOST_KEPT = 12
_turns = threading.BoundedSemaphore(AT_ONCE)
_kept: OrderedDict[tuple[object, ...], engine.RiskResult] = OrderedDict()
_lock = threading.Lock()


class Busy(Exception):
    """Too many simulations were waiting."""


def seed_of(project_id: UUID) -> int:
    """The project's own seed: the same for ever, so that figures can be compared."""
    return project_id.int % (2**31 - 1) + 1


def samples_for(activities: int) -> int:
    """As many draws as answer within a second."""
    return 2_000 if activities <= 2_000 else 1_000 if activities <= 5_000 else 500


@dataclass(frozen=True)
class Both:
    """The simulations of the plan before and after a change."""

    before: engine.RiskResult
    after: engine.RiskResult


def is_uncertain(plan: engine.Plan) -> bool:
    """Whether anything in the plan is estimated with three points."""
    return any(one.estimate is not None and one.active for one in plan.activities)


def simulate(loaded: Loaded, settings: engine.RiskSettings) -> engine.RiskResult:
    """The simulation of a plan, from memory when the process has just made it."""
    key = (loaded.hash, repr(settings))
    with _lock:
        found = _kept.get(key)
    if found is None:
        with _turn():
            found = engine.simulate(loaded.plan, settings, schedule=dating.schedule_of(loaded))
        with _lock:
            _kept[key] = found
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return found


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _turns.release()


def both(tried: Prepared, settings: engine.RiskSettings, watch: Sequence[int]) -> Both:
    """Both plans simulated alike; what one of them lacks is not watched there."""
    return Both(
        *(simulate(one, _watching(one, settings, watch)) for one in (tried.before, tried.after))
    )


def _watching(
    loaded: Loaded, settings: engine.RiskSettings, watch: Sequence[int]
) -> engine.RiskSettings:
    here = tuple(sorted({uid for uid in watch if uid in loaded.rows})[:1000])
    events = tuple(
        event
        for event in settings.events
        if all(one.activity is None or one.activity in loaded.rows for one in event.impacts)
    )
    return replace(settings, watch=here, events=events)


def certain(moved: Moved, found: Both) -> Moved:
    """A finish or milestone with the days it is 50 and 80 per cent certain by."""
    before = _when(moved.before, found.before, moved.uid)
    after = _when(moved.after, found.after, moved.uid)
    return replace(moved, before=before, after=after, p80_days=working_days(before.p80, after.p80))


def _when(planned: When, found: engine.RiskResult, uid: int | None) -> When:
    samples = found.finish if uid is None else found.finishes.get(uid)
    if samples is None or planned.plan is None:
        return planned
    return replace(planned, p50=day_of(samples.percentile(50)), p80=day_of(samples.percentile(80)))


def likely(promised: Promised, found: Both) -> Promised:
    """A promised day with the chance of keeping it."""
    limit = engine.day(promised.due) * DAY + DAY - 1
    return replace(
        promised,
        chance_before=_chance(found.before, promised.uid, limit),
        chance_after=_chance(found.after, promised.uid, limit),
    )


def _chance(found: engine.RiskResult, uid: int | None, limit: int) -> float | None:
    if uid is not None and uid not in found.finishes:
        return None
    return round(found.chance(limit, uid), 3)


def cost(found: Both) -> Amount | None:
    """The cost of the plan's own tasks that is 80 per cent certain; None when it has no cost."""
    before, after = (one.cost.percentile(80) for one in (found.before, found.after))
    if not before and not after:
        return None
    return Amount("", Decimal(before) / 100, Decimal(after) / 100)

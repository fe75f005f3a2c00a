"""How likely the dates and the cost are: both plans simulated with the same random numbers.

An unrelated change moves no percentile: see ``planning.simulate.draws``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import planengine as engine
from planengine.instants import DAY
from tospann.cases.consequences import Amount, Moved, Promised, When
from tospann.planning.prepare import Prepared
from tospann.planning.projection import day_of, working_days
from tospann.planning.simulate import draws
from tospann.planning.store import Loaded

Settings = Callable[[Loaded], engine.RiskSettings]


@dataclass(frozen=True)
class Both:
    """The simulations of the plan before and after a change."""

    before: engine.RiskResult
    after: engine.RiskResult


def both(tried: Prepared, settings: Settings, watch: Sequence[int]) -> Both:
    """Both plans simulated alike; what one of them lacks is not watched there."""
    plans = (tried.before, tried.after)
    return Both(*(draws.simulate(one, _watching(one, settings(one), watch)) for one in plans))


def _watching(
    loaded: Loaded, settings: engine.RiskSettings, watch: Sequence[int]
) -> engine.RiskSettings:
    here = tuple(sorted({uid for uid in watch if uid in loaded.rows})[:1000])
    return replace(settings, watch=here)


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

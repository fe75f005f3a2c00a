"""Risk: how likely dates and costs are, by simulation.

`simulate` draws the durations, costs and events of a plan thousands of times and schedules each
draw with calendars. Random numbers belong to the activity, event or factor they are drawn for, so
an edit that cannot matter changes no percentile at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from planengine.model import Plan, Reading
from planengine.risk.distributions import (
    Distribution,
    Erlang,
    Fixed,
    Normal,
    Pert,
    Triangular,
    Uniform,
    erlang_moments,
    formula_moments,
    pert_moments,
    prosjektveiviseren_mean,
    read_three_points,
)
from planengine.risk.results import PERCENTILES, RiskResult, Samples, Sensitivity
from planengine.risk.settings import (
    Cancelled,
    Factor,
    Impact,
    RiskError,
    RiskEvent,
    RiskSettings,
)

if TYPE_CHECKING:
    from planengine.network import Schedule
    from planengine.risk.pert import PertEstimate

__all__ = [
    "PERCENTILES",
    "Cancelled",
    "Distribution",
    "Erlang",
    "Factor",
    "Fixed",
    "Impact",
    "Normal",
    "Pert",
    "Reading",
    "RiskError",
    "RiskEvent",
    "RiskResult",
    "RiskSettings",
    "Samples",
    "Sensitivity",
    "Triangular",
    "Uniform",
    "erlang_moments",
    "formula_moments",
    "pert_estimate",
    "pert_moments",
    "prosjektveiviseren_mean",
    "read_three_points",
    "simulate",
]


def simulate(
    plan: Plan,
    settings: RiskSettings | None = None,
    *,
    schedule: Schedule | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RiskResult:
    """Simulate a plan.

    `schedule` is the plan's own, computed when not given. `progress` is told (samples done, samples
    in all) after each batch; `cancelled` is asked before each. Without uncertainty every sample is
    the schedule itself, to the second. The same plan, settings and seed give the same result, with
    numba and without.

    Raises `InvalidPlan` for an unsound plan, `RiskError` for settings that do not fit it (or dates
    further apart than 68 years), and `Cancelled` when `cancelled` answered yes.
    """
    from planengine.network import schedule as compute
    from planengine.risk.simulation import run

    made = compute(plan) if schedule is None else schedule
    return run(plan, settings or RiskSettings(), made, progress, cancelled)


def pert_estimate(plan: Plan, reading: Reading = Reading.PERT) -> PertEstimate:
    """PERT by formula: see `planengine.risk.pert`. Raises `InvalidPlan`, `RiskError`."""
    from planengine.risk.pert import estimate

    return estimate(plan, reading)

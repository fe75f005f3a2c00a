"""Earned value: what was planned, earned and spent, what it will cost and when it will be done.

`Figures` holds the money formulas and `TimeFigures` earned schedule, for anyone who has the
numbers; `earned_value` measures a whole plan at a status date.
"""

from planengine.earned_value.analysis import CurvePoint, EarnedRow, EarnedValue, earned_value
from planengine.earned_value.earned_schedule import TimeFigures, earned_schedule
from planengine.earned_value.figures import Figures, Forecast
from planengine.earned_value.frames import (
    Frames,
    frames_of_estimate,
    frames_of_normal,
    frames_of_samples,
)
from planengine.earned_value.methods import (
    WeightedMilestone,
    earned_fraction,
    milestone_fraction,
)

__all__ = [
    "CurvePoint",
    "EarnedRow",
    "EarnedValue",
    "Figures",
    "Forecast",
    "Frames",
    "TimeFigures",
    "WeightedMilestone",
    "earned_fraction",
    "earned_schedule",
    "earned_value",
    "frames_of_estimate",
    "frames_of_normal",
    "frames_of_samples",
    "milestone_fraction",
]

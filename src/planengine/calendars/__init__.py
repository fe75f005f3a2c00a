"""Calendars compiled for arithmetic: working time as sorted intervals with cumulative work.

`working_time(plan, uid)` gives the compiled form of a plan's calendar, `intersection` what two have
in common and `ALWAYS` the wall clock. See `WorkingTime` for the questions they answer.
"""

from planengine.calendars.compiled import forget_answers, intersection, working_time
from planengine.calendars.working_time import ALWAYS, WorkingTime

__all__ = ["ALWAYS", "WorkingTime", "forget_answers", "intersection", "working_time"]

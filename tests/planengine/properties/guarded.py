"""Scheduling that must come to an end: a plan that hangs the engine fails its test instead."""

from __future__ import annotations

import signal
from typing import Any

import planengine
from planengine import Plan, Schedule

ENOUGH = 3.0
"""CPU seconds for a plan of a few rows; it is about ending at all, not about speed."""


class Endless(AssertionError):
    """The engine did not come to an end."""


def schedule(plan: Plan) -> Schedule:
    """As `planengine.schedule`, but failing after a while."""

    def stop(*_: Any) -> None:
        raise Endless

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENOUGH)
    try:
        return planengine.schedule(plan)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

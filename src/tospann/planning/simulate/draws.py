"""Simulating a plan: a few at once, and none twice within a short while.

Random numbers belong to the project and to the activity they are drawn for, so what a change does
not touch is drawn alike before and after it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import planengine as engine
from tospann.planning import dating
from tospann.planning.kept import Kept
from tospann.planning.store import Loaded

AT_ONCE = 2
"""Simulations a process runs at once; others wait for their turn."""
PATIENCE = 30.0
MOST_KEPT = 12
_turns = threading.BoundedSemaphore(AT_ONCE)
_kept = Kept[tuple[str, str], engine.RiskResult](MOST_KEPT)


class Busy(Exception):
    """Too many simulations were waiting."""


def seed_of(project_id: UUID) -> int:
    """The project's own seed: the same for ever, so that figures can be compared."""
    return project_id.int % (2**31 - 1) + 1


def samples_for(activities: int) -> int:
    """As many draws as answer within a second."""
    return 2_000 if activities <= 2_000 else 1_000 if activities <= 5_000 else 500


def is_uncertain(plan: engine.Plan) -> bool:
    """Whether anything in the plan is estimated with three points."""
    return any(one.estimate is not None and one.active for one in plan.activities)


def simulate(loaded: Loaded, settings: engine.RiskSettings) -> engine.RiskResult:
    """The simulation of a plan, from memory when the process has just made it."""
    key = (loaded.hash, repr(settings))
    found = _kept.get(key)
    if found is None:
        with _turn():
            made = engine.simulate(loaded.plan, settings, schedule=dating.schedule_of(loaded))
        found = _kept.put(key, made)
    return found


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _turns.release()

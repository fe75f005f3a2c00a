"""What earlier plans teach the next: as an offer to widen its ranges, never by itself."""

from dataclasses import dataclass
from typing import Any

import planengine as engine
from tospann.closing import forecasting
from tospann.closing.forecasting import Score
from tospann.planning import store
from tospann.planning.models import Kind, Plan, State
from tospann.projects.models import Project

NOTABLE = 0.05
"""Plans that run late by less than this are left alone."""
LOW, LIKELY, PARTS = 0.9, 0.42, 2.42
"""Successive calculation: the mean is (lowest + 0.42 × likely + highest) / 2.42."""
MOST_LATE = 2.0


@dataclass(frozen=True)
class Offer:
    """How late plans like this one run, and how much longer the longest should be."""

    score: Score
    high: float
    same_pack: bool

    @property
    def percent(self) -> int:
        return self.score.late_percent


def offer(project: Project) -> Offer | None:
    """From plans with the same pack when they say enough, else from all; if they run late."""
    for pack in (project.pack_key, ""):
        score = forecasting.of_organisation(pack)
        if score.late is None:
            continue
        if score.late < NOTABLE:
            return None
        return Offer(score, highest(score.late), bool(pack))
    return None


def highest(late: float) -> float:
    """The highest, in parts of the likely, that puts the mean as late as plans have run."""
    return PARTS * (1 + min(late, MOST_LATE)) - LIKELY - LOW


def edits(head: Plan, high: float) -> list[dict[str, Any]]:
    """Open tasks get three points as wide as that; those that are as wide already are left."""
    loaded = store.load(head)
    found = []
    for one in loaded.plan.activities:
        row = loaded.rows[one.uid]
        is_open = row.kind == Kind.TASK and row.state != State.DONE and row.is_active
        after = _widened(one, high) if is_open and one.duration else None
        if after is not None:
            found.append(engine.edit_to_json(engine.SetEstimate(one.uid, after)))
    return found


def _widened(one: engine.Activity, high: float) -> engine.ThreePoint | None:
    known = one.estimate
    likely = known.likely if known else one.duration
    low = known.low if known else round(one.duration * LOW)
    most = round(likely * high)
    if known and known.high >= most:
        return None
    reading = known.reading if known else None
    return engine.ThreePoint(low, likely, max(most, likely), reading)

"""Why a date is what it is: the chain behind it in sentences, and how much room there is."""

from dataclasses import dataclass
from datetime import date

import planengine as engine
from planengine.why import End, Step
from tospann.planning.dating import schedule_of
from tospann.planning.projection import day_of
from tospann.planning.store import Loaded

ENDS: tuple[End, ...] = ("start", "finish", "late_start", "late_finish")
MOST = 25
"""Steps that are told one by one; the last, where the chain begins, is always among them."""


@dataclass(frozen=True)
class Told:
    """A step: its sentence, and the activity it speaks of, when it is another one."""

    sentence: str
    uid: int | None
    number: str
    name: str


@dataclass(frozen=True)
class Why:
    """The answer to “why this date?”. Floats are in working days; none when it has begun."""

    end: End
    day: date
    steps: tuple[Told, ...]
    root: Told
    left_out: int
    total_days: float
    free_days: float
    is_critical: bool

    @property
    def count(self) -> int:
        """How many steps the whole chain has."""
        return len(self.steps) + self.left_out + 1


def asked(text: str) -> End:
    """Which of an activity’s dates is meant; its start when it is none of them."""
    return next((end for end in ENDS if end == text), "start")


def why(loaded: Loaded, uid: int, end: End, language: str) -> Why | None:
    """The answer for a stored plan; none for an activity that is nowhere in time."""
    found = schedule_of(loaded)
    if found is None or uid not in found:
        return None
    chain, dates = engine.why(found, uid, end), found[uid]
    speech = "nb" if language.startswith("n") else "en"
    told = [_told(step, loaded, speech) for step in chain.steps]
    day = day_of(chain.date.at)
    if day is None:
        return None
    a_day = loaded.plan.minutes_per_day * 60
    return Why(
        end=end,
        day=day,
        steps=tuple(told[:-1][:MOST]),
        root=told[-1],
        left_out=max(0, len(told) - 1 - MOST),
        total_days=round(dates.total_slack / a_day, 1),
        free_days=round(dates.free_slack / a_day, 1),
        is_critical=dates.is_critical,
    )


def _told(step: Step, loaded: Loaded, language: str) -> Told:
    uid = step.date.uid
    row = loaded.rows.get(uid) if uid is not None else None
    sentence = step.sentence(loaded.plan, language)
    return Told(sentence, uid, row.number if row else "", row.name if row else "")

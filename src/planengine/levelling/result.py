"""What levelling proposes: edits, what each of them costs, and what stays overloaded and why."""

from __future__ import annotations

from dataclasses import dataclass

from planengine.edits import Edit, SetLevellingDelay
from planengine.levelling.loads import Overload
from planengine.levelling.staffing import Pinned
from planengine.phrases import Phrases, say, say_duration, say_moment


@dataclass(frozen=True, slots=True)
class Move:
    """One activity that waits, and what that costs.

    `edit` sets its levelling delay (elapsed seconds). Instants before and after levelling; `later`
    is how much later it finishes in seconds of its working time; `beyond_slack` the part of the
    delay no float absorbs; `overdue` how many seconds of wall clock it then lies after its
    deadline; `waits_for` the uids of the resources it waits for (empty when a delay is taken back).
    """

    edit: SetLevellingDelay
    start_before: int
    start_after: int
    finish_before: int
    finish_after: int
    later: int
    beyond_slack: int
    overdue: int
    waits_for: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Remaining:
    """An overload levelling leaves, and why each of its activities cannot make way."""

    overload: Overload
    reasons: tuple[tuple[int, Pinned], ...]

    def sentence(self, names: dict[int, str], resource: str, language: str = "en") -> str:
        """In words, in nb or en; `names` by activity uid."""
        held = "; ".join(
            say(_REASONS, reason, language, {"name": names.get(uid, str(uid))})
            for uid, reason in self.reasons
        )
        places = {
            "resource": resource,
            "start": say_moment(self.overload.start, language),
            "finish": say_moment(self.overload.finish, language),
            "why": held,
        }
        return say(_REASONS, "left" if held else "unexplained", language, places)


@dataclass(frozen=True, slots=True)
class LevellingResult:
    """A levelling to look at before it is taken: apply `edits` to get exactly what it promises.

    `finish_before` and `finish_after` are the plan's (instants); `overdue_before`/`overdue_after`
    the seconds of wall clock by which deadlines are missed, summed; `overloads_before` how many
    stretches were overloaded; `remaining` what still is. `tried` counts the schedules looked at;
    `is_proved` says that no earlier finish exists (`exact` only). Undo with the edits' inverses.
    """

    edits: tuple[Edit, ...]
    moves: tuple[Move, ...]
    finish_before: int
    finish_after: int
    overdue_before: int
    overdue_after: int
    overloads_before: int
    remaining: tuple[Remaining, ...]
    tried: int = 1
    is_proved: bool = False

    @property
    def moved(self) -> int:
        """How many activities wait."""
        return sum(row.edit.levelling_delay > 0 for row in self.moves)

    def summary(self, language: str = "en") -> str:
        """One sentence in nb or en."""
        later = self.finish_after - self.finish_before
        code = "none" if not self.edits else "same" if later <= 0 else "later"
        places = {
            "count": str(self.moved),
            "before": say_moment(self.finish_before, language),
            "after": say_moment(self.finish_after, language),
            "later": say_duration(max(later, 0), 1440, language, elapsed=True),
            "left": str(len(self.remaining)),
        }
        said = say(_SUMMARIES, code, language, places)
        return f"{said} {say(_SUMMARIES, 'left', language, places)}" if self.remaining else said


_REASONS: Phrases = {
    "left": (
        "{resource} er fortsatt overbelastet fra {start} til {finish}: {why}.",
        "{resource} is still overloaded from {start} to {finish}: {why}.",
    ),
    "unexplained": (
        "{resource} er fortsatt overbelastet fra {start} til {finish}.",
        "{resource} is still overloaded from {start} to {finish}.",
    ),
    Pinned.STARTED: ("«{name}» er begynt", "“{name}” has begun"),
    Pinned.MANUAL: ("«{name}» planlegges manuelt", "“{name}” is scheduled by hand"),
    Pinned.PRIORITY: (
        "«{name}» har prioritet 1000 og flyttes ikke",
        "“{name}” has priority 1000 and is never moved",
    ),
    Pinned.CONSTRAINT: (
        "«{name}» er bundet av en datobetingelse",
        "“{name}” is held by a date constraint",
    ),
    Pinned.SPLIT: ("«{name}» er delt", "“{name}” is split"),
    Pinned.TOO_MUCH: (
        "«{name}» trenger mer enn det som finnes",
        "“{name}” needs more than there is",
    ),
    Pinned.NO_SLACK: (
        "«{name}» har ikke nok slakk",
        "“{name}” has too little slack",
    ),
}
_SUMMARIES: Phrases = {
    "none": ("Ingenting må flyttes.", "Nothing has to move."),
    "same": (
        "{count} aktiviteter venter; planen slutter fortsatt {after}.",
        "{count} activities wait; the plan still finishes {after}.",
    ),
    "later": (
        "{count} aktiviteter venter; planen slutter {after}, {later} senere enn {before}.",
        "{count} activities wait; the plan finishes {after}, {later} later than {before}.",
    ),
    "left": (
        "{left} overbelastninger står igjen.",
        "{left} overloads remain.",
    ),
}

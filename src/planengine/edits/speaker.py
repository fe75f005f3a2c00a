"""The parts of a plan in words: what sentences about edits, differences and causes are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planengine.edits.phrases import WORDS
from planengine.model import Activity, Constraint, LagFormat, Link, Plan, Progress, ThreePoint
from planengine.phrases import say, say_day, say_duration, say_moment, say_money, say_number


@dataclass(slots=True)
class Speaker:
    """Says the parts of a plan in nb or en: names, moments, durations, links, money.

    Rows the plan does not have are called by their number.
    """

    plan: Plan
    language: str
    _rows: dict[int, Activity] | None = None

    def row(self, uid: int) -> Activity | None:
        """The activity, or `None` when the plan does not have it."""
        if self._rows is None:
            self._rows = {row.uid: row for row in self.plan.activities}
        return self._rows.get(uid)

    def activity(self, uid: int | None) -> str:
        """«Name», or the number of an activity the plan does not have."""
        if uid is None:
            return self.word("top")
        row = self.row(uid)
        return f"«{row.name}»" if row is not None and row.name else f"{self.word('activity')} {uid}"

    def word(self, code: str) -> str:
        """One of the words of `edits.phrases.WORDS`."""
        return say(WORDS, code, self.language, {})

    def yes(self, value: bool) -> str:
        """Yes or no."""
        return self.word("yes" if value else "no")

    def moment(self, value: int | None) -> str:
        """An instant as people write it."""
        return say_moment(value, self.language)

    def duration(self, seconds: int | None, *, elapsed: bool = False) -> str:
        """Seconds of working time (of wall clock when `elapsed`) in days or hours."""
        if seconds is None:
            return self.word("none")
        return say_duration(seconds, self.plan.minutes_per_day, self.language, elapsed=elapsed)

    def money(self, value: int | None) -> str:
        """Hundredths of the currency as money."""
        return say_money(value, self.language)

    def hours(self, seconds: int | None) -> str:
        """Person-seconds as hours."""
        if seconds is None:
            return self.word("none")
        return f"{say_number(seconds / 3600, self.language)} {self.word('hours')}"

    def percent(self, value: float) -> str:
        """A percentage, 0–100."""
        return f"{say_number(value, self.language)} %"

    def constraint(self, value: Constraint | None) -> str:
        """A date constraint in words."""
        if value is None:
            return self.word("none")
        kind = self.word(value.kind)
        return kind if value.date is None else f"{kind} {self.moment(value.date)}"

    def progress(self, value: Progress) -> str:
        """What has happened, in words."""
        parts = [self.percent(value.percent)]
        if value.actual_start is not None:
            parts.append(f"{self.word('started')} {self.moment(value.actual_start)}")
        if value.actual_finish is not None:
            parts.append(f"{self.word('finished')} {self.moment(value.actual_finish)}")
        if value.remaining is not None and value.actual_finish is None:
            parts.append(f"{self.duration(value.remaining)} {self.word('left')}")
        return ", ".join(parts)

    def estimate(self, row: Any) -> str:
        """The three-point estimate of anything that has one."""
        value = row.estimate
        return self.word("none") if value is None else self.three_points(value)

    def three_points(self, value: ThreePoint) -> str:
        """Low, likely and high, and how they are read when that is their own."""
        said = " / ".join(map(self.duration, (value.low, value.likely, value.high)))
        return f"{said} ({self.word(value.reading)})" if value.reading else said

    def link(self, link: Link) -> str:
        """A link: its two ends, its kind and its lag."""
        ends = f"{self.activity(link.predecessor)} → {self.activity(link.successor)}"
        return f"{ends} ({self.word(link.kind)}{self._lag(link)})"

    def _lag(self, link: Link) -> str:
        if not link.lag:
            return ""
        sign = "+" if link.lag > 0 else "−"
        if link.lag_format in (LagFormat.PERCENT, LagFormat.ELAPSED_PERCENT):
            return f" {sign} {abs(link.lag)} %"
        elapsed = link.lag_format is LagFormat.ELAPSED
        return f" {sign} {self.duration(abs(link.lag), elapsed=elapsed)}"

    def calendar(self, uid: int | None) -> str:
        """A calendar’s name, or its number."""
        if uid is None:
            return self.word("none")
        return self._named(self.plan.calendars, uid)

    def resource(self, uid: int | None) -> str:
        """A resource’s name, or its number."""
        if uid is None:
            return self.word("nobody")
        return self._named(self.plan.resources, uid)

    def _named(self, rows: tuple[Any, ...], uid: int) -> str:
        return next((f"«{row.name}»" for row in rows if row.uid == uid and row.name), str(uid))

    def days(self, first: int, last: int) -> str:
        """A range of day numbers, both included."""
        start = say_day(first, self.language)
        return start if first == last else f"{start} – {say_day(last, self.language)}"

    def scope(self, uids: tuple[int, ...] | None) -> str:
        """The activity, how many there are, or the whole plan."""
        if uids is None:
            return self.word("all")
        if len(uids) == 1:
            return self.activity(uids[0])
        return f"{len(uids)} {self.word('activities')}"

    def assigned(self, uid: int) -> dict[str, str]:
        """The resource (`name`) and the activity (`new`) of an assignment."""
        row = next((row for row in self.plan.assignments if row.uid == uid), None)
        if row is None:
            return {"name": str(uid), "new": self.word("activity")}
        return {"name": self.resource(row.resource), "new": self.activity(row.activity)}

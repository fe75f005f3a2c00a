"""An edit as one sentence a person can agree or disagree with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from planengine.edits import kinds
from planengine.edits.kinds import Edit
from planengine.edits.phrases import SENTENCES, WORDS
from planengine.model import Activity, Constraint, LagFormat, Link, Plan, Progress
from planengine.phrases import say, say_day, say_duration, say_moment, say_money, say_number


def describe(edit: Edit, plan: Plan, language: str = "en") -> str:
    """What the edit would do to `plan`, as a sentence in nb or en.

    Rows the plan does not have (because an earlier edit makes them) are called by their number.
    """
    speaker = _Speaker(plan, language)
    values = speaker.values(edit)
    return say(SENTENCES, edit.kind, language, values)


def describe_all(edits: tuple[Edit, ...], plan: Plan, language: str = "en") -> tuple[str, ...]:
    """A sentence for each edit, all of them seen from `plan` as it is before the first."""
    speaker = _Speaker(plan, language)
    return tuple(say(SENTENCES, edit.kind, language, speaker.values(edit)) for edit in edits)


@dataclass(slots=True)
class _Speaker:
    plan: Plan
    language: str
    _rows: dict[int, Activity] | None = None

    def values(self, edit: Edit) -> dict[str, str]:
        """What fills the places of the edit's sentence."""
        values = {"new": "", "old": "", "name": "", "number": ""}
        show = _FIELD.get(edit.kind)
        if isinstance(edit, kinds.ActivityFields):
            row = self._activity(edit.uid)
            values["name"] = self.activity(edit.uid)
            if show is not None:
                values["new"] = show(self, edit)
                values["old"] = "–" if row is None else show(self, row)
        elif isinstance(edit, kinds.PlanFields):
            if show is not None:
                values["new"], values["old"] = show(self, edit), show(self, self.plan)
        else:
            values.update(_OTHER[type(edit)](self, edit))
        return values

    def _activity(self, uid: int) -> Activity | None:
        if self._rows is None:
            self._rows = {row.uid: row for row in self.plan.activities}
        return self._rows.get(uid)

    def activity(self, uid: int | None) -> str:
        """«Name», or the number of an activity the plan does not have."""
        if uid is None:
            return self.word("top")
        row = self._activity(uid)
        return f"«{row.name}»" if row is not None and row.name else f"{self.word('activity')} {uid}"

    def word(self, code: str) -> str:
        return say(WORDS, code, self.language, {})

    def yes(self, value: bool) -> str:
        return self.word("yes" if value else "no")

    def moment(self, value: int | None) -> str:
        return say_moment(value, self.language)

    def duration(self, seconds: int | None, *, elapsed: bool = False) -> str:
        if seconds is None:
            return self.word("none")
        return say_duration(seconds, self.plan.minutes_per_day, self.language, elapsed=elapsed)

    def money(self, value: int | None) -> str:
        return say_money(value, self.language)

    def hours(self, seconds: int | None) -> str:
        if seconds is None:
            return self.word("none")
        return f"{say_number(seconds / 3600, self.language)} {self.word('hours')}"

    def percent(self, value: float) -> str:
        return f"{say_number(value, self.language)} %"

    def constraint(self, value: Constraint | None) -> str:
        if value is None:
            return self.word("none")
        kind = self.word(value.kind)
        return kind if value.date is None else f"{kind} {self.moment(value.date)}"

    def progress(self, value: Progress) -> str:
        parts = [self.percent(value.percent)]
        if value.actual_start is not None:
            parts.append(f"{self.word('started')} {self.moment(value.actual_start)}")
        if value.actual_finish is not None:
            parts.append(f"{self.word('finished')} {self.moment(value.actual_finish)}")
        if value.remaining is not None and value.actual_finish is None:
            parts.append(f"{self.duration(value.remaining)} {self.word('left')}")
        return ", ".join(parts)

    def estimate(self, row: Any) -> str:
        value = row.estimate
        if value is None:
            return self.word("none")
        return " / ".join(map(self.duration, (value.low, value.likely, value.high)))

    def link(self, link: Link) -> str:
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
        if uid is None:
            return self.word("none")
        return self._named(self.plan.calendars, uid)

    def resource(self, uid: int | None) -> str:
        if uid is None:
            return self.word("nobody")
        return self._named(self.plan.resources, uid)

    def _named(self, rows: tuple[Any, ...], uid: int) -> str:
        return next((f"«{row.name}»" for row in rows if row.uid == uid and row.name), str(uid))

    def days(self, first: int, last: int) -> str:
        start = say_day(first, self.language)
        return start if first == last else f"{start} – {say_day(last, self.language)}"

    def scope(self, uids: tuple[int, ...] | None) -> str:
        if uids is None:
            return self.word("all")
        if len(uids) == 1:
            return self.activity(uids[0])
        return f"{len(uids)} {self.word('activities')}"

    def assigned(self, uid: int) -> dict[str, str]:
        row = next((row for row in self.plan.assignments if row.uid == uid), None)
        if row is None:
            return {"name": str(uid), "new": self.word("activity")}
        return {"name": self.resource(row.resource), "new": self.activity(row.activity)}


Shower = Callable[[_Speaker, Any], str]
_FIELD: dict[str, Shower] = {
    "activity.rename": lambda talk, row: f"«{row.name}»",
    "activity.code": lambda talk, row: f"«{row.code}»",
    "activity.dates": lambda talk, row: f"{talk.moment(row.start)} – {talk.moment(row.finish)}",
    "activity.duration": lambda talk, row: talk.duration(row.duration, elapsed=row.elapsed),
    "activity.estimate": _Speaker.estimate,
    "activity.milestone": lambda talk, row: talk.yes(row.milestone),
    "activity.mode": lambda talk, row: talk.word(row.mode),
    "activity.constraint": lambda talk, row: talk.constraint(row.constraint),
    "activity.deadline": lambda talk, row: talk.moment(row.deadline),
    "activity.calendar": lambda talk, row: talk.calendar(row.calendar),
    "activity.responsible": lambda talk, row: row.responsible or talk.word("nobody"),
    "activity.priority": lambda talk, row: str(row.priority),
    "activity.cost": lambda talk, row: talk.money(row.fixed_cost),
    "activity.work": lambda talk, row: talk.hours(row.work),
    "activity.earned_method": lambda talk, row: talk.word(row.earned_method),
    "activity.progress": lambda talk, row: talk.progress(row.progress),
    "activity.split": lambda talk, row: str(len(row.gaps)),
    "activity.levelling_delay": lambda talk, row: talk.duration(row.levelling_delay, elapsed=True),
    "activity.active": lambda talk, row: talk.yes(row.active),
    "plan.rename": lambda talk, row: f"«{row.name}»",
    "plan.dates": lambda talk, row: f"{talk.moment(row.start)} – {talk.moment(row.finish)}",
    "plan.status_date": lambda talk, row: talk.moment(row.status_date),
    "plan.calendar": lambda talk, row: talk.calendar(row.calendar),
    "plan.hours": lambda talk, row: say_number(row.minutes_per_day / 60, talk.language),
}
_OTHER: dict[type[Edit], Callable[[_Speaker, Any], dict[str, str]]] = {
    kinds.AddActivity: lambda talk, edit: {
        "name": f"«{edit.activity.name}»",
        "new": talk.activity(edit.activity.parent),
    },
    kinds.RemoveActivity: lambda talk, edit: {"name": talk.activity(edit.uid)},
    kinds.MoveActivity: lambda talk, edit: {
        "name": talk.activity(edit.uid),
        "new": talk.activity(edit.parent),
        "number": talk.word("last") if edit.position is None else str(edit.position + 1),
    },
    kinds.AddLink: lambda talk, edit: {"new": talk.link(edit.link)},
    kinds.ChangeLink: lambda talk, edit: {
        "old": talk.link(Link(edit.predecessor, edit.successor, edit.link_kind)),
        "new": talk.link(edit.link),
    },
    kinds.RemoveLink: lambda talk, edit: {
        "old": talk.link(Link(edit.predecessor, edit.successor, edit.link_kind))
    },
    kinds.AddResource: lambda talk, edit: {"name": f"«{edit.resource.name}»"},
    kinds.ChangeResource: lambda talk, edit: {"name": talk.resource(edit.resource.uid)},
    kinds.RemoveResource: lambda talk, edit: {"name": talk.resource(edit.uid)},
    kinds.AddAssignment: lambda talk, edit: {
        "name": talk.resource(edit.assignment.resource),
        "new": talk.activity(edit.assignment.activity),
        "number": talk.percent(edit.assignment.units * 100),
    },
    kinds.ChangeAssignment: lambda talk, edit: {
        "name": talk.resource(edit.assignment.resource),
        "new": talk.activity(edit.assignment.activity),
        "number": talk.percent(edit.assignment.units * 100),
    },
    kinds.RemoveAssignment: lambda talk, edit: talk.assigned(edit.uid),
    kinds.AddCalendar: lambda talk, edit: {"name": f"«{edit.calendar.name}»"},
    kinds.ChangeCalendar: lambda talk, edit: {"name": talk.calendar(edit.calendar.uid)},
    kinds.RemoveCalendar: lambda talk, edit: {"name": talk.calendar(edit.uid)},
    kinds.SetException: lambda talk, edit: {
        "name": talk.calendar(edit.calendar),
        "new": edit.exception.name
        or talk.word("worked_days" if edit.exception.hours else "days_off"),
        "number": talk.days(edit.exception.first_day, edit.exception.last_day),
    },
    kinds.RemoveException: lambda talk, edit: {
        "name": talk.calendar(edit.calendar),
        "number": talk.days(edit.first_day, edit.last_day),
    },
    kinds.SetBaseline: lambda talk, edit: {
        "number": str(edit.number),
        "name": talk.scope(edit.activities),
    },
    kinds.ClearBaseline: lambda talk, edit: {
        "number": str(edit.number),
        "name": talk.scope(edit.activities),
    },
    kinds.RestoreBaselines: lambda talk, edit: {
        "name": talk.scope(tuple(dict.fromkeys(row.activity for row in edit.rows)))
    },
    kinds.ReplacePlan: lambda talk, edit: {
        "new": f"«{edit.plan.name}»",
        "number": str(len(edit.plan.activities)),
    },
}

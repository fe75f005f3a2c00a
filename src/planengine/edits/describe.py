"""An edit as one sentence a person can agree or disagree with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planengine.edits import kinds
from planengine.edits.kinds import Edit
from planengine.edits.phrases import SENTENCES
from planengine.edits.speaker import Speaker
from planengine.model import Link, Plan
from planengine.phrases import say, say_number


def describe(edit: Edit, plan: Plan, language: str = "en") -> str:
    """What the edit would do to `plan`, as a sentence in nb or en.

    Rows the plan does not have (because an earlier edit makes them) are called by their number.
    """
    speaker = Speaker(plan, language)
    values = _values(speaker, edit)
    return say(SENTENCES, edit.kind, language, values)


def describe_all(edits: tuple[Edit, ...], plan: Plan, language: str = "en") -> tuple[str, ...]:
    """A sentence for each edit, all of them seen from `plan` as it is before the first."""
    speaker = Speaker(plan, language)
    return tuple(say(SENTENCES, edit.kind, language, _values(speaker, edit)) for edit in edits)


def _values(talk: Speaker, edit: Edit) -> dict[str, str]:
    """What fills the places of the edit's sentence."""
    values = {"new": "", "old": "", "name": "", "number": ""}
    show = _FIELD.get(edit.kind)
    if isinstance(edit, kinds.ActivityFields):
        row = talk.row(edit.uid)
        values["name"] = talk.activity(edit.uid)
        if show is not None:
            values["new"] = show(talk, edit)
            values["old"] = "–" if row is None else show(talk, row)
    elif isinstance(edit, kinds.PlanFields):
        if show is not None:
            values["new"], values["old"] = show(talk, edit), show(talk, talk.plan)
    else:
        values.update(_OTHER[type(edit)](talk, edit))
    return values


Shower = Callable[[Speaker, Any], str]
_FIELD: dict[str, Shower] = {
    "activity.rename": lambda talk, row: f"«{row.name}»",
    "activity.code": lambda talk, row: f"«{row.code}»",
    "activity.dates": lambda talk, row: f"{talk.moment(row.start)} – {talk.moment(row.finish)}",
    "activity.duration": lambda talk, row: talk.duration(row.duration, elapsed=row.elapsed),
    "activity.estimate": Speaker.estimate,
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
_OTHER: dict[type[Edit], Callable[[Speaker, Any], dict[str, str]]] = {
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

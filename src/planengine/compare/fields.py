"""The fields of a plan's rows in words: what each is called, and how its value is said."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from planengine.edits.phrases import WORDS
from planengine.edits.speaker import Speaker
from planengine.model import Constraint, Gap, Progress, Rate, ThreePoint
from planengine.phrases import Phrases, say, say_number

LABELS: Phrases = {
    "": ("raden", "the row"),
    "active": ("om den er med i planen", "whether it counts in the plan"),
    "activity": ("aktivitet", "activity"),
    "actual_cost": ("påløpt kostnad", "actual cost"),
    "actual_finish": ("faktisk slutt", "actual finish"),
    "actual_start": ("faktisk start", "actual start"),
    "actual_work": ("utført arbeid", "actual work"),
    "assignments": ("tildelinger", "assignments"),
    "base": ("grunnkalender", "base calendar"),
    "baselines": ("referanseplan", "baseline"),
    "calendar": ("kalender", "calendar"),
    "code": ("kode", "code"),
    "constraint": ("betingelse", "constraint"),
    "contour": ("fordeling av arbeidet", "contour of the work"),
    "cost": ("kostnad", "cost"),
    "cost_per_use": ("pris per gangs bruk", "cost per use"),
    "critical_slack": ("grense for kritisk", "limit of critical slack"),
    "days_per_month": ("dager per måned", "days per month"),
    "deadline": ("frist", "deadline"),
    "delay": ("utsettelse", "delay"),
    "duration": ("varighet", "duration"),
    "earned_method": ("metode for opptjent verdi", "earned value method"),
    "effort_driven": ("om arbeidet styrer varigheten", "whether it is effort-driven"),
    "elapsed": ("om varigheten er kalendertid", "whether the duration is elapsed time"),
    "email": ("e-post", "e-mail"),
    "estimate": ("trippelanslag", "three-point estimate"),
    "estimated": ("om varigheten er anslått", "whether the duration is estimated"),
    "exceptions": ("unntak", "exception"),
    "finish": ("slutt", "finish"),
    "fixed_cost": ("fast kostnad", "fixed cost"),
    "gaps": ("avbrudd", "pauses"),
    "generic": ("om den er generisk", "whether it is generic"),
    "group": ("gruppe", "group"),
    "honor_constraints": ("om betingelser går foran", "whether constraints take precedence"),
    "ignore_resource_calendars": (
        "om ressursenes kalendere ses bort fra",
        "whether the resources’ calendars are ignored",
    ),
    "initials": ("initialer", "initials"),
    "kind": ("type", "kind"),
    "lag": ("ventetid", "lag"),
    "lag_calendar": ("kalender for ventetid", "calendar of lags"),
    "lag_format": ("måling av ventetiden", "measure of the lag"),
    "levelling_delay": ("utjevningsforsinkelse", "levelling delay"),
    "material_label": ("måleenhet", "unit of measure"),
    "max_units": ("kapasitet", "capacity"),
    "milestone": ("om den er milepæl", "whether it is a milestone"),
    "minutes_per_day": ("minutter per dag", "minutes per day"),
    "minutes_per_week": ("minutter per uke", "minutes per week"),
    "mode": ("planlegging", "scheduling"),
    "move_completed_back": (
        "om ferdig arbeid flyttes tilbake til statusdatoen",
        "whether completed work is moved back to the status date",
    ),
    "move_completed_forward": (
        "om ferdig arbeid flyttes frem til statusdatoen",
        "whether completed work is moved forward to the status date",
    ),
    "move_remaining_back": (
        "om gjenstående arbeid flyttes tilbake til statusdatoen",
        "whether remaining work is moved back to the status date",
    ),
    "move_remaining_forward": (
        "om gjenstående arbeid flyttes frem til statusdatoen",
        "whether remaining work is moved forward to the status date",
    ),
    "multiple_critical_paths": ("om flere kritiske linjer vises", "several critical paths"),
    "name": ("navn", "name"),
    "notes": ("notat", "notes"),
    "options": ("planleggingsregler", "scheduling rules"),
    "order": ("rekkefølge", "order"),
    "overtime_rate": ("overtidssats", "overtime rate"),
    "overtime_work": ("overtid", "overtime work"),
    "parent": ("overordnet aktivitet", "parent"),
    "person": ("person", "person"),
    "predecessor": ("forgjenger", "predecessor"),
    "priority": ("prioritet", "priority"),
    "profile": ("regelsett", "profile"),
    "progress": ("fremdrift", "progress"),
    "progress_logic": ("regel for påbegynt arbeid", "rule for started work"),
    "properties": ("opplysning", "detail"),
    "rate_table": ("satstabell", "rate table"),
    "remaining_work": ("gjenstående arbeid", "remaining work"),
    "reschedule_uncompleted": (
        "om ugjort arbeid flyttes til etter statusdatoen",
        "whether work not done is moved to after the status date",
    ),
    "resource": ("ressurs", "resource"),
    "responsible": ("ansvarlig", "person responsible"),
    "schedule_from": ("planleggingsretning", "direction of scheduling"),
    "split_in_progress": ("om påbegynt arbeid kan deles", "whether started work may be split"),
    "standard_rate": ("timesats", "standard rate"),
    "start": ("start", "start"),
    "status_date": ("statusdato", "status date"),
    "successor": ("etterfølger", "successor"),
    "task_type": ("aktivitetstype", "task type"),
    "uid": ("nummer", "number"),
    "unit": ("enhet for varigheten", "unit of the duration"),
    "units": ("andel", "units"),
    "week": ("arbeidsuke", "working week"),
    "work": ("arbeid", "work"),
    "work_weeks": ("arbeidsuke", "work week"),
}
"""Names of the fields as they stand inside a sentence."""

SUBJECTS: Phrases = {
    "plan": ("planen", "the plan"),
    "activity": ("aktivitet", "activity"),
    "link": ("koblingen", "the link"),
    "calendar": ("kalenderen", "the calendar"),
    "resource": ("ressursen", "the resource"),
    "assignment": ("tildelingen av", "the assignment of"),
}
"""What a row is called before its name."""

_MOMENTS = frozenset(
    {"start", "finish", "deadline", "status_date", "actual_start", "actual_finish"}
)
_WORK = frozenset({"work", "actual_work", "remaining_work", "overtime_work"})
_MONEY = frozenset({"cost", "fixed_cost", "actual_cost", "cost_per_use"})
_DURATIONS = frozenset({"duration", "critical_slack"})
_ELAPSED = frozenset({"levelling_delay", "delay"})
_PERCENTS = frozenset({"units", "max_units"})

Show = Callable[[Speaker, Any], str]
_BY_TYPE: dict[type, Show] = {
    bool: Speaker.yes,
    Constraint: Speaker.constraint,
    Progress: Speaker.progress,
    Rate: lambda talk, rate: f"{talk.money(rate.amount)}/{rate.unit}",
    ThreePoint: Speaker.three_points,
    str: lambda talk, text: f"«{text}»",
}
_BY_NAME: dict[str, Show] = {
    "parent": Speaker.activity,
    "activity": Speaker.activity,
    "calendar": Speaker.calendar,
    "base": Speaker.calendar,
    "resource": Speaker.resource,
    **dict.fromkeys(_MOMENTS, Speaker.moment),
    **dict.fromkeys(_WORK, Speaker.hours),
    **dict.fromkeys(_MONEY, Speaker.money),
    **dict.fromkeys(_DURATIONS, Speaker.duration),
    **dict.fromkeys(_ELAPSED, lambda talk, value: talk.duration(value, elapsed=True)),
    **dict.fromkeys(_PERCENTS, lambda talk, value: talk.percent(value * 100)),
}


def say_field(field: str, language: str) -> str:
    """The field's name in nb or en, as it stands inside a sentence."""
    return say(LABELS, field, language, {}) if field in LABELS else field


def say_value(talk: Speaker, field: str, value: Any) -> str:
    """A field's value in words; `None` is “ingen”/“none”, or the top for a parent."""
    if value is None and field != "parent":
        return talk.word("none")
    show = _BY_NAME.get(field) or _BY_TYPE.get(type(value))
    if show is not None:
        return show(talk, value)
    if isinstance(value, StrEnum):
        return talk.word(value) if value.value in WORDS else str(value)
    if isinstance(value, tuple):
        return _several(talk, value)
    return say_number(value, talk.language) if isinstance(value, int | float) else "…"


def _several(talk: Speaker, value: tuple[Any, ...]) -> str:
    if value and all(isinstance(part, Gap) for part in value):
        return ", ".join(f"{talk.moment(gap.start)} – {talk.moment(gap.finish)}" for gap in value)
    return str(len(value)) if value else talk.word("none")


def say_row(talk: Speaker, subject: str, key: Any, row: Any) -> str:
    """A row by what it is and what people call it, such as «Grave» or the resource «Kari».

    `row` may be `None`; then its `key` (a uid, or a link's key) says which it is.
    """
    if subject == "plan":
        return say(SUBJECTS, subject, talk.language, {})
    if subject == "activity":
        name = getattr(row, "name", "")
        return f"«{name}»" if name else talk.activity(key)
    if subject == "link":
        ends = f"{talk.activity(key[0])} → {talk.activity(key[1])} ({talk.word(key[2])})"
        return f"{say(SUBJECTS, subject, talk.language, {})} {ends}"
    if subject == "assignment" and row is not None:
        ends = f"{talk.resource(row.resource)} → {talk.activity(row.activity)}"
        return f"{say(SUBJECTS, subject, talk.language, {})} {ends}"
    name = getattr(row, "name", "") or str(key)
    return f"{say(SUBJECTS, subject, talk.language, {})} «{name}»"

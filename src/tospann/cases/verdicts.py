"""Who decides an alternative, and a case: kept with them, and what deciding is judged by."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from tospann.cases.models import Alternative, Case
from tospann.foundation.authority import (
    MEASURES,
    Deciders,
    Named,
    Role,
    Ruling,
    Sentence,
    amount_text,
)
from tospann.foundation.commands import Operation, verdict_on
from tospann.ui.holidays import add_working_days

LEFT = frozenset({"contingency_left_percent"})
"""Measures of what is left: the less, the worse."""


def operations_of(alternative: Alternative) -> list[Operation]:
    return [Operation.from_json(stored) for stored in alternative.operations]


def stored(ruling: Ruling) -> dict[str, Any]:
    """A verdict as an alternative keeps it, with the measures it rests on."""
    shown = {key: str(value) for key, value in ruling.measures.items() if key in MEASURES}
    return {**ruling.who.to_json(), "because": ruling.because.to_json(), "measures": shown}


def envelope(alternative: Alternative) -> dict[str, Decimal]:
    """How far an approval reaches: what it may come to at most if the plan moves meanwhile."""
    kept = alternative.verdict.get("measures") or {}
    return {key: Decimal(value) for key, value in kept.items() if key in MEASURES}


def envelope_text(alternative: Alternative) -> list[str]:
    """The same in phrases: “the change of the plan's finish: 8 working days”; nothing is left out
    but what does not change."""
    return [
        f"{MEASURES[key].label}: {amount_text(value, MEASURES[key].unit)}"
        for key, value in envelope(alternative).items()
        if value
    ]


def outside(alternative: Alternative, now: Ruling) -> list[str]:
    """What has grown beyond what the reader was shown, in sentences."""
    said = []
    for key, shown in envelope(alternative).items():
        value = now.measures.get(key, shown)
        is_left = key in LEFT  # of what is left, less is worse
        if (value < shown) if is_left else (value > shown):
            label, unit = str(MEASURES[key].label), MEASURES[key].unit
            words = {"measure": label, "then": amount_text(shown, unit)}
            sentence = gettext("%(measure)s was %(then)s and is now %(now)s.")
            text = sentence % {**words, "now": amount_text(value, unit)}
            said.append(text[:1].upper() + text[1:])
    return said


def who_decides(alternative: Alternative) -> Deciders:
    """By the alternative's own verdict; what has none is decided by those who decide the case."""
    if alternative.verdict:
        return Deciders.from_json(alternative.verdict)
    return of_case(alternative.case)


def of_case(case: Case) -> Deciders:
    """Everybody who may decide something of it."""
    roles = tuple(Role(role) for role in case.deciders)
    people = Deciders.from_json({"people": case.people}).people
    return Deciders(roles, people, case.mode)


def escalated(alternative: Alternative) -> tuple[Role, ...]:
    """Who may decide it as well, now that nobody has decided in time."""
    return tuple(Role(role) for role in alternative.verdict.get("escalated_to", ()))


def because(alternative: Alternative) -> Sentence | None:
    """Why it is theirs to decide, if it has a verdict of its own."""
    kept = alternative.verdict.get("because")
    return Sentence.from_json(kept) if kept else None


def judge(case: Case, alternatives: Iterable[Alternative]) -> list[Alternative]:
    """Compute each alternative's verdict, and from them who the case waits for.

    An alternative that changes nothing belongs to those who decide the recommended one: whoever
    may not approve it may not turn it down either. A gate is decided by whom the gate says.
    """
    if case.gate_id is not None:
        return []
    listed = list(alternatives)
    found = {one.key: verdict_on(operations_of(one)) for one in listed if one.operations}
    known = {key: ruling for key, ruling in found.items() if ruling is not None}
    if not known:
        return []
    main = known.get(case.recommended) or max(known.values(), key=lambda one: one.who.rank)
    for one in listed:
        own = known.get(one.key)
        one.verdict = stored(own) if own else {**stored(main), "measures": None}
    _wait_for(case, [ruling.who for ruling in known.values()], main)
    return listed


def _wait_for(case: Case, all_of_them: list[Deciders], main: Ruling) -> None:
    roles: dict[Role, None] = {role: None for who in all_of_them for role in who.roles}
    people: dict[Named, None] = {one: None for who in all_of_them for one in who.people}
    case.deciders = [str(role) for role in roles]
    case.people = Deciders(people=tuple(people)).to_json()["people"]
    case.mode, case.because = main.mode, main.because.to_json()


def last_moment(start: datetime, within_days: int | None) -> datetime | None:
    """When those who decide must have decided: working days count."""
    if within_days is None:
        return None
    day = start.date()
    return start + (add_working_days(day, within_days) - day)

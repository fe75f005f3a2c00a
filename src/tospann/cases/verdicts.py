"""Who decides an alternative, and a case: kept with them, and what deciding is judged by."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tospann.cases.models import Alternative, Case
from tospann.foundation.authority import Deciders, Named, Role, Ruling, Sentence
from tospann.foundation.commands import Operation, verdict_on
from tospann.ui.holidays import add_working_days


def operations_of(alternative: Alternative) -> list[Operation]:
    return [Operation.from_json(stored) for stored in alternative.operations]


def stored(ruling: Ruling) -> dict[str, Any]:
    """A verdict as an alternative keeps it."""
    return {**ruling.who.to_json(), "because": ruling.because.to_json()}


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
        one.verdict = stored(known.get(one.key, main))
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

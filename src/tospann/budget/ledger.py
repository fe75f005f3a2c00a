"""The budget as a value: what a change would make of it is worked out without writing anything."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

ZERO = Decimal(0)
Periods = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Line:
    """A budget line."""

    id: UUID
    number: int
    code: str
    name: str
    amount: Decimal
    phase_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    activity_uid: int | None = None
    approved: Decimal | None = None
    spent: Decimal = ZERO
    forecast: Decimal | None = None
    is_running: bool = False
    cost_type: str = "other"
    wbs: str = ""
    committed: Decimal = ZERO
    accrued: Decimal = ZERO
    periods: Periods = ()
    """What of it is to be used in which month, where that is said."""

    @property
    def expected(self) -> Decimal:
        """What it is expected to cost in the end."""
        return self.amount if self.forecast is None else self.forecast

    @property
    def incurred(self) -> Decimal:
        return self.spent + self.accrued

    @property
    def bound(self) -> Decimal:
        """What is used or ordered: it cannot end below this."""
        return self.incurred + self.committed

    @property
    def bottom_up(self) -> Decimal:
        """As is expected of the line, but never less than what is bound."""
        return max(self.expected, self.bound)


@dataclass(frozen=True)
class Reserve:
    """Money set aside, and what is left of it (now, and as the phase began)."""

    set_aside: Decimal = ZERO
    left: Decimal = ZERO
    left_then: Decimal | None = None

    @property
    def released(self) -> Decimal:
        return self.set_aside - self.left

    @property
    def released_in_phase(self) -> Decimal:
        return ZERO if self.left_then is None else self.left_then - self.left


@dataclass(frozen=True)
class Ledger:
    """All lines and both reserves, with the totals that changes count from."""

    lines: Mapping[UUID, Line] = field(default_factory=dict)
    manager: Reserve = Reserve()
    owner: Reserve = Reserve()
    agreed_total: Decimal | None = None
    phase_total: Decimal | None = None
    high_total: Decimal | None = None
    approved_total: Decimal | None = None
    is_begun: bool = False

    @property
    def planned(self) -> Decimal:
        """What the lines add up to."""
        return sum((line.amount for line in self.lines.values()), ZERO)

    @property
    def spent(self) -> Decimal:
        return sum((line.spent for line in self.lines.values()), ZERO)

    @property
    def expected(self) -> Decimal:
        return sum((line.expected for line in self.lines.values()), ZERO)

    @property
    def left(self) -> Decimal:
        """What is left of both reserves."""
        return self.manager.left + self.owner.left

    @property
    def total(self) -> Decimal:
        """The whole frame: a release moves money inside it."""
        return self.planned + self.left

    def with_line(self, line: Line) -> "Ledger":
        return replace(self, lines={**self.lines, line.id: line})

    def without(self, line: UUID) -> "Ledger":
        return replace(self, lines={pk: one for pk, one in self.lines.items() if pk != line})

    def raised(self, line: UUID, by: Decimal) -> "Ledger":
        """With more (or less) money on a line; unknown lines are left to the command to refuse."""
        found = self.lines.get(line)
        return self.with_line(replace(found, amount=found.amount + by)) if found else self


Step = Callable[[Ledger, UUID | None, Mapping[str, Any]], Ledger]
"""(before, the id of the line that is the command's subject, arguments) → after."""
LINE_FIELDS = (
    "code",
    "name",
    "amount",
    "phase_id",
    "starts_on",
    "ends_on",
    "activity_uid",
    "is_running",
)


def _line(id: UUID, number: int, given: Mapping[str, Any]) -> Line:
    values = {**given, "phase_id": given.get("phase")}
    kept = {name: values[name] for name in LINE_FIELDS if name in values} | _details(given)
    return Line(id=id, number=number, **kept)


def _details(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a line beside what it is for; what is left out stays."""
    return {name: given[name] for name in ("cost_type", "wbs") if given.get(name) is not None}


def add_line(before: Ledger, _line_id: UUID | None, given: Mapping[str, Any]) -> Ledger:
    return before.with_line(_line(given["id"], 0, given))


def change_line(before: Ledger, line: UUID | None, given: Mapping[str, Any]) -> Ledger:
    found = before.lines.get(line) if line else None
    if found is None:
        return before
    values = {**given, "phase_id": given.get("phase")}
    kept = {name: values[name] for name in LINE_FIELDS if name in values} | _details(given)
    return before.with_line(replace(found, **kept))


def change_lines(before: Ledger, _line_id: UUID | None, given: Mapping[str, Any]) -> Ledger:
    """The lines as they are to be, each with what it says of itself; the others stay."""
    after = before
    for row in given["lines"]:
        said = {name: getattr(row, name) for name in _OF_A_ROW}
        found = before.lines.get(row.id)
        line = replace(found, **said) if found else Line(id=row.id, number=0, **said)
        after = after.with_line(line)
    return after


_OF_A_ROW = ("code", "name", "amount", "starts_on", "ends_on")


def remove_line(before: Ledger, line: UUID | None, _given: Mapping[str, Any]) -> Ledger:
    return before.without(line) if line else before


def move_money(before: Ledger, line: UUID | None, given: Mapping[str, Any]) -> Ledger:
    if line is None or given["to"] not in before.lines or line not in before.lines:
        return before
    return before.raised(line, -given["amount"]).raised(given["to"], given["amount"])


def set_reserves(before: Ledger, _line: UUID | None, given: Mapping[str, Any]) -> Ledger:
    return replace(
        before,
        manager=_set(before.manager, given["manager_reserve"]),
        owner=_set(before.owner, given["owner_reserve"]),
    )


def _set(reserve: Reserve, to: Decimal) -> Reserve:
    return replace(reserve, set_aside=to, left=to - reserve.released)


def release_manager(before: Ledger, line: UUID | None, given: Mapping[str, Any]) -> Ledger:
    return _released(before, "manager", line, given["amount"])


def release_owner(before: Ledger, line: UUID | None, given: Mapping[str, Any]) -> Ledger:
    return _released(before, "owner", line, given["amount"])


def _released(before: Ledger, whose: str, line: UUID | None, amount: Decimal) -> Ledger:
    if line is None or line not in before.lines:
        return before
    reserve: Reserve = getattr(before, whose)
    kept: Any = {whose: replace(reserve, left=reserve.left - amount)}
    return replace(before.raised(line, amount), **kept)


def report_cost(before: Ledger, line: UUID | None, given: Mapping[str, Any]) -> Ledger:
    found = before.lines.get(line) if line else None
    if found is None:
        return before
    return before.with_line(replace(found, spent=given["spent"], forecast=given.get("forecast")))


def set_periods(before: Ledger, line: UUID | None, given: Mapping[str, Any]) -> Ledger:
    found = before.lines.get(line) if line else None
    if found is None:
        return before
    periods = [(str(one.month.replace(day=1)), str(one.amount)) for one in given["periods"]]
    return before.with_line(replace(found, periods=periods))


STEPS: Mapping[str, Step] = {
    "budget.add_line": add_line,
    "budget.change_line": change_line,
    "budget.change_lines": change_lines,
    "budget.remove_line": remove_line,
    "budget.move_money": move_money,
    "budget.set_reserves": set_reserves,
    "budget.release_managers_reserve": release_manager,
    "budget.release_owners_reserve": release_owner,
    "budget.report_cost": report_cost,
    "budget.set_periods": set_periods,
}
"""What each command would do to the budget, by the command's name."""

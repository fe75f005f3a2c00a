"""When money is used: each line evenly over its days, month by month, to the last øre."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tospann.budget.ledger import ZERO, Line
from tospann.budget.money import rounded, shares
from tospann.budget.sources import Span


@dataclass(frozen=True)
class Days:
    """The days of phases and activities, and the project's own, for lines without any."""

    project: Span
    phases: Mapping[object, Span]
    activities: Mapping[int, Span]

    def of(self, line: Line) -> Span:
        if line.starts_on and line.ends_on:
            return line.starts_on, line.ends_on
        if line.activity_uid is not None and line.activity_uid in self.activities:
            return self.activities[line.activity_uid]
        return self.phases.get(line.phase_id, self.project)


def by_month(lines: Iterable[Line], days: Days) -> dict[date, Decimal]:
    """The first day of each month, and what is to be used in it."""
    found: dict[date, Decimal] = {}
    for line in lines:
        for month, part in of_line(line, days).items():
            found[month] = found.get(month, ZERO) + part
    return dict(sorted(found.items()))


def of_line(line: Line, days: Days) -> dict[date, Decimal]:
    """The line's months: as said, in the same proportions when its amount is another; else even."""
    said = [(date.fromisoformat(month), Decimal(amount)) for month, amount in line.periods]
    weights = [amount for _month, amount in said]
    if not any(weights):
        return spread(line.amount, *days.of(line))
    found: dict[date, Decimal] = {}
    for (month, _amount), part in zip(said, shares(line.amount, weights), strict=True):
        found[month] = found.get(month, ZERO) + part
    return found


def per_week(lines: Iterable[Line], days: Days) -> Decimal:
    """What the lines that grow with time cost in a week."""
    found = ZERO
    for line in lines:
        if line.is_running:
            first, last = days.of(line)
            found += 7 * line.amount / ((last - first).days + 1)
    return rounded(found)


def spread(amount: Decimal, first: date, last: date) -> dict[date, Decimal]:
    """An amount over the months that the days lie in; the parts add up exactly."""
    whole = (last - first).days + 1
    given, found, used = ZERO, {}, 0
    for month, days in _months(first, last):
        used += days
        until = rounded(amount * used / whole)
        found[month], given = until - given, until
    return found


def _months(first: date, last: date) -> Iterable[tuple[date, int]]:
    start = first
    while start <= last:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        end = min(last, following - timedelta(days=1))
        yield start.replace(day=1), (end - start).days + 1
        start = following

"""Where the money is heading: line by line from below, and by the trend so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from tospann.budget import spreading
from tospann.budget.closing import last_of
from tospann.budget.ledger import ZERO, Line
from tospann.budget.money import rounded
from tospann.budget.queries import Money, days_of
from tospann.projects.models import Phase, Project


@dataclass(frozen=True)
class LineForecast:
    """A line: the budget, what of it should be used by now, what is, and where it ends."""

    line: Line
    planned: Decimal
    """What should have been used by today, as the line is spread."""
    trend: Decimal
    """If the rest goes as it has gone: used so far against what was planned so far."""

    @property
    def has_trend(self) -> bool:
        return self.planned > 0 and self.line.incurred > 0

    @property
    def bottom_up(self) -> Decimal:
        return self.line.bottom_up

    @property
    def left(self) -> Decimal:
        """What is neither used nor ordered, of what it is expected to end at."""
        return self.bottom_up - self.line.bound


@dataclass(frozen=True)
class Forecast:
    """Every line, and their sums; no sum is anything but the sum of its lines."""

    lines: Sequence[LineForecast]

    def total(self, name: str) -> Decimal:
        return sum((getattr(one, name) for one in self.lines), ZERO)

    @property
    def amount(self) -> Decimal:
        return sum((one.line.amount for one in self.lines), ZERO)

    @property
    def incurred(self) -> Decimal:
        return sum((one.line.incurred for one in self.lines), ZERO)

    @property
    def committed(self) -> Decimal:
        return sum((one.line.committed for one in self.lines), ZERO)

    @property
    def bottom_up(self) -> Decimal:
        return self.total("bottom_up")

    @property
    def trend(self) -> Decimal:
        return self.total("trend")

    @property
    def planned(self) -> Decimal:
        return self.total("planned")


def forecast(project: Project, money: Money) -> Forecast:
    """The forecast at completion, both ways, as of today."""
    phases = list(Phase.objects.filter(project=project))
    days = days_of(project, money.lines, phases)
    today = timezone.localdate()
    return Forecast([_of(line, days, today) for line in money.lines])


def _of(line: Line, days: spreading.Days, today: date) -> LineForecast:
    planned = planned_by(spreading.of_line(line, days), today)
    return LineForecast(line, planned, trend(line, planned))


def planned_by(months: dict[date, Decimal], day: date) -> Decimal:
    """What of a spread line is due until the end of a day; a month is used evenly."""
    first = day.replace(day=1)
    whole = sum((amount for month, amount in months.items() if month < first), ZERO)
    share = months.get(first, ZERO) * day.day / last_of(day).day
    return whole + rounded(share)


def trend(line: Line, planned: Decimal) -> Decimal:
    """The rest of the budget at the pace so far; as expected while there is no pace to see."""
    if planned <= 0 or line.incurred <= 0:
        return line.bottom_up
    rest = max(line.amount - planned, ZERO)
    return max(rounded(line.incurred + rest * line.incurred / planned), line.bound)

"""What a person is expected to work each day of a week: her percentage, holidays and absence."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from tospann.resources import capacity
from tospann.resources.weeks import weeks_from
from tospann.timesheets.lines import Week7
from tospann.ui.holidays import is_working_day

QUARTER = Decimal("0.25")


def of(person: UUID, monday: date) -> Week7:
    """Hours from Monday to Sunday, in quarters; two queries."""
    time = capacity.times([person], weeks_from(monday, 1)).get(person, capacity.Time())
    days = (monday + timedelta(days=step) for step in range(7))
    return tuple(_quarters(time.on(day) if is_working_day(day) else 0) for day in days)


def _quarters(hours: float) -> Decimal:
    return (Decimal(str(hours)) / QUARTER).quantize(Decimal(1), ROUND_HALF_UP) * QUARTER

"""When something that is told again and again is told next."""

from calendar import monthrange
from datetime import date, timedelta

from tospann.stakeholders.models import HowOften

_DAYS = {HowOften.WEEKLY: 7, HowOften.FORTNIGHTLY: 14}
_MONTHS = {HowOften.MONTHLY: 1, HowOften.QUARTERLY: 3, HowOften.HALF_YEARLY: 6}


def after(how_often: HowOften, planned: date, told: date) -> date | None:
    """The first planned day after both; None when it is told once.

    Told late, the days that have gone by are not made up for. Told early, the next one stands.
    """
    if how_often == HowOften.ONCE:
        return None
    last, steps = max(planned, told), 1
    while (day := _step(how_often, planned, steps)) <= last:
        steps += 1
    return day


def _step(how_often: HowOften, planned: date, steps: int) -> date:
    if how_often in _DAYS:
        return planned + timedelta(days=_DAYS[how_often] * steps)
    months = planned.month - 1 + _MONTHS[how_often] * steps
    year, month = planned.year + months // 12, months % 12 + 1
    return date(year, month, min(planned.day, monthrange(year, month)[1]))

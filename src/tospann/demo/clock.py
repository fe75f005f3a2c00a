"""Acting on an earlier day, so that the demo has a past. Only while the demo is being made."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tospann.ui.holidays import add_working_days, is_working_day

_now = timezone.now


def today() -> date:
    """The day the demo is made on, whatever the clock is set to."""
    return timezone.localdate(_now())


def working_day(day: date) -> date:
    """The day itself, or the last working day before it."""
    return day if is_working_day(day) else add_working_days(day, -1)


@dataclass
class _Line:
    """When the last thing happened in the story being told."""

    latest: datetime | None = None


_line = _Line()


def begin_again() -> None:
    """Another story begins: it may start before the last one ended."""
    _line.latest = None


@contextmanager
def at(days: int, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Inside, it is that many days from today (a working day), at that time, and time goes on.

    Within one story it never goes back, also when a holiday moves two days onto one.
    """
    day = working_day(today() + timedelta(days=days))
    begun = timezone.make_aware(datetime.combine(day, time(hour, minute)))  # made aware here
    real = _now()
    if _line.latest is not None:
        begun = max(begun, _line.latest + timedelta(minutes=20))
    begun = min(begun, real)
    setattr(timezone, "now", lambda: begun + (_now() - real))  # noqa: B010  # a function is replaced
    try:
        yield
    finally:
        _line.latest = timezone.now()
        setattr(timezone, "now", _now)  # noqa: B010  # put back

"""Acting on an earlier day, so that the demo has a past. Only while the demo is being made."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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


Beside = Generator[tuple[int, int], None, None]
"""What happens beside a story: each step says on which day and at what hour, then does it."""


@dataclass
class _Line:
    """The story being told: when the last thing happened, and what waits to happen beside it."""

    latest: datetime | None = None
    waiting: list[tuple[datetime, int, Beside]] = field(default_factory=list)


_line = _Line()


def begin_again(beside: Iterable[Beside] = ()) -> None:
    """Another story begins: it may start before the last one ended.

    What happens beside it is done in its turn, once the story has begun, so that the project's
    audit never goes back in time.
    """
    _line.latest = None
    _line.waiting = []
    for place, steps in enumerate(beside):
        _wait(place, steps)


def go_on() -> None:
    """The story is told; do what still waits beside it."""
    _catch_up(_now())


def _wait(place: int, steps: Beside) -> None:
    said = next(steps, None)
    if said is not None:
        _line.waiting.append((_moment(*said), place, steps))
        _line.waiting.sort(key=lambda one: one[:2])


def _catch_up(until: datetime) -> None:
    while _line.latest is not None and _line.waiting and _line.waiting[0][0] <= until:
        when, place, steps = _line.waiting.pop(0)
        with _inside(when):
            _wait(place, steps)


def _moment(days: int, hour: int, minute: int = 0) -> datetime:
    day = working_day(today() + timedelta(days=days))
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@contextmanager
def at(days: int, hour: int = 9, minute: int = 0) -> Iterator[None]:
    """Inside, it is that many days from today (a working day), at that time, and time goes on.

    Within one story it never goes back, also when a holiday moves two days onto one.
    """
    begun = _moment(days, hour, minute)
    _catch_up(begun)
    with _inside(begun):
        yield


@contextmanager
def _inside(begun: datetime) -> Iterator[None]:
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

"""When a series meets next: same weekday and time, in every month, never on a holiday."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from tospann.meetings.timing import next_start
from tospann.ui.holidays import is_working_day

NOW = datetime(2027, 3, 1, 8, tzinfo=timezone.get_default_timezone())


def at(day, hour=10):
    return timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=hour)))


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("cadence", "last", "expected"),
    [
        ("weekly", date(2027, 3, 4), date(2027, 3, 11)),
        ("biweekly", date(2027, 3, 4), date(2027, 3, 18)),
        ("weekly", date(2027, 3, 18), date(2027, 3, 30)),  # Maundy Thursday; Easter Monday is free
        ("weekly", date(2027, 5, 10), date(2027, 5, 18)),  # 17 May is a Monday
        ("monthly", date(2027, 3, 9), date(2027, 4, 13)),  # the second Tuesday
        ("monthly", date(2027, 3, 31), date(2027, 4, 28)),  # the fifth Wednesday becomes the last
        ("quarterly", date(2027, 3, 9), date(2027, 6, 8)),
        ("weekly", date(2026, 1, 8), date(2027, 3, 4)),  # long ago: the next one still to come
    ],
)
def test_the_next_day(cadence, last, expected):
    found = next_start(cadence, [at(last)])
    assert found == at(expected)
    assert is_working_day(expected)


def test_a_meeting_moved_off_a_holiday_does_not_move_the_series():
    days = [date(2027, 3, 4), date(2027, 3, 11), date(2027, 3, 18), date(2027, 3, 30)]
    assert next_start("weekly", [at(day) for day in days]) == at(date(2027, 4, 8))


def test_the_clock_stays_when_summer_time_begins():
    found = next_start("weekly", [at(date(2027, 3, 24), 9)])
    assert timezone.localtime(found).hour == 9


@pytest.mark.parametrize("cadence", ["weekly", "monthly", "per_phase", "once"])
def test_what_has_never_met_is_called_with_notice(cadence):
    found = timezone.localtime(next_start(cadence, []))
    assert (found.date(), found.hour) == (date(2027, 3, 8), 9)

"""Fixed windows: how many, for how long, and that workers count together."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tospann.people import ratelimit

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    ratelimit._here.clear()
    with time_machine.travel(NOON, tick=False):
        yield


def tries(key, how_many, limit=3, step=1):
    passed = 0
    for _ in range(how_many):
        with suppress(ratelimit.TooMany):
            ratelimit.count(key, limit, 60, step=step)
            passed += 1
    return passed


def test_the_limit_holds_within_a_window_and_for_each_key():
    assert tries("a", 5) == 3
    assert tries("b", 2) == 2


def test_whoever_is_refused_learns_how_long_to_wait():
    tries("w", 3)
    with pytest.raises(ratelimit.TooMany) as refused:
        ratelimit.count("w", 3, 60)
    assert (refused.value.status, refused.value.retry_after) == (429, 60)


def test_the_next_window_starts_afresh():
    assert tries("c", 4) == 3
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        assert tries("c", 4) == 3


def test_workers_count_together():
    assert tries("d", 2) == 2
    ratelimit._here.clear()  # as another process would
    assert tries("d", 5) == 1


def test_steps_are_exact_to_within_a_step():
    passed = tries("e", 100, limit=40, step=10)
    assert 40 <= passed < 50
    ratelimit._here.clear()
    assert tries("e", 100, limit=40, step=10) < 10

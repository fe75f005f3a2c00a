"""Ids sort in the order they were made, and say when."""

from datetime import UTC, datetime
from itertools import pairwise

import time_machine

from tospann.foundation.ids import new_id


def moment(one) -> datetime:
    return datetime.fromtimestamp((one.int >> 80) / 1000, tz=UTC)


def test_they_sort_in_the_order_they_were_made():
    made = [new_id() for _ in range(20_000)]
    assert all(before < after for before, after in pairwise(made))


def test_they_do_so_while_the_clock_stands_still_or_is_set_back_a_little():
    with time_machine.travel("2031-05-04T03:02:01.500Z", tick=False):
        made = [new_id() for _ in range(5_000)]
    with time_machine.travel("2031-05-04T03:02:01.000Z", tick=False):
        made += [new_id() for _ in range(5_000)]
    assert all(before < after for before, after in pairwise(made))
    assert {one.version for one in made} == {7}
    assert {one.variant for one in made} == {"specified in RFC 4122"}


def test_a_clock_set_right_by_much_is_believed():
    with time_machine.travel("2045-01-01T00:00:00Z", tick=False):
        new_id()
    with time_machine.travel("2030-02-03T04:05:06Z", tick=False):
        assert moment(new_id()) == datetime(2030, 2, 3, 4, 5, 6, tzinfo=UTC)

"""What of one resource is taken when, while a plan is being levelled."""

from __future__ import annotations

from bisect import bisect_right

from planengine.calendars import WorkingTime

FOREVER = 1 << 60


class Timeline:
    """Units taken of one resource as steps in time: `levels[k]` thousandths from `instants[k]` to
    the next instant.
    """

    __slots__ = ("capacity", "instants", "levels")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.instants = [-FOREVER, FOREVER]
        self.levels = [0, 0]

    def take(self, start: int, finish: int, units: int) -> None:
        """Take `units` thousandths from `start` to `finish`; a negative number gives back."""
        if finish <= start:
            return
        first, last = self._cut(start), self._cut(finish)
        for place in range(first, last):
            self.levels[place] += units

    def blocked_until(self, start: int, finish: int, units: int, clock: WorkingTime) -> int | None:
        """Where the last stretch between `start` and `finish` ends in which `units` more are too
        many at a working instant of `clock`; `None` when they fit all the way.
        """
        room = self.capacity - units
        instants, levels = self.instants, self.levels
        place = bisect_right(instants, finish - 1) - 1
        while instants[place + 1] > start:
            if levels[place] > room:
                one, other = max(instants[place], start), min(instants[place + 1], finish)
                if clock.between(one, other) > 0:
                    return instants[place + 1]
            place -= 1
        return None

    def _cut(self, instant: int) -> int:
        place = bisect_right(self.instants, instant) - 1
        if self.instants[place] == instant:
            return place
        self.instants.insert(place + 1, instant)
        self.levels.insert(place + 1, self.levels[place])
        return place + 1

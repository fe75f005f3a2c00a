"""Rows that lie above themselves: parents of activities, bases of calendars."""

from __future__ import annotations

from collections.abc import Mapping


def circular(above: Mapping[int, int | None]) -> set[int]:
    """The rows whose chain upwards comes back to themselves. Linear time, no recursion."""
    settled: set[int] = set()
    found: set[int] = set()
    for first in above:
        chain: dict[int, int] = {}
        uid: int | None = first
        while uid is not None and uid in above and uid not in settled and uid not in chain:
            chain[uid] = len(chain)
            uid = above[uid]
        if uid in chain:
            found.update(list(chain)[chain[uid] :])
        settled.update(chain)
    return found

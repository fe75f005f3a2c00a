"""Identifiers: UUIDv7, so that whoever prepares a record can choose its id and rows sort by age."""

import os
import threading
import time
import uuid

ORGANISATION_SCOPE = uuid.UUID(int=0)
"""The audit scope of everything that belongs to the organisation rather than to one project."""

_TICKS = 4096
"""In a millisecond: as many as the twelve bits after the version can tell apart."""
_SETBACK = 1000 * _TICKS
"""A clock set back by less than this is counted on from; one set back further is believed."""


class _Clock:
    """Ticks that only grow, whatever the machine's clock does within a second."""

    def __init__(self) -> None:
        self._counting = threading.Lock()
        self._last = 0

    def next_tick(self) -> int:
        now = time.time_ns() * _TICKS // 1_000_000
        with self._counting:
            self._last = self._last + 1 if now <= self._last < now + _SETBACK else now
            return self._last


_clock = _Clock()


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562 §5.7, method 3 of §6.2): Unix time in 1/4096 ms, then 62 random bits.

    Ids made one after another in a process sort in that order, also within one millisecond.
    """
    ticks = _clock.next_tick()
    value = ticks // _TICKS << 80
    value |= 0x7 << 76 | ticks % _TICKS << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2
    return uuid.UUID(int=value)

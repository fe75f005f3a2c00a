"""Waking the workers of this process at once, instead of at their next look (within a second)."""

import threading

_sleepers: set[threading.Event] = set()


def sleeper() -> threading.Event:
    """An event that is set whenever there may be something to do."""
    event = threading.Event()
    _sleepers.add(event)
    return event


def forget(event: threading.Event) -> None:
    _sleepers.discard(event)


def wake() -> None:
    for event in tuple(_sleepers):
        event.set()

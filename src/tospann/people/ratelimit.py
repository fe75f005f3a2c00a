"""Fixed-window rate limits in the shared cache, so that all workers count together."""

import threading
import time

from django.core.cache import cache
from django.utils.translation import gettext

from tospann.foundation.errors import CommandError


class TooMany(CommandError):
    """More requests than the limit allows; ``retry_after`` seconds until the next window."""

    status = 429

    def __init__(self, retry_after: int) -> None:
        super().__init__(gettext("Too many tries. Wait a little, then try again."))
        self.retry_after = retry_after


_lock = threading.Lock()
_here: dict[str, tuple[int, int, bool]] = {}
"""What this process knows: ``key → (window, tries, beyond the limit)``."""
_MOST_KEYS = 10_000


def count(key: str, limit: int, seconds: int, *, step: int = 1) -> None:
    """Count one try of ``key``; raises TooMany beyond ``limit`` in the current window.

    With a ``step`` above one, this process tells the others only at every step-th try: cheap
    enough for each API request, exact to within a step for each process.
    """
    window, elapsed = divmod(int(time.time()), seconds)
    tries, beyond = _count_here(key, window)
    if not beyond and tries % step == 0:
        beyond = _count_together(key, window, seconds, step) > limit
        if beyond and step > 1:
            _here[key] = (window, tries, True)
    if beyond:
        raise TooMany(seconds - elapsed)


def _count_together(key: str, window: int, seconds: int, step: int) -> int:
    stored = _stored(key, window)
    cache.add(stored, 0, timeout=seconds + 5)
    try:
        return cache.incr(stored, step)
    except ValueError:  # the window ended in between
        return step


def _stored(key: str, window: int) -> str:
    return f"rate:{key}:{window}"


def _count_here(key: str, window: int) -> tuple[int, bool]:
    with _lock:
        if len(_here) > _MOST_KEYS:
            _here.clear()
        then, tries, beyond = _here.get(key, (window, 0, False))
        if then != window:
            tries, beyond = 0, False
        _here[key] = (window, tries + 1, beyond)
        return tries + 1, beyond

"""Django's PostgreSQL backend with a check of kept connections that usually costs nothing."""

import select
import time

from django.db.backends.postgresql import base

TRUSTED = 30.0
"""Seconds since its last request during which a silent connection is believed to be there."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A server that ends a connection says so in it: nothing to read means it is still there.

    After a pause Django's own question is asked: what lies between may have forgotten us.
    """

    health_check_enabled: bool
    health_check_done: bool
    _seen_at = float("-inf")

    def close_if_health_check_failed(self) -> None:
        if self.health_check_enabled and not self.health_check_done:
            now = time.monotonic()
            if now - self._seen_at < TRUSTED and self._is_silent():
                self.health_check_done = True
            self._seen_at = now
        super().close_if_health_check_failed()

    def _is_silent(self) -> bool:
        if self.connection is None:
            return False
        look = select.poll()
        look.register(self.connection.fileno(), select.POLLIN)
        return not look.poll(0)

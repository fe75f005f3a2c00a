"""Django's SQLite backend with a first-in-first-out lock around write transactions."""

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes ``<database>.lock`` before BEGIN IMMEDIATE and gives it back after the end."""

    _lock_file: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_lock()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give_lock()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_lock_unless_open()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_lock_unless_open()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give_lock()

    def _take_lock(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._lock_file is not None or self.is_in_memory_db():
            return
        self._lock_file = os.open(f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock_file, fcntl.LOCK_EX)

    def _give_lock_unless_open(self) -> None:
        # A failed COMMIT leaves the transaction open; the rollback that follows gives it back.
        if self.connection is None or not self.connection.in_transaction:
            self._give_lock()

    def _give_lock(self) -> None:
        if self._lock_file is not None:
            held, self._lock_file = self._lock_file, None
            os.close(held)

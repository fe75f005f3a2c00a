"""The worker: carries out owed reactions, enqueues what the schedule says, and runs jobs.

Two threads: one for what must be prompt (reactions, schedule, leases), one for the jobs themselves.
Any number of workers may run, in any number of processes and on any number of machines.
"""

import os
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connections
from django.utils import timezone

from tospann.foundation import reactions
from tospann.foundation.ids import new_id
from tospann.jobs import claims, schedule, wakeup
from tospann.jobs.queue import find_job

LONGEST_SLEEP = 1.0
GRACE = 30.0
log = structlog.get_logger()

_followers: list[Callable[[], None]] = []


def after_reactions(follower: Callable[[], None]) -> None:
    """Have this called in the worker whenever reactions were carried out: something happened."""
    _followers.append(follower)


class Worker:
    """Runs until told to stop. ``prompt`` and ``run_one`` are a single look each."""

    def __init__(self, queues: Sequence[str] = ("default", "engine")) -> None:
        self.name = f"{socket.gethostname()[:30]}:{os.getpid()}:{new_id().hex[-8:]}"
        self.queues = queues
        self._current: claims.Claim | None = None
        self._extend_at = self._reclaim_at = self._schedule_at = timezone.now()

    def run_forever(self, stop: threading.Event) -> None:
        """Work until ``stop`` is set; a job that is running then gets half a minute to end."""
        jobs = threading.Thread(
            target=self._keep_doing, args=(self.run_one, stop), name="jobs", daemon=True
        )
        jobs.start()
        log.info("worker started", worker=self.name)
        self._keep_doing(self.prompt, stop)
        jobs.join(GRACE)
        log.info("worker stopped", worker=self.name, finished=not jobs.is_alive())

    def prompt(self) -> bool:
        """Reactions, schedule, leases; says whether there may be more to do at once."""
        now = timezone.now()
        if now >= self._schedule_at:
            self._schedule_at = schedule.enqueue_due(now)
        if now >= self._reclaim_at:
            claims.reclaim(now)
            self._reclaim_at = now + timedelta(seconds=30)
        self._keep_the_lease(now)
        carried = reactions.carry_out_owed()
        if carried:
            for follower in _followers:
                follower()
        return carried > 0

    def run_one(self) -> bool:
        """Carry out the next due task, if there is one."""
        mine = claims.claim(self.name, self.queues)
        if mine is None:
            return False
        self._current = mine
        try:
            value = find_job(mine.path).call(*mine.arguments["args"], **mine.arguments["kwargs"])
        except Exception as error:
            log.exception("job failed", job=mine.path, task=str(mine.task_id), attempt=mine.number)
            connections.close_all() if _is_broken() else None
            claims.failed(mine, error)
        else:
            claims.succeeded(mine, _storable(value))
        finally:
            self._current = None
        return True

    def _keep_the_lease(self, now: datetime) -> None:
        mine = self._current
        if mine is not None and now >= self._extend_at:
            claims.extend(mine)
            self._extend_at = now + claims.LEASE / 4

    def _keep_doing(self, step: Callable[[], bool], stop: threading.Event) -> None:
        """Step after step, sleeping when idle, backing off when the database is away."""
        woken, failures = wakeup.sleeper(), 0
        while not stop.is_set():
            try:
                is_busy, failures = step(), 0
            except Exception:
                log.exception("worker cannot work", worker=self.name)
                connections.close_all()
                failures += 1
                stop.wait(min(2.0**failures / 4, 30))
                continue
            if not is_busy:
                woken.wait(LONGEST_SLEEP)
                woken.clear()
        wakeup.forget(woken)
        connections.close_all()


def _is_broken() -> bool:
    return any(not c.is_usable() for c in connections.all(initialized_only=True) if c.connection)


def _storable(value: Any) -> Any:
    """Results are kept for a while; only plain JSON values are worth it."""
    return value if isinstance(value, str | int | float | bool | None) else None


def main() -> int:
    """Run one worker until SIGTERM or SIGINT. Needs Django to be set up."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_received: stop.set())
    Worker().run_forever(stop)
    return 0

"""Taking tasks from the queue: claimed under a lease, retried, reclaimed from dead workers."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tospann.jobs.models import Attempt
from tospann.jobs.queue import policy_of

LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)
log = structlog.get_logger()


class WorkerDied(RuntimeError):
    """The worker that had the task did not say anything for as long as its lease."""


@dataclass(frozen=True)
class Claim:
    """A task that this worker, and no other, is to carry out now."""

    task_id: UUID
    path: str
    arguments: dict[str, Any]
    worker: str
    number: int


def claim(worker: str, queues: Sequence[str]) -> Claim | None:
    """The next due task, taken by compare-and-set so that no two workers get it."""
    for row in DBTaskResult.objects.ready().filter(queue_name__in=queues)[:5]:
        with transaction.atomic():
            won = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.READY).update(
                status=TaskResultStatus.RUNNING,
                started_at=timezone.now(),
                worker_ids=[*row.worker_ids, worker],
            )
            if not won:
                continue
            number = _begin(row.pk, worker)
        return Claim(row.pk, row.task_path, row.args_kwargs, worker, number)
    return None


def _begin(task_id: UUID, worker: str) -> int:
    held, _new = Attempt.objects.get_or_create(
        pk=task_id, defaults={"lease_until": timezone.now() + LEASE}
    )
    held.number += 1
    held.worker, held.lease_until = worker, timezone.now() + LEASE
    held.save()
    return held.number


def extend(mine: Claim) -> bool:
    """Say that the work goes on; False when somebody else has taken the task over."""
    return bool(_held(mine).update(lease_until=timezone.now() + LEASE))


def succeeded(mine: Claim, value: Any) -> bool:
    """Write down the result, unless the task was taken over in the meantime."""
    return _end(
        mine,
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=timezone.now(),
        return_value=value,
        exception_class_path="",
        traceback="",
    )


def failed(mine: Claim, error: BaseException) -> bool:
    """Write down the error, and try again later unless it has been tried often enough."""
    return _end(mine, **_after_failure(mine.path, mine.number, error))


def reclaim(now: datetime | None = None) -> int:
    """Put back what dead workers left running; returns how many."""
    moment, done = now or timezone.now(), 0
    for held in Attempt.objects.filter(lease_until__lt=moment).exclude(worker=""):
        row = DBTaskResult.objects.filter(pk=held.task_id).first()
        path = row.task_path if row else ""
        left = Claim(held.task_id, path, {}, held.worker, held.number)
        if _end(left, seen=held.lease_until, **_after_failure(path, held.number, _died(held))):
            log.warning("task reclaimed", task=path, worker=held.worker, attempt=held.number)
            done += 1
    return done


def _died(held: Attempt) -> WorkerDied:
    return WorkerDied(f"{held.worker} said nothing until {held.lease_until:%Y-%m-%d %H:%M:%S}")


def _held(by: Claim) -> Any:
    return Attempt.objects.filter(pk=by.task_id, worker=by.worker, number=by.number)


def _end(of: Claim, seen: datetime | None = None, **values: Any) -> bool:
    held = _held(of) if seen is None else _held(of).filter(lease_until=seen)
    with transaction.atomic():
        if not held.update(worker=""):
            return False
        running = DBTaskResult.objects.filter(pk=of.task_id, status=TaskResultStatus.RUNNING)
        return running.update(**values) == 1


def _after_failure(path: str, number: int, error: BaseException) -> dict[str, Any]:
    now = timezone.now()
    told = {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": "".join(format_exception(error))[-20_000:],
        "return_value": None,
    }
    if number > policy_of(path).retries:
        return {**told, "status": TaskResultStatus.FAILED, "finished_at": now}
    return {**told, "status": TaskResultStatus.READY, "run_after": now + backoff(number)}


def backoff(number: int) -> timedelta:
    """4 s, 8 s, 16 s … at most an hour, with a little chance so that a crowd spreads out."""
    wait = min(2.0 ** (number + 1), LONGEST_WAIT.total_seconds())
    return timedelta(seconds=wait * (1 + random.random() / 4))  # noqa: S311  # not a secret

"""Jobs that run at set times, once however many workers there are.

@every("daily 06:00")
@job()
def tidy() -> None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone
from django_tasks_db.compat import Task

from tospann.jobs.models import ScheduledJob
from tospann.jobs.queue import enqueue_once

P = ParamSpec("P")
T = TypeVar("T")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Every:
    """“daily 06:00”, “monday 07:30” in the portal's time zone, or “20 minutes”."""

    spec: str

    def __post_init__(self) -> None:
        self.after(timezone.now())

    def after(self, moment: datetime) -> datetime:
        """The first time due after that moment."""
        what, _space, rest = self.spec.partition(" ")
        if rest == "minutes":
            return moment + timedelta(minutes=int(what))
        at, local = time.fromisoformat(rest), timezone.localtime(moment)
        if what != "daily" and what not in _DAYS:
            raise ValueError(f"no such schedule: {self.spec!r}")
        for days in range(9):
            day = local.date() + timedelta(days=days)
            due = timezone.make_aware(datetime.combine(day, at))
            if due > moment and (what == "daily" or day.weekday() == _DAYS.index(what)):
                return due
        raise AssertionError("every week has every day")

    def first(self, now: datetime) -> datetime:
        """When a job that was never run is due: repeated ones at once, others at their hour."""
        return now if self.spec.endswith("minutes") else self.after(now)


SCHEDULE: dict[str, tuple[Task[Any, Any], Every]] = {}


def every(spec: str = "", *, minutes: int = 0) -> Callable[[Task[P, T]], Task[P, T]]:
    """Decorator of a job: when it runs."""
    when = Every(f"{minutes} minutes" if minutes else spec)

    def register(task: Task[P, T]) -> Task[P, T]:
        SCHEDULE[task.module_path] = (task, when)
        return task

    return register


def enqueue_due(now: datetime | None = None) -> datetime:
    """Enqueue what is due; returns when to look again."""
    moment = now or timezone.now()
    kept = {row.name: row for row in ScheduledJob.objects.filter(name__in=SCHEDULE)}
    soonest = moment + timedelta(minutes=1)
    for name, (task, when) in SCHEDULE.items():
        row = kept.get(name) or _keep(name, when, moment)
        if row.spec != when.spec:
            row.spec, row.next_at = when.spec, when.first(moment)
            row.save(update_fields=["spec", "next_at"])
        if row.next_at <= moment:
            _enqueue(row, task, when, moment)
        soonest = min(soonest, row.next_at)
    return soonest


def _keep(name: str, when: Every, moment: datetime) -> ScheduledJob:
    row, _new = ScheduledJob.objects.get_or_create(
        name=name, defaults={"spec": when.spec, "next_at": when.first(moment)}
    )
    return row


def _enqueue(row: ScheduledJob, task: Task[Any, Any], when: Every, moment: datetime) -> None:
    """Whoever moves the row on enqueues the job, in the same transaction."""
    following = when.after(moment)
    with transaction.atomic():
        mine = ScheduledJob.objects.filter(pk=row.pk, next_at=row.next_at)
        if mine.update(next_at=following, last_at=moment):
            enqueue_once(task)
    row.next_at = following

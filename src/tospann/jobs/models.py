"""What the queue needs beside django-tasks' own table: leases, a schedule, progress."""

from typing import Any

from django.db import models

from tospann.foundation.authority import Sentence
from tospann.foundation.ids import new_id
from tospann.people.models import Person


class Attempt(models.Model):
    """Which worker has a task now, until when, and how often it has been tried."""

    task_id = models.UUIDField(primary_key=True)
    number = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["lease_until"], name="attempt_held", condition=~models.Q(worker="")
            )
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} at {self.task_id}"


class ScheduledJob(models.Model):
    """When a scheduled job is due next. Moving this on is what one worker wins."""

    name = models.CharField(primary_key=True, max_length=200)
    spec = models.CharField(max_length=60)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.spec}"


class ProgressState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Progress(models.Model):
    """How far a long piece of work has come, for the person who asked for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    title = models.JSONField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=ProgressState.choices, default=ProgressState.WAITING
    )
    link = models.CharField(max_length=500, blank=True)
    error = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-created_at"], name="progress_person")]

    def __str__(self) -> str:
        return str(Sentence.from_json(self.title))

    @property
    def is_over(self) -> bool:
        return self.state in {ProgressState.DONE, ProgressState.FAILED}

    @property
    def percent(self) -> int | None:
        """Whole per cent, or None while the total is unknown."""
        return min(100 * self.done // self.total, 100) if self.total else None

    @property
    def what_went_wrong(self) -> str:
        stored: dict[str, Any] = self.error
        return str(Sentence.from_json(stored)) if stored else ""

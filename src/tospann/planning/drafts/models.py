"""A draft of changes. Working state: no command, no chain, until it is applied or submitted."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.cases.models import Case
from tospann.foundation.ids import new_id
from tospann.people.models import Person
from tospann.projects.models import Project


class DraftState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a draft", "Being drafted")
    SUBMITTED = "submitted", pgettext_lazy("state of a draft", "Submitted")
    APPLIED = "applied", pgettext_lazy("state of a draft", "Applied")
    DISCARDED = "discarded", pgettext_lazy("state of a draft", "Discarded")


class StepState(models.TextChoices):
    """A step counts, was taken out, was undone and may be done again, or a later one sets anew all
    that it set.
    """

    IN = "in", _("Counts")
    OUT = "out", _("Taken out")
    UNDONE = "undone", _("Undone")
    OVER = "over", _("Replaced by a later change")


class Draft(models.Model):
    """Edits of a plan (and operations on money) that are not made yet, in steps.

    A step is what somebody did at once: ``{"n", "edits", "by", "at", "state"}``, and ``over``, the
    later step that sets anew what it set. The edits are those of the revision ``base_revision``.
    ``money`` are lines of the budget with new amounts. A draft that ``freezes`` also makes the
    plan, as it then is, the new baseline. ``version`` grows with every change.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_shared = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    base_revision = models.PositiveIntegerField()
    steps = models.JSONField(default=list)
    money = models.JSONField(default=list)
    freezes = models.BooleanField(default=False)
    frozen_as = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    alternative = models.CharField(max_length=10, blank=True)
    revision = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["project", "state", "changed_at"], name="draft_of_project")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state == DraftState.OPEN

    @property
    def counting(self) -> list[dict[str, Any]]:
        """The steps that count, in order."""
        return [step for step in self.steps if step["state"] == StepState.IN]

    @property
    def edits(self) -> list[dict[str, Any]]:
        """The edits that count, in the order they are applied."""
        return [edit for step in self.counting for edit in step["edits"]]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that would change anything."""
        return not (self.counting or self.money or self.freezes)

    @property
    def may_undo(self) -> bool:
        return bool(self.counting)

    @property
    def may_redo(self) -> bool:
        return any(step["state"] == StepState.UNDONE for step in self.steps)

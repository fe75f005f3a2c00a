"""Actions: the one kind of to-do, wherever it was born."""

from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class ActionState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Priority(models.TextChoices):
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")


class OriginKind(models.TextChoices):
    NONE = "none", _("Added by hand")
    CONDITION = "condition", _("Condition of a decision")
    CHECKLIST = "checklist", _("Checklist point")
    GOAL = "goal", _("Goal")
    MEETING = "meeting", _("Meeting")
    RISK = "risk", _("Risk")


Origin = Literal["none", "condition", "checklist", "goal", "meeting", "risk"]


class Action(Record):
    """Something somebody has to do by a date. What gave birth to it is kept as a reference."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="actions", verbose_name=_("project")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="actions", verbose_name=_("owner")
    )
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("given by")
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority.choices, default=Priority.NORMAL
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ActionState.choices, default=ActionState.OPEN
    )
    reason = models.TextField(_("reason"), blank=True)
    origin_kind = models.CharField(
        _("born in"), max_length=20, choices=OriginKind.choices, default=OriginKind.NONE
    )
    born_in = models.CharField(max_length=100, blank=True)
    born_label = models.CharField(max_length=200, blank=True)
    born_link = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(_("completed"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_action_number")
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="action_of_owner"),
            models.Index(fields=["project", "state", "due_on"], name="action_of_project"),
            models.Index(fields=["born_in"], name="action_born_in"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == ActionState.OPEN

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/actions/{self.number}"

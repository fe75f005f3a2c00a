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


class Stage(models.TextChoices):
    """How far something owed has come: what a board has columns for."""

    NOT_STARTED = "not_started", _("Not started")
    UNDER_WAY = "under_way", _("Under way")
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
    PROBLEM = "problem", _("Problem")
    DEVIATION = "deviation", _("Deviation")
    RETROSPECTIVE = "retrospective", _("Retrospective")
    NONCONFORMITY = "nonconformity", _("Nonconformity")
    REVIEW = "review", _("Quality review")


Origin = Literal[
    "none",
    "condition",
    "checklist",
    "goal",
    "meeting",
    "risk",
    "problem",
    "deviation",
    "retrospective",
    "nonconformity",
    "review",
]


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
    began_at = models.DateTimeField(_("begun"), null=True, blank=True)
    done_at = models.DateTimeField(_("completed"), null=True, blank=True)
    stuck_since = models.DateTimeField(_("stuck since"), null=True, blank=True)
    stuck_text = models.TextField(_("why it is stuck"), blank=True)
    helper = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("asked for help")
    )
    reply_by = models.DateField(_("answer asked for by"), null=True, blank=True)
    helped_at = models.DateTimeField(_("answered"), null=True, blank=True)
    proposed_due_on = models.DateField(_("due date asked for"), null=True, blank=True)
    flagged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("said by")
    )
    escalated_due = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    working_state = frozenset({"escalated_due"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_action_number")
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="action_of_owner"),
            models.Index(fields=["project", "state", "due_on"], name="action_of_project"),
            models.Index(fields=["born_in"], name="action_born_in"),
            models.Index(fields=["helper", "state"], name="action_of_helper"),
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

    @property
    def stage(self) -> Stage:
        """Open ones are not started or under way; the rest are what their state says."""
        if self.is_open:
            return Stage.UNDER_WAY if self.began_at else Stage.NOT_STARTED
        return Stage(self.state)

    @property
    def waits_for_help(self) -> bool:
        """Whether somebody was asked and has not answered."""
        return self.is_open and self.helper_id is not None and self.helped_at is None

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/actions/{self.number}"


class Comment(Record):
    """What somebody said about an action. Kept for good, also when the action is closed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, related_name="comments")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("text"))
    mentions = models.JSONField(_("mentioned"), default=list)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["action", "said_at"], name="comments_of_action")]

    def __str__(self) -> str:
        return self.text[:80]


class ActionLink(Record):
    """Something that belongs to an action and lies elsewhere: a title and an address."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, related_name="links")
    title = models.CharField(_("title"), max_length=200)
    address = models.CharField(_("address"), max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Reminder(Record):
    """That a person was reminded of an action, by whom and when. The portal itself is nobody."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, related_name="reminders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "on"], name="one_reminder_a_day")]
        indexes = [models.Index(fields=["project", "on"], name="reminders_of_project")]

    def __str__(self) -> str:
        return self.action.title

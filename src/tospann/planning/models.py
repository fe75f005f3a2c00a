"""The plan of a project: its head (a record), its revisions, and its rows.

The rows are a projection: computed from the plan's content whenever it changes, written in bulk by
``store`` and by nothing else.
"""

from datetime import date
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.cases.models import Case
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class Plan(Record):
    """The head of a project's plan: which revision counts, and what it adds up to."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="plan")
    name = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)
    content_hash = models.CharField(max_length=64, blank=True)
    head = models.JSONField(default=dict)
    next_uid = models.PositiveBigIntegerField(default=1)
    baseline_revision = models.PositiveIntegerField(null=True)
    baselines = models.JSONField(default=list)
    latest_change = models.TextField(blank=True)
    start = models.DateField(null=True)
    finish = models.DateField(null=True)
    percent = models.FloatField(default=0)
    task_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    milestone_count = models.PositiveIntegerField(default=0)
    is_uncertain = models.BooleanField(default=False)

    working_state = frozenset({"next_uid"})

    def __str__(self) -> str:
        return self.name or str(self.project)


class RevisionKind(models.TextChoices):
    EDIT = "edit", _("Edited")
    PROGRESS = "progress", _("Progress reported")
    IMPORT = "import", _("Imported")
    BASELINE = "baseline", _("Plan frozen")
    UNDO = "undo", _("Undone")


class Revision(models.Model):
    """One change of the plan, for ever: what was done, and how it is undone."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=RevisionKind.choices)
    edits = models.JSONField(default=list)
    inverse = models.JSONField(null=True)
    sentences = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    snapshot = models.BinaryField(null=True)
    marks = models.JSONField(null=True)
    is_decided = models.BooleanField(default=False)
    sequence = models.PositiveBigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_revision_number")
        ]
        indexes = [models.Index(fields=["plan", "sequence"], name="revision_sequence")]

    def __str__(self) -> str:
        return f"{self.number}"


class RevisionTouch(models.Model):
    """Which activities a revision was about (not kept for whole imports)."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    uid = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["plan", "uid", "number"], name="revision_touch")]

    def __str__(self) -> str:
        return f"{self.uid} in {self.number}"


class Kind(models.TextChoices):
    TASK = "task", _("Task")
    MILESTONE = "milestone", _("Milestone")
    SUMMARY = "summary", _("Summary task")


LINK_WORDS = {
    "FS": _("finish-to-start"),
    "SS": _("start-to-start"),
    "FF": _("finish-to-finish"),
    "SF": _("start-to-finish"),
}


class State(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")


class Activity(models.Model):
    """A row of the plan as people list and filter it. ``content`` is the engine's own form."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    uid = models.PositiveBigIntegerField()
    parent_uid = models.PositiveBigIntegerField(null=True)
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=400)
    level = models.PositiveSmallIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    start = models.DateField(null=True)
    finish = models.DateField(null=True)
    duration = models.BigIntegerField(default=0)
    percent = models.FloatField(default=0)
    state = models.CharField(max_length=12, choices=State.choices)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )
    deadline = models.DateField(null=True)
    is_critical = models.BooleanField(null=True)
    is_active = models.BooleanField(default=True)
    baseline_start = models.DateField(null=True)
    baseline_finish = models.DateField(null=True)
    mode = models.CharField(max_length=10)
    content = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "uid"], name="one_activity_uid")]
        indexes = [
            models.Index(fields=["project", "position"], name="activity_position"),
            models.Index(fields=["project", "kind", "finish"], name="activity_kind"),
            models.Index(fields=["responsible", "finish"], name="activity_responsible"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def is_late(self, today: date) -> bool:
        """Whether it should have been done by now and is not."""
        return self.state != State.DONE and self.finish is not None and self.finish < today


class ActivityLink(models.Model):
    """A dependency between two activities."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    predecessor = models.PositiveBigIntegerField()
    successor = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=2)
    content = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "predecessor", "successor", "kind"], name="one_activity_link"
            )
        ]
        indexes = [models.Index(fields=["project", "successor"], name="link_successor")]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor} ({self.kind})"


class PlanPart(models.Model):
    """A calendar, resource or assignment of the plan, in the engine's own form."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(max_length=12)
    uid = models.BigIntegerField()
    content = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "part", "uid"], name="one_plan_part")
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.uid}"


class StagedImport(models.Model):
    """A file that was read and waits to be applied. Working state: no command, no chain."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    file_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    content = models.BinaryField()
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file_name


# A draft of changes, and what simulations draw, belong to the same app.
from tospann.planning.drafts.models import Draft, DraftState  # noqa: E402, F401
from tospann.planning.simulate.models import UncertainEvent  # noqa: E402, F401


class Waits(Record):
    """What waits for a decision, where somebody has said so: tasks and milestones of the plan."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    uids = models.JSONField(_("what waits"), default=list)

    def __str__(self) -> str:
        return str(self.case)


class PendingDecision(models.Model):
    """When a decision is needed, and what a week without it costs. Computed, and replaced whole."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="pending")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    uids = models.JSONField(default=list)
    need_by = models.DateField(null=True)
    lead_days = models.PositiveSmallIntegerField(default=0)
    slip_days = models.IntegerField(default=0)
    cost_per_week = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(0))
    computed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.case_id} {self.need_by}"

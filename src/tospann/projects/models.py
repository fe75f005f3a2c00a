"""Projects, their phases and gates, goals and success criteria, and who holds which role."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.authority import PROJECT_ROLES, ROLE_LABELS
from tospann.foundation.records import Record
from tospann.people.models import OrganisationWide, Person


class ProjectState(models.TextChoices):
    FOUNDING = "founding", _("Being founded")
    ACTIVE = "active", _("Active")
    CLOSED = "closed", _("Closed")


class Project(Record):
    """A temporary undertaking with its own organisation, goals, budget and end date."""

    key = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=ProjectState.choices, default=ProjectState.FOUNDING
    )
    start = models.DateField()
    finish = models.DateField()
    language = models.CharField(max_length=5, default="nb")
    pack_key = models.CharField(max_length=60, blank=True)
    pack_version = models.PositiveIntegerField(default=0)
    role_labels = models.JSONField(default=dict)
    modules = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finish__gte=models.F("start")), name="finish_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_id(self) -> uuid.UUID:
        return self.pk

    @property
    def project_id(self) -> uuid.UUID:
        return self.pk


class Membership(Record):
    """A person's role in a project, for as long as it lasts."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(
        max_length=30, choices=[(str(role), ROLE_LABELS[role]) for role in PROJECT_ROLES]
    )
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "person", "role"], name="one_membership")
        ]
        indexes = [models.Index(fields=["person", "project"], name="membership_person")]

    def __str__(self) -> str:
        return f"{self.person}: {ROLE_LABELS[self.role]}"  # type: ignore[index]  # a Role's value


class PhaseState(models.TextChoices):
    FUTURE = "future", _("Not started")
    CURRENT = "current", _("Under way")
    DONE = "done", _("Done")


class Phase(Record):
    """Part of the project's life cycle. Most phases end in a gate."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="phases")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    owner = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=PhaseState.choices, default=PhaseState.FUTURE)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="one_phase_key")]

    def __str__(self) -> str:
        return self.name


class GateState(models.TextChoices):
    OPEN = "open", _("Not decided")
    REWORK = "rework", _("To be reworked")
    HOLD = "hold", _("On hold")
    PASSED = "passed", _("Passed")
    STOPPED = "stopped", _("Project stopped")


class GateOutcome(models.TextChoices):
    PROCEED = "proceed", _("Proceed")
    REWORK = "rework", _("Rework")
    HOLD = "hold", _("Hold")
    STOP = "stop", _("Stop")


class Gate(Record):
    """A formal point where somebody with authority decides to go on, rework, hold or stop."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="gates")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    ends = models.ForeignKey(Phase, models.PROTECT, null=True, related_name="gates_out")
    opens = models.ForeignKey(Phase, models.PROTECT, null=True, related_name="gates_in")
    deciders = models.JSONField(default=list)
    mode = models.CharField(max_length=3, default="any")
    decider_label = models.CharField(max_length=200, blank=True)
    is_binding = models.BooleanField(default=True)
    outcomes = models.JSONField(default=list)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=GateState.choices, default=GateState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="one_gate_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_decided(self) -> bool:
        return self.state in {GateState.PASSED, GateState.STOPPED}


class CriterionState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    NOT_RELEVANT = "not_relevant", _("Not relevant")


class CriterionKind(models.TextChoices):
    CHECK = "check", _("Checklist point")
    DOCUMENT = "document", _("Document")
    RULE = "rule", _("Data rule")
    DECISION = "decision", pgettext_lazy("kind of criterion", "Decision")


BY_RULE = (CriterionKind.RULE, CriterionKind.DECISION)
"""Kinds that answer for themselves, from the project's registers, and are not ticked off."""


class GateCriterion(Record):
    """A point of the checklist, a document that must be there, or a rule that must hold.

    ``rule`` and ``parameters`` say what is asked of the project's registers (``cases.rules``).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=10, choices=CriterionKind.choices, default=CriterionKind.CHECK
    )
    text = models.CharField(max_length=500)
    document_key = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=15, choices=CriterionState.choices, default=CriterionState.OPEN
    )
    reason = models.TextField(blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["gate__position", "position"]

    def __str__(self) -> str:
        return self.text


class GoalLevel(models.TextChoices):
    SOCIETAL = "societal_goal", _("Societal goal")
    BUSINESS = "business_goal", _("Business goal")
    OUTCOME = "outcome_goal", _("Outcome goal")
    OUTPUT = "output_goal", _("Output goal")


class Goal(Record):
    """A result that the project or the organisation wants to reach."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField(default=0)
    level = models.CharField(max_length=20, choices=GoalLevel.choices, default=GoalLevel.OUTPUT)
    description = models.TextField()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.description[:80]


class CriterionResult(models.TextChoices):
    OPEN = "open", _("Not assessed")
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")


class SuccessCriterion(Record):
    """A measurable sign that a goal has been reached."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="success_criteria")
    text = models.TextField()
    target = models.CharField(max_length=200, blank=True)
    result = models.CharField(
        max_length=10, choices=CriterionResult.choices, default=CriterionResult.OPEN
    )

    class Meta:
        verbose_name_plural = "success criteria"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:80]


class Tolerance(Record):
    """The permitted deviation in one area before the owner must be involved."""

    AREAS: ClassVar[dict[str, object]] = {
        "time": _("Time"),
        "cost": _("Cost"),
        "scope": _("Scope"),
        "quality": _("Quality"),
        "risk": pgettext_lazy("tolerance area", "Risk"),
        "benefits": _("Benefits"),
    }
    project = models.ForeignKey(Project, models.PROTECT, related_name="tolerances")
    area = models.CharField(max_length=20)
    allowed = models.CharField(max_length=500)
    days = models.PositiveIntegerField(null=True, blank=True)
    percent = models.PositiveIntegerField(null=True, blank=True)
    most = models.PositiveIntegerField(null=True, blank=True)
    """How many may stand: deviations and faults, critical risks, deliverables refused or late."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["project", "area"], name="one_tolerance")]

    def __str__(self) -> str:
        return f"{self.area_label}: {self.allowed}"

    @property
    def area_label(self) -> str:
        return str(self.AREAS.get(self.area, self.area))


class RegisterDefinition(Record):
    """A register the project keeps, with the columns its pack adds."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="registers")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    columns = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="one_register")]

    def __str__(self) -> str:
        return self.title


class ChoiceList(Record):
    """The values people choose from in this project: scales, states, matrix cells."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="choice_lists")
    key = models.CharField(max_length=60)
    values = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="one_choice_list")]

    def __str__(self) -> str:
        return self.key


class Tombstone(OrganisationWide):
    """What is left of a project that was deleted: that it was there, who removed it, and why."""

    buried = models.UUIDField(_("project"), unique=True)
    project_key = models.CharField(_("project key"), max_length=10)
    name = models.CharField(_("name"), max_length=200)
    began_on = models.DateField(_("start"))
    buried_at = models.DateTimeField(_("deleted"))
    by = models.UUIDField(_("deleted by"), null=True)
    reason = models.TextField(_("reason"))
    chain_sequence = models.PositiveBigIntegerField(_("last act"))
    chain_hash = models.CharField(_("hash of the last act"), max_length=64)
    removed = models.JSONField(_("rows removed"), default=dict)
    is_open = models.BooleanField(default=False)
    """Signed rows leave while one stands open: inside the act that buries, and never after it."""

    working_state = frozenset({"is_open", "removed"})

    def __str__(self) -> str:
        return f"{self.project_key} {self.name}"

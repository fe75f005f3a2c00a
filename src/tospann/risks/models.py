"""What may happen (risks and opportunities), what has happened (problems), what cannot be kept."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.cases.models import Case
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project

SCALE = (MinValueValidator(1), MaxValueValidator(5))


class RiskKind(models.TextChoices):
    THREAT = "threat", _("Threat")
    OPPORTUNITY = "opportunity", _("Opportunity")


class RiskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a risk", "Open")
    OCCURRED = "occurred", _("Occurred")
    CLOSED = "closed", _("No longer relevant")


class Proximity(models.TextChoices):
    """When it may happen. A project may have words of its own (choice list ``proximity``)."""

    IMMEDIATE = "immediate", _("Immediately")
    THIS_PHASE = "this_phase", _("In this phase")
    WITHIN_PROJECT = "within_project", _("Later in the project")
    AFTER_PROJECT = "after_project", _("After the project")


class Strategy(models.TextChoices):
    """What is done about it. A project may have its own (choice list ``risk_strategy``)."""

    AVOID = "avoid", _("Avoid")
    REDUCE = "reduce", _("Reduce")
    TRANSFER = "transfer", _("Transfer")
    SHARE = "share", _("Share it")
    ACCEPT = "accept", _("Accept")
    MONITOR = "monitor", _("Monitor")
    EXPLOIT = "exploit", _("Exploit")
    ENHANCE = "enhance", _("Enhance")


class ProblemState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a problem", "Open")
    SOLVED = "solved", _("Solved")


class DeviationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a deviation", "Open")
    CORRECTED = "corrected", _("Corrected")


class Risk(Record):
    """Because of a cause an event may happen, with an effect: a threat or an opportunity."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="risks")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=12, choices=RiskKind.choices, default=RiskKind.THREAT
    )
    cause = models.TextField(_("cause"), blank=True)
    event = models.TextField(_("event"), blank=True)
    effect = models.TextField(_("effect"), blank=True)
    probability = models.PositiveSmallIntegerField(
        _("probability"), null=True, blank=True, validators=SCALE
    )
    impact = models.PositiveSmallIntegerField(_("impact"), null=True, blank=True, validators=SCALE)
    residual_probability = models.PositiveSmallIntegerField(
        _("probability after measures"), null=True, blank=True, validators=SCALE
    )
    residual_impact = models.PositiveSmallIntegerField(
        _("impact after measures"), null=True, blank=True, validators=SCALE
    )
    proximity = models.CharField(
        _("proximity"), max_length=60, blank=True, choices=Proximity.choices
    )
    strategy = models.CharField(_("strategy"), max_length=60, blank=True, choices=Strategy.choices)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    raised_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
    )
    due_on = models.DateField(_("next review"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RiskState.choices, default=RiskState.OPEN
    )
    reason = models.TextField(_("reason"), blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    born_in = models.CharField(max_length=100, blank=True)
    born_label = models.CharField(max_length=200, blank=True)
    born_link = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_at = models.DateTimeField(_("last moved"), default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_risk_number")
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="risk_of_project"),
            models.Index(fields=["project", "moved_at"], name="risk_moved"),
            models.Index(fields=["owner", "state", "due_on"], name="risk_of_owner"),
            models.Index(fields=["born_in"], name="risk_born_in"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == RiskState.OPEN

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/risks/{self.number}"


class Problem(Record):
    """Something that has happened and must be dealt with."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="problems")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    solution = models.TextField(_("solution"), blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    raised_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ProblemState.choices, default=ProblemState.OPEN
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    born_in = models.CharField(max_length=100, blank=True)
    born_label = models.CharField(max_length=200, blank=True)
    born_link = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_at = models.DateTimeField(_("last moved"), default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_problem_number")
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="problem_of_project"),
            models.Index(fields=["project", "moved_at"], name="problem_moved"),
            models.Index(fields=["owner", "state", "due_on"], name="problem_of_owner"),
            models.Index(fields=["born_in"], name="problem_born_in"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == ProblemState.OPEN

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/problems/{self.number}"


class Deviation(Record):
    """A plan, budget or quality that cannot be kept: why, what follows, what is done about it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="deviations")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    cause = models.TextField(_("cause"), blank=True)
    consequence = models.TextField(_("consequence"), blank=True)
    corrective_action = models.TextField(_("corrective action"), blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    raised_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DeviationState.choices, default=DeviationState.OPEN
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    born_in = models.CharField(max_length=100, blank=True)
    born_label = models.CharField(max_length=200, blank=True)
    born_link = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_at = models.DateTimeField(_("last moved"), default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_deviation_number")
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="deviation_of_project"),
            models.Index(fields=["project", "moved_at"], name="deviation_moved"),
            models.Index(fields=["owner", "state", "due_on"], name="deviation_of_owner"),
            models.Index(fields=["born_in"], name="deviation_born_in"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == DeviationState.OPEN

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/deviations/{self.number}"


class Movement(models.Model):
    """What a row was before it moved: a plain table, written by the command that moves it.

    The audit log says the same, but its details may be erased and are dear to search.
    """

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    row_id = models.UUIDField(db_index=True)
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["project", "at"], name="movement_of_project")]

    def __str__(self) -> str:
        return f"{self.row_id} {self.at:%Y-%m-%d}"


class StagedRisks(models.Model):
    """A spreadsheet that was read: until it is confirmed it may go; afterwards it is kept.

    The audit entry of an import names it with its checksum: it is what the import brought in.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    content_hash = models.CharField(max_length=64)
    rows = models.JSONField()
    counts = models.JSONField(default=dict)
    expires_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return self.file_name

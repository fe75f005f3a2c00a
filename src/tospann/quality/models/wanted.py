"""What is wanted: standards and requirements, and the deliverables that are handed over."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Phase, Project
from tospann.sharing.models import Share


class RequirementKind(models.TextChoices):
    REQUIREMENT = "requirement", _("Requirement")
    STANDARD = "standard", _("Standard")
    LAW = "law", _("Law or regulation")


class RequirementState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("state of a requirement", "Applies")
    WAIVED = "waived", pgettext_lazy("state of a requirement", "Waived")


class Requirement(Record):
    """A standard or requirement that must be met: where it comes from and how it is proved."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="requirements")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=RequirementKind.choices,
        default=RequirementKind.REQUIREMENT,
    )
    description = models.TextField(_("description"), blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    method = models.CharField(_("how it is proved"), max_length=200, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RequirementState.choices, default=RequirementState.ACTIVE
    )
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_requirement_number")
        ]
        indexes = [models.Index(fields=["project", "state"], name="requirement_of_project")]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == RequirementState.ACTIVE

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/quality/requirements/{self.number}"


class DeliverableState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a deliverable", "Planned")
    READY = "ready", pgettext_lazy("state of a deliverable", "Ready for acceptance")
    ACCEPTED = "accepted", pgettext_lazy("state of a deliverable", "Accepted")
    REMARKS = "remarks", pgettext_lazy("state of a deliverable", "Accepted with remarks")
    REFUSED = "refused", pgettext_lazy("state of a deliverable", "Not accepted")


class Deliverable(Record):
    """A product or service that is handed over: what is expected, and by what it is accepted.

    Whoever is asked is a person with an account, or whoever a share outside reaches.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="deliverables")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    expectation = models.TextField(_("expectation"), blank=True)
    tolerance = models.TextField(_("tolerance"), blank=True)
    criteria = models.TextField(_("acceptance criteria"), blank=True)
    method = models.CharField(_("how it is accepted"), max_length=200, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("responsible")
    )
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phase")
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    accepter = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("accepted by")
    )
    share = models.ForeignKey(
        Share, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked")
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=DeliverableState.choices,
        default=DeliverableState.PLANNED,
    )
    ready_on = models.DateField(_("ready since"), null=True, blank=True)
    answered_name = models.CharField(_("answered by"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    decision_number = models.PositiveIntegerField(_("decision"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_deliverable_number")
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="deliverable_of_project"),
            models.Index(fields=["owner", "state", "due_on"], name="deliverable_of_owner"),
            models.Index(fields=["accepter", "state"], name="deliverable_of_accepter"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        """Not accepted yet."""
        return self.state not in (DeliverableState.ACCEPTED, DeliverableState.REMARKS)

    @property
    def is_waiting(self) -> bool:
        return self.state == DeliverableState.READY

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/quality/deliverables/{self.number}"

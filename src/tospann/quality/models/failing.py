"""What does not meet what was required: from when it is found until it is verified."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.quality.models.wanted import Deliverable, Requirement


class Grade(models.TextChoices):
    """How serious a fault is."""

    A = "A", _("A – critical, stops use")
    B = "B", _("B – serious, can be lived with for a while")
    C = "C", _("C – less serious")


class NonconformityState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a nonconformity", "Open")
    CORRECTED = "corrected", pgettext_lazy("state of a nonconformity", "Corrected, to be verified")
    VERIFIED = "verified", pgettext_lazy("state of a nonconformity", "Verified")
    ACCEPTED = "accepted", pgettext_lazy("state of a nonconformity", "Accepted as it is")


class Nonconformity(Record):
    """A requirement that is not met: its cause, what corrects it, and who verified that."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="nonconformities")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices, default=Grade.B)
    description = models.TextField(_("description"), blank=True)
    cause = models.TextField(_("cause"), blank=True)
    correction = models.TextField(_("correction"), blank=True)
    requirement = models.ForeignKey(
        Requirement, models.PROTECT, null=True, blank=True, related_name="nonconformities"
    )
    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, null=True, blank=True, related_name="nonconformities"
    )
    test_case = models.ForeignKey(
        "quality.TestCase", models.PROTECT, null=True, blank=True, related_name="nonconformities"
    )
    review = models.ForeignKey(
        "quality.Review", models.PROTECT, null=True, blank=True, related_name="nonconformities"
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    raised_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=NonconformityState.choices, default="open"
    )
    corrected_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("corrected by")
    )
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_nonconformity_number")
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="nonconformity_of_project"),
            models.Index(fields=["owner", "state", "due_on"], name="nonconformity_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        """Neither verified nor accepted as it is."""
        return self.state in (NonconformityState.OPEN, NonconformityState.CORRECTED)

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/quality/nonconformities/{self.number}"

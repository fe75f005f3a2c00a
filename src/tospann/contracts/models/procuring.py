"""Procurement: the steps from notice to signing, tied to the plan."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.contracts.models.signing import Contract
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class StepKind(models.TextChoices):
    NOTICE = "notice", _("Announce")
    TENDERS = "tenders", _("Tender deadline")
    AWARD = "award", _("Award")
    STANDSTILL = "standstill", _("Standstill period ends")
    SIGNING = "signing", _("Sign the contract")


class Procurement(Record):
    """Something that is being bought; it may end in a contract."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="procurements")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    estimate = models.DecimalField(
        _("estimated value"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="procurements"
    )
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_open = models.BooleanField(_("under way"), default=True)
    notes = models.TextField(_("notes"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_procurement_number")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/money/contracts/procurements/{self.number}"


class ProcurementStep(Record):
    """A step with its day: the plan's where it is tied to a task, otherwise its own."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    procurement = models.ForeignKey(Procurement, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    position = models.PositiveSmallIntegerField()
    day = models.DateField(_("date"), null=True, blank=True)
    activity_uid = models.PositiveIntegerField(_("plan task"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        ordering = ["procurement", "position"]
        constraints = [
            models.UniqueConstraint(fields=["procurement", "kind"], name="one_step_of_a_kind")
        ]

    def __str__(self) -> str:
        return str(StepKind(self.kind).label)

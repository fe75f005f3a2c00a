"""Change orders and price adjustments: what changes a contract's sum and dates."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.budget.models import BudgetLine
from tospann.cases.models import Case
from tospann.contracts.models.notifying import Notice
from tospann.contracts.models.signing import Contract
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class ChangeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a change order", "Being prepared")
    CASE = "case", pgettext_lazy("state of a change order", "Waiting for a decision")
    ACCEPTED = "accepted", pgettext_lazy("state of a change order", "Accepted")
    REJECTED = "rejected", pgettext_lazy("state of a change order", "Rejected")


class ChangeOrder(Record):
    """A priced change of a contract's work; decided as a case that moves money and plan too."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="change_orders")
    number = models.PositiveIntegerField(_("number"))
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="change_orders")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    amount = models.DecimalField(_("price"), max_digits=16, decimal_places=2)
    days = models.SmallIntegerField(_("working days more"), default=0)
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("budget line"),
    )
    activity_uid = models.PositiveIntegerField(_("plan task"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=ChangeState.choices, default=ChangeState.DRAFT)
    reason = models.TextField(_("reason"), blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    raised_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_change_order_number")
        ]
        indexes = [models.Index(fields=["project", "state"], name="change_order_of_project")]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in {ChangeState.DRAFT, ChangeState.CASE}

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/money/contracts/changes/{self.number}"


class PriceAdjustment(Record):
    """A basis adjusted by how far an index has moved; the figures it was worked out from are kept.

    ``amount`` is basis × share × (index / base - 1), rounded to the øre.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="adjustments")
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("date"))
    basis = models.DecimalField(_("basis"), max_digits=16, decimal_places=2)
    index_base = models.DecimalField(_("index when signed"), max_digits=12, decimal_places=4)
    index_now = models.DecimalField(_("index now"), max_digits=12, decimal_places=4)
    share = models.DecimalField(_("share that follows the index"), max_digits=5, decimal_places=2)
    amount = models.DecimalField(_("adjustment"), max_digits=16, decimal_places=2)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return self.title

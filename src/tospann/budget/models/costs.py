"""What has been used and what is promised: costs and the batches they came in, and what waits."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.budget.models.lines import BudgetLine
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class Commitment(Record):
    """Money that is ordered: a contract, an order. It goes down as the costs come."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="commitments")
    source = models.CharField(_("source"), max_length=100, blank=True)
    """The record it comes from, such as ``contracts.contract:<uuid>``; empty: by hand."""
    text = models.CharField(_("what it is for"), max_length=200)
    supplier = models.CharField(_("supplier"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    due_on = models.DateField(_("expected"), null=True, blank=True)
    used = models.DecimalField(_("used"), max_digits=16, decimal_places=2, default=Decimal(0))
    """The kept sum of the costs booked against it."""
    is_closed = models.BooleanField(_("closed"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    working_state: ClassVar[frozenset[str]] = frozenset({"used"})

    class Meta:
        ordering = ["due_on", "created_at", "id"]
        indexes = [
            models.Index(fields=["project", "source"], name="commitment_of_source"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def left(self) -> Decimal:
        return Decimal(0) if self.is_closed else max(self.amount - self.used, Decimal(0))


class CostBatch(Record):
    """Costs that came in together: one act, one audit entry."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    source = models.CharField(_("source"), max_length=100)
    """manual, reported, csv, api, ``timesheets:<…>``, ``invoice:<uuid>``, ``reversal``."""
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    file_hash = models.CharField(_("checksum of the file"), max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    total = models.DecimalField(_("total"), max_digits=18, decimal_places=2)
    first_on = models.DateField(_("first date"))
    last_on = models.DateField(_("last date"))
    late_rows = models.PositiveIntegerField(_("rows after the month was closed"), default=0)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who recorded it."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    unaudited = frozenset({"total"})  # of one person's hours it tells what she is paid

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_cost_batch_number")
        ]
        indexes = [models.Index(fields=["project", "source"], name="cost_batch_of_source")]

    def __str__(self) -> str:
        return self.file_name or f"{self.number}"


class Cost(models.Model):
    """One cost. A plain table: rows come in batches and are corrected by reversing, never changed.

    ``amount`` is without VAT, in its own currency; ``amount_nok`` is what counts against the line.
    """

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(CostBatch, models.PROTECT, related_name="costs")
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    booked_on = models.DateField(_("date"))
    amount = models.DecimalField(_("amount without VAT"), max_digits=16, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=16, decimal_places=2, default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3, default="NOK")
    amount_nok = models.DecimalField(_("amount in kroner"), max_digits=16, decimal_places=2)
    text = models.CharField(_("text"), max_length=200, blank=True)
    supplier = models.CharField(_("supplier"), max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    hours = models.DecimalField(_("hours"), max_digits=8, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("source"), max_length=100)
    external_id = models.CharField(_("number where it comes from"), max_length=80, blank=True)
    is_late = models.BooleanField(_("after the month was closed"), default=False)

    class Meta:
        ordering = ["-booked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "external_id"],
                condition=~Q(external_id=""),
                name="one_cost_of_external_id",
            )
        ]
        indexes = [
            models.Index(fields=["project", "booked_on", "id"], name="cost_by_date"),
            models.Index(fields=["line", "booked_on", "id"], name="cost_of_line"),
            models.Index(fields=["project", "supplier", "booked_on"], name="cost_of_supplier"),
            models.Index(fields=["project"], condition=Q(is_late=True), name="late_costs"),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.text}"


class CostDay(models.Model):
    """The sum of a line's costs on a day. Computed: kept in step by the one place costs come in."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    rows = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "day"], name="one_cost_day")]
        indexes = [models.Index(fields=["project", "day"], name="cost_day_of_project")]

    def __str__(self) -> str:
        return f"{self.day}: {self.amount}"


class CostParty(models.Model):
    """The sum of a project's costs from a supplier, or of a person's hours, or of neither.

    Computed: kept in step by the one place costs come in.
    """

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    supplier = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    is_of_people = models.BooleanField(default=False)
    """Whether a row tells what somebody's hours cost."""
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    hours = models.DecimalField(max_digits=14, decimal_places=2)
    rows = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["project", "supplier"], name="cost_party_of_project"),
            models.Index(fields=["amount"], name="cost_party_taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier or self.person_id}: {self.amount}"


class Accrual(Record):
    """Used but not invoiced: it counts as incurred from a day, until it is released."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+")
    text = models.CharField(_("what it is for"), max_length=200)
    supplier = models.CharField(_("supplier"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    booked_on = models.DateField(_("from"))
    released_on = models.DateField(_("released"), null=True, blank=True)
    is_late = models.BooleanField(_("after the month was closed"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-booked_on", "-created_at"]

    def __str__(self) -> str:
        return self.text


class ClosedMonth(Record):
    """A month in which nothing more is expected; what is booked in it later is marked."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    """Its first day. All days until its end are closed."""
    costs = models.DecimalField(_("costs until then"), max_digits=18, decimal_places=2)
    accruals = models.DecimalField(_("accruals then"), max_digits=18, decimal_places=2)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), default=timezone.now)

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["project", "month"], name="one_closing_of_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class StagedCosts(models.Model):
    """A file of costs that was read and waits to be recorded. Working state."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    file_hash = models.CharField(max_length=64)
    content = models.BinaryField()
    """The cells as they were read (compressed JSON)."""
    mapping = models.JSONField(default=dict)
    """``{"head": row of the headings, "columns": {field: column}, "line": one for all}``."""
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file_name

"""A project's budget: its lines, and what is set aside for what nobody knows yet."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.projects.models import Phase, Project


class CostType(models.TextChoices):
    """What kind of cost a line is for."""

    LABOUR = "labour", _("Labour")
    PURCHASE = "purchase", _("Purchases")
    EQUIPMENT = "equipment", _("Equipment")
    TRAVEL = "travel", _("Travel")
    OTHER = "other", _("Other costs")


class Budget(Record):
    """What all lines have in common: the reserves, and the totals that changes count from.

    ``agreed_total``: what was last agreed (the approved budget, the last decision, or the budget as
    the current phase began). ``high_total``: the same, but only an owner's decision moves it.
    ``phase_total``: the same, but decisions on the way do not move it.
    """

    project = models.OneToOneField(Project, models.PROTECT, related_name="budget")
    manager_reserve = models.DecimalField(
        _("manager's reserve"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    owner_reserve = models.DecimalField(
        _("owner's reserve"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    manager_released = models.DecimalField(
        _("released of the manager's reserve"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    owner_released = models.DecimalField(
        _("released of the owner's reserve"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_total = models.DecimalField(
        _("agreed total"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    phase_total = models.DecimalField(
        _("total as the phase began"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    high_total = models.DecimalField(
        _("total last decided by the owner"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
    )
    manager_left_then = models.DecimalField(
        _("manager's reserve as the phase began"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
    )
    owner_left_then = models.DecimalField(
        _("owner's reserve as the phase began"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
    )
    approved_total = models.DecimalField(
        _("approved total"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    last_booking_on = models.DateField(_("last day for booking costs"), null=True, blank=True)
    lines_made = models.PositiveIntegerField(_("number of lines made"), default=0)
    base_estimate = models.DecimalField(
        _("base estimate"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    unspecified = models.DecimalField(
        _("unspecified allowance"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    expected_addition = models.DecimalField(
        _("expected addition"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    contingency = models.DecimalField(
        _("contingency"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    frames_source = models.CharField(_("where the frames come from"), max_length=200, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    def __str__(self) -> str:
        return str(_("The budget"))

    @property
    def steering_frame(self) -> Decimal | None:
        """P50: what the project is expected to cost."""
        if self.base_estimate is None:
            return None
        return self.base_estimate + self.unspecified + self.expected_addition

    @property
    def p85(self) -> Decimal | None:
        """What it costs with 85 % certainty; less the cut list it is the cost frame."""
        frame = self.steering_frame
        return None if frame is None else frame + self.contingency

    @property
    def manager_left(self) -> Decimal:
        return self.manager_reserve - self.manager_released

    @property
    def owner_left(self) -> Decimal:
        return self.owner_reserve - self.owner_released

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/money"


class BudgetLine(Record):
    """One row of the budget: what it is for, when, how much; and how it goes.

    ``forecast`` empty means: as budgeted. When it is used follows its own dates, else the
    activity's, else the phase's.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="budget_lines")
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200)
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phase")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    activity_uid = models.PositiveIntegerField(_("plan task"), null=True, blank=True)
    wbs = models.CharField(_("WBS code"), max_length=40, blank=True)
    cost_type = models.CharField(
        _("cost type"), max_length=20, choices=CostType.choices, default=CostType.OTHER
    )
    vat_code = models.CharField(_("VAT code"), max_length=10, blank=True)
    with_vat = models.BooleanField(_("VAT counts as a cost"), default=False)
    """For whoever cannot deduct it: then costs count with their VAT."""
    currency = models.CharField(_("currency"), max_length=3, default="NOK")
    currency_amount = models.DecimalField(
        _("amount in that currency"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    rate_on = models.DateField(_("date of the exchange rate"), null=True, blank=True)
    periods = models.JSONField(_("amounts by month"), default=list, blank=True)
    """``[["2026-11-01", "1000.00"], …]`` where it is said; else it is spread evenly."""
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    approved = models.DecimalField(
        _("approved amount"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    spent = models.DecimalField(_("incurred"), max_digits=16, decimal_places=2, default=Decimal(0))
    """The kept sum of the line's costs."""
    committed = models.DecimalField(
        _("committed"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    """The kept sum of what is left of its open commitments."""
    accrued = models.DecimalField(_("accrued"), max_digits=16, decimal_places=2, default=Decimal(0))
    """The kept sum of its accruals that are not released."""
    forecast = models.DecimalField(
        _("forecast"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    is_running = models.BooleanField(_("grows with time"), default=False)
    """It costs more for each week the project lasts: rent, management, site facilities."""
    costed_at = models.DateTimeField(_("date of the figures"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    working_state: ClassVar[frozenset[str]] = frozenset({"spent", "committed", "accrued"})
    """Sums of rows that are themselves recorded by commands; a cost makes no line another."""

    class Meta:
        ordering = ["code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_budget_line_number")
        ]
        indexes = [models.Index(fields=["project", "code"], name="budget_line_of_project")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    @property
    def short_id(self) -> str:
        """NF-B3, the third line of the budget of NF; needs the project."""
        return f"{self.project.key}-B{self.number}"

    @property
    def expected(self) -> Decimal:
        """What it is expected to cost in the end."""
        return self.amount if self.forecast is None else self.forecast

    @property
    def incurred(self) -> Decimal:
        """What has been used, whether or not the invoice has come."""
        return self.spent + self.accrued

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/money/{self.number}"

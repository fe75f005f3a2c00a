"""Invoices on their way from the supplier to payment."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.budget.models import BudgetLine
from tospann.contracts.models.changing import ChangeOrder
from tospann.contracts.models.signing import Contract, Term
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class InvoiceState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("state of an invoice", "Received")
    CHECKED = "checked", pgettext_lazy("state of an invoice", "Checked")
    VERIFIED = "verified", pgettext_lazy("state of an invoice", "Verified")
    SENT = "sent", pgettext_lazy("state of an invoice", "Sent to payment")
    RETURNED = "returned", pgettext_lazy("state of an invoice", "Returned to the supplier")


class Invoice(Record):
    """A supplier's demand for payment: received → checked → verified → sent."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="invoices")
    number = models.PositiveIntegerField(_("number"))
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="invoices")
    term = models.ForeignKey(
        Term,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("instalment"),
    )
    change_order = models.ForeignKey(
        ChangeOrder, models.PROTECT, null=True, blank=True, related_name="invoices"
    )
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("budget line"),
    )
    reference = models.CharField(_("invoice number"), max_length=60)
    kid = models.CharField(_("payment reference (KID)"), max_length=25, blank=True)
    text = models.CharField(_("text"), max_length=200, blank=True)
    invoiced_on = models.DateField(_("invoice date"))
    received_on = models.DateField(_("received"))
    due_on = models.DateField(_("due date"))
    amount = models.DecimalField(_("amount without VAT"), max_digits=16, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=16, decimal_places=2, default=Decimal(0))
    retained = models.DecimalField(
        _("retained"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    """Held back by us until the end of the contract, of the amount without VAT."""
    state = models.CharField(
        max_length=9, choices=InvoiceState.choices, default=InvoiceState.RECEIVED
    )
    remarks = models.TextField(_("remarks"), blank=True)
    """Said when it was checked in spite of something, or returned."""
    registered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    verified_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(_("sent to payment"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_invoice_number"),
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="invoice_of_project"),
            models.Index(fields=["contract", "state"], name="invoice_of_contract"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def total(self) -> Decimal:
        """With VAT."""
        return self.amount + self.vat

    @property
    def to_pay(self) -> Decimal:
        return self.total - self.retained

    @property
    def is_open(self) -> bool:
        return self.state not in {InvoiceState.SENT, InvoiceState.RETURNED}

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/money/contracts/invoices/{self.number}"

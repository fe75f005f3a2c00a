"""Parties, contracts, and what a contract says beside its sum."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.budget.models import BudgetLine
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class Side(models.TextChoices):
    """Whom the contract is with: who is paid by us, or who pays us."""

    SUPPLIER = "supplier", _("Supplier")
    CUSTOMER = "customer", _("Customer")


class Standard(models.TextChoices):
    NS_8405 = "ns_8405", _("NS 8405 works contract")
    NS_8406 = "ns_8406", _("NS 8406 simplified works contract")
    NS_8407 = "ns_8407", _("NS 8407 design and build")
    NS_8401 = "ns_8401", _("NS 8401 design commission")
    NS_8402 = "ns_8402", _("NS 8402 consultancy")
    SSA_T = "ssa_t", _("SSA-T development and adaptation")
    SSA_S = "ssa_s", _("SSA-S agile")
    SSA_L = "ssa_l", _("SSA-L service over the internet")
    SSA_D = "ssa_d", _("SSA-D operation")
    OTHER = "other", pgettext_lazy("contract standard", "Other")


class ContractState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a contract", "Being prepared")
    SIGNED = "signed", pgettext_lazy("state of a contract", "Signed")
    CLOSED = "closed", pgettext_lazy("state of a contract", "Settled")
    TERMINATED = "terminated", pgettext_lazy("state of a contract", "Terminated")


class TermKind(models.TextChoices):
    """What else a contract says."""

    INSTALMENT = "instalment", _("Instalment")
    OPTION = "option", _("Option")
    GUARANTEE = "guarantee", _("Guarantee")
    KEY_DATE = "key_date", _("Key date")


class TermState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a term", "Open")
    DONE = "done", pgettext_lazy("state of a term", "Done")
    LAPSED = "lapsed", pgettext_lazy("state of a term", "Lapsed")


class Party(Record):
    """Somebody a contract is made with."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="parties")
    name = models.CharField(_("name"), max_length=200)
    organisation_number = models.CharField(_("organisation number"), max_length=9, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation_number"],
                condition=~models.Q(organisation_number=""),
                name="one_party_of_a_number",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Contract(Record):
    """An agreement with a party. Its sum now is ``value`` with what was agreed since added."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="contracts")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="contracts", verbose_name=_("party")
    )
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.SUPPLIER)
    standard = models.CharField(max_length=10, choices=Standard.choices, default=Standard.OTHER)
    state = models.CharField(
        max_length=12, choices=ContractState.choices, default=ContractState.PLANNED
    )
    value = models.DecimalField(_("contract sum"), max_digits=16, decimal_places=2)
    added = models.DecimalField(
        _("added since"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    """What change orders, options and adjustments have added; kept by the commands that do."""
    currency = models.CharField(_("currency"), max_length=3, default="NOK")
    retained_percent = models.DecimalField(
        _("retained percentage"), max_digits=5, decimal_places=2, default=Decimal(0)
    )
    penalty_per_day = models.DecimalField(
        _("liquidated damages per day"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    notice_days = models.PositiveSmallIntegerField(_("internal days for notices"), default=5)
    """Working days. The organisation's own limit, never the contract's."""
    index_name = models.CharField(_("price index"), max_length=200, blank=True)
    index_base = models.DecimalField(
        _("index when signed"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    index_share = models.DecimalField(
        _("share that follows the index"), max_digits=5, decimal_places=2, default=Decimal(100)
    )
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("agreed completion"), null=True, blank=True)
    line = models.ForeignKey(
        BudgetLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("budget line"),
    )
    activity_uid = models.PositiveIntegerField(_("plan task"), null=True, blank=True)
    responsible = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    notes = models.TextField(_("notes"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_contract_number")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def sum_now(self) -> Decimal:
        """What it comes to with everything agreed since it was signed."""
        return self.value + self.added

    @property
    def is_running(self) -> bool:
        return self.state == ContractState.SIGNED

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/money/contracts/{self.number}"


class Term(Record):
    """An instalment of the payment plan, an option, a guarantee or a key date of a contract."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="terms")
    kind = models.CharField(max_length=12, choices=TermKind.choices)
    title = models.CharField(_("title"), max_length=200)
    amount = models.DecimalField(
        _("amount"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    day = models.DateField(_("date"), null=True, blank=True)
    activity_uid = models.PositiveIntegerField(_("plan task"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=TermState.choices, default=TermState.OPEN)
    settled_on = models.DateField(_("settled"), null=True, blank=True)

    class Meta:
        ordering = [models.F("day").asc(nulls_last=True), "id"]
        indexes = [models.Index(fields=["contract", "kind"], name="term_of_contract")]

    def __str__(self) -> str:
        return self.title

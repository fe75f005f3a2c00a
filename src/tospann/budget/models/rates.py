"""Rates of the organisation, each valid from a date: of currencies, and of value added tax."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.people.models import OrganisationWide


class ExchangeRate(OrganisationWide):
    """What one unit of a currency is in kroner from this day on, until there is a later one."""

    currency = models.CharField(_("currency"), max_length=3)
    valid_from = models.DateField(_("valid from"))
    rate = models.DecimalField(_("kroner for one"), max_digits=14, decimal_places=6)
    note = models.CharField(_("where it comes from"), max_length=200, blank=True)

    class Meta:
        ordering = ["currency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "valid_from"], name="one_exchange_rate_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_from}"


class VatRate(OrganisationWide):
    """A rate of value added tax from this day on. It goes before those every portal knows."""

    code = models.CharField(_("VAT code"), max_length=10)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    valid_from = models.DateField(_("valid from"))

    class Meta:
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_vat_rate_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"

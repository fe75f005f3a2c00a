"""The organisation's rates: of currencies and of value added tax, each from a day on."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.budget.commands.costs import Currency
from tospann.budget.models import ExchangeRate, VatRate
from tospann.budget.money import NOK
from tospann.foundation.arguments import OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Organisation

Kroner = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=6)]
VatPercent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
NewVatCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,10}$")]


@command(needs=Power.RUN_ORGANISATION)
def set_exchange_rate(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    currency: Currency,
    valid_from: date,
    rate: Kroner,
    note: OptionalLine = "",
) -> ExchangeRate:
    """Set an exchange rate"""
    if currency == NOK:
        raise Invalid(gettext("Kroner are counted in kroner."), "currency")
    found = ExchangeRate.objects.filter(currency=currency, valid_from=valid_from).first()
    one = found or ExchangeRate(id=id, currency=currency, valid_from=valid_from)
    one.rate, one.note = rate, note
    one.save()
    return one


@command(needs=Power.RUN_ORGANISATION)
def remove_exchange_rate(actor: Actor, rate: ExchangeRate) -> None:
    """Remove an exchange rate"""
    rate.delete()


@command(needs=Power.RUN_ORGANISATION)
def set_vat_rate(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    code: NewVatCode,
    valid_from: date,
    percent: VatPercent,
) -> VatRate:
    """Set a VAT rate"""
    found = VatRate.objects.filter(code=code, valid_from=valid_from).first()
    one = found or VatRate(id=id, code=code, valid_from=valid_from)
    one.percent = percent
    one.save()
    return one


@command(needs=Power.RUN_ORGANISATION)
def remove_vat_rate(actor: Actor, rate: VatRate) -> None:
    """Remove a VAT rate"""
    rate.delete()

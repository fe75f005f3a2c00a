"""The organisation's rates, as they are listed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from tospann.budget import money
from tospann.budget.models import ExchangeRate


def exchange() -> Sequence[ExchangeRate]:
    return list(ExchangeRate.objects.order_by("currency", "-valid_from"))


def one(pk: UUID) -> ExchangeRate | None:
    return ExchangeRate.objects.filter(pk=pk).first()


def vat() -> list[tuple[str, date, Decimal, bool]]:
    """Code, from when, percent, and whether it is the organisation's own."""
    known = money.rates().vat
    found = [(code, day, rate, True) for code, rows in known.items() for day, rate in rows]
    for code, rows in money.KNOWN_VAT.items():
        found += [(code, day, rate, False) for day, rate in rows]
    return sorted(found, key=lambda row: (row[0], -row[1].toordinal(), not row[3]))

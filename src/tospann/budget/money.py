"""Money: always a decimal with a currency, rounded to the øre one way, turned into kroner by date.

Nothing else in the portal rounds money or asks for a rate.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from django.utils.translation import gettext

from tospann.budget.models import ExchangeRate, VatRate
from tospann.foundation.errors import Invalid
from tospann.ui import formats
from tospann.ui.jinja import language as current_language

NOK = "NOK"
ORE = Decimal("0.01")
ZERO = Decimal(0)
HUNDRED = Decimal(100)
Dated = Sequence[tuple[date, Decimal]]

STANDARD, MEDIUM, LOW, EXEMPT = "standard", "medium", "low", "exempt"
KNOWN_VAT: Mapping[str, Dated] = {
    STANDARD: [(date(2005, 1, 1), Decimal(25))],
    MEDIUM: [(date(2012, 1, 1), Decimal(15))],
    LOW: [
        (date(2018, 1, 1), Decimal(12)),
        (date(2020, 4, 1), Decimal(6)),
        (date(2021, 10, 1), Decimal(12)),
    ],
    EXEMPT: [(date(2001, 7, 1), Decimal(0))],
}
"""The general Norwegian rates, from the day each was valid; the organisation's own go before."""


def rounded(amount: Decimal) -> Decimal:
    """To the øre; half an øre goes away from zero."""
    return amount.quantize(ORE, ROUND_HALF_UP)


def shares(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """An amount divided by weight; the parts are whole øre and add up to the last one."""
    whole = sum(weights, ZERO)
    if not whole:
        raise ValueError("nothing to divide by")
    found, used, given = [], ZERO, ZERO
    for weight in weights:
        used += weight
        until = rounded(amount * used / whole)
        found.append(until - given)
        given = until
    return found


class TwoCurrencies(ValueError):
    """Amounts of different currencies have no sum."""


@dataclass(frozen=True)
class Money:
    """An amount of a currency."""

    amount: Decimal
    currency: str = NOK

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise TwoCurrencies(f"{self.currency} and {other.currency}")
        return other.amount

    @property
    def rounded(self) -> "Money":
        return Money(rounded(self.amount), self.currency)


def total(amounts: Iterable[Money], currency: str = NOK) -> Money:
    """The sum; ``TwoCurrencies`` when one of them is of another currency."""
    return sum(amounts, Money(ZERO, currency))


@dataclass(frozen=True)
class Rates:
    """All rates, read once (two queries): for many amounts after each other."""

    currencies: Mapping[str, Dated] = field(default_factory=dict)
    vat: Mapping[str, Dated] = field(default_factory=dict)

    def in_nok(self, amount: Decimal, currency: str, day: date) -> Decimal:
        """In kroner at the rate of that day; ``Invalid`` when none is known so far back."""
        if currency == NOK:
            return rounded(amount)
        rate = _on(self.currencies.get(currency, ()), day)
        if rate is None:
            said = gettext("There is no exchange rate for %(currency)s on %(day)s.")
            words = {"currency": currency[:10], "day": formats.short_date(day, current_language())}
            raise Invalid(said % words, "currency")
        return rounded(amount * rate)

    def vat_of(self, amount: Decimal, code: str, day: date) -> Decimal:
        """The VAT that comes on top of an amount without it; none without a code."""
        if not code:
            return ZERO
        percent = self.percent(code, day)
        if percent is None:
            said = gettext("There is no VAT rate “%(code)s” on %(day)s.")
            words = {"code": code[:20], "day": formats.short_date(day, current_language())}
            raise Invalid(said % words, "vat_code")
        return rounded(amount * percent / HUNDRED)

    def percent(self, code: str, day: date) -> Decimal | None:
        own = _on(self.vat.get(code, ()), day)
        return _on(KNOWN_VAT.get(code, ()), day) if own is None else own


def rates() -> Rates:
    """The organisation's rates as they are now."""
    exchange = ExchangeRate.objects.order_by("currency", "valid_from")
    vat = VatRate.objects.order_by("code", "valid_from")
    return Rates(
        _dated(exchange.values_list("currency", "valid_from", "rate")),
        _dated(vat.values_list("code", "valid_from", "percent")),
    )


def in_nok(amount: Decimal, currency: str, day: date) -> Decimal:
    """One amount in kroner at the rate of that day (``Rates.in_nok`` for many)."""
    return rounded(amount) if currency == NOK else rates().in_nok(amount, currency, day)


def typed(text: str, language: str) -> Decimal:
    """A typed amount (−1 234,50 with any minus and any space), to the øre; else ``ValueError``."""
    found = formats.parse_number(text, language)
    if found != rounded(found):
        raise ValueError(text)
    return rounded(found)


def _dated(rows: Iterable[tuple[str, date, Decimal]]) -> dict[str, Dated]:
    return {
        name: [(day, rate) for _name, day, rate in found]
        for name, found in groupby(rows, lambda row: row[0])
    }


def _on(dated: Dated, day: date) -> Decimal | None:
    """The last that is valid then; None before the first."""
    place = bisect_right([first for first, _rate in dated], day)
    return dated[place - 1][1] if place else None

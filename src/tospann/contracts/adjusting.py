"""Price adjustment by an index, worked out."""

from decimal import Decimal

from django.utils.translation import gettext

from tospann.budget.money import rounded
from tospann.foundation.errors import Invalid

TOO_MUCH = Decimal(100000000000000)
"""More than a column of money holds."""


def adjustment(basis: Decimal, base: Decimal, now: Decimal, share: Decimal) -> Decimal:
    """basis × share × (now / base - 1), to the øre; below zero when the index has fallen."""
    moved = basis * share * (now - base) / (base * 100)
    if abs(moved) >= TOO_MUCH:
        raise Invalid(gettext("This is more money than can be kept."), "basis")
    return rounded(moved)


def retained(amount: Decimal, percent: Decimal) -> Decimal:
    """What is held back of an amount, to the øre."""
    return rounded(amount * percent / 100)

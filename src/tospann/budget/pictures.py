"""How the money is spread over the months, as bars beside a table of the same numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Month:
    """A month, what is to be used in it and until its end; ``share`` is 0–100 of the largest."""

    first: date
    amount: Decimal
    so_far: Decimal
    share: int


def months(by_period: Mapping[date, Decimal]) -> list[Month]:
    most = max(by_period.values(), default=Decimal(0)) or Decimal(1)
    found, so_far = [], Decimal(0)
    for first, amount in by_period.items():
        so_far += amount
        found.append(Month(first, amount, so_far, int(100 * amount / most)))
    return found

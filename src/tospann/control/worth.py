"""What money over several years is worth today: net present value, and when it is paid back. Pure.

Nothing is rounded on the way; only what a page shows is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from tospann.budget.money import rounded

STATE_RATE = 4.0
"""Per cent a year: what the state's own projects are discounted by in their first 40 years."""
HIGHEST = 100
"""Per cent: rates above it are not looked for."""


@dataclass(frozen=True)
class Year:
    """One year: what is left of it, what that is worth today, and what has come back so far."""

    number: int
    net: float
    present: float
    accumulated: float


@dataclass(frozen=True)
class Worth:
    """Yearly flows discounted; ``break_even`` are the rates in per cent at which nothing is left.

    There may be several such rates when money goes out again later: then none of them says much.
    """

    value: float
    undiscounted: float
    payback_year: int | None
    """The first year, counted from 1, in which all that was paid has come back."""
    break_even: tuple[float, ...]
    years: tuple[Year, ...]

    @property
    def present_in_ore(self) -> list[Decimal]:
        """What each year is worth today in whole øre, so that they add up to the whole."""
        return in_ore([year.present for year in self.years])


def in_ore(values: Sequence[float]) -> list[Decimal]:
    """Unrounded amounts in whole øre that add up to the whole."""
    sums = [rounded(Decimal(repr(one))) for one in accumulate(values)]
    return [now - before for before, now in pairwise([Decimal(0), *sums])]


def worth(flows: Sequence[float], rate: float, *, first_counts_whole: bool = True) -> Worth:
    """``rate`` in per cent a year. ``first_counts_whole``: the first year is the year of comparison
    and is not discounted; else every flow comes at the end of its year.
    """
    return Worth(
        present_value(flows, rate, first_counts_whole=first_counts_whole),
        sum(flows),
        payback_year(flows),
        break_even(flows),
        tuple(_years(flows, rate, first_counts_whole)),
    )


def _years(flows: Sequence[float], rate: float, first_counts_whole: bool) -> Iterator[Year]:
    today = present_values(flows, rate, first_counts_whole=first_counts_whole)
    for number, row in enumerate(zip(flows, today, accumulate(flows), strict=True), 1):
        yield Year(number, *row)


def present_value(flows: Sequence[float], rate: float, *, first_counts_whole: bool = True) -> float:
    return sum(present_values(flows, rate, first_counts_whole=first_counts_whole))


def present_values(
    flows: Sequence[float], rate: float, *, first_counts_whole: bool = True
) -> list[float]:
    """What each year's amount is worth today."""
    first = 0 if first_counts_whole else 1
    return [flow / (1 + rate / 100) ** year for year, flow in enumerate(flows, first)]


def payback_year(flows: Sequence[float]) -> int | None:
    sums = list(accumulate(flows))
    paid = [year for year, total in enumerate(sums, 1) if total < 0]
    later = paid[-1] + 1 if paid else 1
    return later if later <= len(sums) else None


def break_even(flows: Sequence[float]) -> tuple[float, ...]:
    """The rates from 0 to 100 per cent at which the value is nothing, to a millionth."""
    found, steps = [], [rate / 2 for rate in range(2 * HIGHEST + 1)]
    values = [present_value(flows, rate) for rate in steps]
    for place in range(len(steps) - 1):
        if values[place] == 0:
            found.append(steps[place])
        elif values[place] * values[place + 1] < 0:
            found.append(_between(flows, steps[place], steps[place + 1]))
    return tuple(found)


def _between(flows: Sequence[float], low: float, high: float) -> float:
    rising = present_value(flows, low) < 0
    while high - low > 1e-7:
        middle = (low + high) / 2
        if (present_value(flows, middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2

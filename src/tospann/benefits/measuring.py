"""How far a benefit has come, from what its indicators started at, are at and are to become."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Measured:
    """A measurement as the arithmetic sees it."""

    moment: str
    due_on: date
    value: Decimal | None
    measured_on: date | None


@dataclass(frozen=True)
class Reading:
    """An indicator: from where, to where, where it is, and how many per cent of the way that is.

    ``percent`` is None while it cannot be told: nothing measured, or no start to count from.
    """

    start: Decimal | None
    target: Decimal
    latest: Decimal | None
    measured_on: date | None
    percent: int | None

    @property
    def shown(self) -> int:
        """The percentage kept within the gauge."""
        return min(100, max(0, self.percent or 0))


def reading(target: Decimal, measured: Iterable[Measured]) -> Reading:
    """The first measuring counts as the start; the latest of the others says where it is."""
    known = [one for one in measured if one.value is not None and one.measured_on is not None]
    known.sort(key=lambda one: (one.measured_on or date.min, one.due_on))
    first = next((one for one in known if one.moment == "start"), None)
    later = [one for one in known if one is not first]
    latest = later[-1] if later else first
    start = first.value if first else None
    now = latest.value if latest else None
    on = latest.measured_on if latest else None
    return Reading(start, target, now, on, _percent(start, target, now))


def _percent(start: Decimal | None, target: Decimal, now: Decimal | None) -> int | None:
    if start is None or now is None:
        return None
    if start == target:
        return 100 if now == target else 0
    return whole(HUNDRED * (now - start) / (target - start))


def whole(share: Decimal) -> int:
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def attained(readings: Sequence[Reading]) -> int | None:
    """A benefit's percentage: the mean of its indicators that can be told, each 0–100."""
    told = [one.shown for one in readings if one.percent is not None]
    return whole(Decimal(sum(told)) / len(told)) if told else None

"""Sensitivity: which durations, costs and events move the finish and the cost the most.

While batches pass, plain sums are kept of everything uncertain; the few that matter most by them
are then drawn once more, whole, and ranked exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from planengine.risk.results import Sensitivity
from planengine.risk.settings import RiskEvent

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]

BARS = 25
"""Bars of a tornado."""
_SCREENED = 60


class Screening:
    """Sums over samples, row by row, of what may move an outcome.

    Without an outcome (`begin` and `note_alone`) the rows that vary most are chosen.
    """

    def __init__(self, rows: int) -> None:
        self.sums: Floats = np.zeros((3, rows))
        self.outcome = 0.0
        self.count = 0

    def begin(self, outcome: Floats) -> None:
        """Note the outcome of a batch, given as numbers around zero."""
        self.outcome += float(outcome.sum())
        self.count += len(outcome)

    def note_alone(self, row: int, values: Floats) -> None:
        """Note one row's values, whatever came out."""
        self.sums[0, row] += values.sum()
        self.sums[1, row] += values @ values

    def note(self, row: int, values: Floats, outcome: Floats) -> None:
        """Note one row's values of the batch."""
        self.sums[0, row] += values.sum()
        self.sums[1, row] += values @ values
        self.sums[2, row] += values @ outcome

    def chosen(self) -> list[int]:
        """The rows that go most with the outcome, in row order."""
        if not self.count:
            return []
        total, squares, products = self.sums
        spread = np.sqrt(np.maximum(squares - total * total / self.count, 1e-9))
        strength = spread
        if products.any():
            strength = np.abs(products - total * (self.outcome / self.count)) / spread
        most: list[int] = np.argsort(-strength, kind="stable")[:_SCREENED].tolist()
        return sorted(most)


def ranks(values: npt.NDArray[Any]) -> Floats:
    """Ranks around zero, equal values sharing the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    found: Floats = (ends - (counts + 1) / 2)[inverse]
    return found - (len(values) - 1) / 2


def tornado(
    outcome: Longs,
    rows: Iterable[tuple[int | None, npt.NDArray[Any]]],
    events: Sequence[RiskEvent],
    happened: Sequence[npt.NDArray[Any]],
) -> tuple[Sensitivity, ...]:
    """The bars of an outcome, largest first: activities' rows (uid, values) and events."""
    ranked = ranks(outcome)
    bars = [_bar(uid, None, values, _tenths, ranked, outcome) for uid, values in rows]
    bars += [
        _bar(None, event.key, flags.astype(np.int64), _halves, ranked, outcome)
        for event, flags in zip(events, happened, strict=True)
    ]
    known = [bar for bar in bars if bar is not None]
    known.sort(key=lambda bar: (-abs(bar.correlation), bar.uid or 0, bar.event or ""))
    return tuple(known[:BARS])


Sides = tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]


def _tenths(values: npt.NDArray[Any]) -> Sides:
    """The tenth of the samples with the smallest values, and that with the largest."""
    tenth = max(len(values) // 10, 1)
    ordered = np.sort(values)
    return values <= ordered[tenth - 1], values >= ordered[-tenth]


def _halves(values: npt.NDArray[Any]) -> Sides:
    """The samples without and with the event."""
    return values == 0, values != 0


def _bar(
    uid: int | None,
    event: str | None,
    values: npt.NDArray[Any],
    sides: Callable[[npt.NDArray[Any]], Sides],
    ranked: Floats,
    outcome: Longs,
) -> Sensitivity | None:
    mine = ranks(values)
    below = float(np.sqrt((mine @ mine) * (ranked @ ranked)))
    if not below:
        return None
    low, high = sides(values)
    early, late = (round(float(outcome[part].mean())) for part in (low, high))
    return Sensitivity(uid, event, float(mine @ ranked) / below, early, late)

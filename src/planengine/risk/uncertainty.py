"""Which activities, events and costs of a plan are uncertain, and how each is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from planengine.model import Activity, Plan, ThreePoint
from planengine.risk.blueprint import Blueprint, Node
from planengine.risk.distributions import Distribution, read_three_points
from planengine.risk.draws import Commons, Draw, commons_of, draw_of, outermost
from planengine.risk.program import Chances
from planengine.risk.settings import RiskEvent, RiskSettings
from planengine.risk.streams import counters, stream_key, uniforms

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

_ANY = -(2**62)


@dataclass(frozen=True, slots=True)
class Amount:
    """A delay or a cost of an event: drawn, or always `value`."""

    event: int
    draw: Draw | None
    value: int


@dataclass(frozen=True, slots=True)
class Money:
    """What an activity costs: `fixed` hundredths, `rate` for each simulated second of duration, and
    a cost that is drawn.
    """

    node: int
    fixed: int
    rate: float
    draw: Draw | None


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Everything chance decides. `moved` gives activities a certain length other than the plan's
    (`Fixed` distributions), `longest` the longest length of each node, both by node.
    """

    settings: RiskSettings
    commons: Commons
    chances: Chances
    moved: Mapping[int, int]
    longest: Mapping[int, int]
    usual: Mapping[int, int]
    delays: tuple[Amount, ...]
    event_keys: tuple[np.uint64, ...]
    event_costs: tuple[Amount, ...]
    money: tuple[Money, ...]
    certain_cost: int

    def happened(self, first: int, count: int) -> list[npt.NDArray[np.bool_]]:
        """For each event whether it happens, in samples `first … first + count − 1`."""
        steps = counters(first, count)
        events = self.settings.events
        return [
            uniforms(int(key), steps) < event.probability
            for key, event in zip(self.event_keys, events, strict=True)
        ]

    def lengths(self, operations: Any, first: int, count: int, nodes: Iterable[int]) -> Any:
        """Durations of the given nodes by node, seconds on each node's clock; (lengths, events)."""
        steps = counters(first, count)
        factors = self.commons.rows(operations, first, count)
        happened = self.happened(first, count)
        found: dict[int, Ints] = {}
        for node in nodes:
            draw = self.chances.durations.get(node)
            if draw is None:
                length = np.full(count, self.moved.get(node, self.usual[node]), dtype=np.int64)
            else:
                length = draw.row(operations, steps, factors)
            for number in self.chances.delays.get(node, ()):
                amount = self.delays[number]
                length += amount_row(amount, operations, steps, happened)
            if node in self.chances.delays:
                np.maximum(length, 0, out=length)
            found[node] = length.astype(np.int32)
        return found, happened

    def uncertain(self) -> list[int]:
        """Nodes whose length is not always the usual one."""
        return sorted({*self.chances.durations, *self.chances.delays, *self.moved})


def amount_row(
    amount: Amount, operations: Any, steps: Any, happened: list[npt.NDArray[np.bool_]]
) -> Longs:
    """A delay or cost in each sample: nothing where its event does not happen."""
    if amount.draw is None:
        return happened[amount.event] * np.int64(amount.value)
    return happened[amount.event] * amount.draw.row(operations, steps, [])


def uncertainty(plan: Plan, drawn: Blueprint, settings: RiskSettings) -> Uncertainty:
    """What is uncertain about a plan under the settings; both are sound."""
    return _Collecting(plan, drawn, settings).made()


class _Collecting:
    def __init__(self, plan: Plan, drawn: Blueprint, settings: RiskSettings) -> None:
        self.plan, self.settings = plan, settings
        self.rows = {row.uid: row for row in plan.activities}
        self.commons = commons_of(settings)
        self.nodes = {node.uid: node for node in drawn.nodes if node.uid is not None}
        self.durations: dict[int, Draw] = {}
        self.moved: dict[int, int] = {}
        self.longest: dict[int, int] = {}
        self.delays: list[Amount] = []
        self.struck: dict[int, tuple[int, ...]] = {}

    def made(self) -> Uncertainty:
        settings = self.settings
        for uid, node in self.nodes.items():
            self._duration(self.rows[uid], node)
        costs: list[Amount] = []
        for number, event in enumerate(settings.events):
            costs += self._event(number, event)
        money = [self._money(self.rows[uid], node) for uid, node in self.nodes.items()]
        varying = tuple(row for row in money if row.rate or row.draw is not None)
        keys = (stream_key(settings.seed, "event", row.key) for row in settings.events)
        summaries = sum(row.fixed_cost for row in self.rows.values() if row.uid not in self.nodes)
        return Uncertainty(
            settings,
            self.commons,
            Chances(self.durations, self.struck),
            self.moved,
            self.longest,
            {node.number: node.usual for node in self.nodes.values()},
            tuple(self.delays),
            tuple(np.uint64(key) for key in keys),
            tuple(costs),
            varying,
            summaries + sum(row.fixed for row in money if row not in varying),
        )

    def _duration(self, row: Activity, node: Node) -> None:
        spread = self._spread(row)
        if spread is None or node.is_over or node.is_left_out:
            return
        scale = node.usual / node.nominal if node.nominal else 1.0
        draw = draw_of(
            spread, self.settings.seed, "duration", row.uid,
            scale=scale, loadings=self.commons.of(row.uid),
        )  # fmt: skip
        if draw is None:
            length = max(round(spread.mean * scale), 0)
            if length != node.usual:
                self.moved[node.number] = self.longest[node.number] = length
            return
        self.durations[node.number] = draw
        self.longest[node.number] = max(int(draw.given[6]) + 1, 0)

    def _spread(self, row: Activity) -> Distribution | None:
        settings = self.settings
        given = settings.durations.get(row.uid)
        if given is not None:
            return given
        points = row.estimate
        if points is None and settings.spread is not None and row.duration:
            low, high = (round(share * row.duration) for share in settings.spread)
            points = ThreePoint(low, row.duration, high)
        return None if points is None else read_three_points(points, settings.reading)

    def _event(self, number: int, event: RiskEvent) -> list[Amount]:
        """Note the event's delays; give its costs."""
        costs: list[Amount] = []
        for place, impact in enumerate(event.impacts):
            name = f"{place}/{event.key}"
            if impact.cost is not None:
                costs.append(self._amount(number, impact.cost, "event cost", name))
            node = self.nodes.get(impact.activity) if impact.activity is not None else None
            if impact.delay is None or node is None or node.is_over or node.is_left_out:
                continue
            self.struck[node.number] = (*self.struck.get(node.number, ()), len(self.delays))
            self.delays.append(self._amount(number, impact.delay, "event delay", name))
            longest = self.longest.get(node.number, node.usual)
            self.longest[node.number] = longest + max(int(outermost(impact.delay)[1]), 0)
        return costs

    def _amount(self, event: int, spread: Distribution, kind: str, name: str) -> Amount:
        draw = draw_of(spread, self.settings.seed, kind, name, least=_ANY)
        return Amount(event, draw, round(spread.mean))

    def _money(self, row: Activity, node: Node) -> Money:
        """The whole cost; the part that is neither fixed nor spent follows the duration."""
        if node.is_left_out:
            return Money(node.number, 0, 0.0, None)
        given = self.settings.costs.get(row.uid)
        if given is not None and not node.is_over:
            draw = draw_of(given, self.settings.seed, "cost", row.uid)
            return Money(node.number, 0 if draw else round(given.mean), 0.0, draw)
        total = self._cost(row)
        spent = row.progress.actual_cost or 0
        varying = max(total - row.fixed_cost - spent, 0)
        follows = node.usual > 0 and (
            node.number in self.durations or node.number in self.struck or node.number in self.moved
        )
        if not follows:
            return Money(node.number, total, 0.0, None)
        return Money(node.number, total - varying, varying / node.usual, None)

    def _cost(self, row: Activity) -> int:
        if row.cost is not None:
            return row.cost
        return row.fixed_cost

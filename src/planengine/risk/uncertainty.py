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
from planengine.risk.settings import RiskEvent, RiskSettings
from planengine.risk.streams import counters, stream_key, uniforms

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_ANY = -(2**62)


@dataclass(frozen=True, slots=True)
class Luck:
    """What a run of samples has in common: their counters, the factors' normal scores, and for each
    event whether it happens.
    """

    steps: Words
    factors: list[Floats]
    happened: list[Flags]
    operations: Any

    def row(self, draw: Draw) -> Longs:
        """A draw in each sample."""
        return draw.row(self.operations, self.steps, self.factors)


@dataclass(frozen=True, slots=True)
class Amount:
    """A delay or a cost of an event: drawn, or always `value`."""

    event: int
    draw: Draw | None
    value: int

    def row(self, luck: Luck) -> Longs:
        """The amount in each sample: nothing where the event does not happen."""
        flags = luck.happened[self.event]
        return flags * (np.int64(self.value) if self.draw is None else luck.row(self.draw))


@dataclass(frozen=True, slots=True)
class Money:
    """What an activity costs: `fixed` hundredths, `rate` for each simulated second of duration, and
    a cost that is drawn.
    """

    uid: int
    node: int
    fixed: int
    rate: float
    draw: Draw | None

    @property
    def varies(self) -> bool:
        """True when chance has a part in it."""
        return self.draw is not None or self.rate > 0

    def row(self, luck: Luck, lengths: Ints) -> Longs:
        """The cost in each sample."""
        total = np.full(len(luck.steps), self.fixed, dtype=np.int64)
        if self.rate:
            total += np.floor(lengths * self.rate + 0.5).astype(np.int64)
        if self.draw is not None:
            total += luck.row(self.draw)
        return total


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Everything chance decides, by node of the blueprint.

    `durations` are drawn; `moved` are certain but not the plan's (`Fixed`); `struck` gives the
    numbers of the `delays` that may hit a node; `longest` is the longest length of each of these,
    `usual` the length of every activity as scheduled. `money` are the costs that vary.
    """

    settings: RiskSettings
    commons: Commons
    durations: Mapping[int, Draw]
    moved: Mapping[int, int]
    struck: Mapping[int, tuple[int, ...]]
    longest: Mapping[int, int]
    usual: Mapping[int, int]
    delays: tuple[Amount, ...]
    event_costs: tuple[Amount, ...]
    money: tuple[Money, ...]
    certain_cost: int
    scheduled_cost: int

    def luck(self, operations: Any, first: int, count: int) -> Luck:
        """What samples `first … first + count − 1` have in common."""
        steps = counters(first, count)
        seed = self.settings.seed
        happened = [
            uniforms(stream_key(seed, "event", event.key), steps) < event.probability
            for event in self.settings.events
        ]
        return Luck(steps, self.commons.rows(operations, first, count), happened, operations)

    def lengths(self, luck: Luck, nodes: Iterable[int]) -> dict[int, Ints]:
        """Durations of the given nodes, seconds on each node's clock."""
        return {node: self._length(luck, node) for node in nodes}

    def _length(self, luck: Luck, node: int) -> Ints:
        draw = self.durations.get(node)
        if draw is None:
            usual = self.moved.get(node, self.usual[node])
            length = np.full(len(luck.steps), usual, dtype=np.int64)
        else:
            length = luck.row(draw)
        delays = self.struck.get(node, ())
        for number in delays:
            length += self.delays[number].row(luck)
        if delays:
            np.maximum(length, 0, out=length)
        return length.astype(np.int32)

    def uncertain(self) -> list[int]:
        """Nodes whose length is not always the usual one."""
        return sorted({*self.durations, *self.struck, *self.moved})


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
        """Everything, in the order that later parts need earlier ones."""
        for uid, node in self.nodes.items():
            self._duration(self.rows[uid], node)
        costs: list[Amount] = []
        for number, event in enumerate(self.settings.events):
            costs += self._event(number, event)
        money = [self._money(self.rows[uid], node) for uid, node in self.nodes.items()]
        summaries = sum(row.fixed_cost for row in self.rows.values() if row.uid not in self.nodes)
        return Uncertainty(
            settings=self.settings,
            commons=self.commons,
            durations=self.durations,
            moved=self.moved,
            struck=self.struck,
            longest=self.longest,
            usual={node.number: node.usual for node in self.nodes.values()},
            delays=tuple(self.delays),
            event_costs=tuple(costs),
            money=tuple(row for row in money if row.varies),
            certain_cost=summaries + sum(row.fixed for row in money if not row.varies),
            scheduled_cost=summaries + self._scheduled_cost(),
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
            node = None if impact.activity is None else self.nodes[impact.activity]
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
            return Money(row.uid, node.number, 0, 0.0, None)
        given = self.settings.costs.get(row.uid)
        if given is not None and not node.is_over:
            loadings = self.commons.of(row.uid)
            draw = draw_of(given, self.settings.seed, "cost", row.uid, loadings=loadings)
            return Money(row.uid, node.number, 0 if draw else round(given.mean), 0.0, draw)
        total = _cost(row)
        spent = row.progress.actual_cost or 0
        varying = max(total - row.fixed_cost - spent, 0)
        number = node.number
        hit = number in self.durations or number in self.struck or number in self.moved
        if not hit or not node.usual:
            return Money(row.uid, number, total, 0.0, None)
        return Money(row.uid, number, total - varying, varying / node.usual, None)

    def _scheduled_cost(self) -> int:
        counted = (uid for uid, node in self.nodes.items() if not node.is_left_out)
        return sum(_cost(self.rows[uid]) for uid in counted)


def _cost(row: Activity) -> int:
    return row.fixed_cost if row.cost is None else row.cost

"""What comes out: the dates and floats of every activity and summary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from planengine.model import Plan
from planengine.network.compiled import FOREVER, Network
from planengine.network.slack import free_slack, start_and_finish_slack

Dates = tuple[list[int], list[int]]
"""Starts and finishes by node, instants."""


class Passes(NamedTuple):
    """Starts and finishes by node: `early` as early as possible, `dates` as scheduled (they differ
    for what is to be as late as possible), `late` without moving the plan's finish.
    """

    early: Dates
    dates: Dates
    late: Dates


@dataclass(frozen=True, slots=True)
class ActivityDates:
    """One activity or summary, scheduled: instants, and slack in seconds of its working time.

    `start` and `finish` are as scheduled. Slack counts from them to the late dates; `total_slack`
    is the smaller of `start_slack` and `finish_slack` (the latter alone once work has begun) and
    negative when a date cannot be kept. `free_slack` is how far the finish may move before a
    successor does. `is_critical`: unfinished, and total slack no more than the plan's limit.
    """

    uid: int
    start: int
    finish: int
    early_start: int
    early_finish: int
    late_start: int
    late_finish: int
    start_slack: int
    finish_slack: int
    total_slack: int
    free_slack: int
    is_critical: bool


class Schedule:
    """The schedule of a plan, frozen: `schedule[uid]` gives an activity's dates.

    `plan` is what was scheduled, `network` its compiled form and `passes` the dates by node, for
    whoever explains, levels or reschedules. `start` and `finish` are the first and the last instant
    of active work; `uids` are all activities in outline order.
    """

    __slots__ = (
        "_rows",
        "_slack",
        "_spans",
        "finish",
        "network",
        "passes",
        "plan",
        "start",
        "uids",
    )

    def __init__(self, network: Network, passes: Passes) -> None:
        self.network = network
        self.passes = passes
        self.plan: Plan = network.plan
        self.uids = tuple(row.uid for row in network.plan.activities)
        self._slack = start_and_finish_slack(network, passes.dates, passes.late)
        self._spans = _rolled_up(network, passes)
        self._rows: dict[int, ActivityDates] = {}
        active = [
            node
            for node in range(network.leaves)
            if node not in network.rules or not network.rules[node].is_inactive
        ]
        starts, finishes = passes.dates
        self.start = min((starts[node] for node in active), default=self.plan.start)
        self.finish = max((finishes[node] for node in active), default=self.plan.start)

    def __getitem__(self, uid: int) -> ActivityDates:
        """The dates of an activity or summary. Raises `KeyError` when the plan has none such."""
        found = self._rows.get(uid)
        if found is None:
            node = self.network.index.get(uid)
            found = self._summary(uid) if node is None else self._leaf(uid, node)
            self._rows[uid] = found
        return found

    def __contains__(self, uid: object) -> bool:
        return uid in self.network.index or uid in self.network.summary_clocks

    def __len__(self) -> int:
        return len(self.uids)

    def dates(self) -> Iterator[ActivityDates]:
        """Every activity and summary in outline order."""
        return (self[uid] for uid in self.uids)

    def _leaf(self, uid: int, node: int) -> ActivityDates:
        rule = self.network.rules.get(node)
        begun = rule is not None and (rule.began is not None or rule.done is not None)
        begins, ends = self._slack[0][node], self._slack[1][node]
        total = ends if begun else min(begins, ends)
        spans = {key: (row[0], row[1]) for key, row in self._spans.items()}
        free = free_slack(self.network, node, self.passes.dates, spans)
        free = total if free >= FOREVER else max(0, min(free, ends))
        early, dates, late = self.passes
        is_done = rule is not None and rule.done is not None
        return ActivityDates(
            uid=uid,
            start=dates[0][node],
            finish=dates[1][node],
            early_start=early[0][node],
            early_finish=early[1][node],
            late_start=late[0][node],
            late_finish=late[1][node],
            start_slack=begins,
            finish_slack=ends,
            total_slack=total,
            free_slack=free,
            is_critical=not is_done and total <= self.plan.options.critical_slack,
        )

    def _summary(self, uid: int) -> ActivityDates:
        clock = self.network.summary_clocks[uid]
        start, finish, early_start, early_finish, late_start, late_finish = self._spans[uid]
        begins, ends = clock.between(start, late_start), clock.between(finish, late_finish)
        total = min(begins, ends)
        return ActivityDates(
            uid=uid,
            start=start,
            finish=finish,
            early_start=early_start,
            early_finish=early_finish,
            late_start=late_start,
            late_finish=late_finish,
            start_slack=begins,
            finish_slack=ends,
            total_slack=total,
            free_slack=max(0, total),
            is_critical=total <= self.plan.options.critical_slack,
        )


def _rolled_up(net: Network, passes: Passes) -> dict[int, tuple[int, ...]]:
    """Earliest start and latest finish below each summary, of each pair of passes.

    Inactive activities do not count; a summary with nothing active stands at the plan's start.
    """
    columns = [column for pair in (passes.dates, passes.early, passes.late) for column in pair]
    sums: dict[int, list[int]] = {}
    for uid in reversed([row.uid for row in net.plan.activities]):
        node = net.index.get(uid)
        if node is not None:
            rule = net.rules.get(node)
            if rule is not None and rule.is_inactive:
                continue
            mine = [column[node] for column in columns]
        elif uid in sums:
            mine = sums[uid]
        else:
            continue
        above = net.parents.get(uid)
        if above is None:
            continue
        total = sums.get(above)
        if total is None:
            sums[above] = list(mine)
            continue
        for place, value in enumerate(mine):
            if (value < total[place]) if place % 2 == 0 else (value > total[place]):
                total[place] = value
    empty = (net.plan.start,) * 6
    return {uid: tuple(sums.get(uid, empty)) for uid in net.summaries}

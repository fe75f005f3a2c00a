"""What comes out: the dates and floats of every activity and summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planengine.model import Plan
from planengine.network.compiled import Network, Passes
from planengine.network.slack import slack_of
from planengine.network.summaries import spans_of


class ActivityDates(NamedTuple):
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

    `plan` is what was scheduled; `network` its compiled form, `passes` the dates and `slack` the
    floats by node, for whoever explains, levels or reschedules. `start` and `finish` are the first
    and the last instant of active work; `uids` are all activities in outline order.
    """

    __slots__ = ("_spans", "finish", "network", "passes", "plan", "slack", "start", "uids")

    def __init__(self, network: Network, passes: Passes, gaps: list[int] | None = None) -> None:
        self.network = network
        self.passes = passes
        self.plan: Plan = network.plan
        rows = network.plan.activities
        self.uids = tuple([row.uid for row in rows] if network.summaries else network.uids)
        self.slack = slack_of(network, passes.dates, passes.late, gaps)
        self._spans = spans_of(network, passes)
        idle = {node for node, rule in network.rules.items() if rule.is_inactive}
        starts, finishes = (column[: network.leaves] for column in passes.dates[:2])
        if idle:
            starts = [start for node, start in enumerate(starts) if node not in idle]
            finishes = [finish for node, finish in enumerate(finishes) if node not in idle]
        self.start = min(starts, default=self.plan.start)
        self.finish = max(finishes, default=self.plan.start)

    def __getitem__(self, uid: int) -> ActivityDates:
        """The dates of an activity or summary. Raises `KeyError` when the plan has none such."""
        node = self.network.index.get(uid)
        if node is None:
            return self._summary(uid)
        early, dates, late = self.passes
        slack, rule = self.slack, self.network.rules.get(node)
        is_done = rule is not None and rule.done is not None
        total = slack.total[node]
        return ActivityDates(
            uid,
            dates.start[node],
            dates.finish[node],
            early.start[node],
            early.finish[node],
            late.start[node],
            late.finish[node],
            slack.start[node],
            slack.finish[node],
            total,
            slack.free[node],
            total <= self.plan.options.critical_slack and not is_done,
        )

    def __contains__(self, uid: object) -> bool:
        return uid in self.network.index or uid in self._spans

    def __len__(self) -> int:
        return len(self.uids)

    def dates(self) -> Iterator[ActivityDates]:
        """Every activity and summary in outline order."""
        return map(self.__getitem__, self.uids)

    def _summary(self, uid: int) -> ActivityDates:
        """A summary's floats are between its own dates on its own clock."""
        span, clock = self._spans[uid], self.network.summary_clocks[uid]
        begins = clock.between(span.start, span.late_start)
        ends = clock.between(span.finish, span.late_finish)
        total = min(begins, ends)
        return ActivityDates(
            uid,
            *span,
            begins,
            ends,
            total,
            max(0, total),
            total <= self.plan.options.critical_slack,
        )

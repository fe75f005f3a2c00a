"""What a session last told about each activity and summary, and what has become different."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from operator import ne

from planengine.incremental.ripples import Ripples
from planengine.network.compiled import Passes
from planengine.network.results import ActivityDates, Schedule
from planengine.network.summaries import Span, spans_of

Fields = tuple[str, ...]
_LEAF = (
    ("start", "early_start"),
    ("finish", "early_finish"),
    ("late_start",),
    ("late_finish",),
    ("start_slack",),
    ("finish_slack",),
    ("total_slack",),
    ("free_slack",),
    ("is_critical",),
)


class Board:
    """The dates and floats as told, by node, and the spans of summaries; `view` is the schedule as
    it is now.
    """

    def __init__(self, ripples: Ripples) -> None:
        self.ripples = ripples
        self.net = ripples.wiring.net
        self._parts = self._parts_of()
        self._rank = {uid: place for place, uid in enumerate(self.net.summaries)}
        self.spans = spans_of(self.net, self._passes())
        self._told = [list(column) for column in self._columns()]
        self._told_summaries = {uid: self.row(uid) for uid in self.net.summaries}

    def _passes(self) -> Passes:
        return Passes(self.ripples.early, self.ripples.early, self.ripples.late)

    def _columns(self) -> list[list[int]]:
        ripples, leaves = self.ripples, self.net.leaves
        limit = self.net.plan.options.critical_slack
        critical = [int(total <= limit) for total in ripples.slack.total]
        for node, rule in self.net.rules.items():
            if rule.done is not None:
                critical[node] = 0
        dates = (*ripples.early[:2], *ripples.late[:2])
        return [*(column[:leaves] for column in dates), *ripples.slack, critical]

    def _at(self, node: int) -> tuple[int, ...]:
        ripples, slack = self.ripples, self.ripples.slack
        rule = self.net.rules.get(node)
        done = rule is not None and rule.done is not None
        total = slack.total[node]
        return (
            ripples.early.start[node],
            ripples.early.finish[node],
            ripples.late.start[node],
            ripples.late.finish[node],
            slack.start[node],
            slack.finish[node],
            total,
            slack.free[node],
            int(total <= self.net.plan.options.critical_slack and not done),
        )

    def row(self, uid: int) -> ActivityDates:
        """An activity's or a summary's dates now. Raises `KeyError`."""
        return self.view()[uid]

    def view(self) -> Schedule:
        """The schedule as it is now; it changes with the next edit."""
        view = Schedule.__new__(Schedule)
        view.network, view.plan = self.net, self.net.plan
        view.passes, view.slack = self._passes(), self.ripples.slack
        view._spans = self.spans
        return view

    def told(self) -> dict[int, ActivityDates]:
        """Every row as last told."""
        rows = {
            uid: ActivityDates._make((uid, *at[:2], *at[:8], bool(at[8])))
            for uid, at in zip(self.net.uids, zip(*self._told, strict=True), strict=True)
        }
        return rows | self._told_summaries

    def changes(self, nodes: set[int] | None) -> dict[int, Fields]:
        """Names of the fields that differ from what was told, by uid; told from now on.

        `nodes` are those that may differ, `None` for all.
        """
        if nodes is None:
            return self._all_changes()
        found: dict[int, Fields] = {}
        touched: set[int] = set()
        for node in nodes:
            if node >= self.net.leaves:
                continue
            now = self._at(node)
            pattern = tuple(
                [column[node] != at for column, at in zip(self._told, now, strict=True)]
            )
            if any(pattern):
                uid = self.net.uids[node]
                found[uid] = _named(pattern)
                for column, at in zip(self._told, now, strict=True):
                    column[node] = at
                if any(pattern[:4]) and uid in self.net.parents:
                    touched.add(self.net.parents[uid])
        return found | self._summaries(self._respanned(touched))

    def _all_changes(self) -> dict[int, Fields]:
        columns = self._columns()
        patterns = zip(
            *(map(ne, now, told) for now, told in zip(columns, self._told, strict=True)),
            strict=True,
        )
        none = (False,) * len(_LEAF)
        found = {
            uid: _named(pattern)
            for uid, pattern in zip(self.net.uids, patterns, strict=True)
            if pattern != none
        }
        self._told = [list(column) for column in columns]
        for uid in reversed(self.net.summaries):
            self.spans[uid] = self._span(uid)
        return found | self._summaries(self.net.summaries)

    def _respanned(self, touched: set[int]) -> list[int]:
        """Recompute the spans of these summaries and of those above them; returns all of them."""
        found: set[int] = set()
        for one in touched:
            uid: int | None = one
            while uid is not None and uid not in found:
                found.add(uid)
                uid = self.net.parents.get(uid)
        chosen = sorted(found, key=self._rank.__getitem__, reverse=True)
        for uid in chosen:
            self.spans[uid] = self._span(uid)
        return chosen

    def _span(self, uid: int) -> Span:
        """From the first start to the last finish of what is active below a summary."""
        nodes, lower = self._parts[uid]
        (starts, finishes, _), (late_starts, late_finishes, _) = (
            self.ripples.early,
            self.ripples.late,
        )
        below = [self.spans[one] for one in lower]
        if not nodes and not below:
            return Span(*(self.net.plan.start,) * 6)
        start = min([starts[node] for node in nodes] + [span[0] for span in below])
        finish = max([finishes[node] for node in nodes] + [span[1] for span in below])
        late_start = min([late_starts[node] for node in nodes] + [span[4] for span in below])
        late_finish = max([late_finishes[node] for node in nodes] + [span[5] for span in below])
        return Span(start, finish, start, finish, late_start, late_finish)

    def _parts_of(self) -> dict[int, tuple[list[int], list[int]]]:
        """The active nodes and the summaries with something active directly under each summary."""
        parts: dict[int, tuple[list[int], list[int]]] = {}
        below: dict[int, list[int]] = {uid: [] for uid in self.net.summaries}
        for uid, above in self.net.parents.items():
            below[above].append(uid)
        for uid in reversed(self.net.summaries):
            index = self.net.index
            leaves = [index[one] for one in below[uid] if one in index]
            lower = [one for one in below[uid] if one in parts and any(parts[one])]
            parts[uid] = ([node for node in leaves if node not in self.ripples.idle], lower)
        return parts

    def _summaries(self, uids: Iterable[int]) -> dict[int, Fields]:
        found: dict[int, Fields] = {}
        view = self.view()
        for uid in uids:
            was, now = self._told_summaries[uid], view[uid]
            if was != now:
                found[uid] = differing(was, now)
                self._told_summaries[uid] = now
        return found


def differing(was: ActivityDates, now: ActivityDates) -> Fields:
    """Names of the fields in which two rows differ."""
    return tuple(name for name, one, two in zip(now._fields, was, now, strict=True) if one != two)


@cache
def _named(pattern: tuple[bool, ...]) -> Fields:
    """The changed fields' names, in the order of `ActivityDates`."""
    names = {name for names, on in zip(_LEAF, pattern, strict=True) if on for name in names}
    return tuple(name for name in ActivityDates._fields if name in names)

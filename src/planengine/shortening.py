"""Shortening activities to reach a finish at the least cost ("crashing"), proved by OR-Tools.

Constraint generation: schedule with what is shortened so far; what drives the finish is a path;
some of its activities must be shorter still; the cheapest way that meets every such demand is tried
next. As no demand asks more than any way to the finish needs, the first one that reaches it is the
cheapest (Kelley 1961, with the demands found when they are needed).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from planengine.calendars.compiled import working_time
from planengine.edits import SetDuration
from planengine.levelling.exact import can_prove
from planengine.model import LagFormat, LinkKind, Plan
from planengine.network import Schedule, schedule

MOST_ROUNDS = 400
"""Demands looked for before giving up."""


@dataclass(frozen=True, slots=True)
class Shortening:
    """How far activity `uid` can be shortened: to `least` seconds of working time, for `cost`
    hundredths a working day.
    """

    uid: int
    least: int
    cost: int


@dataclass(frozen=True, slots=True)
class Shortened:
    """The cheapest way: edits of the plan, working days saved by uid, the cost in hundredths, and
    the finish before and after (instants).
    """

    edits: tuple[SetDuration, ...]
    days: Mapping[int, int]
    cost: int
    finish_before: int
    finish: int


class OutOfReach(ValueError):
    """Not even with everything as short as it can be; `finish` (an instant) is how early it is."""

    def __init__(self, finish: int) -> None:
        super().__init__("the finish is out of reach")
        self.finish = finish


class Unproved(ValueError):
    """No cheapest way was proved: OR-Tools is not installed, or too many demands were met."""


def shorten(plan: Plan, choices: Iterable[Shortening], finish: int) -> Shortened:
    """The cheapest whole working days to take off so that the plan is over by `finish`.

    A working day is `plan.minutes_per_day`. Ties go to the fewest days. Choices of activities that
    cannot be shortened by a whole day count for nothing. Raises `OutOfReach`, `Unproved`, and
    `InvalidPlan` for an unsound plan.
    """
    return _Shortening(plan, choices, finish).found()


@dataclass(frozen=True, slots=True)
class _Demand:
    """The working days saved on `over`, or how many of them save more than now, are at least
    `least`.
    """

    over: tuple[int, ...]
    least: int
    more_than: tuple[int, ...] | None = None


class _Shortening:
    def __init__(self, plan: Plan, choices: Iterable[Shortening], finish: int) -> None:
        rows = {row.uid: row for row in plan.activities}
        self.plan, self.finish = plan, finish
        self.day = plan.minutes_per_day * 60
        self.rows = rows
        self.most: dict[int, int] = {}
        self.costs: dict[int, int] = {}
        for one in choices:
            days = (rows[one.uid].duration - max(one.least, 0)) // self.day
            if days > 0 and not rows[one.uid].elapsed:
                self.most[one.uid], self.costs[one.uid] = days, one.cost
        self.follows = {
            (link.predecessor, link.successor)
            for link in plan.links
            if link.kind is LinkKind.FS and link.lag_format is LagFormat.WORKING
        }

    def found(self) -> Shortened:
        """Round by round; see the module."""
        before = schedule(self.plan)
        if before.finish > self.finish:
            soonest = self._scheduled(self.most).finish
            if soonest > self.finish:
                raise OutOfReach(soonest)
        days: dict[int, int] = {}
        demands: list[_Demand] = []
        made = before
        while made.finish > self.finish:
            if len(demands) == MOST_ROUNDS:
                raise Unproved("too many paths")
            demands.append(self._demand(made, days))
            days = self._cheapest(demands)
            made = self._scheduled(days)
        return Shortened(
            tuple(self._edit(uid, saved) for uid, saved in days.items()),
            days,
            sum(self.costs[uid] * saved for uid, saved in days.items()),
            before.finish,
            made.finish,
        )

    def _scheduled(self, days: Mapping[int, int]) -> Schedule:
        activities = tuple(
            replace(row, duration=row.duration - days.get(row.uid, 0) * self.day)
            for row in self.plan.activities
        )
        return schedule(replace(self.plan, activities=activities))

    def _demand(self, made: Schedule, days: Mapping[int, int]) -> _Demand:
        """What the path to the finish must still give."""
        path = _path(made.plan)
        over = tuple(uid for uid in path if uid in self.most)
        if over and self._is_plain(path, made):
            late = working_time(self.plan, self.plan.calendar).between(self.finish, made.finish)
            least = sum(days.get(uid, 0) for uid in over) + max(-(-late // self.day), 1)
            return _Demand(over, least)
        free = tuple(uid for uid in over if days.get(uid, 0) < self.most[uid])
        if not free:
            raise Unproved("nothing on the path can give more")
        return _Demand(free, 1, tuple(days.get(uid, 0) for uid in free))

    def _is_plain(self, path: Sequence[int], made: Schedule) -> bool:
        """Whether a working day off any part of the path is a working day off its end."""
        own = any(self.rows[uid].calendar is not None or self.rows[uid].elapsed for uid in path)
        staffed = any(one.activity in set(path) for one in self.plan.assignments)
        whole = all(pair in self.follows for pair in pairwise(path))
        touching = all(
            working_time(self.plan, self.plan.calendar).between(
                made[before].finish, made[after].start
            )
            == 0
            for before, after in pairwise(path)
        )
        return whole and touching and not own and not staffed

    def _cheapest(self, demands: Sequence[_Demand]) -> dict[int, int]:
        if not can_prove():
            raise Unproved("OR-Tools is not installed")
        from ortools.sat.python import cp_model

        model = cp_model.CpModel()
        saved = {uid: model.new_int_var(0, most, "") for uid, most in self.most.items()}
        for demand in demands:
            model.add(sum(self._terms(model, demand, saved)) >= demand.least)
        tie = sum(self.most.values()) + 1
        model.minimize(sum((self.costs[uid] * tie + 1) * one for uid, one in saved.items()))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        if solver.solve(model) != cp_model.OPTIMAL:
            raise Unproved("the demands cannot be met together")
        days = {uid: int(solver.value(one)) for uid, one in saved.items()}
        return {uid: count for uid, count in days.items() if count}

    @staticmethod
    def _terms(model: Any, demand: _Demand, saved: Mapping[int, Any]) -> list[Any]:
        if demand.more_than is None:
            return [saved[uid] for uid in demand.over]
        terms = []
        for uid, now in zip(demand.over, demand.more_than, strict=True):
            flag = model.new_bool_var("")
            model.add(saved[uid] >= now + 1).only_enforce_if(flag)
            terms.append(flag)
        return terms

    def _edit(self, uid: int, saved: int) -> SetDuration:
        row = self.rows[uid]
        return SetDuration(
            uid, row.duration - saved * self.day, estimated=row.estimated, unit=row.unit
        )


def _path(plan: Plan) -> tuple[int, ...]:
    """The uids of a path that drives the finish."""
    from planengine.risk.pert import estimate

    certain = tuple(replace(row, estimate=None) for row in plan.activities)
    return estimate(replace(plan, activities=certain)).path

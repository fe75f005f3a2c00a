"""Where in the plan each budget line is carried out, and so how its earned value is measured.

A line follows the task it names, else the task with its WBS number, else the plan's own row for its
phase. What grows with time, and what fits nowhere in the plan, is earned as the days go by.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import planengine as engine
from planengine import Outline
from tospann.control.lines import Line


class Tie(StrEnum):
    """What ties a line to the plan."""

    TASK = "task"
    WBS = "wbs"
    PHASE = "phase"
    TIME = "time"


@dataclass(frozen=True)
class Place:
    """The row of the plan a line is measured by; None: the calendar."""

    tie: Tie
    uid: int | None = None


BY_TIME = Place(Tie.TIME)


class Plot:
    """A plan, asked where lines belong and what work lies there."""

    def __init__(self, plan: engine.Plan, phases: Mapping[UUID, str]) -> None:
        self.plan, self.outline = plan, Outline(plan)
        self.numbers = {one.code: one.uid for one in plan.activities if one.code}
        self.numbers |= {number: uid for uid, number in engine.outline_numbers(plan).items()}
        names = {_plain(self.outline.by_uid[uid].name): uid for uid in self.outline.roots}
        known = {pk: names.get(_plain(name)) for pk, name in phases.items()}
        self.phases = {pk: uid for pk, uid in known.items() if uid is not None}

    def place(self, line: Line) -> Place:
        """The first of task, WBS number and phase under which there is work to measure by."""
        if line.is_running:
            return BY_TIME
        for tie, uid in (
            (Tie.TASK, line.activity_uid),
            (Tie.WBS, self.numbers.get(line.wbs)),
            (Tie.PHASE, self.phases.get(line.phase_id) if line.phase_id else None),
        ):
            if uid is not None and uid in self.outline.by_uid and self.work(uid):
                return Place(tie, uid)
        return BY_TIME

    def work(self, uid: int) -> list[engine.Activity]:
        """The tasks at or under a row that carry its money: those of the baseline, if any."""
        below = [self.outline.by_uid[one] for one in self._leaves(uid)]
        active = [one for one in below if one.active]
        agreed = [one for one in active if _agreed(one) is not None]
        return [one for one in agreed or active if _dates(one) != (None, None)]

    def _leaves(self, uid: int) -> Iterable[int]:
        waiting = [uid]
        while waiting:
            one = waiting.pop()
            below = self.outline.children(one)
            if below:
                waiting.extend(reversed(below))
            else:
                yield one

    def top(self, uid: int) -> int:
        """The row of the highest level that a row lies under."""
        while (above := self.outline.parent(uid)) is not None:
            uid = above
        return uid


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _agreed(one: engine.Activity) -> engine.Baseline | None:
    return next((base for base in one.baselines if base.number == 0), None)


def _dates(one: engine.Activity) -> tuple[int | None, int | None]:
    base = _agreed(one)
    if base is not None and base.start is not None and base.finish is not None:
        return base.start, base.finish
    return one.start, one.finish


def weights(work: Sequence[engine.Activity]) -> list[int]:
    """How much of the money each task carries: by its agreed duration; alike where none has any."""
    found = [_weight(one) for one in work]
    return found if any(found) else [1] * len(work)


def _weight(one: engine.Activity) -> int:
    base = _agreed(one)
    agreed = base.duration if base is not None else None
    return max(one.duration if agreed is None else agreed, 0)


def shared_out(total: int, shares: Sequence[int]) -> list[int]:
    """A whole divided by weights, to the last hundredth: what is left over goes to the largest
    remainders, the first of equals.
    """
    whole = sum(shares)
    if not whole:
        return [0] * len(shares)
    sign, size = (-1 if total < 0 else 1), abs(total)
    parts = [size * share // whole for share in shares]
    rest = sorted(range(len(shares)), key=lambda at: (-(size * shares[at] % whole), at))
    for at in rest[: size - sum(parts)]:
        parts[at] += 1
    return [sign * part for part in parts]

"""One activity's dates from the dates around it, written apart from the engine's passes.

Forward: from its predecessors' early dates. Backward: from its successors' late dates. For plans
without constraints, progress or outline, as `_plans` makes them.
"""

from collections.abc import Iterator
from typing import Any

from planengine import Link, LinkKind, Plan
from planengine.calendars import working_time

FROM_FINISH = (LinkKind.FS, LinkKind.FF)
INTO_START = (LinkKind.FS, LinkKind.SS)
Span = tuple[int, int]
HELD = "a finish held in time off"


class Local:
    """The plan, and all dates as another engine has them (`around`)."""

    def __init__(self, plan: Plan, around: Any, finish: int) -> None:
        self.plan, self.around, self.finish = plan, around, finish
        self.rows = {row.uid: row for row in plan.activities}
        self.clocks = {row.uid: working_time(plan, row.calendar) for row in plan.activities}
        self.before: dict[int, list[Link]] = {uid: [] for uid in self.rows}
        self.after: dict[int, list[Link]] = {uid: [] for uid in self.rows}
        for link in plan.links:
            self.before[link.successor].append(link)
            self.after[link.predecessor].append(link)

    def differences(self, ours: Any, uid: int, tolerance: int) -> Iterator[tuple[str, str]]:
        """`early` or `late` with the reason, where our dates and theirs are apart."""
        theirs = self.around[uid]
        early, late = (
            (theirs.early_start, theirs.early_finish),
            (theirs.late_start, theirs.late_finish),
        )
        if apart((ours.early_start, ours.early_finish), early, tolerance):
            yield "early", self._why_early(uid, early, tolerance)
        if apart((ours.late_start, ours.late_finish), late, tolerance):
            held = self._is_held(ours, uid, late)
            why = HELD if held else self._why_late(uid, late, tolerance)
            yield "late", why

    def _is_held(self, ours: Any, uid: int, late: Span) -> bool:
        """Whether a link holds our finish in time off, early and late, and theirs ends before it
        with no working time between.
        """
        same = ours.late_finish == ours.early_finish and ours.late_start == late[0]
        return bool(same and not self.clocks[uid].between(late[1], ours.late_finish))

    def forward(self, uid: int) -> Span:
        """Early dates by our rules from the predecessors' early dates of the other engine."""
        clock, length = self.clocks[uid], self.rows[uid].duration
        holds = [self.plan.start, *self._held(uid, starts=True)]
        targets = self._held(uid, starts=False)
        if not length:
            last = max(holds + targets)
            return last, last
        start = clock.next_start(max(holds))
        for target in targets:
            start = max(start, clock.next_start(clock.add(target, -length)))
        return start, max([clock.add(start, length), *targets])

    def _held(self, uid: int, *, starts: bool) -> list[int]:
        found = []
        for link in self.before[uid]:
            if (link.kind in INTO_START) is starts:
                other = self.around[link.predecessor]
                since = other.early_finish if link.kind in FROM_FINISH else other.early_start
                then = self.clocks[uid].add(since, link.lag)
                if not starts and link.lag < 0:
                    then = self.clocks[uid].prev_finish(then)
                found.append(then)
        return found

    def backward(self, uid: int, *, own_lags: bool = False) -> Span:
        """Late dates by our rules from the successors' late dates of the other engine.

        `own_lags` counts lags from a start on the activity's own calendar, as MPXJ does backwards.
        """
        clock, length = self.clocks[uid], self.rows[uid].duration
        last_finish, last_start = self.finish, None
        for link in self.after[uid]:
            other = self.around[link.successor]
            demand = other.late_start if link.kind in INTO_START else other.late_finish
            is_own = own_lags and link.kind not in FROM_FINISH
            then = self.clocks[uid if is_own else link.successor].add(demand, -link.lag)
            if link.kind in FROM_FINISH:
                last_finish = min(last_finish, then)
            else:
                last_start = min(then, last_start if last_start is not None else then)
        if not length:
            last = last_finish if last_start is None else min(last_finish, last_start)
            return last, last
        finish = clock.prev_finish(last_finish)
        start = clock.add(finish, -length)
        if last_start is not None and clock.between(start, last_start) < 0:
            start = clock.next_start(last_start)
            finish = clock.add(start, length)
        return start, finish

    def _crosses(self, link: Link) -> bool:
        same = self.clocks[link.predecessor] is self.clocks[link.successor]
        return link.kind not in FROM_FINISH and not same

    def _why_early(self, uid: int, theirs: Span, tolerance: int) -> str:
        found, clock = self.forward(uid), self.clocks[uid]
        if not apart(found, theirs, tolerance):
            return "inherited"
        if theirs[0] < self.plan.start:
            return "a lead pulls the start before the plan's"
        if not self.rows[uid].duration:
            drawn = clock.next_start(found[0])
            return (
                "a milestone in time off"
                if not apart((drawn, drawn), theirs, tolerance)
                else "unexplained"
            )
        if not apart(found[:1], theirs[:1], tolerance) and clock.prev_finish(found[1]) == theirs[1]:
            return HELD
        return "unexplained"

    def _why_late(self, uid: int, theirs: Span, tolerance: int) -> str:
        found, clock = self.backward(uid), self.clocks[uid]
        if not apart(found, theirs, tolerance):
            return "inherited"
        if not self.rows[uid].duration:
            drawn = clock.prev_finish(found[0])
            if not apart((drawn, drawn), theirs, tolerance):
                return "a milestone's late date in time off"
        if clock.work(self.backward(uid, own_lags=True)[0]) == clock.work(theirs[0]):
            return "a lag from a start, counted back on the predecessor's calendar"
        if any(self._crosses(link) for link in self.after[uid]):
            return "a link from a start into another calendar"
        return "unexplained"


def apart(one: tuple[int, ...], other: tuple[int, ...], tolerance: int) -> bool:
    """Whether any of the instants are further apart than the tolerance."""
    return any(abs(a - b) > tolerance for a, b in zip(one, other, strict=True))

"""A plan being edited, its dates kept up with every edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planengine.edits import Edit, EditError
from planengine.edits.draft import Draft
from planengine.edits.perform import perform
from planengine.incremental.board import Board, differing
from planengine.incremental.impact import Impact, Unsure, effect_of, nothing
from planengine.incremental.ripples import Ripples
from planengine.incremental.wiring import Circle, Wiring
from planengine.model import ConstraintKind, Plan, ScheduleFrom
from planengine.network import ActivityDates, InvalidPlan, Schedule, schedule
from planengine.network.scheduling import collection_paused
from planengine.validation import validate

Undo = tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """What some edits did to the dates.

    `changed` names, by uid, the fields of `ActivityDates` that are others (all of them for an
    activity that was added); `removed` are uids no longer there. `start` and `finish` are the
    plan's own, instants. `undo` are the edits that bring the plan before back.
    """

    changed: Mapping[int, tuple[str, ...]]
    removed: tuple[int, ...]
    start: int
    finish: int
    undo: Undo


class Session:
    """A plan under editing. After each `apply` its dates are those `schedule` would compute.

    The plan is kept in a form that can be changed, so that a small edit costs what it touches:
    durations, constraints, progress, links between activities, assignments and everything dates do
    not depend on. Edits of the outline, of calendars, of summaries and of the plan's own dates
    schedule the plan anew, and so does every edit of a plan counted from its finish or with
    activities that are to be as late as possible. Not for use from two threads at once.
    """

    def __init__(self, found: Schedule) -> None:
        self._draft = Draft(found.plan)
        self._open(found)

    def _open(self, found: Schedule) -> None:
        self._whole: Schedule | None = found
        self._wiring: Wiring | None = None
        if is_plain(found):
            self._wiring = Wiring(found.network, self._draft)
            self._ripples = Ripples(self._wiring, found.passes.early)
            self._board = Board(self._ripples)

    @property
    def plan(self) -> Plan:
        """The plan as it is now, put together when asked for."""
        return self.schedule.plan if self._whole is not None else self._draft.finish()

    @property
    def schedule(self) -> Schedule:
        """The whole schedule as it is now, computed when asked for after an edit."""
        if self._whole is None:
            self._whole = schedule(self._draft.finish(), checked=True)
        return self._whole

    @property
    def start(self) -> int:
        """The first instant of active work."""
        return self.schedule.start if self._wiring is None else self._ripples.first

    @property
    def finish(self) -> int:
        """The last instant of active work."""
        return self.schedule.finish if self._wiring is None else self._ripples.last

    def __getitem__(self, uid: int) -> ActivityDates:
        """The dates of an activity or summary now. Raises `KeyError`."""
        return self.schedule[uid] if self._wiring is None else self._board.row(uid)

    def apply(self, edits: Iterable[Edit]) -> Delta:
        """Do the edits, in order, and say what they changed; all or nothing.

        Raises `EditError` for an edit that does not fit, its path beginning with its place, and
        `InvalidPlan` when the plan would break a rule; the session is then as before.
        """
        undo: list[Undo] = []
        impact = Impact()
        try:
            for place, edit in enumerate(edits):
                undo.append(self._perform(edit, place, impact))
            if impact.unsure:
                self._insist()
            back = tuple(edit for group in reversed(undo) for edit in group)
            if impact.whole or self._wiring is None:
                return self._anew(back, impact)
            return self._rippled(back, impact)
        except (EditError, InvalidPlan):
            self._restore(undo, impact)
            raise

    def _perform(self, edit: Edit, place: int, impact: Impact) -> Undo:
        wiring = None if impact.whole else self._wiring
        effect = nothing if wiring is None else effect_of(edit, wiring)
        try:
            undo = perform(self._draft, edit)
        except EditError as error:
            raise error.within(f"[{place}]") from None
        if wiring is None:
            impact.whole = impact.unsure = True
            return undo
        try:
            effect(wiring, impact)
        except (Circle, Unsure):
            impact.whole = impact.unsure = True
        return undo

    def _insist(self) -> None:
        errors = validate(self._draft.finish())
        if errors:
            raise InvalidPlan(errors)

    def _rippled(self, undo: Undo, impact: Impact) -> Delta:
        changed: Mapping[int, tuple[str, ...]] = {}
        if impact.nodes:
            with collection_paused():
                changed = self._board.changes(self._ripples.settle(impact.nodes))
        self._whole = None
        return Delta(changed, (), self.start, self.finish, undo)

    def _anew(self, undo: Undo, impact: Impact) -> Delta:
        """Schedule the whole plan and compare every row."""
        before = self._rows()
        found = schedule(self._draft.finish(), checked=True)
        self._draft = Draft(found.plan)
        self._open(found)
        changed = {
            row.uid: differing(before[row.uid], row) if row.uid in before else row._fields
            for row in found.dates()
            if before.get(row.uid) != row
        }
        removed = tuple(uid for uid in before if uid not in found)
        impact.whole = False
        return Delta(changed, removed, found.start, found.finish, undo)

    def _rows(self) -> dict[int, ActivityDates]:
        """Every row as it was before the edits, which the board has not heard of yet."""
        if self._wiring is None:
            return {row.uid: row for row in self.schedule.dates()}
        return self._board.told()

    def _restore(self, undo: list[Undo], impact: Impact) -> None:
        for group in reversed(undo):
            for edit in group:
                perform(self._draft, edit)
        if impact.nodes or impact.whole:
            self._open(schedule(self._draft.finish(), checked=True))


def is_plain(found: Schedule) -> bool:
    """True when dates run one way: counted from the start, nothing as late as possible."""
    late = ConstraintKind.AS_LATE_AS_POSSIBLE
    return found.plan.schedule_from is ScheduleFrom.START and not any(
        rule.constraint is late for rule in found.network.rules.values()
    )


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """A schedule after edits, and what they changed in it."""

    schedule: Schedule
    delta: Delta

    @property
    def changed(self) -> Mapping[int, tuple[str, ...]]:
        """Names of the fields that are others, by uid."""
        return self.delta.changed


def reschedule(found: Schedule, edits: Iterable[Edit]) -> Rescheduled:
    """The schedule after some edits, and what they changed.

    The same as scheduling the edited plan. For one edit after another keep a `Session`, which does
    not put the whole schedule together each time. Raises `EditError` and `InvalidPlan`.
    """
    session = Session(found)
    delta = session.apply(edits)
    return Rescheduled(session.schedule, delta)

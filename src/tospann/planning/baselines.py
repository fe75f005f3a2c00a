"""The baselines of a plan: revisions that are kept by name, to measure the plan against.

The latest is the one in force, and its dates stand in the plan itself as baseline 0. An earlier one
is the plan as it was at its revision. A file may bring numbered baselines of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

import planengine as engine
from planengine.edits import Edit
from tospann.foundation.errors import Gone, Invalid
from tospann.planning import history, store
from tospann.planning.models import Plan
from tospann.ui.formats import short_date
from tospann.ui.jinja import language

MOST = 100
"""Baselines of one plan."""


class Dates(NamedTuple):
    """What an activity was to be: instants."""

    start: int | None
    finish: int | None


@dataclass(frozen=True)
class Baseline:
    """A revision by name; ``slot`` when its dates are those a file brought under that number."""

    revision: int
    name: str
    on: date
    slot: int | None = None

    @property
    def key(self) -> str:
        """How an address names it."""
        return str(self.revision) if self.slot is None else f"{self.revision}.{self.slot}"

    @property
    def label(self) -> str:
        """What people call it."""
        day = short_date(self.on, language())
        if not self.name:
            return self._number % {"day": day, "number": self.slot}
        return f"{self.name} ({day})"

    @property
    def _number(self) -> str:
        if self.slot:
            return _("Baseline %(number)s of the file of %(day)s")
        return _("Baseline of %(day)s")


def all_of(head: Plan) -> list[Baseline]:
    """Newest first; the first is the one in force."""
    return [_read(one) for one in reversed(head.baselines)]


def in_force(head: Plan) -> Baseline | None:
    return next(iter(all_of(head)), None)


def called(head: Plan, key: str) -> Baseline | None:
    """The baseline an address names, if the plan has it."""
    return next((one for one in all_of(head) if one.key == key), None)


def _read(kept: Mapping[str, Any]) -> Baseline:
    on = date.fromisoformat(kept["on"])
    return Baseline(kept["revision"], kept["name"], on, kept.get("slot"))


def kept(head: Plan, name: str, today: date, slot: int | None = None) -> list[dict[str, Any]]:
    """The baselines with one more, made by the revision that is being written."""
    if name and any(one["name"] == name for one in head.baselines):
        raise Invalid(_("There is already a baseline called “%(name)s”.") % {"name": name}, "name")
    if len(head.baselines) >= MOST:
        raise Invalid(_("A plan keeps at most %(most)s baselines.") % {"most": MOST}, "name")
    one: dict[str, Any] = {"revision": head.revision + 1, "name": name, "on": today.isoformat()}
    return [*head.baselines, one if slot is None else one | {"slot": slot}]


def without(head: Plan, revision: int) -> list[dict[str, Any]]:
    """The baselines as they were before a revision that made some."""
    return [one for one in head.baselines if one["revision"] != revision]


def renamed(head: Plan, key: str, name: str) -> list[dict[str, Any]]:
    """The baselines with one of them called something else."""
    one = existing(head, key)
    if name and any(other["name"] == name for other in head.baselines if _read(other) != one):
        raise Invalid(_("There is already a baseline called “%(name)s”.") % {"name": name}, "name")
    return [kept | {"name": name} if _read(kept) == one else kept for kept in head.baselines]


def existing(head: Plan, key: str) -> Baseline:
    """The baseline of that key; ``Gone`` when the plan has none such."""
    one = called(head, key)
    if one is None:
        raise Gone
    return one


def taken_away(head: Plan, key: str) -> tuple[list[dict[str, Any]], tuple[Edit, ...]]:
    """The baselines without one, and the edits that bring the one before it into force."""
    one = existing(head, key)
    left = [kept for kept in head.baselines if _read(kept) != one]
    if one != in_force(head):
        # The dates of one that is not in force stand in the history, unless a file brought them.
        return left, (engine.ClearBaseline(one.slot),) if one.slot else ()
    edits: list[Edit] = [engine.ClearBaseline(0)]
    if left:
        edits.append(engine.RestoreBaselines(_as_in_force(head, _read(left[-1]))))
    return left, tuple(edits)


def _as_in_force(head: Plan, one: Baseline) -> tuple[engine.BaselineOf, ...]:
    """The dates of a baseline as those of number 0, for the rows the plan still has."""
    here = {row.uid for row in store.load(head).plan.activities}
    return tuple(
        engine.BaselineOf(row.uid, replace(base, number=0))
        for row in history.plan_at(head, one.revision).activities
        for base in row.baselines
        if row.uid in here and base.number == (one.slot or 0)
    )


def last_frozen(kept: Sequence[Mapping[str, Any]]) -> int | None:
    """The revision of the latest that was frozen here."""
    return max((one["revision"] for one in kept if "slot" not in one), default=None)


def brought(head: Plan, plan: engine.Plan, today: date) -> list[dict[str, Any]]:
    """The baselines with those a file brings, unless the plan has been frozen here."""
    if head.baseline_revision is not None:
        return list(head.baselines)
    numbers = {base.number for one in plan.activities for base in one.baselines}
    made = {"revision": head.revision + 1, "name": "", "on": today.isoformat()}
    # Baseline 0 is the one in force: it stands last.
    found = [{**made, "slot": number} for number in sorted(numbers, reverse=True)]
    return [*head.baselines, *found]


def dates(head: Plan, one: Baseline) -> dict[int, Dates]:
    """What every activity was to be."""
    plan = history.at(head, one.revision).plan
    if one.slot is None:
        return {row.uid: Dates(row.start, row.finish) for row in plan.activities}
    return {
        row.uid: Dates(base.start, base.finish)
        for row in plan.activities
        for base in row.baselines
        if base.number == one.slot
    }

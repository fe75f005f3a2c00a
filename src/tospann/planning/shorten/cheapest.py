"""The cheapest way to finish by a day, as a draft somebody looks at first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import planengine as engine
from planengine import instants
from planengine.shortening import OutOfReach, Shortened, Shortening, Unproved, shorten
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid
from tospann.planning import store
from tospann.planning.dating import schedule_of
from tospann.planning.drafts import drafting
from tospann.planning.drafts.models import Draft
from tospann.planning.models import Kind, Plan, State
from tospann.planning.projection import Row, day_of
from tospann.planning.store import Loaded
from tospann.ui.formats import long_date
from tospann.ui.jinja import language

MOST_TASKS = 60
NEARLY = 10
"""Working days of slack with which a task is asked about all the same."""
NAME = gettext_noop("Shortening: %(tasks)s tasks, %(days)s working days")


@dataclass(frozen=True)
class Choice:
    """A task that can be shortened to so many working days, each day saved for so much."""

    uid: int
    least: Decimal
    cost: Decimal


@dataclass(frozen=True)
class Shortest:
    """What the cheapest way takes, and the draft that holds it."""

    draft: Draft
    days: dict[int, int]
    cost: Decimal
    finish: date | None


def open_tasks(loaded: Loaded) -> list[tuple[Row, float]]:
    """Tasks that have not begun and have little or no slack, with their working days."""
    made = schedule_of(loaded)
    day = loaded.plan.minutes_per_day * 60
    found = [
        (loaded.rows[one.uid], one.duration / day)
        for one in loaded.plan.activities
        if _is_open(loaded.rows[one.uid])
        and one.duration > day
        and made is not None
        and made[one.uid].total_slack <= NEARLY * day
    ]
    return found[:MOST_TASKS]


def draft(actor: Actor, head: Plan, choices: Sequence[Choice], finish: date) -> Shortest:
    """A draft that finishes by the day; ``Invalid`` when there is no way or nothing to do."""
    loaded = store.load(head)
    found = _found(loaded, choices, finish)
    if not found.edits:
        raise Invalid(_("The plan is finished by then already. Nothing needs to be shortened."))
    name = _(NAME) % {"tasks": len(found.days), "days": sum(found.days.values())}
    stored = [engine.edit_to_json(one) for one in found.edits]
    made = drafting.open_draft(actor, head, name, stored)
    return Shortest(made, dict(found.days), Decimal(found.cost) / 100, day_of(found.finish))


def _found(loaded: Loaded, choices: Sequence[Choice], finish: date) -> Shortened:
    day = loaded.plan.minutes_per_day * 60
    _check(loaded, choices)
    asked = [
        Shortening(one.uid, round(float(one.least) * day), round(one.cost * 100)) for one in choices
    ]
    try:
        return shorten(loaded.plan, asked, (instants.day(finish) + 1) * instants.DAY)
    except OutOfReach as error:
        soonest = day_of(error.finish)
        assert soonest is not None
        said = _("Even with all of these as short as they can be, the plan finishes %(day)s.")
        raise Invalid(said % {"day": long_date(soonest, language())}) from None
    except Unproved:
        raise Invalid(
            _("No cheapest way was found. Ask for a later day, or fewer tasks.")
        ) from None


def _check(loaded: Loaded, choices: Sequence[Choice]) -> None:
    if not choices:
        raise Invalid(_("Say for at least one task how short it can be, and what a day costs."))
    if len({one.uid for one in choices}) < len(choices):
        raise Invalid(_("A task stands twice."))
    for one in choices:
        row = loaded.rows.get(one.uid)
        if row is None or not _is_open(row):
            raise Invalid(_("Only tasks that have not begun can be shortened."))


def _is_open(row: Row) -> bool:
    return row.kind == Kind.TASK and row.state == State.NOT_STARTED and row.is_active

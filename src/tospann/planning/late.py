"""Work that should have been done by now: what moving it on would look like. Nothing is written."""

from datetime import date
from typing import Any

from django.utils import timezone

import planengine as engine
from planengine.edits import Edit
from planengine.instants import DAY, HOUR
from tospann.foundation.authority import Actor
from tospann.foundation.errors import CommandError
from tospann.planning import preview, store
from tospann.planning.models import Plan
from tospann.planning.preview import Preview

BEGINS = 8 * HOUR


def edits(head: Plan, on: date | None = None) -> list[Edit]:
    """What is not done and lies before the status date, moved to begin there at the earliest."""
    plan = store.load(head).plan
    if not plan.activities:
        return []
    after = engine.day(on or timezone.localdate()) * DAY + BEGINS
    return list(engine.reschedule_uncompleted(plan, after))


def suggestion(
    actor: Actor, head: Plan, on: date | None = None
) -> tuple[list[dict[str, Any]], Preview | None]:
    """The edits as they are stored, and what they would do; none when nothing is late."""
    found = edits(head, on)
    if not found:
        return [], None
    try:
        seen = preview.preview(actor, head, found)
    except CommandError:
        return [], None
    return [engine.edit_to_json(edit) for edit in found], seen


def named(head: Plan, stored: list[dict[str, Any]], most: int = 50) -> list[dict[str, Any]]:
    """The rows that would be moved on, by number and name."""
    rows = store.load(head).rows
    return [
        {"uid": uid, "number": rows[uid].number, "name": rows[uid].name, "start": rows[uid].start}
        for uid in [one["uid"] for one in stored if one.get("uid") in rows][:most]
    ]

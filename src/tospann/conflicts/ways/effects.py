"""What a way out does to each project: days, certainty, promises and kroner."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from tospann.cases.consequences import Consequences
from tospann.conflicts.sides import Side
from tospann.planning import consequences
from tospann.planning.projection import working_days

MOST_MOVED = 30
NOTHING = Decimal(0)
Effect = dict[str, Any]


class Unfinished(Exception):
    """Too much is being computed just now for the percentiles: to be tried again later."""


def of_side(one: Side, labour: Decimal = NOTHING) -> Effect:
    """One project's part of a way out, in plain JSON."""
    found = consequences.full(None, one.head, one.tried)
    if not found.is_whole:
        raise Unfinished
    days = _days(found)
    delay = (one.running * max(days, 0) / 5).quantize(Decimal(1))
    return {
        "project": str(one.project.pk),
        "changes": bool(one.edits),
        "finish": [_day(found.finish.before.plan), _day(found.finish.after.plan)],
        "days": found.finish.days,
        "p80": [_day(found.finish.before.p80), _day(found.finish.after.p80)],
        "p80_days": found.finish.p80_days if found.finish.after.p80 else None,
        "delay": str(delay),
        "labour": str(labour.quantize(Decimal(1))),
        "broken": [_promise(one) for one in found.broken][:10],
        "moved": _moved(one),
    }


def _days(found: Consequences) -> int:
    """How much later it is certain; without percentiles, how much later it is planned."""
    return found.finish.p80_days if found.finish.after.p80 else found.finish.days


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _promise(one: Any) -> str:
    return str(one.name or "")


def _moved(one: Side) -> list[dict[str, Any]]:
    """The tasks that are hers and lie otherwise, or are somebody else's."""
    before, after = one.tried.before.rows, one.tried.after.rows
    touched = {getattr(edit, "uid", None) for edit in one.edits}
    touched |= {edit.assignment.activity for edit in one.edits if hasattr(edit, "assignment")}
    found = []
    for uid in sorted(uid for uid in touched if uid in before and uid in after):
        was, now = before[uid], after[uid]
        if was == now and uid not in touched:
            continue
        found.append(
            {
                "uid": uid,
                "number": now.number,
                "name": now.name,
                "start": [_day(was.start), _day(now.start)],
                "finish": [_day(was.finish), _day(now.finish)],
                "days": working_days(was.finish, now.finish),
            }
        )
    return found[:MOST_MOVED]


def costs_of(effects: Sequence[Effect]) -> Decimal:
    return sum((Decimal(one["delay"]) + Decimal(one["labour"]) for one in effects), NOTHING)

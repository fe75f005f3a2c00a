"""`schedule FILE`: the dates of every activity."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from planengine.cli.console import OK, say, say_json
from planengine.cli.scheduling import load, profile_option, scheduled
from planengine.codec import Json
from planengine.instants import DAY, MINUTE, moment
from planengine.model import Plan
from planengine.network import Schedule

_DATES = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
_SLACKS = ("start_slack", "finish_slack", "total_slack", "free_slack")


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument("file", type=Path, help="a plan (.xml, .xer or .json, also .gz)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile_option(parser)


def run(asked: Namespace) -> int:
    """Print the schedule as a table, or as JSON."""
    plan = load(asked.file, asked.profile)
    schedule = scheduled(plan)
    if asked.json:
        say_json(schedule_json(schedule))
    else:
        _table(plan, schedule)
    return OK


def schedule_json(schedule: Schedule) -> Json:
    """A schedule as JSON: dates as ISO texts, slack in minutes."""
    names = {row.uid: row.name for row in schedule.plan.activities}
    return {
        "name": schedule.plan.name,
        "profile": str(schedule.plan.options.profile),
        "start": iso(schedule.start),
        "finish": iso(schedule.finish),
        "activities": [
            {
                "uid": row.uid,
                "name": names[row.uid],
                **{name: iso(getattr(row, name)) for name in _DATES},
                **{f"{name}_min": minutes(getattr(row, name)) for name in _SLACKS},
                "critical": row.is_critical,
            }
            for row in schedule.dates()
        ],
    }


def iso(value: int | None) -> str | None:
    """An instant as ISO text, with seconds only when there are any."""
    if value is None:
        return None
    return moment(value).isoformat(timespec="seconds" if value % MINUTE else "minutes")


def minutes(value: int | None) -> float | int | None:
    """Seconds as minutes, whole ones as whole numbers."""
    if value is None:
        return None
    return value // MINUTE if value % MINUTE == 0 else round(value / MINUTE, 2)


def _table(plan: Plan, schedule: Schedule) -> None:
    rows = {row.uid: row for row in plan.activities}
    depth: dict[int, int] = {}
    widths = max((len(str(uid)) for uid in rows), default=3)
    say(f"{'uid':>{widths}}  {'start':16}  {'finish':16}  {'float d':>8}  crit  name")
    for dates in schedule.dates():
        row = rows[dates.uid]
        depth[row.uid] = 0 if row.parent is None else depth.get(row.parent, 0) + 1
        float_days = _days(dates.total_slack, plan.minutes_per_day * MINUTE)
        say(
            f"{row.uid:>{widths}}  {_short(dates.start):16}  {_short(dates.finish):16}  "
            f"{float_days:>8}  {'*' if dates.is_critical else '':4}  "
            f"{'  ' * depth[row.uid]}{row.name}"
        )
    say(f"{'':>{widths}}  {_short(schedule.start):16}  {_short(schedule.finish):16}  {plan.name}")


def _short(value: int | None) -> str:
    return "" if value is None else f"{moment(value):%Y-%m-%d %H:%M}"


def _days(seconds: int | None, per_day: int) -> str:
    return "" if seconds is None else f"{seconds / (per_day or DAY):.2f}".rstrip("0").rstrip(".")

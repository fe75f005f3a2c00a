"""`level FILE`: what must wait so that no resource is wanted for more than there is."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from planengine.cli.console import NO, OK, Refused, Unsound, say, say_json
from planengine.cli.schedule import iso
from planengine.cli.scheduling import load, profile_option
from planengine.codec import Json
from planengine.edits import describe_all, edit_to_json
from planengine.formats.files import ending
from planengine.formats.psplib import read_sm
from planengine.formats.rows import parsed
from planengine.formats.source import content
from planengine.levelling import (
    SEARCHED,
    Instance,
    InvalidInstance,
    LevellingResult,
    Limits,
    Method,
    Objective,
    Order,
    Remaining,
    Solution,
    instance_from_json,
    level,
    solve,
    violations,
)
from planengine.model import Plan
from planengine.network import InvalidPlan


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument(
        "file", type=Path, help="a plan, a PSPLIB .sm file, or an instance as JSON (also .gz)"
    )
    parser.add_argument("--method", type=Method, choices=tuple(Method), default=Method.FAST)
    parser.add_argument("--seconds", type=float, help="stop a search or a proof after so long")
    parser.add_argument("--seed", type=int, default=1, help="of the search (1)")
    parser.add_argument("--instance", help="which one, when the file holds several")
    parser.add_argument(
        "--order", type=Order, choices=tuple(Order), default=Order.STANDARD, help="of a plan (fast)"
    )
    parser.add_argument(
        "--objective", type=Objective, choices=tuple(Objective), default=Objective.FINISH
    )
    parser.add_argument("--within-slack", action="store_true", help="move nothing beyond its slack")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    profile_option(parser)


def run(asked: Namespace) -> int:
    """Level a plan or an instance and print what waits.

    Exit code 1 when a plan stays overloaded or a schedule breaks a capacity.
    """
    instance = read_instance(asked.file, asked.instance)
    if instance is not None:
        return _level_instance(asked, instance)
    return _level_plan(asked, load(asked.file, asked.profile))


def read_instance(path: Path, name: str | None = None) -> Instance | None:
    """The instance in a file, `None` when it holds something else (a plan).

    Raises `Refused` when it holds several and `name` is none of them, or one that cannot be
    """
    try:
        if ending(path) == ".sm":
            return read_sm(content(path).decode(errors="replace"), path.name)
        if ending(path) != ".json":
            return None
        return _from_json(parsed(content(path)), path, name)
    except InvalidInstance as error:
        raise Refused(f"{path}: {error}") from None


def _from_json(value: Any, path: Path, name: str | None) -> Instance | None:
    if not isinstance(value, dict) or not value:
        return None
    if "dur" in value:
        return instance_from_json(value, path.name)
    if not all(isinstance(row, dict) and "dur" in row for row in value.values()):
        return None
    chosen = next(iter(value)) if name is None and len(value) == 1 else name
    if chosen is None or chosen not in value:
        raise Refused(f"{path} holds {len(value)} instances; name one with --instance")
    return instance_from_json(value[chosen], chosen)


def _level_instance(asked: Namespace, instance: Instance) -> int:
    limits = Limits() if asked.seconds is None else Limits(schedules=None, seconds=asked.seconds)
    began = time.monotonic()
    told = _progress if sys.stderr.isatty() else None
    found = solve(instance, asked.method, limits, seed=asked.seed, told=told)
    faults = violations(instance, found.starts, found.makespan)
    if asked.json:
        say_json(instance_json(instance, found, time.monotonic() - began, faults))
    else:
        _show(instance, found, faults)
    return NO if faults else OK


def _progress(span: int, schedules: int) -> None:
    sys.stderr.write(f"\rmakespan {span} after {schedules} schedules\x1b[K")
    sys.stderr.flush()


def instance_json(instance: Instance, found: Solution, seconds: float, faults: list[str]) -> Json:
    """A solution as JSON; `starts` in periods, by activity number."""
    return {
        "instance": instance.name,
        "activities": instance.size,
        "makespan": found.makespan,
        "lower_bound": found.lower_bound,
        "optimal": found.is_optimal,
        "feasible": not faults,
        "schedules": found.schedules,
        "seconds": round(seconds, 3),
        "starts": list(found.starts),
    }


def _level_plan(asked: Namespace, plan: Plan) -> int:
    limits = SEARCHED if asked.seconds is None else Limits(schedules=None, seconds=asked.seconds)
    try:
        result = level(
            plan,
            asked.method,
            order=asked.order,
            objective=asked.objective,
            within_slack=asked.within_slack,
            limits=limits,
            seed=asked.seed,
        )
    except InvalidPlan as invalid:
        raise Unsound(invalid.errors) from None
    if asked.json:
        say_json(plan_json(result))
    else:
        _show_plan(plan, result, asked.language)
    return NO if result.remaining else OK


def plan_json(result: LevellingResult) -> Json:
    """A levelling as JSON: dates as ISO texts, lengths in seconds."""
    return {
        "edits": [edit_to_json(edit) for edit in result.edits],
        "moves": [
            {
                "uid": move.edit.uid,
                "levelling_delay": move.edit.levelling_delay,
                "start_before": iso(move.start_before),
                "start_after": iso(move.start_after),
                "finish_before": iso(move.finish_before),
                "finish_after": iso(move.finish_after),
                "later": move.later,
                "beyond_slack": move.beyond_slack,
                "overdue": move.overdue,
                "waits_for": list(move.waits_for),
            }
            for move in result.moves
        ],
        "finish_before": iso(result.finish_before),
        "finish_after": iso(result.finish_after),
        "overdue_before": result.overdue_before,
        "overdue_after": result.overdue_after,
        "overloads_before": result.overloads_before,
        "remaining": [_remaining_json(row) for row in result.remaining],
        "tried": result.tried,
        "proved": result.is_proved,
    }


def _remaining_json(row: Remaining) -> Json:
    return {
        "resource": row.overload.resource,
        "start": iso(row.overload.start),
        "finish": iso(row.overload.finish),
        "units": row.overload.units,
        "available": row.overload.available,
        "activities": list(row.overload.activities),
        "reasons": {str(uid): str(reason) for uid, reason in row.reasons},
    }


def _show_plan(plan: Plan, result: LevellingResult, language: str) -> None:
    for sentence in describe_all(result.edits, plan, language):
        say(sentence)
    names = {row.uid: row.name for row in plan.activities}
    resources = {row.uid: row.name for row in plan.resources}
    for row in result.remaining:
        say(row.sentence(names, resources[row.overload.resource], language))
    say(result.summary(language))


def _show(instance: Instance, found: Solution, faults: list[str]) -> None:
    say(f"{'activity':>8}  {'start':>6}  {'finish':>6}")
    for activity, start in enumerate(found.starts):
        say(f"{activity:>8}  {start:>6}  {start + instance.durations[activity]:>6}")
    proof = "proved optimal" if found.is_optimal else f"at least {found.lower_bound}"
    say(f"makespan {found.makespan} ({proof})")
    for fault in faults:
        say(fault)

"""`level FILE`: what must wait so that no resource is wanted for more than there is."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from planengine.cli.console import NO, OK, Refused, say, say_json
from planengine.codec import Json
from planengine.formats.files import ending
from planengine.formats.psplib import read_sm
from planengine.formats.rows import parsed
from planengine.formats.source import content
from planengine.levelling import (
    Instance,
    InvalidInstance,
    Limits,
    Method,
    Solution,
    instance_from_json,
    solve,
    violations,
)


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    parser.add_argument(
        "file", type=Path, help="a plan, a PSPLIB .sm file, or an instance as JSON (also .gz)"
    )
    parser.add_argument("--method", type=Method, choices=tuple(Method), default=Method.FAST)
    parser.add_argument("--seconds", type=float, help="stop a search or a proof after so long")
    parser.add_argument("--seed", type=int, default=1, help="of the search (1)")
    parser.add_argument("--instance", help="which one, when the file holds several")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(asked: Namespace) -> int:
    """Level a plan or an instance and print what waits.

    Exit code 1 when a plan stays overloaded or a schedule breaks a capacity.
    """
    instance = read_instance(asked.file, asked.instance)
    if instance is None:
        raise Refused(f"{asked.file} holds neither a PSPLIB instance nor one as JSON")
    return _level_instance(asked, instance)


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
    found = solve(instance, asked.method, limits, seed=asked.seed)
    faults = violations(instance, found.starts, found.makespan)
    if asked.json:
        say_json(instance_json(instance, found, time.monotonic() - began, faults))
    else:
        _show(instance, found, faults)
    return NO if faults else OK


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


def _show(instance: Instance, found: Solution, faults: list[str]) -> None:
    say(f"{'activity':>8}  {'start':>6}  {'finish':>6}")
    for activity, start in enumerate(found.starts):
        say(f"{activity:>8}  {start:>6}  {start + instance.durations[activity]:>6}")
    proof = "proved optimal" if found.is_optimal else f"at least {found.lower_bound}"
    say(f"makespan {found.makespan} ({proof})")
    for fault in faults:
        say(fault)

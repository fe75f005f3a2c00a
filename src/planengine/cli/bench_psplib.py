"""`bench-psplib FILE`: levelling measured against the best makespans known."""

from __future__ import annotations

import json
import os
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planengine.cli.console import NO, OK, Refused, complain, say, say_json, watched
from planengine.codec import Json
from planengine.formats.source import content
from planengine.levelling import (
    Instance,
    Limits,
    Method,
    Solution,
    instance_from_json,
    solve,
    violations,
    warm_up,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One instance: the makespan found, the best one known, whether it is proved, what is wrong
    with the schedule, and the seconds it took.
    """

    name: str
    makespan: int
    best: int
    is_proved: bool
    faults: tuple[str, ...]
    seconds: float

    @property
    def gap(self) -> float:
        """Percent above the best known makespan."""
        return 100 * (self.makespan - self.best) / self.best if self.best else 0.0


def arguments(parser: ArgumentParser) -> None:
    """Options of the subcommand."""
    two = min(2, os.cpu_count() or 1)
    parser.add_argument("file", type=Path, help="instances with their best makespans (.json.gz)")
    parser.add_argument("--method", type=Method, choices=tuple(Method), default=Method.SEARCH)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each instance (2)")
    parser.add_argument("--limit", type=int, help="only the first N instances")
    parser.add_argument("--seed", type=int, default=1, help="of the search (1)")
    parser.add_argument(
        "--workers", type=int, default=two, help=f"threads of the exact method ({two})"
    )
    parser.add_argument(
        "--cpu", action="store_true", help="count processor seconds of each thread, not the clock"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(asked: Namespace) -> int:
    """Solve each instance and report the average gap; every makespan is checked by code of its own.

    Exit code 1 when a schedule breaks a link or a capacity.
    """
    instances = read_instances(asked.file)[: asked.limit]
    clock = time.process_time if asked.cpu else time.monotonic
    start = clock()
    warm_up()
    warm = clock() - start
    rows = []
    began = clock()
    for instance, best in watched(instances, "instances"):
        start = clock()
        limits = Limits(schedules=None, seconds=asked.seconds, clock=clock)
        found = solve(instance, asked.method, limits, seed=asked.seed, workers=asked.workers)
        rows.append(_row(instance, found, best, clock() - start))
    if asked.json:
        say_json(report(rows, clock() - began, warm))
    else:
        _table(rows, clock() - began, warm)
    return NO if any(row.faults for row in rows) else OK


def read_instances(path: Path) -> list[tuple[Instance, int]]:
    """Every instance of a file of `{name: {…, best}}` with its best known makespan.

    Raises `Refused` when the file holds something else.
    """
    try:
        data: Any = json.loads(content(path))
        return [(instance_from_json(row, name), int(row["best"])) for name, row in data.items()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"{path} does not hold instances with best makespans: {error}") from None


def report(rows: list[Row], seconds: float, warm: float) -> Json:
    """The result as JSON. `optimal` counts instances that reach the best known makespan, `proved`
    those whose optimality was proved here; `infeasible` must be 0. `seconds` are those of all
    instances together, `warm_up_seconds` what loading the compiled inner loops took before them.
    """
    gaps = [row.gap for row in rows]
    return {
        "instances": len(rows),
        "average_gap_percent": round(sum(gaps) / len(gaps), 4) if gaps else 0.0,
        "optimal": sum(row.gap <= 0 for row in rows),
        "seconds": round(seconds, 2),
        "proved": sum(row.is_proved for row in rows),
        "infeasible": sum(bool(row.faults) for row in rows),
        "warm_up_seconds": round(warm, 2),
        "slowest_seconds": round(max((row.seconds for row in rows), default=0.0), 2),
    }


def _row(instance: Instance, found: Solution, best: int, seconds: float) -> Row:
    faults = tuple(violations(instance, found.starts, found.makespan))
    for fault in faults:
        complain("bench-psplib", f"{instance.name}: {fault}")
    return Row(instance.name, found.makespan, best, found.is_optimal, faults, seconds)


def _table(rows: list[Row], seconds: float, warm: float) -> None:
    say(f"{'instance':14}  {'makespan':>8}  {'best':>6}  {'gap %':>6}  proved")
    for row in rows:
        proof = "*" if row.is_proved else ""
        say(f"{row.name:14}  {row.makespan:>8}  {row.best:>6}  {row.gap:>6.2f}  {proof}")
    result = report(rows, seconds, warm)
    say(" · ".join(f"{name} {value}" for name, value in result.items()))


__all__ = ["Row", "arguments", "read_instances", "report", "run"]

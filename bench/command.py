#!/usr/bin/env python3
"""One whole command (authority, audit, reactions, commit) beside a bare durable insert.

bench/command.py [--times N] [--no-postgres]   limits: 3 ms CPU, 2 × the wall time of the insert
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=150)
    parser.add_argument("--no-postgres", action="store_true")
    asked = parser.parse_args()
    figures = {"sqlite": _apart("", asked.times)}
    if not asked.no_postgres:
        with portal.postgres() as address:
            figures["postgresql"] = _apart(address, asked.times)
    checks = {}
    for name, found in figures.items():
        checks[f"{name}_cpu_ms"] = (found["cpu_ms"], 3.0)
        checks[f"{name}_wall_ratio"] = (found["command_ms"] / found["insert_ms"], 2.0)
    return portal.result("command", checks, **figures)


def _apart(database: str, times: int) -> dict[str, float]:
    """In a process of its own: a process has one database."""
    with portal.folder() as data, multiprocessing.get_context("spawn").Pool(1) as pool:
        data.mkdir(parents=True)
        return pool.apply(_measure, (data, database, times))


def _measure(data: Path, database: str, times: int) -> dict[str, float]:
    portal.use(data, database)
    command, insert = _command(), _insert()
    for warm in (command, insert):
        for _time in range(20):
            warm()
    walls: dict[str, list[float]] = {"command": [], "insert": []}
    spent = 0.0
    for _time in range(times):  # one after the other, so that the machine's moods hit both
        cpu = time.process_time()
        walls["command"].append(_timed(command))
        spent += time.process_time() - cpu
        walls["insert"].append(_timed(insert))
    return {
        "cpu_ms": spent / times * 1000,
        "command_ms": portal.median(walls["command"]) * 1000,
        "insert_ms": portal.median(walls["insert"]) * 1000,
    }


def _timed(what: Callable[[], Any]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def _command() -> Callable[[], Any]:
    """Changing a goal as a project manager, submitted as a page does it."""
    from datetime import date

    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.commands import submit
    from tospann.foundation.ids import new_id
    from tospann.people.actors import actor_for
    from tospann.people.commands import invite_person
    from tospann.people.models import Organisation
    from tospann.projects import commands

    organisation = Organisation.objects.get()
    person = invite_person(SYSTEM, organisation, id=new_id(), email="m@example.org", name="Mari")
    project = commands.found_project(
        SYSTEM, organisation, id=new_id(), key="BENCH", name="Bench",
        start=date(2027, 1, 1), finish=date(2027, 12, 31),
    )  # fmt: skip
    commands.appoint(SYSTEM, project, person=person.pk, role=Role.MANAGER)
    goal = commands.add_goal(
        SYSTEM, project, id=new_id(), level="output_goal", description="A goal"
    )
    actor = actor_for(person)
    turns = iter(range(1_000_000))

    def once() -> None:
        submit(
            actor, commands.change_goal.on(goal), level="output_goal", description=f"{next(turns)}"
        )

    return once


def _insert() -> Callable[[], Any]:
    """One row in one durable transaction, on the same connection."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (text varchar(500))")

    def once() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_row VALUES (%s)", ["x" * 400])

    return once


if __name__ == "__main__":
    sys.exit(main())

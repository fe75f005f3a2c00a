#!/usr/bin/env python3
"""Eight processes that write at once, in one project: no error, and nobody waits long.

bench/writers.py [--writers N] [--seconds S] [--postgres]   limits: 0 errors, p99 250 ms
"""

import argparse
import contextlib
import multiprocessing
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    spawn = multiprocessing.get_context("spawn")
    with contextlib.ExitStack() as stack:
        data = stack.enter_context(portal.folder())
        data.mkdir(parents=True)
        address = stack.enter_context(portal.postgres()) if asked.postgres else ""
        with spawn.Pool(1) as pool:
            pool.apply(_prepare, (data, address))
        barrier = spawn.Manager().Barrier(asked.writers)
        with spawn.Pool(asked.writers) as pool:
            words = [(data, address, n, asked.seconds, barrier) for n in range(asked.writers)]
            found = pool.starmap(_write, words, chunksize=1)
        with spawn.Pool(1) as pool:
            stored, faults = pool.apply(_count, (data, address))
    waits = [wait for waits, _errors in found for wait in waits]
    errors = [error for _waits, some in found for error in some]
    return portal.result(
        "writers",
        {
            "errors": (len(errors), 0),
            "p99_ms": (portal.quantile(waits, 0.99) * 1000, 250),
            "lost": (len(waits) - stored, 0),
        },
        p50_ms=portal.median(waits) * 1000, max_ms=max(waits) * 1000,
        per_second=len(waits) / asked.seconds, faults=faults, first_error=errors[:1],
    )  # fmt: skip


def _prepare(data: Path, address: str) -> None:
    portal.use(data, address)
    from datetime import date

    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.people.models import Organisation
    from tospann.projects import commands

    commands.found_project(
        SYSTEM, Organisation.objects.get(), id=new_id(), key="BENCH", name="Bench",
        start=date(2027, 1, 1), finish=date(2027, 12, 31),
    )  # fmt: skip


def _write(data: Path, address: str, number: int, seconds: float, barrier) -> tuple:
    portal.use(data, address)
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.projects import commands
    from tospann.projects.models import Project

    project = Project.objects.get()
    waits: list[float] = []
    errors: list[str] = []
    barrier.wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        started = time.perf_counter()
        try:
            commands.set_tolerance(
                SYSTEM, project, area=f"area_{number}", allowed=str(new_id()), days=3
            )
        except Exception as error:  # noqa: BLE001  # what is counted
            errors.append(repr(error))
            continue
        waits.append(time.perf_counter() - started)
    return waits, errors


def _count(data: Path, address: str) -> tuple[int, list[str]]:
    portal.use(data, address)
    from tospann.config.operating.verify import audit_faults
    from tospann.foundation.models import AuditEntry

    return AuditEntry.objects.filter(command="projects.set_tolerance").count(), audit_faults()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""How soon the consequences of an edit are there, percentiles and all, at 1,000 and 10,000 tasks.

bench/consequences.py [--times N]   limit: 1 s for the answer with percentiles, asked of the API
Every task has an estimate with three points. Each question is a new edit, on a warm process; what
the first question of a process costs is told beside (`first_ms`).
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _plans
import _portal as portal

SIZES = (1_000, 10_000)
DAY = 450 * 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    found = {size: _apart(size, asked.times) for size in SIZES}
    checks = {f"seconds_{size}": (one["whole_ms"] / 1000, 1.0) for size, one in found.items()}
    return portal.result("consequences", checks, **{str(size): one for size, one in found.items()})


def _apart(size: int, times: int) -> dict[str, Any]:
    """In a process of its own, so that nothing of another size is warm."""
    with portal.folder() as data, multiprocessing.get_context("spawn").Pool(1) as pool:
        data.mkdir(parents=True)
        return pool.apply(_measure, (data, size, times))


def _measure(data: Path, size: int, times: int) -> dict[str, Any]:
    portal.use(data)
    ask, edits = _asking(size)
    first = _timed(ask, next(edits), True)
    quick = [_timed(ask, next(edits), False) for _time in range(times)]
    cpu = time.process_time()
    whole = [_timed(ask, next(edits), True) for _time in range(times)]
    cpu = time.process_time() - cpu
    return {
        "first_ms": round(first),
        "quick_ms": round(portal.median(quick)),
        "whole_ms": round(portal.median(whole)),
        "whole_cpu_ms": round(cpu / times * 1000),
        "whole_worst_ms": round(max(whole)),
    }


def _timed(ask: Any, edit: dict[str, Any], percentiles: bool) -> float:
    started = time.perf_counter()
    ask(edit, percentiles)
    return (time.perf_counter() - started) * 1000


def _asking(size: int) -> tuple[Any, Iterator[dict[str, Any]]]:
    """A question to the API in this process, and edits nobody has tried yet."""
    from django.test import Client

    head, person, plan = _planned(size)
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    address = f"/api/v1/projects/{head.project.key}/plan/preview"

    def ask(edit: dict[str, Any], percentiles: bool) -> None:
        body = {"base_revision": head.revision, "edits": [edit], "percentiles": percentiles}
        answer = client.post(address, body, content_type="application/json")
        assert answer.status_code == 200, answer.content

    return ask, _edits(plan)


def _edits(plan: Any) -> Iterator[dict[str, Any]]:
    import planengine as engine

    tasks = [one for one in plan.activities if one.duration]
    for place, one in enumerate(tasks[len(tasks) // 2 :: 7]):
        longer = engine.SetDuration(one.uid, one.duration + (5 + place) * DAY)
        yield engine.edit_to_json(longer)


def _planned(size: int) -> tuple[Any, Any, Any]:
    """A project with a plan of that size, every task estimated, and its manager."""
    sys.path.insert(0, str(portal.ROOT))
    from tests import making

    from planengine import ThreePoint
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.planning.history import write_down
    from tospann.planning.models import Plan, RevisionKind
    from tospann.planning.prepare import replaced

    made = making.project()
    plan = _plans.random_plan(size)
    rows = tuple(
        replace(
            one, estimate=ThreePoint(one.duration * 4 // 5, one.duration, one.duration * 8 // 5)
        )
        for one in plan.activities
    )
    plan = replace(plan, activities=rows)
    head = Plan(id=new_id(), project=made.project, name="Bench")

    def write() -> None:
        head.save()
        write_down(SYSTEM, head, replaced(head, plan), RevisionKind.IMPORT, [])

    making.inside(write, made.project)
    return Plan.objects.select_related("project").get(), made.people["manager"], plan


if __name__ == "__main__":
    sys.exit(main())

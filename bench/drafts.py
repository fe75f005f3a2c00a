#!/usr/bin/env python3
"""What one step of a draft costs at 2,000 and 10,000 tasks: drawn dates, then the line and figures.

bench/drafts.py [--times N]   limits: dates 200 ms at 2,000 and 400 ms at 10,000 tasks; who decides
and what it does, percentiles and all, 1 s
Each step is a new edit of a draft that already holds ten, on a warm process; the answer is the
server's, without the browser (bench/chart.py measures what it adds).
"""

import argparse
import json
import multiprocessing
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
from consequences import _planned

LIMITS = {2_000: 200, 10_000: 400}
DAY = 450 * 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    asked = parser.parse_args()
    found = {size: _apart(size, asked.times) for size in LIMITS}
    checks = {f"dates_ms_{size}": (found[size]["dates_ms"], most) for size, most in LIMITS.items()}
    checks |= {f"whole_ms_{size}": (found[size]["whole_ms"], 1000.0) for size in LIMITS}
    return portal.result("drafts", checks, **{str(size): one for size, one in found.items()})


def _apart(size: int, times: int) -> dict[str, Any]:
    """In a process of its own, so that nothing of another size is warm."""
    with portal.folder() as data, multiprocessing.get_context("spawn").Pool(1) as pool:
        data.mkdir(parents=True)
        return pool.apply(_measure, (data, size, times))


def _measure(data: Path, size: int, times: int) -> dict[str, Any]:
    portal.use(data)
    from django.test import Client

    from tospann.people.actors import actor_for
    from tospann.planning.drafts import drafting

    head, person, plan = _planned(size)
    draft = drafting.open_draft(actor_for(person), head, "Bench")
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    at = f"/p/{head.project.key}/plan/drafts/{draft.pk}"
    tasks = [one for one in plan.activities if one.duration]
    uids = iter([one.uid for one in tasks[len(tasks) // 2 :: 7]])

    def step() -> None:
        draft.refresh_from_db()
        operation = {"do": "cell", "uid": next(uids), "field": "duration", "text": "23d"}
        said = json.dumps({"base_revision": draft.version, "operation": operation})
        answer = client.post(f"{at}/operations", said, content_type="application/json")
        assert answer.status_code == 200, answer.content

    def look(words: str) -> None:
        assert client.get(f"{at}/panel{words}").status_code == 200

    for _step in range(10):
        step()
    look("?full")
    dates, quick, whole, used = [], [], [], []
    for _time in range(times):
        before = time.process_time()
        dates.append(_timed(step))
        used.append((time.process_time() - before) * 1000)
        quick.append(_timed(look, ""))
        whole.append(_timed(look, "?full"))
    return {
        "dates_ms": round(portal.median(dates)),
        "dates_worst_ms": round(max(dates)),
        "dates_cpu_ms": round(portal.median(used)),
        "line_ms": round(portal.median(quick)),
        "whole_ms": round(portal.median(whole)),
    }


def _timed(what: Any, *words: Any) -> float:
    started = time.perf_counter()
    what(*words)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""A plan opened from its rows and from a revision, cold and warm; compared; made again.

bench/revisions.py [--tasks N] [--revisions N] [--database URL]
limits: 4 queries to open a plan; CPU with 10,000 tasks: cold 500 ms from its rows, 900 ms from a
revision 40 edits after a whole copy that moved 4,000 dates, warm 5 ms; 1,000 revisions
made again in 60 s with 2,000 tasks
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _plans
import _portal as portal
import seed

LARGE = 10_000
COLD, COLD_REVISION, WARM, QUERIES, REPLAY = 500, 900, 5, 4, 60


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=2_000, help="of the plan that is replayed")
    parser.add_argument("--revisions", type=int, default=1_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    with portal.folder() as data:
        data.mkdir(parents=True)
        portal.use(data, asked.database)
        return measure(asked)


def measure(asked: argparse.Namespace) -> int:
    seed.seed(2, 20)
    large, lived = _plan("B0", LARGE), _plan("B1", asked.tasks)
    _live(large, 40)
    opened = _opened(large, asked.times)
    pages = {name: _page(path, asked.times) for name, path in PAGES.items()}
    _live(lived, asked.revisions - lived.revision)
    seconds = _replayed(lived)
    checks = {
        "rows_queries": (opened["rows"]["queries"], QUERIES),
        "revision_queries": (opened["revision"]["queries"], QUERIES),
        "rows_cold_ms": (opened["rows"]["cold_ms"], COLD),
        "revision_cold_ms": (opened["revision"]["cold_ms"], COLD_REVISION),
        "rows_warm_ms": (opened["rows"]["warm_ms"], WARM),
        "revision_warm_ms": (opened["revision"]["warm_ms"], WARM),
        "replay_s": (seconds, REPLAY),
    }
    more = {"tasks": LARGE, "opened": opened, "pages": pages}
    replay = {"tasks": asked.tasks, "revisions": lived.revision}
    return portal.result("revisions", checks, **more, replay=replay)


PAGES = {
    "chart_rows": "/p/B0/plan/rows",
    "table": "/p/B0/plan",
    "table_then": "/p/B0/plan?as_of=2",
    "chart_rows_then": "/p/B0/plan/revisions/2/rows",
    "compare": "/p/B0/plan/compare?from=2&to=now",
}


def _plan(key: str, tasks: int) -> Any:
    """The project's plan, put in the place of the seeded one as an import does."""
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.transactions import run
    from tospann.planning import history
    from tospann.planning.models import Plan, RevisionKind
    from tospann.planning.prepare import replaced

    head = Plan.objects.get(project__key=key)
    plan = _plans.random_plan(tasks)

    def body(_act: object, fresh: Plan) -> None:
        history.write_down(SYSTEM, fresh, replaced(fresh, plan), RevisionKind.IMPORT, [])

    run(SYSTEM, "bench.seed", head, None, body)
    return Plan.objects.get(pk=head.pk)


def _live(head: Any, revisions: int) -> None:
    """A task renamed, or made longer or shorter, again and again."""
    import planengine as engine
    from tospann.foundation.authority import SYSTEM
    from tospann.planning import commands, store

    luck = random.Random(3)
    uids = [one.uid for one in store.load(head).plan.activities if not one.milestone]
    for step in range(revisions):
        uid = luck.choice(uids)
        longer = engine.SetDuration(uid, luck.randrange(1, 80) * 9_000 + step * 60)
        edit = engine.RenameActivity(uid, f"Work {step}") if step % 3 == 0 else longer
        head.refresh_from_db()
        stored = [engine.edit_to_json(edit)]
        commands.apply_edits(SYSTEM, head, base_revision=head.revision, edits=stored)
    head.refresh_from_db()


def _opened(head: Any, times: int) -> dict[str, dict[str, float]]:
    from tospann.planning import history, store

    ways = {"rows": partial(store.load, head), "revision": partial(history.at, head, head.revision)}
    return {name: _cold_and_warm(act, times) for name, act in ways.items()}


def _cold_and_warm(act: Callable[[], object], times: int) -> dict[str, float]:
    from django.db import connection

    asked: list[str] = []

    def note(execute: Any, sql: str, *words: Any) -> Any:
        asked.append(sql)
        return execute(sql, *words)

    with connection.execute_wrapper(note):
        _forget()
        act()
    cold = [_cpu(act, before=_forget) for _time in range(times)]
    warm = [_cpu(act) for _time in range(times)]
    return {
        "queries": len(asked),
        "cold_ms": round(portal.median(cold), 1),
        "warm_ms": round(portal.median(warm), 2),
    }


def _page(path: str, times: int) -> dict[str, float]:
    """A page when the worker has met the plan, and when it has not."""
    from django.test import Client

    from tospann.people.models import Person

    browser = Client(headers={"host": "localhost"})
    who = Person.objects.get(email=seed.EMAIL)
    browser.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    found = portal.page_cost(browser, path, times)
    cold = [_cpu(partial(browser.get, path), before=_forget) for _time in range(times)]
    return {**found, "cold_cpu_ms": round(portal.median(cold), 1)}


def _cpu(act: Callable[[], object], before: Callable[[], None] = lambda: None) -> float:
    before()
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000


def _forget() -> None:
    """What the worker keeps of plans, schedules and drawings."""
    from tospann.planning import dating, store
    from tospann.planning.editor import sheets

    for kept in (store._kept, dating._kept, sheets._kept):
        kept.clear()


def _replayed(head: Any) -> float:
    from tospann.planning.revisions.replay import replay

    started = time.process_time()
    found = replay(head)
    if found.faults:
        raise SystemExit("\n".join(found.faults))
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Tasks of one project that owes much: 10,000 actions and 2,500 tasks in its plan.

bench/owed.py [--data DIR] [--times N] [--database URL]   limit: p95 100 ms a page
"""

import argparse
import random
import sys
from datetime import date, timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
import seed

ACTIONS, TASKS, AT_ONCE = 10_000, 2_500, 50
PAGES = {
    "list": "/p/B0/tasks",
    "everything": "/p/B0/tasks?state=",
    "overdue": "/p/B0/tasks?overdue=1",
    "searched": "/p/B0/tasks?q=4711",
    "by_owner": "/p/B0/tasks?sort=owner&page=40",
    "board": "/p/B0/tasks/board",
    "people": "/p/B0/tasks/people",
    "weeks": "/p/B0/tasks/weeks",
    "owes": "/p/B0/tasks/owes",
    "one_action": "/p/B0/actions/4711",
    "api": "/api/v1/projects/B0/actions?limit=100",
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--database", default="")
    parser.add_argument("--times", type=int, default=30)
    asked = parser.parse_args()
    if asked.data:
        return measure(asked.data, asked.database, asked.times)
    with portal.folder() as data:
        return measure(data, asked.database, asked.times)


def measure(data: Path, database: str, times: int) -> int:
    data.mkdir(parents=True, exist_ok=True)
    portal.use(data, database)
    from tospann.actions.models import Action

    if Action.objects.count() < ACTIONS:
        seed.seed(1, TASKS)
        _actions()
    figures = {name: _measure(address, times) for name, address in PAGES.items()}
    checks = {f"{name}_p95_ms": (found["p95_ms"], 100) for name, found in figures.items()}
    return portal.result("owed", checks, pages=figures)


def _actions() -> None:
    from tospann.actions.models import Action
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.records import save_all
    from tospann.foundation.transactions import next_number, run
    from tospann.planning.models import Activity
    from tospann.projects.models import Project
    from tospann.projects.queries import members

    project, luck = Project.objects.get(key="B0"), random.Random(2)
    people = [one.person_id for one in members(project)]
    today = date.today()

    def body(_act: object, fresh: Project, first: int) -> None:
        save_all(
            Action(
                project=fresh, number=next_number(fresh.pk), title=f"Follow up matter {n}",
                owner_id=luck.choice(people), given_by_id=luck.choice(people),
                due_on=today + timedelta(days=luck.randint(-60, 120)) if n % 7 else None,
                state="open" if n % 4 else "done", priority="high" if n % 9 == 0 else "normal",
            )
            for n in range(first, first + AT_ONCE)
        )  # fmt: skip

    for first in range(0, ACTIONS, AT_ONCE):
        run(SYSTEM, "bench.seed", project, None, partial(body, first=first))
    for n, person in enumerate(people):
        Activity.objects.filter(project=project, uid__endswith=str(n)).update(responsible=person)


def _measure(address: str, times: int) -> dict[str, float]:
    from django.test import Client

    from tospann.people.models import Person

    browser = Client(headers={"host": "localhost"})
    who = Person.objects.get(email=seed.EMAIL)
    browser.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    return portal.page_cost(browser, address, times)


if __name__ == "__main__":
    sys.exit(main())

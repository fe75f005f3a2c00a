#!/usr/bin/env python3
"""Deciding a case of many operations: everything carried out in one transaction.

bench/applying.py [--operations N] [--tasks N] [--postgres]   limit: 500 operations in 2 s
"""

import argparse
import contextlib
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--operations", type=int, default=500)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with _database(asked.postgres) as vendor:
        return _measure(asked.operations, asked.tasks, asked.times, vendor)


@contextlib.contextmanager
def _database(postgres: bool) -> Iterator[str]:
    with contextlib.ExitStack() as stack:
        data = stack.enter_context(portal.folder())
        data.mkdir(parents=True)
        url = stack.enter_context(portal.postgres()) if postgres else ""
        portal.use(data, url)
        yield "postgresql" if postgres else "sqlite"


def _measure(operations: int, tasks: int, times: int, vendor: str) -> int:
    spent, busy = [], []
    setting = _setting(tasks)
    for number in range(times):
        case = _prepared(*setting, operations, number)
        started, before = time.perf_counter(), time.process_time()
        _decide(setting[2], case)
        spent.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - before) * 1000)
    checks = {"apply_ms": (portal.median(spent), 2000.0)}
    return portal.result(
        "applying", checks, operations=operations, tasks=tasks, database=vendor,
        slowest_ms=round(max(spent), 1), cpu_ms=round(portal.median(busy), 1),
    )  # fmt: skip


def _decide(manager: Any, case: Any) -> None:
    from tospann.cases import commands as cases

    assert cases.decide(manager, case, alternative="A") is not None


def _setting(tasks: int) -> tuple[Any, Any, Any]:
    """A project with a plan, a budget, a coordinator and a manager."""
    import planengine as engine
    from tospann.budget import commands as budget
    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.people import commands as people
    from tospann.people.actors import actor_for
    from tospann.people.models import Organisation
    from tospann.planning import commands as planning
    from tospann.projects import commands as projects

    organisation = Organisation.objects.get()
    roles = (Role.COORDINATOR, Role.MANAGER)
    folk = [
        people.invite_person(
            SYSTEM, organisation, id=new_id(), email=f"{role}@example.org", name=str(role)
        )
        for role in roles
    ]
    project = projects.found_project(
        SYSTEM, organisation, id=new_id(), key="CASE", name="Stor sak",
        start=date(2027, 1, 1), finish=date(2029, 12, 31),
    )  # fmt: skip
    for person, role in zip(folk, roles, strict=True):
        projects.appoint(SYSTEM, project, person=person.pk, role=role)
    rows = [engine.Activity(uid, f"Oppgave {uid}", duration=28_800) for uid in range(1, tasks + 1)]
    links = [engine.Link(uid, uid + 1) for uid in range(1, tasks) if uid % 10]
    edits = [engine.AddActivity(one) for one in rows] + [engine.AddLink(one) for one in links]
    planning.start_plan(SYSTEM, project, edits=[engine.edit_to_json(edit) for edit in edits])
    budget.start_budget(SYSTEM, project, id=new_id())
    for number in range(50):
        budget.add_line(SYSTEM, project, id=new_id(), name=f"Linje {number}", amount=Decimal(1000))
    coordinator, manager = (actor_for(person) for person in folk)
    return project, coordinator, manager


def _prepared(project: Any, coordinator: Any, manager: Any, many: int, number: int) -> Any:
    """A submitted case: one set of edits of the plan, the rest budget lines, goals and actions."""
    import planengine as engine
    from tospann.actions import commands as actions
    from tospann.budget import commands as budget
    from tospann.budget.models import BudgetLine
    from tospann.cases import commands as cases
    from tospann.foundation.ids import new_id
    from tospann.planning import commands as planning
    from tospann.planning.models import Plan
    from tospann.projects import commands as projects

    head = Plan.objects.get(project=project)
    edits = [
        engine.edit_to_json(engine.RenameActivity(uid, f"Sak {number}, oppgave {uid}"))
        for uid in range(1, min(many, 500) + 1)
    ]
    listed = [
        planning.apply_edits.operation(head, {"base_revision": head.revision, "edits": edits})
    ]
    for line in BudgetLine.objects.filter(project=project)[: many // 4]:
        said = {"name": line.name, "code": line.code, "amount": str(line.amount + 1)}
        listed.append(budget.change_line.operation(line, said))
    while len(listed) < many:
        fresh = {"id": str(new_id())}
        listed.append(
            projects.add_goal.operation(
                project, {**fresh, "level": "output_goal", "description": f"Mål {len(listed)}"}
            )
            if len(listed) % 5 == 0
            else actions.add_action.operation(project, {**fresh, "title": f"Gjør {len(listed)}"})
        )
    case = cases.open_case(
        coordinator, project, id=new_id(), title=f"Sak {number}", recommendation="Ja"
    )
    cases.set_alternative(
        coordinator, case, id=new_id(), key="A", title="Ja",
        operations=[one.to_json() for one in listed],
    )  # fmt: skip
    case.refresh_from_db()
    cases.edit_case(coordinator, case, title=case.title, recommendation="Ja", recommended="A")
    case.refresh_from_db()
    return cases.submit_case(coordinator, case)


if __name__ == "__main__":
    sys.exit(main())

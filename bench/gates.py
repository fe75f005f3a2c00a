#!/usr/bin/env python3
"""The data rules of a gate in a large project: asked all together, as its page and decision do.

bench/gates.py [--tasks N] [--times N]   limit: all rules of the project in 300 ms
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

AT_ONCE = 5000
RISKS = 200
ASKED = {"date_certain": {"share": "80"}, "case_decided": {"number": "1"}}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    with portal.folder() as data:
        data.mkdir(parents=True)
        portal.use(data)
        return _measure(asked.tasks, asked.times)


def _measure(tasks: int, times: int) -> int:
    from tospann.cases import gates, rules
    from tospann.planning.simulate import draws
    from tospann.projects.models import Gate

    project = _project(tasks)
    gate = Gate.objects.select_related("project").get(project=project)
    asked = [one.criterion.rule for one in gates.checked(gate)]

    def afresh() -> None:
        draws._kept.clear()  # nobody has simulated it lately
        gates.checked(gate)

    first = _timed(times, afresh)
    again = _timed(times, lambda: gates.checked(gate))
    each = {
        key: round(portal.median(_timed(3, _asking(rules, project, key))), 1) for key in set(asked)
    }
    checks = {"rules_p95_ms": (portal.quantile(first, 0.95), 300.0)}
    return portal.result(
        "gates", checks, tasks=tasks, rules=len(asked), again_ms=round(portal.median(again), 1),
        **{f"{key}_ms": value for key, value in sorted(each.items())},
    )  # fmt: skip


def _asking(rules: Any, project: Any, key: str) -> Callable[[], Any]:
    return lambda: rules.evaluate(project, key, ASKED.get(key, {}))


def _timed(times: int, act: Callable[[], Any]) -> list[float]:
    took = []
    for _one in range(times):
        started = time.perf_counter()
        act()
        took.append((time.perf_counter() - started) * 1000)
    return took


def _project(tasks: int) -> Any:
    """A project under way with estimates, risks, money, cases, and a gate that asks every rule."""
    from django.utils import timezone

    import planengine as engine
    from tospann.budget import commands as money
    from tospann.cases import commands as cases
    from tospann.cases import rules
    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.people import commands as people
    from tospann.people.actors import actor_for
    from tospann.people.models import Organisation
    from tospann.planning import commands as planning
    from tospann.planning.models import Plan
    from tospann.planning.skeleton import WORKING_DAY as WORK
    from tospann.planning.skeleton import PlannedRow, outline_edits
    from tospann.projects import commands as projects
    from tospann.projects.models import CriterionKind, GateOutcome
    from tospann.risks import commands as risks

    today, organisation = timezone.localdate(), Organisation.objects.get()
    person = people.invite_person(
        SYSTEM, organisation, id=new_id(), email="manager@example.org", name="Manager"
    )
    project = projects.found_project(
        SYSTEM, organisation, id=new_id(), key="BIG", name="Stort prosjekt",
        start=today - timedelta(days=400), finish=today + timedelta(days=400),
    )  # fmt: skip
    projects.appoint(SYSTEM, project, person=person.pk, role=Role.MANAGER)
    manager = actor_for(person)
    rows = [_row(PlannedRow, number, tasks, today) for number in range(tasks)]
    planning.start_plan(SYSTEM, project, edits=outline_edits(rows)[:AT_ONCE])
    head = Plan.objects.get(project=project)
    estimated = [
        engine.edit_to_json(
            engine.SetEstimate(uid, engine.ThreePoint(2 * WORK, 5 * WORK, 12 * WORK))
        )
        for uid in range(2, tasks, 3)
    ]
    planning.apply_edits(SYSTEM, head, base_revision=head.revision, edits=estimated)
    for number in range(RISKS):
        risks.raise_risk(
            manager, project, id=new_id(), title=f"Risiko {number}", owner=person.pk,
            probability=1 + number % 5, impact=1 + number % 4,
        )  # fmt: skip
    lines = [
        money.FirstLine(code=f"{4000 + n}", name=f"Linje {n}", phase=None, is_running=False)
        for n in range(40)
    ]
    money.start_budget(SYSTEM, project, id=new_id(), lines=lines)
    case = cases.open_case(manager, project, id=new_id(), title="En sak", recommendation="Ja.")
    ASKED["case_decided"]["number"] = str(case.number)
    gate = projects.add_gate(
        SYSTEM, project, code="G1", name="Port", deciders=[Role.OWNER],
        outcomes=[GateOutcome.PROCEED],
    )  # fmt: skip
    for rule in rules.all_rules():
        projects.add_criterion(
            SYSTEM, gate, text=rule.key, kind=CriterionKind.RULE, rule=rule.key,
            parameters=ASKED.get(rule.key, {}),
        )  # fmt: skip
    return project


def _row(row: Any, number: int, tasks: int, today: Any) -> Any:
    start = today + timedelta(days=-390 + (780 * number) // tasks)
    return row(
        name=f"Oppgave {number}",
        level=1,
        start=start,
        finish=start + timedelta(days=0 if number % 50 == 0 else 5),
        milestone=number % 50 == 0,
        held=True,
    )


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""A large organisation: 1,000 projects with 200 tasks each, made by the commands people use.

bench/seed.py [--data DIR] [--projects N] [--tasks N] [--database URL]
"""

import argparse
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

PASSWORD = "bench bench bench"
EMAIL = "bench@example.org"
AT_ONCE = 20


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=portal.SEEDED)
    parser.add_argument("--database", default="")
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--tasks", type=int, default=200)
    asked = parser.parse_args()
    asked.data.mkdir(parents=True, exist_ok=True)
    portal.use(asked.data, asked.database)
    started = time.process_time()
    tasks = seed(asked.projects, asked.tasks)
    spent = time.process_time() - started
    return portal.result(
        "seed", {"cpu_s": (spent, 400 * asked.projects / 1000 + 10)}, tasks=tasks, faults=_faults()
    )


def seed(projects: int, tasks: int) -> int:
    """Fill an empty portal; the number of tasks there are afterwards."""
    from django.db import connection

    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.transactions import run
    from tospann.people.models import Organisation
    from tospann.planning.models import Activity

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # this data can be made again
    organisation = Organisation.objects.get()
    people = _people(organisation)
    luck = random.Random(1)
    for first in range(0, projects, AT_ONCE):
        some = range(first, min(first + AT_ONCE, projects))

        def body(_act: object, fresh: Organisation, some: range = some) -> None:
            for number in some:
                _project(fresh, number, tasks, people, luck)

        run(SYSTEM, "bench.seed", organisation, None, body)
    return Activity.objects.count()


def _people(organisation: object) -> list:
    from tospann.config.operating.first import administrator
    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.people import commands

    first = administrator(EMAIL, "Berit Bench", PASSWORD)
    commands.give_organisation_role(SYSTEM, first, role=Role.PORTFOLIO_LEADER)
    return [
        first,
        *(
            commands.invite_person(
                SYSTEM, organisation, id=new_id(), email=f"p{n}@example.org", name=f"Person {n}"
            )
            for n in range(100)
        ),
    ]


def _project(organisation: object, number: int, tasks: int, people: list, luck) -> None:
    from tospann.actions import commands as actions
    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.planning.commands import start_plan
    from tospann.projects import commands

    start = date.today() - timedelta(days=luck.randint(0, 400))
    project = commands.found_project(
        SYSTEM, organisation, id=new_id(), key=f"B{number}", name=f"Project {number}",
        start=start, finish=start + timedelta(days=500), purpose="To measure.",
    )  # fmt: skip
    # The one who is measured takes part in twenty projects.
    team = [people[0] if number < 20 else luck.choice(people[1:]), *luck.sample(people[1:], 4)]
    for person, role in zip(
        dict.fromkeys(team), (Role.MANAGER, Role.OWNER, Role.COORDINATOR, *[Role.MEMBER] * 2),
        strict=False,
    ):  # fmt: skip
        commands.appoint(SYSTEM, project, person=person.pk, role=role)
    before = None
    for place in range(5):
        phase = commands.add_phase(SYSTEM, project, key=f"phase_{place}", name=f"Phase {place}")
        if before is not None:
            gate = commands.add_gate(
                SYSTEM, project, code=f"G{place}", name=f"Gate {place}", ends=before.pk,
                opens=phase.pk, deciders=[Role.OWNER],
            )  # fmt: skip
            for text in ("The need is described", "The plan is ready", "The money is there"):
                commands.add_criterion(SYSTEM, gate, text=text)
        before = phase
    for level in ("societal_goal", "outcome_goal", "output_goal"):
        commands.add_goal(SYSTEM, project, id=new_id(), level=level, description="A goal.")
    start_plan(SYSTEM, project, name=project.name, edits=_rows(project, start, tasks, team, luck))
    _actions(actions, SYSTEM, project, team)
    if number % 2 == 0:
        _signed_report(project, team[0])


def _rows(project, start: date, tasks: int, team: list, luck) -> list:
    from tospann.planning.skeleton import PlannedRow, outline_edits

    rows = []
    for number in range(tasks):
        begins = start + timedelta(days=2 * number)
        rows.append(
            PlannedRow(
                name=f"Work package {number}" if number % 10 == 0 else f"Task {number}",
                level=1 if number % 10 == 0 else 2,
                start=begins, finish=begins + timedelta(days=luck.randint(1, 9)),
                milestone=number % 10 == 9, responsible=luck.choice(team).pk,
                percent=100.0 if number < tasks // 4 and number % 10 else 0.0,
                after=(number,) if number % 10 > 2 else (),
            )
        )  # fmt: skip
    return outline_edits(rows)


def _actions(actions, system, project, team: list) -> None:
    from tospann.foundation.ids import new_id

    for number in range(5):
        actions.add_action(
            system, project, id=new_id(), title=f"Action {number}", owner=team[0].pk,
            due_on=date.today() + timedelta(days=7 * number - 10),
        )  # fmt: skip


def _signed_report(project, manager) -> None:
    """Signed by the command people sign with; what typesetting costs is measured elsewhere."""
    from hashlib import sha256

    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.people.actors import actor_for
    from tospann.reports import commands, signing
    from tospann.reports.models import StagedSignature

    report = commands.start_report(SYSTEM, project, id=new_id())
    report = commands.submit_report(SYSTEM, report)
    paper = b"%PDF-1.7 not typeset"
    staged = StagedSignature.objects.create(
        report=report, version=report.version, pdf=paper, pdf_sha256=sha256(paper).hexdigest(),
        content=signing.signed_content(report, manager.name),
    )  # fmt: skip
    commands.sign_report(actor_for(manager), report, pdf_sha256=staged.pdf_sha256)


def _faults() -> list[str]:
    from tospann.config.operating.verify import audit_faults

    return audit_faults()


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""A status report of a large project: drafted, shown, frozen, printed, signed and as slides.

bench/reports.py [--tasks N] [--times N]   limits: drafted in 1 s, the PDF in 0.6 s
"""

import argparse
import io
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

AT_ONCE = 5000


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    with portal.folder() as data:
        data.mkdir(parents=True)
        portal.use(data)
        return _measure(asked.tasks, asked.times)


def _measure(tasks: int, times: int) -> int:
    from tospann.foundation.ids import new_id
    from tospann.reports import commands, queries, signing, slides
    from tospann.reports.drafting import draft

    project, coordinator, manager = _project(tasks)
    report = commands.start_report(coordinator, project, id=new_id())
    drafted = _timed(times, lambda: draft.content(draft.ground(report)))
    page = _timed(times, _page(manager, project))
    content = draft.content(draft.ground(report))
    made = signing.render(content)
    pdf = _timed(times, _printer(content))
    deck = _timed(3, lambda: slides.slides(content))
    started = time.perf_counter()
    signing.sign(manager, queries.report(project, report.number))
    signed = time.perf_counter() - started
    checks = {
        "draft_p95_ms": (portal.quantile(drafted, 0.95), 1000.0),
        "draft_page_p95_ms": (portal.quantile(page, 0.95), 1000.0),
        "pdf_p95_ms": (portal.quantile(pdf, 0.95), 600.0),
    }
    return portal.result(
        "reports", checks, tasks=tasks, draft_ms=round(portal.median(drafted), 1),
        pdf_ms=round(portal.median(pdf), 1), slides_ms=round(portal.median(deck), 1),
        submit_and_sign_ms=round(signed * 1000, 1), pages=_pages(made),
        pdf_bytes=len(made),
    )  # fmt: skip


def _printer(content: dict[str, Any]) -> Callable[[], Any]:
    """Prints another report each time: the typesetter remembers what it has already set."""
    from tospann.reports import signing

    numbers = count(1)

    def print_one() -> bytes:
        number = next(numbers)
        sections = [
            {**one, "text": one["text"].replace("Oppgave", f"Oppgave {number}:")}
            for one in content["sections"]
        ]
        return signing.render({**content, "number": number, "sections": sections})

    return print_one


def _pages(made: bytes) -> int:
    import pypdf

    return len(pypdf.PdfReader(io.BytesIO(made)).pages)


def _timed(times: int, act: Callable[[], Any]) -> list[float]:
    took = []
    for _one in range(times):
        started = time.perf_counter()
        act()
        took.append((time.perf_counter() - started) * 1000)
    return took


def _page(manager: Any, project: Any) -> Callable[[], None]:
    from django.test import Client

    from tospann.people.models import Person

    browser = Client(headers={"host": "localhost"})
    who = Person.objects.get(pk=manager.person_id)
    browser.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    address = f"/p/{project.key}/reports/1"

    def fetch() -> None:
        assert browser.get(address).status_code == 200

    fetch()
    return fetch


def _project(tasks: int) -> tuple[Any, Any, Any]:
    """A project half way: tasks done and to come, milestones, actions, problems and decisions."""
    from django.utils import timezone

    from tospann.cases import commands as cases
    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.people import commands as people
    from tospann.people.actors import actor_for
    from tospann.people.models import Organisation
    from tospann.planning import commands as planning
    from tospann.planning.models import Plan
    from tospann.planning.skeleton import PlannedRow, outline_edits
    from tospann.projects import commands as projects
    from tospann.risks import commands as risks

    today, organisation = timezone.localdate(), Organisation.objects.get()
    roles = (Role.COORDINATOR, Role.MANAGER)
    folk = [
        people.invite_person(
            SYSTEM, organisation, id=new_id(), email=f"{role}@example.org", name=str(role)
        )
        for role in roles
    ]
    project = projects.found_project(
        SYSTEM, organisation, id=new_id(), key="BIG", name="Stort prosjekt",
        start=today - timedelta(days=400), finish=today + timedelta(days=400),
    )  # fmt: skip
    for person, role in zip(folk, roles, strict=True):
        projects.appoint(SYSTEM, project, person=person.pk, role=role)
    coordinator, manager = (actor_for(person) for person in folk)
    rows = [_row(PlannedRow, number, tasks, today) for number in range(tasks)]
    edits = outline_edits(rows)
    planning.start_plan(SYSTEM, project, edits=edits[:AT_ONCE])
    for first in range(AT_ONCE, tasks, AT_ONCE):
        head = Plan.objects.get(project=project)
        some = edits[first : first + AT_ONCE]
        planning.apply_edits(SYSTEM, head, base_revision=head.revision, edits=some)
    _actions(SYSTEM, project, today)
    for number in range(200):
        risks.raise_problem(manager, project, id=new_id(), title=f"Problem {number}")
        risks.raise_risk(
            manager, project, id=new_id(), title=f"Risiko {number}",
            probability=1 + number % 5, impact=1 + number % 3,
        )  # fmt: skip
        cases.record_decision(
            manager, project, id=new_id(), title=f"Beslutning {number}", reason="Ja",
            decided_on=today - timedelta(days=number % 60),
        )  # fmt: skip
    return project, coordinator, manager


def _row(row: Any, number: int, tasks: int, today: Any) -> Any:
    """Spread evenly over the project; what lies behind is done, every fiftieth a milestone."""
    day = today + timedelta(days=round(800 * number / tasks) - 400)
    done = 100.0 if day < today else 0.0
    return row(
        f"Oppgave {number}", 1, day, day, milestone=number % 50 == 0, percent=done
    )  # fmt: skip


def _actions(actor: Any, project: Any, today: Any) -> None:
    from tospann.actions import commands as actions
    from tospann.foundation.ids import new_id

    for number in range(1000):
        action = actions.add_action(
            actor, project, id=new_id(), title=f"Aksjon {number}",
            due_on=today + timedelta(days=number % 40 - 20),
        )  # fmt: skip
        if number % 2:
            actions.complete_action(actor, action)


if __name__ == "__main__":
    raise SystemExit(main())

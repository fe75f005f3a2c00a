#!/usr/bin/env python3
"""Registers with 10,000 rows each: their pages, and the spreadsheet they came from.

bench/registers.py [--rows N] [--times N]   limit: p95 100 ms server time a page
"""

import argparse
import io
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

KEY = "REG"
PAGES = {
    "risks": "/risks",
    "risks_by_level": "/risks?level=threat-orange&sort=-level&page=3",
    "risks_searched": "/risks?q=levering+beton",
    "risk_matrix": "/risks/matrix",
    "risk_timeline": "/risks/timeline?by=due",
    "one_risk": "/risks/77",
    "problems": "/problems",
    "deviations": "/deviations?sort=due_on",
    "tasks": "/tasks",
    "api_risks": "api/risks?limit=100",
    "api_moved": "api/risks/moved?since=2000-01-01",
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=40)
    asked = parser.parse_args()
    with portal.folder() as data:
        data.mkdir(parents=True)
        portal.use(data)
        return _measure(asked.rows, asked.times)


def _measure(rows: int, times: int) -> int:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    project, manager = _project()
    spreadsheet = _bring_in(project, manager, rows)
    _fill(project, manager, rows)
    figures = {name: _page(address, manager.person_id, times) for name, address in PAGES.items()}
    wrong = [name for name, one in figures.items() if one["status"] != 200]
    if wrong:
        raise SystemExit(f"no page: {wrong}")
    checks = {f"{name}_p95_ms": (one["p95_ms"], 100.0) for name, one in figures.items()}
    return portal.result("registers", checks, rows=rows, spreadsheet=spreadsheet, pages=figures)


def _project() -> tuple[Any, Any]:
    from django.utils import timezone

    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.people import commands as people
    from tospann.people.actors import actor_for
    from tospann.people.administration import found_organisation
    from tospann.projects import commands as projects

    organisation, today = found_organisation("Bench"), timezone.localdate()
    made = projects.found_project(
        SYSTEM,
        organisation,
        id=new_id(),
        key=KEY,
        name="Registre",
        start=today,
        finish=today + timedelta(days=365),
    )
    manager = people.invite_person(
        SYSTEM, organisation, id=new_id(), email="bench@example.org", name="Bench"
    )
    projects.appoint(SYSTEM, made, person=manager.pk, role=Role.MANAGER)
    return made, actor_for(manager)


def _bring_in(project: Any, manager: Any, rows: int) -> dict[str, float]:
    """Through the front door: a spreadsheet, read confined, checked and applied as one act."""
    from openpyxl import Workbook

    from tospann.foundation.commands import submit
    from tospann.risks import commands, imports, sheets

    book = Workbook(write_only=True)
    page = book.create_sheet()
    names = ("title", "kind", "cause", "probability", "impact", "residual_probability")
    names = (*names, "residual_impact", "owner", "due_on", "state")
    page.append([str(sheets.COLUMNS[name]) for name in names])
    for number in range(rows):
        page.append(_line(number, project.start))
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    began = time.perf_counter()
    sheet, staged = imports.stage(manager, project, stream, "bench.xlsx")
    read = time.perf_counter()
    if staged is None:
        raise SystemExit(f"the spreadsheet is wrong: {sheet.faults[:3]}")
    bound = commands.import_risks.on(project)
    submit(manager, bound, staged=staged.pk, content_hash=staged.content_hash)
    done = time.perf_counter()
    began_writing = time.perf_counter()
    written = len(sheets.written(project).content)
    return {
        "read_s": round(read - began, 2),
        "applied_s": round(done - read, 2),
        "written_s": round(time.perf_counter() - began_writing, 2),
        "kilobytes_out": round(written / 1024),
    }


def _line(number: int, start: Any) -> list[Any]:
    title = f"Sen levering {number} av {'betong' if number % 7 else 'glass'}"
    kind = "opportunity" if number % 5 == 0 else "threat"
    now, after = (number % 5 + 1, number // 5 % 5 + 1), (number % 3 + 1, number % 4 + 1)
    due = start + timedelta(days=number % 300 - 30)
    state = "closed" if number % 10 == 0 else "open"
    return [title, kind, "Fabrikken har stans.", *now, *after, "Bench", due, state]


def _fill(project: Any, manager: Any, rows: int) -> None:
    """As many problems, deviations and actions, in one act each."""
    from tospann.actions.models import Action
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.records import save_all
    from tospann.foundation.transactions import next_number, run
    from tospann.risks.models import Deviation, Problem

    def make(model: Any) -> Any:
        def body(_act: Any, fresh: Any) -> None:
            save_all(
                model(
                    project=fresh,
                    number=next_number(fresh.pk),
                    title=f"Sen levering {number}",
                    owner_id=manager.person_id,
                    due_on=project.start + timedelta(days=number % 300 - 30),
                )
                for number in range(rows)
            )

        return body

    for model in (Problem, Deviation, Action):
        run(SYSTEM, "bench.making", project, None, make(model))


def _page(address: str, person: Any, times: int) -> dict[str, float]:
    from django.test import Client

    from tospann.people.models import Person

    browser = Client(headers={"host": "localhost"})
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    browser.force_login(Person.objects.get(pk=person), backend)
    start = f"/api/v1/projects/{KEY}" if address.startswith("api") else f"/p/{KEY}"
    path = start + address.removeprefix("api")
    return portal.page_cost(browser, path, times)


if __name__ == "__main__":
    sys.exit(main())

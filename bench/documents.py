#!/usr/bin/env python3
"""The pages of documents in a project with 5,000 files in 60 folders, 50 of them checked out.

bench/documents.py [--files N] [--times N]   limits: 12 queries and p95 80 ms for the page of all
"""

import argparse
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

KEY = "DOK"
FOLDERS = 60
PAGES = {
    "all": "/documents",
    "last_page": "/documents?page=50&sort=size",
    "searched": "/documents?q=referat+12",
    "checked_out": "/documents?held=1",
    "needed": "/documents/needed",
    "trash": "/documents/trash",
}
LIMITS = {"all": (80, 12), "folder": (80, 12), "member_all": (80, 12)}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=40)
    asked = parser.parse_args()
    with portal.folder() as data:
        data.mkdir(parents=True)
        portal.use(data)
        return _measure(asked.files, asked.times)


def _measure(files: int, times: int) -> int:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    project, manager, member = _project()
    folder, one = _fill(project, manager, files)
    pages = {**PAGES, "folder": f"/documents?folder={folder}", "one": f"/documents/{one}"}
    figures = {name: _page(path, manager.person_id, times) for name, path in pages.items()}
    figures["member_all"] = _page(PAGES["all"], member.person_id, times)
    if wrong := [name for name, figure in figures.items() if figure["status"] != 200]:
        raise SystemExit(f"no page: {wrong}")
    checks = {}
    for name, (milliseconds, queries) in LIMITS.items():
        checks[f"{name}_p95_ms"] = (figures[name]["p95_ms"], milliseconds)
        checks[f"{name}_queries"] = (figures[name]["queries"], queries)
    return portal.result("documents", checks, files=files, pages=figures)


def _project() -> tuple[Any, Any, Any]:
    from django.utils import timezone

    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.people import commands as people
    from tospann.people.actors import actor_for
    from tospann.people.administration import found_organisation
    from tospann.projects import commands as projects

    organisation, today = found_organisation("Bench"), timezone.localdate()
    finish = today + timedelta(days=365)
    words = {"key": KEY, "name": "Dokumenter", "start": today, "finish": finish}
    made = projects.found_project(SYSTEM, organisation, id=new_id(), **words)
    actors = []
    for role in (Role.MANAGER, Role.MEMBER):
        words = {"email": f"{role}@example.org", "name": role.title()}
        somebody = people.invite_person(SYSTEM, organisation, id=new_id(), **words)
        projects.appoint(SYSTEM, made, person=somebody.pk, role=role)
        actors.append(actor_for(somebody))
    return made, *actors


def _fill(project: Any, manager: Any, files: int) -> tuple[Any, int]:
    """Folders and documents in one act; a folder of some hundred files, and one document."""
    from django.utils import timezone

    from tospann.documents import commands, locks
    from tospann.documents.models import Document, Folder
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.records import save_all
    from tospann.foundation.transactions import next_number, run

    lines = [
        {
            "number": f"{number + 1:02}",
            "name": f"Mappe {number}",
            "classification": "confidential" if number % 10 == 9 else "internal",
        }
        for number in range(FOLDERS)
    ]
    commands.add_folders(SYSTEM, project, folders=lines)
    folders = list(Folder.objects.order_by("number"))

    def body(_act: Any, fresh: Any) -> None:
        made = [_document(fresh, manager, folders, n, next_number(fresh.pk)) for n in range(files)]
        save_all(made)

    def _document(fresh: Any, who: Any, among: list[Any], n: int, number: int) -> Any:
        one = Document(
            project=fresh,
            number=number,
            folder=among[min(n % (FOLDERS + 5), FOLDERS - 1)],
            name=f"Referat {n} om betong og vann.docx",
            media_type="application/octet-stream",
            size=n * 100,
            sha256="0" * 64,
            made_by_id=who.person_id,
            changed_by_id=who.person_id,
            changed_at=timezone.now() - timedelta(minutes=n),
        )
        one.set_key()
        return one

    run(SYSTEM, "bench.making", project, None, body)
    found = Document.objects.select_related("project").order_by("number")
    for document in found[:50]:
        locks.take(manager, document, is_checkout=True)
    return folders[-1].pk, found[0].number


def _page(path: str, person: Any, times: int) -> dict[str, float]:
    from django.test import Client

    from tospann.people.models import Person

    browser = Client(headers={"host": "localhost"})
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    browser.force_login(Person.objects.get(pk=person), backend)
    return portal.page_cost(browser, f"/p/{KEY}{path}", times)


if __name__ == "__main__":
    sys.exit(main())

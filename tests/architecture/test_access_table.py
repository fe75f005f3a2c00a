"""The table of docs/authority.md, cell by cell: who gets what from every address of documents.

Each address of documents, sharing, rooms and search, as page, in the API and on the drive, is asked
by every role about things of every class. What is not in the table fails, as does any other answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.architecture.access_portal import CLASSES, FILE, ROLES, UPLOADS, Portal, build, tried

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parents[2] / "docs/authority.md"
APPS = ("documents", "sharing", "rooms", "search")
_SENT: dict[str, Any] = {
    "upload": UPLOADS,
    "new_link": {"name": "Modell", "url": "https://example.org/"},
    "new_folder": {"name": "Ny mappe"},
    "change_folder": {"name": "Nytt navn", "classification": "internal"},
    "move_folder": {"parent": ""},
    "change_document": {"name": "Nytt navn.txt"},
    "new_needed": {"title": "Plan"},
    "change_needed": {"title": "Plan"},
    "new_share": {"kind": "link", "role": "view"},
    "change_share": {"role": "view"},
    "pause_share": {"reason": "Slutt"},
    "stop_share": {"reason": "Slutt"},
    "stop_all_sharing": {"reason": "Slutt"},
    "sharing_rules": {"allows_guests": "on"},
    "organisation_rules": {"allows_guests": "on"},
    "edit_room": {"welcome": "Hei"},
    "new_register_view": {"title": "Tiltak", "columns": ["title"]},
    "answer_room_question": {"answer": "Snart"},
    "answer_delivered": {"verdict": "accepted", "name": "Kari"},
    "assign_room_question": {},
    "answer_room_request": {"accepts": "yes", "name": "Kari"},
    "ask_room_question": {"text": "Når?"},
    "hand_in": UPLOADS,
    "/api/v1/projects/{key}/files": FILE,
    "/api/v1/projects/{key}/documents": UPLOADS,
    "/api/v1/documents/{id}/versions": UPLOADS,
    "/api/v1/projects/{key}/shares/{id}/link": {"json": {}},
}
_ASKED = {
    ("GET", "/api/v1/projects/{key}/access"): "?reference={reference}",
    ("GET", "/api/v1/projects/{key}/files"): "?born_in={action}",
    ("GET", "/api/v1/search"): "?q=innhold",
}
_ON_DRIVE: dict[str, Any] = {
    "PROPFIND": {"HTTP_DEPTH": "0"},
    "PROPPATCH": {
        "data": (
            '<propertyupdate xmlns="DAV:"><set><prop><x xmlns="urn:x">1</x></prop></set>'
            "</propertyupdate>"
        ),
    },
    "PUT": {"data": b"Nytt", "content_type": "text/plain"},
    "LOCK": {
        "data": (
            '<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope>'
            "<locktype><write/></locktype></lockinfo>"
        ),
        "content_type": "application/xml",
    },
    "UNLOCK": {"HTTP_LOCK_TOKEN": "<opaquelocktoken:none>"},
    "COPY": {"HTTP_DESTINATION": "/dav/KEY/Kopi.txt"},
    "MOVE": {"HTTP_DESTINATION": "/dav/KEY/Flyttet.txt"},
}


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    name: str
    method: str
    cells: tuple[str, ...]


def lines(text: str) -> list[Line]:
    """The rows of the table that begins with *address*."""
    table = text.partition("| address | method |")[2].partition("\n\n")[0]
    found = []
    for row in table.splitlines()[2:]:
        names, methods, *cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        listed = re.findall(r"`([^`]+)`", names)
        assert listed, row
        found += [
            Line(name, method, tuple(cells)) for name in listed for method in methods.split(" · ")
        ]
    return found


def _said(cell: str, letter: str) -> str:
    """What a cell says of a thing of that class."""
    if cell in ("yes", "no", "in", "–"):
        return cell
    for part in cell.split(", "):
        word, _space, letters = part.rpartition(" ")
        assert word in ("", "no"), cell
        assert set(letters) <= set(CLASSES), cell
        if letter in letters:
            return word or "yes"
    return "–"


def deviations(portal: Portal, listed: list[Line], letters: str) -> list[str]:
    """Every cell that says something else than what the role gets."""
    found = []
    for line in listed:
        for letter, address, sent in _asked_for(portal, line, letters):
            for role, cell in zip(ROLES, line.cells, strict=True):
                got = tried(portal, role, line.method, address, sent)
                if got != _said(cell, letter):
                    found.append(f"{line.method} {line.name} {role} {letter}: {got}, not {cell}")
    return found


def _asked_for(portal: Portal, line: Line, letters: str) -> Iterator[tuple[str, str, Any]]:
    """The addresses to ask: one for each class, where it is about something that has one."""
    seen = set[str]()
    for letter in letters:
        if line.name.startswith("/dav"):
            is_one = line.name.endswith("/{document}")
            address = portal.drive(letter) if is_one else f"/dav/{portal.key}/"
            address += "ny" if line.method == "MKCOL" else ""
            sent = dict(_ON_DRIVE.get(line.method, {}))
            if "HTTP_DESTINATION" in sent:
                sent["HTTP_DESTINATION"] = sent["HTTP_DESTINATION"].replace("KEY", portal.key)
        elif line.name.startswith("/api"):
            asked = line.name + _ASKED.get((line.method, line.name), "")
            address, sent = portal.api(asked, letter), _SENT.get(line.name)
        else:
            address, sent = portal.address(line.name, letter), _SENT.get(line.name)
            address += "?old=1&new=1" if line.name == "compare_versions" else ""
        if address not in seen:
            seen.add(address)
            yield letter, address, sent


@pytest.fixture
def portal(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return build()


def test_the_table_holds_for_every_role(portal):
    """Things of two classes; all four with --long."""
    wrong = deviations(portal, lines(TABLE.read_text()), "IS")
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
def test_the_table_holds_for_every_role_and_class(portal):
    wrong = deviations(portal, lines(TABLE.read_text()), "OICS")
    assert not wrong, "\n".join(wrong)


def test_a_cell_that_says_something_else_is_found(portal):
    """The control: each of these says more, or less, than what is so."""
    (line,) = [one for one in lines(TABLE.read_text()) if one.name == "document_file"]
    assert deviations(portal, [line], "IS") == []
    for place, cell in enumerate(line.cells):
        other = "–" if cell != "–" else "IS"
        cells = (*line.cells[:place], other, *line.cells[place + 1 :])
        wrong = deviations(portal, [Line(line.name, line.method, cells)], "IS")
        assert wrong
        assert all(f" {ROLES[place]} " in one for one in wrong)


def test_every_address_is_in_the_table():
    known = {one.name for one in lines(TABLE.read_text())}
    assert {one for one in _routes() if one not in known} == set()
    assert {one for one in _of_the_api() if one not in known} == set()


def test_a_forgotten_address_is_found():
    rows = lines(TABLE.read_text())
    assert "version_file" in _routes() - {one.name for one in rows if one.name != "version_file"}


def _routes() -> set[str]:
    """The names of all addresses of these capabilities; the drive's methods are in rows of /dav."""
    return {
        name
        for name, view in _named(get_resolver().url_patterns)
        if view.__module__.split(".")[1] in APPS and name != "dav"
    } | {"search"}


def _named(patterns: Any) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _named(one.url_patterns)
        elif isinstance(one, URLPattern) and one.name:
            yield one.name, one.callback


def _of_the_api() -> set[str]:
    """As they stand in the table: an id is {id}, a version's number {version}."""
    from tospann.config.api import api

    found = set()
    for prefix, router in api()._routers:
        for path, view in router.path_operations.items():
            for one in view.operations:
                module = one.view_func.__module__.split(".")[1]
                if module in APPS or path == "/search":
                    found.add("/api/v1" + _as_written(prefix + path))
    return found


def _as_written(path: str) -> str:
    path = re.sub(r"\{\w*:?pk\}", "{id}", path)
    if "/versions/" in path:
        return re.sub(r"\{int:number\}", "{version}", path)
    return re.sub(r"\{int:number\}", "{number}", path)

"""docs/roles.md: every duty has pages that are there, and a journey that is tried."""

import re
from pathlib import Path

from django.urls import resolve

ROOT = Path(__file__).parents[2]
DUTIES = [
    *(f"C{n}" for n in range(1, 6)),
    *(f"M{n}" for n in range(1, 8)),
    "P1",
    "P2",
    "P3",
    "P4",
    "A1",
]


def rows():
    lines = (ROOT / "docs/roles.md").read_text().splitlines()
    table = [line.strip("|").split("|") for line in lines if re.match(r"\| [CMPA]\d ", line)]
    return [tuple(cell.strip() for cell in row) for row in table]


def test_every_duty_is_carried_by_pages_that_are_there():
    assert [row[0].split()[0] for row in rows()] == DUTIES
    for duty, pages, _journeys in rows():
        addresses = re.findall(r"`(/[^`]*)`", pages)
        assert addresses, duty
        for address in addresses:
            resolve(address.replace("KEY", "NSS"))


def test_every_duty_is_walked_in_a_browser():
    for duty, _pages, journeys in rows():
        files = re.findall(r"`(test_\w+\.py)`", journeys)
        assert files, duty
        for name in files:
            assert "def test_" in (ROOT / "tests/browser" / name).read_text(), (duty, name)

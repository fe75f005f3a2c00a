"""Asking for the cause of a date on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.planengine.builders import house

from planengine import to_json
from planengine.cli import main


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(to_json(house())))
    return str(path)


def test_sentences_in_the_language_asked_for(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", plan, "3", "--lang", "nb"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("«Støpe» starter 9. mars 08:00 fordi «Grave» er ferdig 6. mars")
    assert main(["why", plan, "3", "--end", "late_finish"]) == 0
    assert " because " in capsys.readouterr().out


def test_json(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", plan, "3", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["date"]["uid"] == 3
    assert [step["cause"] for step in found["steps"]][:2] == ["link", "resume"]
    assert set(found["steps"][0]["sentence"]) == {"nb", "en"}


def test_an_unknown_activity_is_wrong_usage(plan: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", plan, "99"]) == 2
    assert "99" in capsys.readouterr().err

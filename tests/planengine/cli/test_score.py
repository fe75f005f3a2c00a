"""Scoring, with a scheduler whose answers are known."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.planengine.formats.test_plan_oracle import SOUND, data

from planengine import Plan
from planengine.cli import main
from planengine.cli.console import Unsound
from planengine.cli.score import FIELDS
from planengine.formats.plan_oracle import Expected, read
from planengine.validation import PlanError

Fake = Callable[[int, Expected], Expected | None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.json").write_bytes(data(SOUND))
    (tmp_path / "MANIFEST.json").write_text("[]")
    return tmp_path


def answering(monkeypatch: pytest.MonkeyPatch, fake: Fake) -> None:
    expected = read(data(SOUND)).expected

    def scheduled(_: Plan) -> Any:
        return {uid: fake(uid, row) for uid, row in expected.items()}

    monkeypatch.setattr("planengine.cli.score.scheduled", scheduled)


def fields(capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[int, int]]:
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"fields", "files"}
    assert tuple(found["fields"]) == FIELDS
    (one,) = found["files"]
    assert (one["id"], one["grade"], one["fields"]) == ("own", "A", found["fields"])
    return {name: (row["matched"], row["total"]) for name, row in found["fields"].items()}


WHOLE = {
    "start": (2, 2),
    "finish": (1, 1),
    "late_start": (1, 1),
    "late_finish": (1, 1),
    "total_slack_min": (1, 1),
    "free_slack_min": (1, 1),
}


def test_the_files_own_values_match_whole(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaves only; the doubtful total of activity 2 is skipped, the stored one of 4 is not."""
    answering(monkeypatch, lambda _, row: row)
    assert main(["score", str(folder), "--json"]) == 0
    assert fields(capsys) == WHOLE


@pytest.mark.parametrize(("off", "matched"), [(17, 1), (18, 0), (-17, 1), (-18, 0)])
def test_dates_may_be_seventeen_seconds_off(
    off: int,
    matched: int,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def late(_: int, row: Expected) -> Expected:
        return replace(row, finish=(row.finish or 0) + off)

    answering(monkeypatch, late)
    assert main(["score", str(folder), "--json"]) == 1 - matched
    assert fields(capsys) == WHOLE | {"finish": (matched, 1)}


@pytest.mark.parametrize(("off", "matched"), [(30, 1), (31, 0)])
def test_slack_may_be_half_a_minute_off(
    off: int,
    matched: int,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slack(_: int, row: Expected) -> Expected:
        return replace(row, free_slack=(row.free_slack or 0) + off)

    answering(monkeypatch, slack)
    assert main(["score", str(folder), "--json", "--misses"]) == 0
    assert fields(capsys) == WHOLE | {"free_slack_min": (matched, 1)}


def test_a_plan_without_a_schedule_matches_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Plan) -> Any:
        raise Unsound((PlanError("link.cycle", "link", members=(1, 2, 1)),))

    monkeypatch.setattr("planengine.cli.score.scheduled", refuse)
    assert main(["score", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert "0/2" in out
    assert "wait for each other in a circle" in err


def test_misses_are_listed(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, lambda _, row: replace(row, late_start=None, total_slack=0))
    assert main(["score", str(folder), "--misses"]) == 0
    out, err = capsys.readouterr()
    assert "own uid 2 late_start: expected 2026-03-03T08:00, found None" in err
    assert "own uid 4 total_slack_min: expected -30, found 0" in err
    assert "grade A, 1 plans" in out


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bad.json").write_text('{"format": "plan-oracle/1"}')
    answering(monkeypatch, lambda _, row: row)
    assert main(["score", str(folder), "--json"]) == 2
    out, err = capsys.readouterr()
    assert len(json.loads(out)["files"]) == 1
    assert err.startswith("planengine score: bad.json, semantics: ")

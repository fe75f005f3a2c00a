"""The command line's frame: usage, errors and exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from planengine.cli import COMMANDS, main
from planengine.cli.console import Refused, Unsound, complain, watched
from planengine.validation import PlanError


@pytest.mark.parametrize("name", COMMANDS)
def test_every_subcommand_has_a_module_that_can_be_run(name: str) -> None:
    module = import_module(f"planengine.cli.{name.replace('-', '_')}")
    assert callable(module.arguments)
    assert callable(module.run)
    assert module.__doc__


def test_nothing_asked_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(name in err for name in COMMANDS)


@pytest.mark.parametrize("words", [["nonsense"], ["schedule"], ["schedule", "a", "--nope"]])
def test_wrong_usage_ends_with_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2


def test_help_names_the_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["score", "--help"])
    assert caught.value.code == 0
    assert "--json" in capsys.readouterr().out


def test_a_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<Project><!DOCTYPE x></Project>")
    assert main(["schedule", str(tmp_path / "bad.xml")]) == 2
    assert main(["schedule", str(tmp_path / "bad.doc"), "--language", "nb"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("planengine schedule: line 1")
    assert "Formatet er ukjent" in err


def test_as_a_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "planengine", "score", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "holds no plan-oracle files" in done.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("no"), 2),
        (Unsound((PlanError("plan.minutes", "plan"),)), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_become_exit_codes(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr("planengine.cli.schedule.run", fail)
    assert main(["schedule", "x"]) == code


def test_many_errors_are_cut_short(capsys: pytest.CaptureFixture[str]) -> None:
    unsound = Unsound(tuple(PlanError("uid.duplicate", "activity", uid) for uid in range(30)))
    for sentence in unsound.sentences("en"):
        complain("schedule", sentence)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "planengine schedule: … 10 more"


def test_progress_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(watched([1, 2, 3], "score")) == [1, 2, 3]
    assert capsys.readouterr().err == ""

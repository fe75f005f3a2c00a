"""Levelling and its measurement from the command line."""

import gzip
import json

import pytest
from tests.planengine.levelling.teams import days, full_time, team

from planengine import to_json
from planengine.cli import main

INSTANCE = {
    "n": 4,
    "dur": [0, 3, 2, 0],
    "succ": [[1, 2], [3], [3], []],
    "req": [[0], [2], [1], [0]],
    "cap": [2],
    "best": 5,
}


def said(capsys):
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("method", ["fast", "search", "exact"])
def test_an_instance_is_levelled_by_every_method(tmp_path, capsys, method):
    path = tmp_path / "small.json"
    path.write_text(json.dumps(INSTANCE))
    assert main(["level", str(path), "--method", method, "--json"]) == 0
    found = said(capsys)
    assert (found["makespan"], found["feasible"], found["optimal"]) == (5, True, True)
    assert main(["level", str(path), "--method", method]) == 0
    assert "makespan 5 (proved optimal)" in capsys.readouterr().out


def test_one_of_several_instances_is_named(tmp_path, capsys):
    path = tmp_path / "several.json.gz"
    path.write_bytes(gzip.compress(json.dumps({"a": INSTANCE, "b": INSTANCE}).encode()))
    assert main(["level", str(path)]) == 2
    assert "--instance" in capsys.readouterr().err
    assert main(["level", str(path), "--instance", "b", "--json"]) == 0
    assert said(capsys)["instance"] == "b"


def test_what_cannot_be_scheduled_is_refused(tmp_path, capsys):
    path = tmp_path / "impossible.json"
    path.write_text(json.dumps({**INSTANCE, "cap": [1]}))
    assert main(["level", str(path)]) == 2
    assert "more of resource 0" in capsys.readouterr().err


@pytest.mark.long
def test_the_gap_to_the_best_known_is_reported(tmp_path, capsys):
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"a": INSTANCE, "b": {**INSTANCE, "best": 4}}))
    assert main(["bench-psplib", str(path), "--seconds", "1", "--json"]) == 0
    found = said(capsys)
    assert found["instances"] == 2
    assert found["average_gap_percent"] == 12.5
    assert found["optimal"] == 1
    assert found["infeasible"] == 0
    assert found["seconds"] >= 0
    assert main(["bench-psplib", str(path), "--limit", "1"]) == 0
    assert "instances 1" in capsys.readouterr().out


def test_a_schedule_that_breaks_a_capacity_is_caught(tmp_path, capsys, monkeypatch):
    from planengine.levelling import Solution

    def wrong(*_args, **_kwargs):
        return Solution((0, 0, 0, 3), 3, 3)

    monkeypatch.setattr("planengine.cli.bench_psplib.solve", wrong)
    path = tmp_path / "set.json"
    path.write_text(json.dumps({"a": INSTANCE}))
    assert main(["bench-psplib", str(path), "--json"]) == 1
    captured = capsys.readouterr()
    assert "resource 0" in captured.err
    assert json.loads(captured.out)["infeasible"] == 1


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "team.json"
    plan = team((days(1, 2), days(2, 3)), full_time(1, 2))
    path.write_text(json.dumps(to_json(plan)))
    return path


@pytest.mark.parametrize("method", ["fast", "search", "exact"])
def test_a_plan_is_levelled_into_edits(plan_file, capsys, method):
    assert main(["level", str(plan_file), "--method", method, "--json"]) == 0
    found = said(capsys)
    assert found["remaining"] == []
    assert len(found["edits"]) == len(found["moves"]) == 1
    assert found["moves"][0]["waits_for"] == [1]
    assert (found["finish_before"], found["finish_after"]) == (
        "2026-03-04T17:00",
        "2026-03-06T17:00",
    )


def test_a_plan_that_stays_overloaded_is_no(plan_file, capsys):
    words = ["level", str(plan_file), "--within-slack", "--language", "nb"]
    assert main(words) == 1
    captured = capsys.readouterr().out
    assert "har ikke nok slakk" in captured


def test_an_unsound_plan_is_no(plan_file, capsys):
    plan = json.loads(plan_file.read_text())
    plan["links"] = [{"predecessor": 1, "successor": 1}]
    plan_file.write_text(json.dumps(plan))
    assert main(["level", str(plan_file)]) in {1, 2}
    assert capsys.readouterr().err.startswith("planengine level:")


def test_a_file_of_something_else_is_refused(tmp_path, capsys):
    path = tmp_path / "other.json"
    path.write_text("[1, 2]")
    assert main(["bench-psplib", str(path)]) == 2
    assert "best makespans" in capsys.readouterr().err

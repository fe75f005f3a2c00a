"""Simulation and earned value from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.planengine.builders import at, house

from planengine import Baseline, Plan, ThreePoint, to_json
from planengine.cli import main


@pytest.fixture
def cabin(tmp_path: Path) -> str:
    """A file with the cabin: estimates, a baseline with costs, a deadline and a status date."""
    rows = []
    for row in house().activities:
        made = row
        if row.uid in (2, 3, 4):
            likely = row.duration
            promise = Baseline(0, at("2026-03-02T08:00"), at("2026-03-13T17:00"), cost=100_000)
            points = ThreePoint(likely // 2, likely, 2 * likely)
            made = replace(row, estimate=points, baselines=(promise,), cost=120_000)
        if row.uid == 5:
            made = replace(row, deadline=at("2026-03-20T17:00"))
        rows.append(made)
    return kept(replace(house(), activities=tuple(rows)), tmp_path)


def kept(plan: Plan, folder: Path) -> str:
    path = folder / "plan.json"
    path.write_text(json.dumps(to_json(plan)))
    return str(path)


def said(capsys: Any) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_simulation_as_json(cabin, capsys):
    words = ["risk", cabin, "--samples", "500", "--seed", "3", "--json", "--by", "2026-03-20"]
    assert main(words) == 0
    found = said(capsys)
    assert (found["samples"], found["seed"], found["uncertain"]) == (500, 3, 3)
    assert found["finish"]["p10"] < found["finish"]["p50"] < found["finish"]["p90"]
    assert 0 < found["chance"] < 1
    assert [row["uid"] for row in found["milestones"]] == [5]
    assert found["deadlines"][0]["uid"] == 5
    assert found["cost"]["p90"] > found["cost"]["p10"]
    assert {bar["uid"] for bar in found["tornado"]} <= {2, 3, 4}
    assert main(words) == 0
    assert said(capsys) == found


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "80 % sikkert innen"), ("en", "80 % certain by")]
)
def test_a_simulation_in_words(cabin, capsys, language, words):
    asked = ["risk", cabin, "--samples", "200", "--language", language, "--by", "2026-04-01"]
    assert main(asked) == 0
    assert words in capsys.readouterr().out


def test_a_plan_without_uncertainty_says_so(tmp_path, capsys):
    path = kept(house(), tmp_path)
    assert main(["risk", path, "--samples", "10"]) == 0
    assert "Nothing in the plan is uncertain" in capsys.readouterr().out
    assert main(["risk", path, "--samples", "10", "--spread", "0.8", "1.6", "--json"]) == 0
    assert said(capsys)["uncertain"] == 3


def test_what_cannot_be_simulated_is_refused(cabin, capsys):
    assert main(["risk", cabin, "--samples", "0", "--language", "nb"]) == 2
    assert "Antall trekninger" in capsys.readouterr().err


def test_earned_value_as_json(cabin, capsys):
    assert main(["evm", cabin, "--status-date", "2026-03-06", "--json"]) == 0
    found = said(capsys)
    assert found["status_date"] == "2026-03-07T00:00"
    assert (found["total"]["bac"], found["total"]["ev"]) == (300_000, 50_000)
    assert found["total"]["pv"] > 0
    assert found["total"]["cpi"] is None
    assert found["time"]["spi_t"] < 1
    assert found["curve"][0]["pv"] == 0
    assert [row["uid"] for row in found["activities"]] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("language", "words"), [("nb", "Opptjent verdi"), ("en", "Earned value")])
def test_earned_value_in_words(cabin, capsys, language, words):
    asked = ["evm", cabin, "--status-date", "2026-03-06T17:00", "--language", language]
    assert main(asked) == 0
    assert words in capsys.readouterr().out


def test_without_a_status_date_or_a_baseline(cabin, tmp_path, capsys):
    assert main(["evm", cabin]) == 2
    assert "--status-date" in capsys.readouterr().err
    assert main(["evm", kept(house(), tmp_path), "--status-date", "2026-03-06"]) == 1

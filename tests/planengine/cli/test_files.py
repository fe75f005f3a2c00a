"""Scheduling, converting and comparing files."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.planengine.builders import DAY, house

from planengine import Activity, Link, Plan, to_json
from planengine.cli import main
from planengine.formats import mspdi, plan_oracle
from planengine.formats.files import read_plan, write_plan
from planengine.network import schedule


def stored(folder: Path, plan: Plan, name: str = "plan.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(to_json(plan)))
    return path


def circle() -> Plan:
    return replace(house(), links=(Link(2, 3), Link(3, 2)))


def test_the_dates_of_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = stored(tmp_path, house())
    assert main(["schedule", str(path)]) == 0
    assert "Grave" in capsys.readouterr().out
    assert main(["schedule", str(path), "--json", "--profile", "p6"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["profile"], found["start"]) == ("p6", "2026-03-02T08:00")
    assert [row["uid"] for row in found["activities"]] == [1, 2, 3, 4, 5]
    assert found["activities"][1]["finish"] == "2026-03-06T17:00"


@pytest.mark.parametrize("words", [["schedule"], ["compare"], ["convert"]])
def test_an_unsound_plan_is_answered_with_no(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(stored(tmp_path, circle()))
    more = {"schedule": [], "compare": [path], "convert": [str(tmp_path / "out.xml")]}
    assert main([*words, path, *more[words[0]]]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "circle" in err


@pytest.mark.parametrize("name", ["out.xml", "out.json", "out.oracle.json", "OUT.XML.gz"])
def test_converting_there_and_back(name: str, tmp_path: Path) -> None:
    plan = replace(house(), properties=(("title", "Hytte"),))
    target = tmp_path / name
    assert main(["convert", str(stored(tmp_path, plan)), str(target), "--quiet"]) == 0
    back = read_plan(target).plan
    if "oracle" in name:
        back = replace(back, properties=plan.properties)
        plan = replace(
            plan, activities=tuple(replace(row, fixed_cost=0) for row in plan.activities)
        )
    assert back == plan
    assert target.read_bytes()[:2] == (
        b"\x1f\x8b" if name.endswith("gz") else target.read_bytes()[:2]
    )


def test_packing_is_the_same_every_time(tmp_path: Path) -> None:
    one, two = tmp_path / "one.json.gz", tmp_path / "two.json.gz"
    write_plan(house(), one)
    write_plan(house(), two)
    assert one.read_bytes() == two.read_bytes()
    assert json.loads(gzip.decompress(one.read_bytes())) == to_json(house())


def test_computed_dates_go_along_when_asked(tmp_path: Path) -> None:
    source, target = stored(tmp_path, house()), tmp_path / "out.oracle.json"
    assert main(["convert", str(source), str(target), "--schedule"]) == 0
    found, computed = plan_oracle.read(target), schedule(house())
    assert {uid: row.late_finish for uid, row in found.expected.items()} == {
        row.uid: row.late_finish for row in computed.dates()
    }
    xml = tmp_path / "out.xml"
    assert main(["convert", str(source), str(xml), "--schedule"]) == 0
    dated = mspdi.read(xml.read_bytes()).plan
    assert [row.finish for row in dated.activities] == [row.finish for row in computed.dates()]


def test_the_accounts_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = replace(house(), activities=(Activity(1, "A", responsible="kari"),), links=())
    plan = replace(plan, assignments=())
    source = stored(tmp_path, plan)
    assert main(["convert", str(source), str(tmp_path / "a.xml"), "--language", "nb"]) == 0
    assert main(["convert", str(tmp_path / "a.xml"), str(tmp_path / "b.json")]) == 0
    err = capsys.readouterr().err
    assert "a.xml: Ikke beholdt – Koblinger til personer utenfor planen: 1 (Task)." in err
    assert "a.xml: Activities: 1." in err


def test_targets_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = stored(tmp_path, house())
    assert main(["convert", str(source), str(source)]) == 2
    assert main(["convert", str(source), str(tmp_path / "no" / "out.xml")]) == 2
    assert main(["convert", str(source), str(tmp_path / "out.mpp")]) == 2
    assert capsys.readouterr().err.count("planengine convert:") == 3
    assert json.loads(source.read_text()) == to_json(house())


def test_comparing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = stored(tmp_path, house())
    rows = [replace(row, duration=8 * DAY) if row.uid == 2 else row for row in house().activities]
    after = stored(tmp_path, replace(house(), activities=tuple(rows)), "after.json")
    assert main(["compare", str(before), str(before)]) == 0
    capsys.readouterr()
    assert main(["compare", str(before), str(after), "--language", "nb"]) == 1
    assert "Grave" in capsys.readouterr().out
    assert main(["compare", str(before), str(after), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert any(row["field"] == "duration" for row in found["rows"])


@pytest.mark.parametrize(
    ("text", "code"),
    [("{}", "oracle.format"), ('{"format": "tospann-plan"}', "json.plan"), ("[]", "json.kind")],
)
def test_json_that_is_no_plan(
    text: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    assert main(["schedule", str(path)]) == 2
    assert code
    assert capsys.readouterr().err.startswith("planengine schedule: ")


def test_names_no_output_can_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = replace(house(), name="\ud800", activities=(Activity(1, "a\udfff"),), links=())
    source = stored(tmp_path, replace(plan, assignments=()))
    assert main(["schedule", str(source)]) == 0
    assert main(["schedule", str(source), "--json"]) == 0
    assert "a\\udfff" in capsys.readouterr().out
    for name in ("a.xml", "a.oracle.json", "b.json"):
        assert main(["convert", str(source), str(tmp_path / name)]) == 0

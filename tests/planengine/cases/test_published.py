"""Networks from textbooks, with the earliest and latest days their authors printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planengine import Activity, Calendar, Link, Plan, schedule

FILE = Path(__file__).with_name("published.json")
ALWAYS = Calendar(1, "Always", (((0, 86_400),),) * 7)
DAY = 86_400


NETWORKS = json.loads(FILE.read_text())["cases"]


@pytest.mark.parametrize("case", NETWORKS, ids=lambda case: str(case["id"]))
def test_a_published_network_gets_its_printed_days(case: Any) -> None:
    rows = case["input"]["activities"]
    uids = {row["id"]: number for number, row in enumerate(rows, 1)}
    plan = Plan(
        calendar=1,
        calendars=(ALWAYS,),
        activities=tuple(
            Activity(uids[row["id"]], row["id"], duration=row["duration"] * DAY) for row in rows
        ),
        links=tuple(
            Link(uids[before], uids[row["id"]]) for row in rows for before in row["predecessors"]
        ),
    )
    made, expected = schedule(plan), case["expected"]
    assert made.finish == expected["project_duration"] * DAY
    for name, printed in expected["schedule"].items():
        row = made[uids[name]]
        found = (row.early_start, row.early_finish, row.late_start, row.late_finish)
        assert found == tuple(printed[key] * DAY for key in ("es", "ef", "ls", "lf")), name
        assert row.total_slack == printed["slack"] * DAY
        assert row.is_critical == (printed["slack"] == 0)
    critical = {name for name, uid in uids.items() if made[uid].is_critical}
    assert set(expected["critical_path"]) <= critical

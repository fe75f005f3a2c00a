"""Worked examples of plans and risks, entered through the API and read from it again."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from tests import making
from tests.api.conftest import Caller, token_of
from tests.control import listing
from tests.control.cases import CASES, case, of
from tests.control.following import FIRST, friday

import planengine as engine
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.planning import commands as planning
from tospann.planning.models import Plan
from tospann.ui.holidays import add_working_days, working_days_between

pytestmark = pytest.mark.django_db
DAY = 27_000
DRAWS = 10_000


def test_every_example_is_shown():
    assert {one["id"] for one in CASES if one["kind"] not in listing.SHOWN} == set()
    assert len({one["id"] for one in CASES}) == len(CASES) == 41


class Planned:
    """A project whose plan is changed and read through the API alone."""

    def __init__(self, *edits):
        made = making.project(start=FIRST, finish=friday(11))
        planning.start_plan(made.coordinator, made.project)
        self.caller = Caller(token_of(made.people[Role.MANAGER]))
        self.address = f"/projects/{made.project.key}/plan"
        revision = Plan.objects.get(project=made.project).revision
        body = {"base_revision": revision, "edits": [engine.edit_to_json(one) for one in edits]}
        answer = self.caller.post(f"{self.address}/edits", body)
        assert answer.json()["outcome"] == "done", answer.content

    def read(self, path="", **query):
        answer = self.caller.get(f"{self.address}{path}", **query)
        assert answer.status_code == 200, answer.content
        return answer.json()


def network(rows):
    """The edits that make a network of tasks, and the uid of each."""
    uids = {row["id"]: uid for uid, row in enumerate(rows, 1)}
    tasks = [engine.AddActivity(_task(uids[row["id"]], row)) for row in rows]
    links = [
        engine.AddLink(engine.Link(uids[before], uids[row["id"]]))
        for row in rows
        for before in row["predecessors"]
    ]
    return [*tasks, *links], uids


def _task(uid, row):
    if "duration" in row:
        return engine.Activity(uid, row["id"], duration=row["duration"] * DAY)
    points = engine.ThreePoint(*(row[name] * DAY for name in "amb"))
    return engine.Activity(uid, row["id"], duration=points.likely, estimate=points)


def estimated(points):
    """Tasks after each other, of three numbers each, in seconds of work."""
    tasks = [
        engine.AddActivity(
            engine.Activity(
                uid, f"Oppgave {uid}", duration=three[1], estimate=engine.ThreePoint(*three)
            )
        )
        for uid, three in enumerate(points, 1)
    ]
    uids = range(1, len(points) + 1)
    return [*tasks, *(engine.AddLink(engine.Link(*two)) for two in pairwise(uids))]


def first_day(number):
    """The day that working day ``number`` begins, counted from 0."""
    return add_working_days(FIRST, number).isoformat()


def last_day(number):
    """The day that ends when ``number`` working days have gone."""
    return add_working_days(FIRST, number - 1).isoformat()


@pytest.mark.parametrize("given", of("cpm"))
def test_a_network_has_the_printed_dates_slack_and_critical_path(given):
    edits, uids = network(given["input"]["activities"])
    planned, expected = Planned(*edits), given["expected"]
    shown = planned.read()
    assert shown["finish"] == last_day(expected["project_duration"])
    critical = {row["name"] for row in shown["activities"]["items"] if row["is_critical"]}
    assert critical == set(expected["critical_path"])
    rows = {row["name"]: row for row in shown["activities"]["items"]}
    for name, row in expected["schedule"].items():
        days = {
            "start": first_day(row["es"]),
            "finish": last_day(row["ef"]),
            "late_start": first_day(row["ls"]),
            "late_finish": last_day(row["lf"]),
        }
        assert (rows[name]["start"], rows[name]["finish"]) == (days["start"], days["finish"])
        for end, day in days.items():
            said = planned.read(f"/activities/{uids[name]}/why", end=end)
            assert (said["day"], said["total_days"]) == (day, row["slack"]), (name, end)


@pytest.mark.parametrize("given", of("pert"))
def test_pert_adds_means_and_variances_along_the_critical_path(given):
    edits, _uids = network(given["input"]["activities"])
    found = Planned(*edits).read("/estimates", reading="pert")["by_formula"]
    expected, tolerance = given["expected"], given["tolerance"]
    assert found["days"] == pytest.approx(expected["expected_duration"], abs=tolerance)
    assert found["sd"] == pytest.approx(expected["sigma_critical_path"], abs=tolerance)
    assert found["finish"] == last_day(int(expected["expected_duration"]))


READINGS = {"tp-pert": "pert", "tp-difi-131": "prosjektveiviseren", "tp-erlang-p10-p90": "erlang"}
"""The rule of each example."""


@pytest.mark.parametrize("given", of("three_point"))
def test_three_numbers_have_the_mean_and_deviation_of_their_rule(given):
    scale = 10_000 if any(row["low"] % 1 for row in given["rows"]) else 1
    points = [
        sorted(round(row[name] * scale) for name in ("low", "mode", "high"))
        for row in given["rows"]
    ]
    found = Planned(*estimated(points)).read("/estimates", reading=READINGS[given["id"]])
    assert found["estimates"]["count"] == len(given["rows"])
    for row, one in zip(given["rows"], found["estimates"]["items"], strict=True):
        assert one["expected"] * DAY / scale == pytest.approx(row["expected"], rel=1e-9, abs=1e-9)
        if row["sd"] is not None:
            assert one["sd"] * DAY / scale == pytest.approx(row["sd"], rel=1e-9)


@pytest.mark.parametrize("row", case("tri-quantiles")["rows"], ids=lambda row: str(row["a"]))
def test_a_triangular_estimate_has_its_moments_and_is_drawn_with_its_percentiles(row):
    unit = 600 // row["b"]
    three = [row[name] * unit * DAY for name in "amb"]
    planned = Planned(*estimated([three]))
    (one,) = planned.read("/estimates", reading="triangular")["estimates"]["items"]
    assert one["expected"] / unit == pytest.approx(row["mean"], abs=1e-6)
    assert (one["sd"] / unit) ** 2 == pytest.approx(row["var"], rel=1e-6)
    drawn = planned.read("/simulate", reading="triangular", draws=DRAWS)
    assert drawn["draws"] == DRAWS
    days = {one["percent"]: date.fromisoformat(one["day"]) for one in drawn["finish"]}
    for percent in (10, 50, 85, 90):
        found = (working_days_between(FIRST, days[percent]) + 1) / unit
        wanted = row[f"p{percent}"]
        noise = 4 * (percent / 100 * (1 - percent / 100) / DRAWS) ** 0.5 / _density(row, wanted)
        assert found == pytest.approx(wanted, abs=noise + 1 / unit), percent


def _density(row, value):
    low, peak, high = row["a"], row["m"], row["b"]
    if value < peak:
        return 2 * (value - low) / ((high - low) * (peak - low))
    return 2 * (high - value) / ((high - low) * (high - peak))


P10_TO_MEAN = 1.2815515655
"""Standard deviations from P10 to the mean of a normal distribution."""


def _as_estimate(row, unit):
    """The three numbers of a task and how they are read: those in the middle of P10 and P90 have
    the normal distribution."""
    if row["dist"] == "normal":
        reach = P10_TO_MEAN * row["sd"]
        three, own = (row["mean"] - reach, row["mean"], row["mean"] + reach), None
    else:
        three, own = (row["a"], row.get("m", (row["a"] + row["b"]) / 2), row["b"]), row["dist"]
    points = engine.ThreePoint(*(round(value * unit * DAY) for value in three))
    return replace(points, reading=engine.Reading(own) if own else None)


def test_tasks_with_a_distribution_each_add_up_to_the_moments_of_their_sum():
    given, unit = case("mc-bridge-5-tasks"), 20
    expected = given["expected"]
    edits = estimated([(DAY,) * 3] * len(given["input"]))
    points = [_as_estimate(row, unit) for row in given["input"]]
    edits += [engine.SetEstimate(uid, one) for uid, one in enumerate(points, 1)]
    planned = Planned(*edits)
    read = planned.read("/estimates")
    own = [one["own_reading"] for one in read["estimates"]["items"]]
    assert own == ["triangular", None, "triangular", None, "uniform"]
    assert read["by_formula"]["days"] / unit == pytest.approx(expected["mean"], abs=1e-6)
    assert read["by_formula"]["sd"] / unit == pytest.approx(expected["sd"], rel=0.01)
    drawn = planned.read("/simulate", draws=DRAWS)
    days = {one["percent"]: date.fromisoformat(one["day"]) for one in drawn["finish"]}
    for percent in (50, 80, 85):
        found = (working_days_between(FIRST, days[percent]) + 1) / unit
        wanted = expected[f"p{percent}_normal_approx"]
        assert found == pytest.approx(wanted, abs=0.15 + 1 / unit), percent


@pytest.mark.parametrize(("days", "cost"), [(14, "cost_to_14"), (13, "cost_to_13")])
def test_a_network_is_shortened_for_the_printed_cost(days, cost):
    given = case("pmc-crash-general-foundry-001")
    rows = given["input"]["activities"]
    edits, uids = network(rows)
    planned = Planned(*edits)
    tasks = [
        {"uid": uids[row["id"]], "least": row["crash_duration"], "cost": row["crash_cost"]}
        for row in rows
    ]
    body = {"finish": last_day(days), "tasks": tasks}
    answer = planned.caller.post(f"{planned.address}/shortening", body)
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert float(found["cost"]) == given["expected"][cost]
    assert found["finish"] == last_day(days)
    assert planned.read()["finish"] == last_day(15), "only a draft"


def test_the_cells_of_the_matrix_are_the_projects_own():
    given = case("risk-matrix-pp365")
    made = making.project()
    manager = Caller(token_of(made.people[Role.MANAGER]))
    key = made.project.key
    cells = given["grid_top_row_is_probability_5"][::-1]
    _threats, gains = manager.get(f"/projects/{key}/risks/matrix").json()
    answer = manager.command(key, "risks.set_cells", threats=cells, opportunities=gains["cells"])
    assert answer.status_code == 200, answer.content
    for probability in range(1, 6):
        for impact in range(1, 6):
            manager.command(
                key,
                "risks.raise_risk",
                id=str(new_id()),
                title=f"{probability}{impact}",
                probability=probability,
                impact=impact,
            )
    found = manager.get(f"/projects/{key}/risks").json()["items"]
    assert len(found) == 25
    for risk in found:
        row, column = (int(digit) - 1 for digit in risk["title"])
        assert risk["level"] == cells[row][column], risk["title"]

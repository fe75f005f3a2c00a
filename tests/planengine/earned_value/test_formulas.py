"""The formulas of earned value and earned schedule, against published worked examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planengine.earned_value import (
    Figures,
    Forecast,
    Frames,
    TimeFigures,
    earned_schedule,
    frames_of_estimate,
    frames_of_normal,
    frames_of_samples,
)

CASES = json.loads((Path(__file__).parent / "cases.json").read_text())


def of(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


def case(name: str) -> Any:
    return next(row for row in CASES if row["id"] == name)


def near(value: float, tolerance: float) -> Any:
    return pytest.approx(value, rel=tolerance, abs=tolerance)


@pytest.mark.parametrize("row", of("evm_snapshot"))
def test_every_snapshot_gives_the_published_figures(row):
    figures = Figures(**row["input"])
    found = {
        "cv": figures.cv,
        "sv": figures.sv,
        "cpi": figures.cpi,
        "spi": figures.spi,
        "percent_complete": figures.percent_complete,
        "percent_spent": figures.percent_spent,
        "eac_at_budget_rate": figures.eac(Forecast.BUDGET_RATE),
        "eac_at_cpi": figures.eac(Forecast.CPI),
        "eac_at_cpi_spi": figures.eac(Forecast.CPI_SPI),
        "etc_at_cpi": figures.etc(Forecast.CPI),
        "vac_at_cpi": figures.vac(Forecast.CPI),
        "tcpi_bac": figures.tcpi,
        "tcpi_eac": figures.tcpi_to(figures.eac(Forecast.CPI)),
    }
    assert set(found) == set(row["expected"])
    for name, value in row["expected"].items():
        assert found[name] == near(value, row["tolerance"]), name
    for name, value in row["published"].items():
        assert found[name] == near(value, row["published_tolerance"]), name


def test_an_index_is_not_rounded_before_it_divides():
    row = case("evm-pml-4m")
    assert Figures(**row["input"]).eac() != near(row["pitfalls"]["eac_with_rounded_cpi_0_91"], 1e-4)


def test_the_other_forecasts_follow_their_formulas():
    figures = Figures(bac=1000, pv=500, ev=400, ac=320)
    assert figures.eac(Forecast.SPI) == 320 + 600 / 0.8
    assert figures.eac(Forecast.WEIGHTED) == pytest.approx(320 + 600 / (0.8 * 1.25 + 0.2 * 0.8))
    assert figures.eac_bottom_up(700) == 1020
    assert figures.tcpi_to(1020) == pytest.approx(600 / 700)


def test_what_is_undefined_is_none_and_neither_nothing_nor_endless():
    nothing = Figures(bac=1000, pv=0, ev=0, ac=0)
    assert nothing.cpi is None
    assert nothing.spi is None
    assert [nothing.eac(forecast) for forecast in Forecast] == [1000.0, None, None, None, None]
    spent = Figures(bac=1000, pv=100, ev=0, ac=50)
    assert spent.cpi == 0
    assert spent.eac() is None
    assert spent.tcpi_to(50) is None
    unknown = Figures(bac=1000, pv=100, ev=50, ac=None)
    assert unknown.cv is None
    assert unknown.spi == 0.5
    assert unknown.eac(Forecast.SPI) is None
    assert unknown.tcpi is None
    assert Figures(None, None, None, None).vac() is None
    assert Figures(bac=0, pv=0, ev=0, ac=10).percent_complete is None


@pytest.mark.parametrize("row", of("earned_schedule_series"))
def test_earned_schedule_week_by_week(row):
    given, planned = row["input"], [0, *row["input"]["pv_cum"]]
    exact = {0: 10 / 3, 1: 20 / 3}
    for place, expected in enumerate(row["expected_rows"]):
        earned = exact.get(place, given["ev_cum"][place])
        week = place + 1
        time = TimeFigures(earned_schedule(planned, earned), week, given["planned_duration"])
        spi = Figures(given["bac"], planned[week], earned, None).spi
        found = {"es": time.es, "sv_t": time.sv_t, "spi_t": time.spi_t, "spi": spi}
        found |= {"eac_t_plan": time.eac_t(), "eac_t_spi_t": time.eac_t(time.spi_t)}
        found["ieac_t"] = time.ieac_t
        for name, value in found.items():
            assert value == near(expected[name], 1e-6), (week, name)
        if week <= 6:
            assert time.es == near(row["published_es_w1_w6"][place], row["tolerance"])


@pytest.mark.parametrize(
    "row", [row for row in of("earned_schedule") if "pv_cum_from_t0" in row.values[0]["input"]]
)
def test_earned_schedule_reads_the_planned_curve(row):
    given = row["input"]
    assert earned_schedule(given["pv_cum_from_t0"], given["ev"]) == row["expected"]["es"]


def test_time_indices_of_published_pairs():
    row = case("spi-t-12-13")
    for place, (es, at) in enumerate(row["input"]["pairs"]):
        time = TimeFigures(es, at, None)
        assert time.spi_t == near(row["expected"]["spi_t"][place], row["tolerance"])
        assert time.sv_t == row["expected"]["sv_t"][place]
        assert time.ieac_t is None


def test_a_straight_curve_of_a_year():
    row = case("es-linear-52w")
    given, expected = row["input"], row["expected"]
    curve = [given["bac"] * week / given["pd"] for week in range(given["pd"] + 1)]
    time = TimeFigures(earned_schedule(curve, given["ev"]), given["at"], given["pd"])
    for name, value in expected.items():
        assert getattr(time, name) == near(value, row["tolerance"])


def test_edges_of_earned_schedule():
    assert earned_schedule([], 10) is None
    assert earned_schedule([0, 0, 0], 10) is None
    assert earned_schedule([0, 0, 10], 0) == 0
    assert TimeFigures(0.0, 0, 9).spi_t is None
    assert TimeFigures(0.0, 3, 9).spi_t == 0
    assert TimeFigures(0.0, 3, 9).ieac_t is None
    assert TimeFigures(0.0, 3, 9).eac_t(0.0) is None
    assert TimeFigures(None, 3, None).eac_t() is None


@pytest.mark.parametrize(
    ("at", "expected"), [(None, 3), (1, 1), (2, 2), (2.5, 2.5), (9, 3), (0, 1)]
)
def test_on_a_flat_of_the_curve_the_answer_is_the_point_nearest_today(at, expected):
    assert earned_schedule([0, 10, 10, 10, 20], 10, at) == expected


def test_the_frames_of_a_normal_cost():
    rows = case("p50-p85-normal")["rows"]
    simple = frames_of_normal(rows[0]["mean"], rows[0]["sd"])
    assert simple.p50 == rows[0]["p50"]
    assert simple.p85 == near(rows[0]["p85"], 1e-6)
    assert simple.contingency == near(rows[0]["contingency_p85_minus_p50"], 1e-6)
    row = rows[1]
    built = frames_of_estimate(
        row["base_estimate"],
        row["unspecified"],
        row["expected_addition"],
        row["sd"],
        row["cut_list"],
    )
    assert built.steering_frame == row["steering_frame"]
    assert built.p85 == near(row["p85"], 1e-6)
    assert built.contingency == near(row["uncertainty_allowance"], 1e-6)
    assert built.cost_frame == near(row["cost_frame"], 1e-6)


def test_the_frames_of_a_railway():
    row = case("p50-p85-moss")
    frames = Frames(row["input"]["steering_frame_mrd"], row["input"]["cost_frame_mrd"])
    assert frames.contingency == near(row["expected"]["allowance_mrd"], 1e-9)
    assert frames.contingency_share * 100 == near(row["expected"]["allowance_pct_of_p50"], 0.01)


def test_the_frames_of_simulated_costs():
    assert frames_of_samples([]) is None
    frames = frames_of_samples(list(range(100, 0, -1)), cut_list=5)
    assert (frames.p50, frames.p85, frames.cost_frame) == (50, 85, 80)
    assert Frames(0, 10).contingency_share is None
    with pytest.raises(ValueError, match="negative"):
        frames_of_normal(1, -1)

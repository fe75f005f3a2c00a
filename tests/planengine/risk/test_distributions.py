"""Distributions: published moments and percentiles, and what is drawn from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planengine import ThreePoint
from planengine.risk import (
    Erlang,
    Fixed,
    Normal,
    Pert,
    Reading,
    Triangular,
    Uniform,
    erlang_moments,
    formula_moments,
    kernels,
    pert_moments,
    prosjektveiviseren_mean,
    read_three_points,
    rows,
)
from planengine.risk.draws import draw_of
from planengine.risk.streams import counters, uniforms

CASES = json.loads((Path(__file__).parent / "cases.json").read_text())
MANY = 200_000


def case(name: str) -> Any:
    return next(row for row in CASES if row["id"] == name)


def drawn(spread: Any, count: int = MANY, scale: float = 1.0, **fields: Any) -> Any:
    """Values of a distribution, drawn."""
    made = draw_of(spread, 7, "duration", 1, scale=scale, **fields)
    assert made is not None
    return made.row(rows, counters(0, count), [])


def test_the_first_numbers_are_those_of_splitmix64():
    published = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    found = uniforms(0, counters(0, 3))
    assert found.tolist() == [((word >> 11) + 0.5) * 2.0**-53 for word in published]


def test_a_sample_has_its_number_whatever_was_drawn_before():
    assert uniforms(99, counters(0, 10))[4:].tolist() == uniforms(99, counters(4, 6)).tolist()


@pytest.mark.parametrize("row", case("tp-pert")["rows"])
def test_pert_moments(row):
    mean, sd = pert_moments(row["low"], row["mode"], row["high"])
    assert (mean, sd) == (pytest.approx(row["expected"]), pytest.approx(row["sd"]))
    assert Pert(row["low"], row["mode"], row["high"]).mean == pytest.approx(row["expected"])


@pytest.mark.parametrize("row", case("tp-difi-131")["rows"])
def test_prosjektveiviserens_mean(row):
    found = prosjektveiviseren_mean(row["low"], row["mode"], row["high"])
    assert found == pytest.approx(row["expected"])
    if row["low"] <= row["mode"] <= row["high"]:
        points = ThreePoint(row["low"], row["mode"], row["high"])
        spread = read_three_points(points, Reading.PROSJEKTVEIVISEREN)
        assert spread.mean == pytest.approx(row["expected"])


def test_adjusted_costs_and_benefits_leave_the_adjusted_net():
    columns = case("difi-cost-benefit-a")["expected"]
    adjusted = {
        name: prosjektveiviseren_mean(optimistic, likely, pessimistic)
        for name, (likely, optimistic, pessimistic, _said) in columns.items()
    }
    for name in ("project", "operations", "gross"):
        assert adjusted[name] == pytest.approx(columns[name][3])
    net = adjusted["gross"] - adjusted["operations"] - adjusted["project"]
    assert net == pytest.approx(columns["net"][3])


@pytest.mark.parametrize("row", case("tp-erlang-p10-p90")["rows"])
def test_erlang_moments_by_the_rule_and_by_the_fitted_distribution(row):
    mean, sd = erlang_moments(row["low"], row["mode"], row["high"])
    assert mean == pytest.approx(row["expected"], abs=1e-6)
    assert sd == pytest.approx(row["sd"], abs=1e-6)
    fitted = Erlang(row["low"], row["mode"], row["high"])
    assert fitted.mean == pytest.approx(mean, rel=0.001)
    assert fitted.variance**0.5 == pytest.approx(sd, rel=0.01)


def test_an_erlang_of_shape_ten_is_found_again():
    fitted = Erlang(6.2213, 9, 14.2060)
    assert fitted.mean == pytest.approx(10, abs=1e-4)
    assert fitted.variance == pytest.approx(10, abs=2e-3)


@pytest.mark.parametrize("row", case("tri-quantiles")["rows"])
def test_triangular_moments_and_percentiles(row):
    spread = Triangular(row["a"], row["m"], row["b"])
    assert spread.mean == pytest.approx(row["mean"])
    assert spread.variance == pytest.approx(row["var"])
    made = draw_of(spread, 1, "duration", 1, scale=1e6)
    peak, low, left, high, right = made.given[:5] / [1, 1e6, 1e6, 1e6, 1e6]
    for name in ("p10", "p50", "p85", "p90"):
        u = int(name[1:]) / 100
        x = low + left * u**0.5 if u < peak else high - right * (1 - u) ** 0.5
        assert x == pytest.approx(row[name], abs=1e-6)


SPREADS = [
    Triangular(80, 100, 140),
    Triangular(80, 80, 140),
    Uniform(10, 50),
    Pert(80, 100, 140),
    Pert(80, 140, 140),
    Pert(80, 100, 140, weight=3),
    Normal(300, 40),
    Erlang(80, 100, 140),
    Erlang(80, 120, 140),
    Erlang(80, 110, 140),
    Erlang(80, 81, 140),
]


@pytest.mark.parametrize("spread", SPREADS, ids=str)
def test_what_is_drawn_has_the_mean_and_variance_it_should(spread):
    values = drawn(spread, scale=10_000) / 10_000
    sd = spread.variance**0.5
    assert values.mean() == pytest.approx(spread.mean, abs=4.5 * sd / MANY**0.5 + 5e-4 * sd)
    assert values.std() == pytest.approx(sd, rel=0.015)


@pytest.mark.parametrize("likely", [80, 85, 100, 110, 125, 140])
def test_ten_percent_of_an_erlang_lie_outside_each_of_its_points(likely):
    values = drawn(Erlang(80, likely, 140), scale=1000)
    assert (values <= 80_000).mean() == pytest.approx(0.10, abs=0.003)
    assert (values >= 140_000).mean() == pytest.approx(0.10, abs=0.003)


@pytest.mark.parametrize("spread", [Triangular(1, 2, 9), Pert(1, 2, 9), Uniform(1, 9)], ids=str)
def test_outermost_values_are_not_passed(spread):
    values = drawn(spread, scale=1000)
    assert values.min() >= 1000
    assert values.max() <= 9000


def test_a_duration_does_not_fall_below_zero():
    assert drawn(Normal(1, 5), scale=100).min() == 0


def test_what_is_certain_is_not_drawn():
    assert draw_of(Fixed(5), 1, "duration", 1) is None
    assert draw_of(Normal(5, 0), 1, "duration", 1) is None
    for reading in Reading:
        assert read_three_points(ThreePoint(5, 5, 5), reading) == Fixed(5)


@pytest.mark.parametrize("own", Reading)
@pytest.mark.parametrize("asked", Reading)
def test_an_estimates_own_reading_goes_before_the_common_one(own, asked):
    points, plain = ThreePoint(1, 2, 9, own), ThreePoint(1, 2, 9)
    assert read_three_points(points, asked) == read_three_points(plain, own)
    assert formula_moments(points, asked) == formula_moments(plain, own)


@pytest.mark.parametrize("spread", SPREADS, ids=str)
@pytest.mark.parametrize("loadings", [(), ((0, 0.6), (1, -0.5))])
def test_loops_and_rows_draw_the_same(spread, loadings):
    """The loops as Python runs them; compiled they are tried in test_simulation."""
    made = draw_of(spread, 3, "duration", 9, scale=1e4, loadings=loadings)
    steps = counters(0, 300)
    factors = [np.linspace(-4, 4, 300), np.linspace(3, -3, 300)]
    with np.errstate(over="ignore"):
        looped = made.row(kernels, steps, factors)
    assert looped.tolist() == made.row(rows, steps, factors).tolist()

"""The simulation against closed forms, against itself and against edits that cannot matter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.planengine.builders import DAY as WORKDAY
from tests.planengine.builders import at, house

from planengine import (
    Activity,
    Calendar,
    Factor,
    Impact,
    InvalidPlan,
    Link,
    Plan,
    Progress,
    Reading,
    RiskError,
    RiskEvent,
    RiskSettings,
    ThreePoint,
    schedule,
    simulate,
)
from planengine.calendars import working_time
from planengine.compiled import can_compile
from planengine.risk import Cancelled, Fixed, Normal, Triangular, Uniform

CASES = json.loads((Path(__file__).parent / "cases.json").read_text())
ALWAYS = Calendar(1, "Alltid", week=(((0, 86_400),),) * 7)
HOURS = 3600
START = at("2026-03-02T08:00")
N = 20_000


def case(name: str) -> Any:
    return next(row for row in CASES if row["id"] == name)


def chain(*durations: int, links: Any = None, **fields: Any) -> Plan:
    """Activities 1, 2 … around the clock, one after the other unless links are given."""
    rows = tuple(Activity(uid, f"A{uid}", duration=d) for uid, d in enumerate(durations, 1))
    made = links if links is not None else [(uid, uid + 1) for uid in range(1, len(rows))]
    parts = {"activities": rows, "links": tuple(Link(*pair) for pair in made), **fields}
    return Plan(start=START, calendar=1, calendars=(ALWAYS,), **parts)


def days(result: Any) -> Any:
    """Simulated durations of the plan in days, sample by sample."""
    return (result.finish.values - START) / 86_400


def spreads(*given: Any, unit: int = 86_400) -> dict[int, Any]:
    """Distributions by uid, their values in days."""
    made: dict[int, Any] = {}
    for uid, spread in enumerate(given, 1):
        values = [getattr(spread, name) * unit for name in type(spread).__slots__]
        made[uid] = type(spread)(*values)
    return made


def test_the_bridges_five_tasks_have_the_moments_of_their_sum():
    row = case("mc-bridge-5-tasks")
    kinds = {"triangular": Triangular, "normal": Normal, "uniform": Uniform}
    given = [
        kinds[task["dist"]](*(v for key, v in task.items() if key not in ("id", "dist")))
        for task in row["input"]
    ]
    plan = chain(*[86_400] * 5)
    found = simulate(plan, RiskSettings(samples=N, durations=spreads(*given)))
    expected = row["expected"]
    assert days(found).mean() == pytest.approx(expected["mean"], abs=4 * expected["sd"] / N**0.5)
    assert days(found).std() == pytest.approx(expected["sd"], rel=0.03)
    for percent in (50, 80, 85):
        value = (found.finish.percentile(percent) - START) / 86_400
        assert value == pytest.approx(expected[f"p{percent}_normal_approx"], abs=0.15)


def test_percentiles_of_one_activity_are_those_of_its_distribution():
    for row in case("tri-quantiles")["rows"]:
        given = spreads(Triangular(row["a"], row["m"], row["b"]))
        found = simulate(chain(86_400), RiskSettings(samples=N, durations=given))
        width = row["var"] ** 0.5
        for name in ("p10", "p50", "p85", "p90"):
            value = (found.finish.percentile(int(name[1:])) - START) / 86_400
            assert value == pytest.approx(row[name], abs=0.05 * width), name


@pytest.mark.parametrize("place", range(4))
def test_common_factors_give_a_sum_the_variance_of_correlated_parts(place):
    row = case("smm-correlation")["rows"][place]
    given = [Normal(m, v**0.5) for m, v in zip(row["mean"], row["var"], strict=True)]
    plan = chain(*[86_400] * len(given))
    loads: dict[Any, Any] = {"independent": None, "all 1": [1.0, 1.0, 1.0]}
    if isinstance(row["corr"], list):
        c = row["corr"]
        first = (c[0][1] * c[0][2] / c[1][2]) ** 0.5 if len(c) == 3 else c[0][1] ** 0.5
        wanted = [first, *(c[0][k] / first for k in range(1, len(c)))]
    else:
        wanted = loads[row["corr"]]
    factors = ()
    if wanted:
        factors = (Factor("vær", dict(enumerate(wanted, 1))),)
    settings = RiskSettings(samples=N, durations=spreads(*given), factors=factors)
    found = days(simulate(plan, settings))
    assert found.mean() == pytest.approx(row["total_mean"], abs=4 * row["total_sd"] / N**0.5)
    assert found.std() == pytest.approx(row["total_sd"], rel=0.025)


def test_one_correlation_for_all():
    given = spreads(*[Normal(10, 1)] * 4)
    plan = chain(*[86_400] * 4)
    for correlation, variance in ((0.0, 4.0), (0.3, 7.6), (1.0, 16.0)):
        settings = RiskSettings(samples=N, durations=given, correlation=correlation)
        assert days(simulate(plan, settings)).var() == pytest.approx(variance, rel=0.04)


def test_where_paths_meet_the_later_counts():
    """Two uniforms on 0–10 days side by side: the mean of the later is 6⅔ days."""
    given = spreads(Uniform(0, 10), Uniform(0, 10))
    found = simulate(chain(1, 1, links=()), RiskSettings(samples=N, durations=given))
    assert days(found).mean() == pytest.approx(20 / 3, abs=0.08)
    assert found.criticality[1] + found.criticality[2] == pytest.approx(1, abs=0.001)
    assert found.criticality[1] == pytest.approx(0.5, abs=0.015)
    given = spreads(Uniform(0, 10), Uniform(0, 20))
    found = simulate(chain(1, 1, links=()), RiskSettings(samples=N, durations=given))
    assert found.criticality[1] == pytest.approx(0.25, abs=0.015)


def test_an_event_happens_as_often_as_it_should():
    event = RiskEvent("brudd", 0.3, (Impact(1, delay=Fixed(86_400), cost=Fixed(5_000)),))
    found = simulate(chain(86_400), RiskSettings(samples=N, events=(event,)))
    late = days(found) == 2
    assert set(days(found).tolist()) == {1, 2}
    assert late.mean() == pytest.approx(0.3, abs=0.012)
    assert (found.cost.values[late] == 5_000).all()
    assert (found.cost.values[~late] == 0).all()
    assert found.tornado[0].event == "brudd"
    assert found.tornado[0].correlation == pytest.approx(1)
    assert (found.tornado[0].early, found.tornado[0].late) == (START + 86_400, START + 2 * 86_400)
    assert found.cost_tornado[0].event == "brudd"


def test_an_event_can_delay_a_milestone_and_an_opportunity_can_help():
    plan = chain(86_400, 0)
    delay = RiskEvent("levering", 1, (Impact(2, delay=Uniform(86_400, 3 * 86_400)),))
    found = simulate(plan, RiskSettings(samples=2_000, events=(delay,)))
    assert days(found).min() >= 2
    assert days(found).mean() == pytest.approx(3, abs=0.06)
    help_ = RiskEvent("hjelp", 1, (Impact(1, delay=Fixed(-10 * 86_400)),))
    found = simulate(plan, RiskSettings(samples=10, events=(help_,)))
    assert set(days(found).tolist()) == {0}


def test_an_event_draws_one_number_for_all_its_impacts():
    impacts = (Impact(1, delay=Fixed(86_400)), Impact(2, delay=Fixed(86_400)))
    event = RiskEvent("streik", 0.5, impacts)
    found = simulate(chain(86_400, 86_400), RiskSettings(samples=500, events=(event,)))
    assert set(days(found).tolist()) == {2, 4}


def estimated() -> Plan:
    """The cabin with three-point estimates, costs and a deadline."""
    rows = []
    for row in house().activities:
        made = row
        if row.duration and row.uid != 2:
            likely = row.duration
            made = replace(row, estimate=ThreePoint(likely // 2, likely, 3 * likely), cost=50_000)
        if row.uid == 5:
            made = replace(row, deadline=at("2026-03-18T12:00"))
        rows.append(made)
    return replace(house(), activities=tuple(rows))


def test_each_finish_is_the_calendars_own_to_the_second():
    plan = Plan(
        start=START,
        calendar=1,
        calendars=(Calendar(1, "Kontor"), replace(ALWAYS, uid=2)),
        activities=(Activity(1, "A", duration=5 * WORKDAY),),
    )
    given = {1: Triangular(WORKDAY, 3 * WORKDAY, 30 * WORKDAY)}
    settings = RiskSettings(samples=3_000, durations=given)
    office = simulate(plan, settings).finish.values
    drawn = simulate(replace(plan, calendar=2), settings).finish.values - START
    clock = working_time(plan, None)
    assert office.tolist() == [clock.add(START, length) for length in drawn.tolist()]


UNRELATED = {
    "nothing": lambda plan: plan,
    "a name": lambda plan: with_row(plan, 3, name="Noe annet", notes="…"),
    "a short activity with float": lambda plan: replace(
        plan, activities=(*plan.activities, Activity(6, "Rydde", duration=HOURS))
    ),
    "an uncertain activity with float": lambda plan: replace(
        plan,
        activities=(
            *plan.activities,
            Activity(6, "Rydde", duration=60, estimate=ThreePoint(30, 60, 90)),
        ),
    ),
    "a far activity first": lambda plan: replace(
        plan, activities=(Activity(6, "Før", duration=60), *plan.activities)
    ),
    "another calendar": lambda plan: replace(plan, calendars=(*plan.calendars, Calendar(9, "Ny"))),
    "the likely point of an estimate elsewhere": lambda plan: replace(plan, name="Ny"),
    "a milestone": lambda plan: replace(
        plan, activities=(*plan.activities, Activity(7, "Merke", milestone=True))
    ),
}


def with_row(plan: Plan, uid: int, **fields: Any) -> Plan:
    rows = (replace(row, **fields) if row.uid == uid else row for row in plan.activities)
    return replace(plan, activities=tuple(rows))


@pytest.mark.parametrize("edit", UNRELATED.values(), ids=UNRELATED)
def test_an_edit_that_cannot_matter_moves_nothing_at_all(edit):
    event = RiskEvent("regn", 0.4, (Impact(3, delay=Fixed(WORKDAY), cost=Fixed(700)),))
    settings = RiskSettings(samples=4_000, events=(event,), correlation=0.2)
    before, after = (simulate(plan, settings) for plan in (estimated(), edit(estimated())))
    assert after.finish.percentile(80) - before.finish.percentile(80) == 0
    assert (after.finish.values == before.finish.values).all()
    assert (after.cost.values == before.cost.values).all()
    assert (after.finishes[5].values == before.finishes[5].values).all()


def test_an_edit_that_matters_moves_only_what_it_should():
    plan = chain(86_400, 86_400)
    settings = RiskSettings(samples=500, durations=spreads(Uniform(1, 3), Uniform(1, 3)))
    before = simulate(plan, settings)
    given = {**settings.durations, 2: Fixed(86_400)}
    after = simulate(plan, replace(settings, durations=given, watch=(1,)))
    first = simulate(plan, replace(settings, watch=(1,))).finishes[1].values
    assert (after.finishes[1].values == first).all()
    assert (after.finish.values == first + 86_400).all()
    assert (before.finish.values != after.finish.values).any()


@pytest.mark.parametrize("batch", [1, 7, 250, 400])
def test_the_size_of_a_batch_changes_nothing(batch):
    settings = RiskSettings(samples=400, correlation=0.1)
    whole, parts = (simulate(estimated(), replace(settings, batch=size)) for size in (None, batch))
    assert same(whole, parts)


def same(one: Any, other: Any) -> bool:
    values = (one.finish.values == other.finish.values).all()
    cost = (one.cost.values == other.cost.values).all()
    return bool(values and cost) and (one.criticality, one.tornado, one.cost_tornado) == (
        other.criticality,
        other.tornado,
        other.cost_tornado,
    )


@pytest.mark.skipif(not can_compile(), reason="numba is not installed")
@pytest.mark.parametrize("reading", list(Reading))
def test_compiled_or_not_the_result_is_the_same(reading):
    settings = RiskSettings(samples=1_500, correlation=0.3, reading=reading)
    plain, compiled = (
        simulate(estimated(), replace(settings, compiled=how)) for how in (False, True)
    )
    assert same(plain, compiled)


def test_the_seed_decides():
    one, two, other = (
        simulate(estimated(), RiskSettings(samples=300, seed=seed)) for seed in (5, 5, 6)
    )
    assert same(one, two)
    assert not same(one, other)


def test_cost_follows_the_duration_and_the_fixed_part_does_not():
    plan = with_row(chain(86_400), 1, cost=100_000, fixed_cost=20_000)
    given = spreads(Uniform(1, 3))
    found = simulate(plan, RiskSettings(samples=1_000, durations=given))
    expected = 20_000 + np.floor(80_000 / 86_400 * (found.finish.values - START) + 0.5)
    assert (found.cost.values == expected).all()
    assert found.scheduled_cost == 100_000
    certain = simulate(plan, RiskSettings(samples=10))
    assert set(certain.cost.values.tolist()) == {100_000}


def test_a_cost_of_its_own_is_drawn_and_may_share_a_factor_with_the_duration():
    plan = chain(86_400)
    given = spreads(Normal(100, 5))
    costs = {1: Normal(1_000_000, 50_000)}
    settings = RiskSettings(samples=N, durations=given, costs=costs)
    alone = simulate(plan, settings)
    assert alone.cost.mean == pytest.approx(1_000_000, rel=0.002)
    assert alone.cost.sd == pytest.approx(50_000, rel=0.03)
    assert abs(np.corrcoef(alone.cost.values, alone.finish.values)[0, 1]) < 0.03
    tied = simulate(plan, replace(settings, factors=(Factor("marked", {1: 0.8}),)))
    found = np.corrcoef(tied.cost.values, tied.finish.values)[0, 1]
    assert found == pytest.approx(0.64, abs=0.02)


def test_what_is_done_is_certain_and_what_is_begun_has_a_rest():
    begun = Progress(percent=50, actual_start=START, actual_duration=86_400, remaining=86_400)
    done = Progress(
        percent=100, actual_start=START, actual_finish=START + 86_400, actual_duration=86_400
    )
    points = ThreePoint(86_400, 2 * 86_400, 6 * 86_400)
    rows = (
        Activity(1, "A", duration=86_400, estimate=points, progress=done),
        Activity(2, "B", duration=2 * 86_400, estimate=points, progress=begun),
    )
    plan = chain(1, activities=rows, links=())
    found = simulate(plan, RiskSettings(samples=N, reading=Reading.TRIANGULAR, watch=(1, 2)))
    assert set(found.finishes[1].values.tolist()) == {START + 86_400}
    left = (found.finishes[2].values - START) / 86_400 - 1
    assert (left.min() >= 0.5, left.max() <= 3) == (True, True)
    assert left.mean() == pytest.approx(1.5, abs=0.02)
    assert found.criticality[1] == 0


def test_percentiles_chances_and_histograms_agree_with_the_samples():
    found = simulate(estimated(), RiskSettings(samples=1_000))
    ordered = sorted(found.finish.values.tolist())
    assert found.finish.percentile(80) == ordered[799]
    assert found.finish.percentile(0) == ordered[0]
    assert found.finish.percentile(100) == ordered[-1]
    assert found.chance(found.finish.percentile(80)) >= 0.8
    assert found.chance(ordered[0] - 1) == 0
    assert sum(count for _, _, count in found.finish.histogram()) == 1_000
    assert found.deadline_chances()[5] == found.chance(at("2026-03-18T12:00"), 5)
    with pytest.raises(KeyError):
        found.chance(0, 3)


def test_a_spread_for_activities_without_an_estimate():
    plan = chain(10 * 86_400)
    settings = RiskSettings(samples=N, spread=(0.8, 1.6), reading=Reading.TRIANGULAR)
    found = days(simulate(plan, settings))
    assert found.mean() == pytest.approx(34 / 3, abs=0.05)
    assert (found.min() >= 8, found.max() <= 16) == (True, True)


def test_the_tornado_puts_what_matters_first():
    plan = chain(*[86_400] * 3)
    given = spreads(Uniform(1, 2), Uniform(1, 9), Fixed(4))
    found = simulate(plan, RiskSettings(samples=4_000, durations=given))
    assert [bar.uid for bar in found.tornado] == [2, 1]
    assert found.tornado[0].correlation > 0.97
    assert found.tornado[0].late - found.tornado[0].early > 6 * 86_400
    assert found.uncertain == 3


def test_progress_is_told_and_a_simulation_can_be_stopped():
    told: list[tuple[int, int]] = []
    settings = RiskSettings(samples=1_000, batch=300)
    simulate(estimated(), settings, progress=lambda done, total: told.append((done, total)))
    assert told == [(300, 1_000), (600, 1_000), (900, 1_000), (1_000, 1_000)]
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        simulate(estimated(), settings, cancelled=lambda: next(asked))


def test_an_empty_plan_finishes_when_it_starts():
    plan = Plan(start=START)
    found = simulate(plan, RiskSettings(samples=3))
    assert set(found.finish.values.tolist()) == {START}
    assert found.tornado == ()


BAD = [
    ("samples", RiskSettings(samples=0)),
    ("samples", RiskSettings(samples=2_000_000)),
    ("batch", RiskSettings(batch=0)),
    ("correlation", RiskSettings(correlation=1.2)),
    ("correlation", RiskSettings(correlation=float("nan"))),
    ("spread", RiskSettings(spread=(1.1, 1.2))),
    ("activity", RiskSettings(durations={99: Fixed(1)})),
    ("activity", RiskSettings(watch=(99,))),
    ("summary", RiskSettings(durations={1: Fixed(1)})),
    ("watch", RiskSettings(watch=tuple(range(1_001)))),
    ("distribution", RiskSettings(durations={2: Triangular(3, 2, 1)})),
    ("distribution", RiskSettings(durations={2: Normal(float("inf"), 1)})),
    ("probability", RiskSettings(events=(RiskEvent("a", 2, ()),))),
    ("key", RiskSettings(events=(RiskEvent("a", 0.1, ()), RiskEvent("a", 0.2, ())))),
    ("loading", RiskSettings(factors=(Factor("a", {2: 0.9}), Factor("b", {2: 0.9})))),
    ("reach", RiskSettings(durations={2: Uniform(0, 1e11)})),
]


@pytest.mark.parametrize(("code", "settings"), BAD, ids=[code for code, _ in BAD])
def test_what_does_not_fit_is_refused_with_a_sentence(code, settings):
    with pytest.raises(RiskError) as caught:
        simulate(house(), settings)
    assert caught.value.code == code
    assert caught.value.sentence("nb") != caught.value.sentence("en")


def test_an_unsound_plan_is_refused():
    plan = chain(1, 1, links=[(1, 2), (2, 1)])
    with pytest.raises(InvalidPlan):
        simulate(plan)


def test_a_schedule_made_before_can_be_handed_in():
    plan = estimated()
    settings = RiskSettings(samples=50)
    assert same(simulate(plan, settings), simulate(plan, settings, schedule=schedule(plan)))

"""Published cases of uncertainty: estimates in three points, networks of them, sums and frames.

What can only be simulated is measured against what the case allows, as a share of it: 0 ± 1.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Pair = tuple[Any, Any, float]
"""Found, expected, relative tolerance."""
DAY = 86_400
SAMPLES = 20_000


def share(found: float, expected: float, allowed: float) -> Pair:
    """How far two lie apart, as a share of what is allowed."""
    return (found - expected) / allowed, 0.0, 1.0


def always(rows: Sequence[tuple[int, float, list[int]]]) -> Any:
    """A plan of `(uid, duration in days, predecessors)` that works around the clock from 0."""
    from planengine import Activity, Calendar, Link, Plan

    return Plan(
        calendar=1,
        calendars=(Calendar(1, "Always", (((0, DAY),),) * 7),),
        activities=tuple(
            Activity(uid, str(uid), duration=round(days * DAY)) for uid, days, _ in rows
        ),
        links=tuple(Link(before, uid) for uid, _, befores in rows for before in befores),
    )


def pert(case: Any) -> Iterator[Pair]:
    """Networks by PERT's formulas."""
    from dataclasses import replace

    from planengine import ThreePoint
    from planengine.risk import pert_estimate

    given = case["input"]["activities"]
    uids = {row["id"]: number for number, row in enumerate(given, 1)}
    plan = always(
        [(uids[row["id"]], row["m"], [uids[one] for one in row["predecessors"]]) for row in given]
    )
    rows = tuple(
        replace(row, estimate=ThreePoint(*(round(one[name] * DAY) for name in "amb")))
        for row, one in zip(plan.activities, given, strict=True)
    )
    found = pert_estimate(replace(plan, activities=rows))
    yield found.finish / DAY, case["expected"]["expected_duration"], 1e-6
    yield found.sd / DAY, case["expected"]["sigma_critical_path"], 1e-6


def three_point(case: Any) -> Iterator[Pair]:
    """Means and standard deviations of three points by the case's own rule."""
    from planengine.risk import erlang_moments, pert_moments, prosjektveiviseren_mean

    for row in case["rows"]:
        points = row["low"], row["mode"], row["high"]
        if row["sd"] is None:
            yield prosjektveiviseren_mean(*points), row["expected"], case["tolerance"]
            continue
        rule = erlang_moments if "0.42" in case["formula"] else pert_moments
        mean, sd = rule(*points)
        yield mean, row["expected"], case["tolerance"]
        yield sd, row["sd"], case["tolerance"]


def distribution(case: Any) -> Iterator[Pair]:
    """Triangular distributions: moments exactly, percentiles as drawn (a twentieth of an sd)."""
    from planengine.risk import Triangular

    for row in case["rows"]:
        spread = Triangular(row["a"], row["m"], row["b"])
        yield spread.mean, row["mean"], case["tolerance"]
        yield spread.variance, row["var"], case["tolerance"]
        drawn = _drawn([spread])
        for name in ("p10", "p50", "p85", "p90"):
            found = drawn.percentile(int(name[1:])) / DAY
            yield share(found, row[name], 0.05 * row["var"] ** 0.5)


def sums(case: Any) -> Iterator[Pair]:
    """Sums of normal variables that common factors correlate."""
    from planengine.risk import Normal

    for row in case["rows"]:
        spreads = [Normal(m, v**0.5) for m, v in zip(row["mean"], row["var"], strict=True)]
        drawn = _drawn(spreads, _loads(row["corr"], len(spreads)))
        yield share(drawn.mean / DAY, row["total_mean"], 4 * row["total_sd"] / SAMPLES**0.5)
        yield share(drawn.sd / DAY, row["total_sd"], 0.025 * row["total_sd"])


def _loads(corr: Any, count: int) -> list[float]:
    """How much of a common factor each carries, so that pairs correlate as the matrix says."""
    if isinstance(corr, str):
        return [1.0] * count if corr == "all 1" else []
    first = (corr[0][1] * corr[0][2] / corr[1][2]) ** 0.5 if count == 3 else corr[0][1] ** 0.5
    return [first, *(corr[0][other] / first for other in range(1, count))]


def monte_carlo(case: Any) -> Iterator[Pair]:
    """A chain of five activities of three distributions."""
    from planengine.risk import Normal, Triangular, Uniform

    kinds: dict[str, Any] = {"triangular": Triangular, "normal": Normal, "uniform": Uniform}
    spreads = [
        kinds[row["dist"]](*(value for name, value in row.items() if name not in ("id", "dist")))
        for row in case["input"]
    ]
    drawn, expected = _drawn(spreads), case["expected"]
    yield share(drawn.mean / DAY, expected["mean"], 4 * expected["sd"] / SAMPLES**0.5)
    yield share(drawn.sd / DAY, expected["sd"], 0.03 * expected["sd"])
    for percent in (50, 80, 85):
        found = drawn.percentile(percent) / DAY
        yield share(found, expected[f"p{percent}_normal_approx"], 0.15)


def _drawn(spreads: list[Any], loads: list[float] | None = None) -> Any:
    """The finish of a chain with these durations in days, simulated."""
    from planengine.risk import Factor, Normal, RiskSettings, Triangular, Uniform, simulate

    def seconds(one: Any) -> Any:
        if isinstance(one, Triangular):
            return Triangular(one.low * DAY, one.likely * DAY, one.high * DAY)
        if isinstance(one, Uniform):
            return Uniform(one.low * DAY, one.high * DAY)
        assert isinstance(one, Normal)
        return Normal(one.mean * DAY, one.sd * DAY)

    plan = always([(uid, 1, [uid - 1] if uid > 1 else []) for uid in range(1, len(spreads) + 1)])
    settings = RiskSettings(
        samples=SAMPLES,
        durations={uid: seconds(one) for uid, one in enumerate(spreads, 1)},
        factors=(Factor("common", dict(enumerate(loads, 1))),) if loads else (),
    )
    return simulate(plan, settings).finish


def frames(case: Any) -> Iterator[Pair]:
    """The state project model's frames."""
    from planengine.earned_value import Frames, frames_of_estimate, frames_of_normal

    if "rows" not in case:
        given, expected = case["input"], case["expected"]
        found = Frames(given["steering_frame_mrd"], given["cost_frame_mrd"])
        yield found.contingency, expected["allowance_mrd"], case["tolerance"]
        yield 100 * (found.contingency_share or 0), expected["allowance_pct_of_p50"], 1e-4
        return
    for row in case["rows"]:
        if "mean" in row:
            found = frames_of_normal(row["mean"], row["sd"])
            yield found.contingency, row["contingency_p85_minus_p50"], case["tolerance"]
        else:
            parts = (row[name] for name in ("base_estimate", "unspecified", "expected_addition"))
            found = frames_of_estimate(*parts, row["sd"], row["cut_list"])
            yield found.contingency, row["uncertainty_allowance"], case["tolerance"]
            yield found.steering_frame, row["steering_frame"], case["tolerance"]
            yield found.cost_frame, row["cost_frame"], case["tolerance"]
        yield found.p50, row["p50"], case["tolerance"]
        yield found.p85, row["p85"], case["tolerance"]


def work_calendar(case: Any) -> Iterator[Pair]:
    """Norwegian public holidays and working days of years."""
    from datetime import date

    from planengine import Plan, day
    from planengine.calendars import working_time
    from planengine.calendars.norway import easter_sunday, norwegian_calendar, public_holidays

    for row in case["expected"]:
        year = row["year"]
        yield easter_sunday(year) == date.fromisoformat(row["easter"]), True, 0.0
        yield sorted(map(str, public_holidays(year))) == sorted(set(row["holidays"])), True, 0.0
        plan = Plan(calendar=1, calendars=(norwegian_calendar(year, year),))
        first, last = (day(date(one, 1, 1)) * DAY for one in (year, year + 1))
        hours = working_time(plan, 1).between(first, last) / 3600
        yield hours, row["hours_7_5"], 1e-9


KINDS: dict[str, Callable[[Any], Iterator[Pair]]] = {
    "pert": pert,
    "three_point": three_point,
    "distribution": distribution,
    "sum_of_variables": sums,
    "monte_carlo": monte_carlo,
    "p50_p85": frames,
    "work_calendar": work_calendar,
}
"""Kind of case → what the engine says beside what is published."""

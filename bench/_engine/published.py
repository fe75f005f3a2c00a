"""Published cases of earned value, networks and uncertainty: how many the engine reproduces."""

import json
import math
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import Any

import _portal as portal

from _engine import uncertain

FILE = portal.ROOT.parent / "shared" / "domain" / "evm_cases.json"
Pair = tuple[Any, Any, float]
"""Found, expected, relative tolerance."""


def row(asked: Namespace) -> int:
    """Cases reproduced and not, by kind. Kinds the engine has no formula for are named."""
    if not FILE.is_file():
        return portal.result("engine.evm", {}, why=f"no {FILE.name} beside the repository")
    good: dict[str, int] = {}
    wrong: list[str] = []
    other: set[str] = set()
    for case in json.loads(FILE.read_text())["cases"]:
        if case["kind"] not in KINDS:
            other.add(case["kind"])
        elif all(near(*pair) for pair in KINDS[case["kind"]](case)):
            good[case["kind"]] = good.get(case["kind"], 0) + 1
        else:
            wrong.append(case["id"])
    checks = {"cases_wrong": (float(len(wrong)), 0.0)}
    return portal.result(
        "engine.evm", checks, cases_right=sum(good.values()), right=good, wrong=wrong,
        not_the_engines=sorted(other),
    )  # fmt: skip


def near(found: Any, expected: Any, tolerance: float) -> bool:
    """Equal, or as close as the case asks."""
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, rel_tol=tolerance, abs_tol=tolerance)


def _snapshot(case: Any) -> Iterator[Pair]:
    from planengine.earned_value import Figures, Forecast

    figures = Figures(**case["input"])
    found = {
        "eac_at_budget_rate": figures.eac(Forecast.BUDGET_RATE),
        "eac_at_cpi": figures.eac(Forecast.CPI),
        "eac_at_cpi_spi": figures.eac(Forecast.CPI_SPI),
        "etc_at_cpi": figures.etc(Forecast.CPI),
        "vac_at_cpi": figures.vac(Forecast.CPI),
        "tcpi_bac": figures.tcpi,
        "tcpi_eac": figures.tcpi_to(figures.eac(Forecast.CPI)),
    }
    for part, tolerance in (("expected", "tolerance"), ("published", "published_tolerance")):
        for name, value in case[part].items():
            yield found[name] if name in found else getattr(figures, name), value, case[tolerance]


def _earned_schedule(case: Any) -> Iterator[Pair]:
    from planengine.earned_value import TimeFigures, earned_schedule

    given, expected, tolerance = case["input"], case["expected"], case["tolerance"]
    if "pv_cum_from_t0" in given:
        yield earned_schedule(given["pv_cum_from_t0"], given["ev"]), expected["es"], tolerance
    elif "pairs" in given:
        for place, (es, at) in enumerate(given["pairs"]):
            time = TimeFigures(es, at, None)
            yield time.spi_t, expected["spi_t"][place], tolerance
            yield time.sv_t, expected["sv_t"][place], tolerance
    elif "linear" in given:
        curve = [given["bac"] * week / given["pd"] for week in range(given["pd"] + 1)]
        yield from _times(earned_schedule(curve, given["ev"]), given["at"], given["pd"], case)
    else:
        days, earned = _by_day(given["tasks"])
        at = 15
        yield earned, expected["ev"], tolerance
        yield from _times(earned_schedule(days, earned), at, len(days) - 1, case)


def _times(es: float | None, at: int, planned: int, case: Any) -> Iterator[Pair]:
    from planengine.earned_value import TimeFigures

    time = TimeFigures(es, at, planned)
    for name, value in case["expected"].items():
        if name not in ("ev", "at", "pd"):
            yield getattr(time, name), value, case["tolerance"]


def _by_day(tasks: Any) -> tuple[list[float], float]:
    """Planned value at the end of each of twenty days, spread evenly, and what is earned."""
    spans = [(int(task["start"][-2:]), int(task["finish"][-2:]), task["cost"]) for task in tasks]
    curve = [
        sum(
            cost * min(max(day - first + 1, 0) / (last - first + 1), 1)
            for first, last, cost in spans
        )
        for day in range(21)
    ]
    return curve, sum(task["cost"] * task["percent"] for task in tasks)


def _series(case: Any) -> Iterator[Pair]:
    from planengine.earned_value import TimeFigures, earned_schedule

    given, planned = case["input"], [0, *case["input"]["pv_cum"]]
    for place, expected in enumerate(case["expected_rows"]):
        earned = {0: 10 / 3, 1: 20 / 3}.get(place, given["ev_cum"][place])
        time = TimeFigures(earned_schedule(planned, earned), place + 1, given["planned_duration"])
        for name in ("es", "sv_t", "spi_t", "ieac_t"):
            yield getattr(time, name), expected[name], 1e-6
        yield time.eac_t(), expected["eac_t_plan"], 1e-6


def _network(case: Any) -> Iterator[Pair]:
    from planengine import Activity, Calendar, Link, Plan, schedule

    rows = case["input"]["activities"]
    uids = {row["id"]: number for number, row in enumerate(rows, 1)}
    plan = Plan(
        calendar=1, calendars=(Calendar(1, "Always", (((0, 86_400),),) * 7),),
        activities=tuple(
            Activity(uids[row["id"]], row["id"], duration=row["duration"] * 86_400) for row in rows
        ),
        links=tuple(
            Link(uids[before], uids[row["id"]]) for row in rows for before in row["predecessors"]
        ),
    )  # fmt: skip
    made = schedule(plan)
    yield made.finish / 86_400, case["expected"]["project_duration"], 1e-9
    names = {"es": "early_start", "ef": "early_finish", "ls": "late_start", "lf": "late_finish"}
    for name, printed in case["expected"]["schedule"].items():
        for short, long in names.items():
            yield getattr(made[uids[name]], long) / 86_400, printed[short], 1e-9


KINDS: dict[str, Callable[[Any], Iterator[Pair]]] = {
    "evm_snapshot": _snapshot,
    "earned_schedule": _earned_schedule,
    "earned_schedule_series": _series,
    "cpm": _network,
    **uncertain.KINDS,
}

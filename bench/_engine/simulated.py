"""Monte Carlo with calendars: ten thousand draws of two plans, each in a process of its own."""

import multiprocessing
import resource
import time
from argparse import Namespace
from dataclasses import replace
from typing import Any

import _plans
import _portal as portal

SAMPLES = 10_000
LIMITS = {1_000: 1.0, 10_000: 8.0}


def row(asked: Namespace) -> int:
    """CPU seconds and the most memory, at 1,000 and 10,000 activities."""
    checks: dict[str, tuple[float, float]] = {}
    more: dict[str, Any] = {}
    for size, limit in LIMITS.items():
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found = pool.apply(measured, (size,))
        checks[f"cpu_seconds_{size}"] = (found.pop("seconds"), limit)
        checks[f"megabytes_{size}"] = (found.pop("megabytes"), 500.0)
        more[str(size)] = found
    return portal.result("engine.risk", checks, samples=SAMPLES, **more)


def measured(size: int) -> dict[str, Any]:
    """One simulation after a small one that compiles what is compiled."""
    from planengine import ThreePoint
    from planengine.risk import RiskSettings, simulate

    plan = _plans.random_plan(size)
    rows = tuple(
        replace(
            one, estimate=ThreePoint(one.duration * 4 // 5, one.duration, one.duration * 8 // 5)
        )
        for one in plan.activities
    )
    plan = replace(plan, activities=rows)
    begun = time.process_time()
    simulate(_plans.random_plan(20), RiskSettings(samples=100, spread=(0.9, 1.2)))
    compiled = time.process_time()
    result = simulate(plan, RiskSettings(samples=SAMPLES))
    return {
        "seconds": time.process_time() - compiled,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "seconds_to_compile": round(compiled - begun, 2),
        "p80": str(result.finish.percentile(80)) if hasattr(result, "finish") else "",
    }

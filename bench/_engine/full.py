"""A whole plan scheduled from nothing: both passes, slack, three calendars, beside two peers."""

import gc
import math
import time
from argparse import Namespace
from collections.abc import Callable
from typing import Any

import _mpxj
import _plans
import _portal as portal

SIZES = (1_000, 10_000, 100_000)
LIMITS_MS = {10_000: 50.0, 100_000: 600.0}
N_LOG_N = math.log10(10 * math.log(100_000) / math.log(10_000))
"""Growth exponent of n·log n from ten to a hundred thousand: 1.097."""


def cpu_ms(what: Callable[[], Any], times: int) -> float:
    """The least CPU milliseconds of some calls, after one that is not counted."""
    what()
    best = math.inf
    for _ in range(times):
        gc.collect()
        begun = time.process_time()
        what()
        best = min(best, time.process_time() - begun)
    return best * 1000


def row(asked: Namespace) -> int:
    """Milliseconds of CPU at three sizes; how they grow; the peers on the same plans."""
    from planengine import schedule

    ours: dict[int, float] = {}
    more: dict[str, Any] = {}
    for size in SIZES:
        plan = _plans.random_plan(size)
        ours[size] = cpu_ms(lambda plan=plan: schedule(plan), 7 if size < 50_000 else 3)
        more[f"ms_{size}_checked"] = round(
            cpu_ms(lambda plan=plan: schedule(plan, checked=True), 5 if size < 50_000 else 2), 1
        )
    outlined = _plans.random_plan(10_000, under=20)
    more["ms_10000_under_500_summaries"] = round(cpu_ms(lambda: schedule(outlined), 5), 1)
    more["links"] = len(outlined.links)
    checks = {f"ms_{size}": (ours[size], LIMITS_MS[size]) for size in LIMITS_MS}
    checks["growth_exponent"] = (math.log10(ours[100_000] / ours[10_000]), N_LOG_N)
    more["ms_1000"] = round(ours[1_000], 2)
    return portal.result(
        "engine.schedule",
        checks,
        **more,
        peer=_mpxj_times(asked.peers),
        networkx=_networkx(asked.peers),
    )


def _mpxj_times(peers: bool) -> Any:
    if not peers or _mpxj.why_not():
        return {"mpxj": None, "why": _mpxj.why_not() or "left out; ask with --peers"}
    found = {}
    for size, warm, times in ((1_000, 10, 5), (10_000, 3, 3), (100_000, 0, 1)):
        found[f"ms_{size}"] = round(
            _mpxj.seconds(_plans.random_plan(size), warm=warm, times=times) * 1000, 1
        )
    return {"mpxj": found}


def _networkx(peers: bool) -> Any:
    """The length of the longest path alone: no lags, no calendars, no late dates."""
    try:
        import networkx
    except ImportError:
        return None
    if not peers:
        return None
    found = {}
    for size in SIZES:
        plan = _plans.random_plan(size)
        work = {one.uid: one.duration for one in plan.activities}
        graph = networkx.DiGraph()
        graph.add_nodes_from(work)
        graph.add_weighted_edges_from(
            (link.predecessor, link.successor, work[link.predecessor]) for link in plan.links
        )
        found[f"ms_{size}"] = round(
            cpu_ms(lambda graph=graph: networkx.dag_longest_path_length(graph), 2), 1
        )
    return found

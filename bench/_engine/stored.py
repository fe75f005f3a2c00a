"""Dates Microsoft Project and P6 stored: how many the engine reproduces, beside MPXJ's count."""

import json
import subprocess
import sys
from argparse import Namespace
from collections import Counter
from typing import Any

import _portal as portal

PLANS = portal.ROOT.parent / "shared" / "oracles" / "plans"
WHOLE = ("start", "finish")


def row(asked: Namespace) -> int:
    """One line: values of grade A that are missed, percent; fields where MPXJ reproduces more."""
    if not PLANS.is_dir():
        return portal.result("engine.score", {}, why="no oracle plans beside the repository")
    report = _report()
    grades: dict[str, Counter[str]] = {}
    for one in report["files"]:
        sums = grades.setdefault(one["grade"], Counter())
        for name, count in one["fields"].items():
            sums[f"{name} matched"] += count["matched"]
            sums[f"{name} of"] += count["total"]
    best = grades["A"]
    checks = {
        f"{name}_missed_percent": (
            100 - 100 * best[f"{name} matched"] / max(1, best[f"{name} of"]),
            0.0 if name in WHOLE else 0.5,
        )
        for name in report["fields"]
    }
    behind = _behind(report)
    checks["fields_behind_mpxj"] = (float(len(behind)), 0.0)
    return portal.result(
        "engine.score", checks, grades=grades, behind=behind, peer={"mpxj": _mpxj_counts()}
    )


def beside_mpxj() -> dict[str, Any] | None:
    """How many stored dates each reproduces, all grades; `None` without the plans."""
    if not PLANS.is_dir():
        return None
    ours: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for one in _report()["files"]:
        for name, count in one["fields"].items():
            ours[name] += count["matched"]
            of[name] += count["total"]
    theirs = _mpxj_counts()
    return {name: {"ours": ours[name], "mpxj": theirs.get(name), "stored": of[name]} for name in of}


def _report() -> Any:
    words = [sys.executable, "-m", "planengine", "score", str(PLANS), "--json"]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=False).stdout)


def _manifest() -> list[Any]:
    found: list[Any] = json.loads((PLANS / "MANIFEST.json").read_text())
    return found


def _mpxj_counts() -> dict[str, int]:
    """What MPXJ's scheduler reproduced, all grades, as the manifest holds it."""
    counts: Counter[str] = Counter()
    for one in _manifest():
        for name, found in one["verified"].items():
            counts[name] += found["mpxj"]
    return dict(counts)


def _behind(report: Any) -> list[str]:
    """Fields of files where MPXJ reproduced more than we do."""
    theirs = {one["id"]: one["verified"] for one in _manifest()}
    return [
        f"{one['id']}: {name} {count['matched']} < {theirs[one['id']][name]['mpxj']}"
        for one in report["files"]
        for name, count in one["fields"].items()
        if name in theirs[one["id"]] and count["matched"] < theirs[one["id"]][name]["mpxj"]
    ]

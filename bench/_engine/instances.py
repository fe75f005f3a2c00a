"""Resource-constrained instances of PSPLIB: how far from the best makespans published."""

import gzip
import json
import random
import subprocess
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

import _portal as portal

FOLDER = portal.ROOT.parent / "shared" / "oracles" / "psplib"
ROUNDS = (
    ("j30", "exact", 2.0, 0.0, True),
    ("j60", "search", 2.0, 0.2, True),
    ("j120", "search", 2.0, 2.0, True),
    ("j120", "search", 30.0, 1.0, True),
    ("j120", "search", 2.0, 4.5, False),
)
"""Set, method, seconds for each instance, limit in percent, with the `optimise` extra."""
SAMPLE = {2.0: 20, 30.0: 4}


def row(asked: Namespace) -> int:
    """The average gap in percent by set, method and time; every makespan is checked."""
    if not FOLDER.is_dir():
        return portal.result("engine.psplib", {}, why="no instances beside the repository")
    checks: dict[str, tuple[float, float]] = {}
    more: dict[str, Any] = {"sampled": not asked.whole}
    for name, method, seconds, limit, optimise in ROUNDS:
        found = _solved(name, method, seconds, optimise=optimise, whole=asked.whole)
        key = f"{name}_{method}_{seconds:g}s" + ("" if optimise else "_without_optimise")
        checks[f"{key}_gap_percent"] = (found["average_gap_percent"], limit)
        checks[f"{key}_infeasible"] = (found["infeasible"], 0)
        more[key] = found
    return portal.result("engine.psplib", checks, **more)


def _solved(name: str, method: str, seconds: float, *, optimise: bool, whole: bool) -> Any:
    """What `bench-psplib` says of a set or of a sample of it, counted in CPU seconds."""
    path = FOLDER / f"{name}.json.gz"
    instances = json.loads(gzip.decompress(path.read_bytes()))
    if not whole:
        chosen = random.Random(42).sample(sorted(instances), SAMPLE[seconds])
        instances = {key: instances[key] for key in chosen}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.json"
        file.write_text(json.dumps(instances))
        words = ["bench-psplib", str(file), "--method", method, "--seconds", str(seconds)]
        done = subprocess.run(
            [sys.executable, *_hiding(optimise), *words, "--cpu", "--json"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    return json.loads(done.stdout)


def _hiding(optimise: bool) -> list[str]:
    """How Python is started: plainly, or with numba and OR-Tools out of sight."""
    if optimise:
        return ["-m", "planengine"]
    hide = (
        "import sys; sys.modules.update(numba=None, ortools=None); "
        "from planengine.cli import main; sys.exit(main())"
    )
    return ["-c", hide]

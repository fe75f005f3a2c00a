#!/usr/bin/env python3
"""The scheduling engine: a JSON line for each figure it is held to, with peers from the same run.

bench/engine.py [--rows ROW,ROW…] [--peers] [--whole] [--compare-all]
    rows: score schedule edit differential risk psplib level evm; all of them unless some are named
    --peers: MPXJ's and networkx's seconds too (group `peers`, Java 17); the differential row always
             needs MPXJ
    --whole: every instance and 10,000 edits instead of a sample
    --compare-all: all dates after each edit compared with a whole schedule's, not after every
             fiftieth or hundredth
"""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

ROWS = {
    "score": "stored",
    "schedule": "full",
    "edit": "one_edit",
    "differential": "differ",
    "risk": "simulated",
    "psplib": "instances",
    "level": "levelled",
    "evm": "published",
}
"""Row → its module in `_engine`."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default=",".join(ROWS), help="some of them, with commas between")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--compare-all", action="store_true")
    asked = parser.parse_args()
    return max(_row(name)(asked) for name in asked.rows.split(","))


def _row(name: str) -> Callable[[argparse.Namespace], int]:
    made: Callable[[argparse.Namespace], int] = import_module(f"_engine.{ROWS[name]}").row
    return made


if __name__ == "__main__":
    sys.exit(main())

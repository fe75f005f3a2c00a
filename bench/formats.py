#!/usr/bin/env python3
"""Large plans through files: one random plan written as Microsoft Project XML and read again.

bench/formats.py [--activities N]
"""

import argparse
import gc
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import _plans
import _portal as portal

from planengine.formats import mspdi

WRITE, READ = 60.0, 150.0
"""CPU microseconds an activity may take."""
LARGEST = 2_000_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--activities", type=int, default=200_000)
    size = parser.parse_args().activities
    plan = replace(_plans.random_plan(size), name="Large")
    started = time.process_time()
    data = mspdi.write(plan).data
    written = time.process_time() - started
    kept = len(plan.activities), len(plan.links)
    del plan
    gc.collect()
    started = time.process_time()
    found = mspdi.read(data, mspdi.Limits(size=LARGEST, elements=LARGEST)).plan
    read = time.process_time() - started
    checks = {
        "write_us_per_activity": (written / size * 1e6, WRITE),
        "read_us_per_activity": (read / size * 1e6, READ),
        "rows_lost": (float(kept != (len(found.activities), len(found.links))), 0.0),
    }
    return portal.result(
        "formats",
        checks,
        activities=size,
        megabytes=round(len(data) / 1e6),
        write_s=round(written, 1),
        read_s=round(read, 1),
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
    )


if __name__ == "__main__":
    sys.exit(main())

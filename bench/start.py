#!/usr/bin/env python3
"""From the command to the first answer, and the memory of all processes after some work.

bench/start.py [--times N]   limits: 1.5 s, 250 MB (two web workers and the jobs)
"""

import argparse
import concurrent.futures
import sys
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

PAGES = ("/healthz", "/readyz", "/account/login/", "/api/v1/openapi.json", "/api/v1/projects", "/")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--data", type=Path, help="an existing portal, such as bench/seed.py's")
    asked = parser.parse_args()
    with portal.folder() as temporary:
        data = asked.data or temporary
        with portal.serving(data, "", "--workers", "2") as (_address, _pid, first):
            pass  # the very first start also makes the database and collects the styles
        times, cpu = [], []
        for _time in range(asked.times):
            with portal.serving(data, "", "--workers", "2") as (_address, pid, seconds):
                times.append(seconds)
                cpu.append(portal.cpu_seconds(portal.tree(pid)))
        with portal.serving(data, "", "--workers", "2") as (address, pid, _seconds):
            at_start = portal.pss_megabytes(portal.tree(pid))
            _work(address)
            memory = portal.pss_megabytes(portal.tree(pid))
    return portal.result(
        "start",
        {"cold_start_s": (portal.median(times), 1.5), "memory_mb": (memory, 250)},
        very_first_s=first, slowest_s=max(times), cpu_s=portal.median(cpu),
        memory_at_start_mb=at_start,
    )  # fmt: skip


def _work(address: str) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: _get(address + PAGES[n % len(PAGES)]), range(600)))


def _get(address: str) -> None:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Money against the plan: a usual project's thousand costs among 1,000,000, and one with 100,000.

bench/control.py [--data DIR] [--database URL] [--times N] [--rows N] [--in-one PART]
Two projects of 200 tasks and 40 lines; ``B1`` has a tenth of all costs (``many``).
Limits: p95 100 ms a page; CPU at ten times the costs ≤ 1.5 ×.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
import _portfolio as portfolio
import seed

PAGES = {
    "control": "/p/{key}/money/control",
    "by_week": "/p/{key}/money/control?by=week",
    "worth": "/p/{key}/money/control/worth",
    "excel": "/p/{key}/money/control/excel",
    "api": "/api/v1/projects/{key}/control",
    "money": "/p/{key}/money",
    "home": "/p/{key}/",
}


def main() -> int:
    parser = portfolio.arguments(20)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--in-one", type=float, default=0.1, help="part of them in one project")
    asked = parser.parse_args()
    with portal.at(asked.data) as data:
        portal.use(data, asked.database)
        return _measure(asked)


def _measure(asked: argparse.Namespace) -> int:
    costs = portfolio.Costs(rows=asked.rows, in_one=asked.in_one)
    figures = portfolio.measured(asked, costs.fill, lambda: _pages(asked.times))
    return portal.grown("control", figures, {"": 100.0}, {"": 1.5}, rows=asked.rows)


def _pages(times: int) -> portal.Pages:
    addresses = {
        begins + name: address.format(key=key)
        for begins, key in (("", "B0"), ("many_", "B1"))
        for name, address in PAGES.items()
    }
    return portal.pages(portal.browser_of(seed.EMAIL), addresses, times)


if __name__ == "__main__":
    sys.exit(main())

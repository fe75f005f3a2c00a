#!/usr/bin/env python3
"""Who has time: 5,000 people in 25 units, each in three of 1,000 projects for a year and more.

bench/capacity.py [--data DIR] [--database URL] [--times N]
A team of sixty, a line manager's two hundred people, and everybody; at 500 people in 100 projects
and at the whole. Limits: 200 people × 52 weeks p95 200 ms (a named exception), other pages
p95 100 ms; CPU at ten times the people ≤ 1.5 ×, of a form that offers everybody and of the last
page ≤ 10 ×.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
import _portfolio as portfolio
import seed

TEAM = {
    "team": "",
    "load": "/load",
    "agreements": "/agreements",
    "agreement": "/agreements/1",
    "ask": "/requests/new",
    "week": "/week",
    "delivered": "/delivered",
    "responsibilities": "/responsibilities",
    "retrospectives": "/retrospectives",
}
WHOLE = {
    "capacity_200_by_52": "/capacity",
    "capacity_last_page": "/capacity?page=9999",
    "capacity_of_a_unit": "/capacity?unit={unit}&weeks=12",
    "line": "/line",
    "units": "/admin/units",
    "home": "/",
    "api_agreements": "/api/v1/projects/B0/agreements",
    "api_load": "/api/v1/projects/B0/load",
    "api_capacity": "/api/v1/capacity",
    "api_week": "/api/v1/projects/B0/team/week",
}
LINEAR = {"": 1.5, "ask": 10.0, "capacity_last_page": 10.0}
"""A form that offers everybody by name may grow with them."""
YEAR = ("capacity_200_by_52", "capacity_last_page")


def main() -> int:
    asked = portfolio.arguments(20).parse_args()
    with portal.at(asked.data) as data:
        portal.use(data, asked.database)
        return _measure(asked)


def _measure(asked: argparse.Namespace) -> int:
    figures = portfolio.measured(asked, lambda _size: portfolio.load(), lambda: _pages(asked.times))
    limits = {"": 100.0, **dict.fromkeys(YEAR, 200.0)}
    from tospann.resources.models import Load

    return portal.grown(
        "capacity", figures, limits, LINEAR, load_rows=Load.objects.count(),
        people=len(portfolio.people()),
    )  # fmt: skip


def _pages(times: int) -> portal.Pages:
    from tospann.resources.models import Unit

    known = {"unit": Unit.objects.get(manager=portfolio.leader()).pk, "month": date.today()}
    addresses = {name: f"/p/B0/team{address}" for name, address in TEAM.items()}
    addresses |= {name: address.format(**known) for name, address in WHOLE.items()}
    return portal.pages(portal.browser_of(seed.EMAIL), addresses, times)


if __name__ == "__main__":
    sys.exit(main())

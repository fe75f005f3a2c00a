#!/usr/bin/env python3
"""Server time and queries of pages, with 1,000 projects and 200,000 tasks (bench/seed.py).

bench/pages.py [--data DIR] [--times N]   limits: p95 60 ms (portfolio 100) and 12 to 14 queries
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

PAGES = {
    "home": "/",
    "project_home": "/p/B7/",
    "tasks": "/p/B7/plan",
    "one_task": "/p/B7/plan/tasks/12",
    "actions": "/p/B7/tasks",
    "gates": "/p/B7/decisions/gates",
    "decisions": "/p/B7/decisions",
    "portfolio": "/portfolio",
    "portfolio_red": "/portfolio?health=2&sort=-planned",
    "api_projects": "/api/v1/projects?limit=100",
    "api_portfolio": "/api/v1/portfolio",
    "api_week": "/api/v1/me/week",
}
HELD_TO_THE_LIMIT = {
    "project_home": (60, 12),
    "tasks": (60, 12),
    "actions": (60, 12),
    "home": (60, 14),
    "portfolio": (100, 14),
}
"""Milliseconds (p95) and queries."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=portal.SEEDED)
    parser.add_argument("--times", type=int, default=60)
    asked = parser.parse_args()
    if not (asked.data / "tospann.sqlite3").exists():
        raise SystemExit(f"{asked.data} is not seeded yet: ./dev bench seed")
    portal.use(asked.data)
    figures = {name: _measure(address, asked.times) for name, address in PAGES.items()}
    checks = {}
    for name, (milliseconds, queries) in HELD_TO_THE_LIMIT.items():
        checks[f"{name}_p95_ms"] = (figures[name]["p95_ms"], milliseconds)
        checks[f"{name}_queries"] = (figures[name]["queries"], queries)
    return portal.result("pages", checks, pages=figures)


def _measure(address: str, times: int) -> dict[str, float]:
    from django.test import Client

    from tospann.people.models import Person

    browser = Client(headers={"host": "localhost"})
    who = Person.objects.get(email="bench@example.org")
    browser.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    found = portal.page_cost(browser, address, times)
    return {**found, "kilobytes": round(len(browser.get(address).content) / 1024, 1)}


if __name__ == "__main__":
    sys.exit(main())

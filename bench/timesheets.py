#!/usr/bin/env python3
"""Hours of many: two million rows in two hundred thousand weeks of 5,000 people, and a tenth of it.

bench/timesheets.py [--data DIR] [--database URL] [--times N]
The project that is measured has a twentieth of them all.
Limits: p95 100 ms a page; CPU at ten times the rows ≤ 1.5 ×, of a page far into a list ≤ 10 × (as
many rows lie before it: linear).
"""

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
import _portfolio as portfolio
import seed

MINE = {
    "hours": "/hours",
    "hours_then": "/hours?week={then}",
    "hours_next": "/hours?week={next}",
}
TEAM = {
    "team": "/p/B0/team/hours",
    "team_approved": "/p/B0/team/hours?state=approved",
    "team_middle": "/p/B0/team/hours?state=approved&page={middle}",
    "team_last": "/p/B0/team/hours?state=approved&page=9999",
    "team_of_person": "/p/B0/team/hours?state=&who={who}",
    "sheet": "/p/B0/team/hours/{sheet}",
    "import": "/p/B0/team/hours/import",
    "api": "/api/v1/projects/B0/timesheets?limit=100",
    "api_deep": "/api/v1/projects/B0/timesheets?limit=100&offset={deep}",
    "api_of_person": "/api/v1/projects/B0/timesheets?limit=100&person={who}",
}
FAR = ("team_middle", "team_last", "api_deep")


def main() -> int:
    parser = portfolio.arguments(20)
    parser.add_argument("--weeks", type=int, default=40, help="of each person")
    asked = parser.parse_args()
    with portal.at(asked.data) as data:
        portal.use(data, asked.database)
        return _measure(asked)


def _measure(asked: argparse.Namespace) -> int:
    from tospann.timesheets.models import Hours

    many = portfolio.HoursOfMany(asked.weeks)
    figures = portfolio.measured(asked, many.fill, lambda: _pages(asked.times))
    rows = Hours.objects.count()
    growth = {"": 1.5, **dict.fromkeys(FAR, 10.0)}
    return portal.grown("timesheets", figures, {"": 100.0}, growth, rows=rows)


def _pages(times: int) -> portal.Pages:
    from tospann.timesheets.models import Sheet, State, monday_of, week_name

    sheets = Sheet.objects.filter(project__key="B0")
    sent = sheets.filter(state=State.SUBMITTED).first()
    this = monday_of(date.today())
    known = {
        "then": week_name(this - timedelta(weeks=30)),
        "next": week_name(this + timedelta(weeks=1)),
        "sheet": sent and sent.pk,
        "who": portfolio.people()[0],
        "middle": sheets.count() // 200,
        "deep": sheets.count() // 2,
    }
    found: portal.Pages = {}
    for email, some in (("many00000@example.org", MINE), (seed.EMAIL, TEAM)):
        addresses = {name: address.format(**known) for name, address in some.items()}
        found |= portal.pages(portal.browser_of(email), addresses, times)
    return found


if __name__ == "__main__":
    sys.exit(main())

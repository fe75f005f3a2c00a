#!/usr/bin/env python3
"""The pages across projects: 1,000 projects with plans, budgets, risks, benefits, gates, cases.

bench/portfolio.py [--data DIR] [--database URL] [--times N]
Seen by whoever leads the portfolio, at 100 projects and at 1,000. Limit: p95 100 ms.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
import _portfolio as portfolio
import seed

PAGES = ("capacity", "risk", "money", "benefits", "gates", "timeline", "decisions", "accuracy")
RISKS, INDICATORS, GATES, MILESTONES, DECIDED, COSTS = 20, 3, 4, 20, 10, 200_000
LINEAR = {"": 10.0}
"""What is sorted and summed over all projects grows with them."""


def main() -> int:
    asked = portfolio.arguments(20).parse_args()
    with portal.at(asked.data) as data:
        portal.use(data, asked.database)
        return _measure(asked)


def _measure(asked: argparse.Namespace) -> int:
    figures = portfolio.measured(asked, _fill, lambda: _pages(asked.times))
    return portal.grown("portfolio", figures, {"": 100.0}, LINEAR, **_counted())


def _pages(times: int) -> portal.Pages:
    addresses = {"list": "/portfolio"} | {name: f"/portfolio/{name}" for name in PAGES}
    addresses |= {
        "capacity_last": "/portfolio/capacity?page=9999",
        "risk_all": "/portfolio/risk?worst=all&kind=&page=3",
        "gates_no_date": "/portfolio/gates?month=none",
        "decisions_later": "/portfolio/decisions?page=20",
    }
    addresses |= {f"api_{name}": f"/api/v1/portfolio/{name}" for name in PAGES}
    return portal.pages(portal.browser_of(seed.EMAIL), addresses, times)


def _counted() -> dict[str, int]:
    from tospann.budget.models import BudgetLine, Cost
    from tospann.projects.models import Project
    from tospann.resources.models import Load
    from tospann.risks.models import Risk

    models = (Project, Risk, BudgetLine, Cost, Load)
    return {model.__name__.lower(): model.objects.count() for model in models}


def _fill(size: float) -> None:
    from tospann.projects.models import Project
    from tospann.risks.models import Risk

    portfolio.load()
    portfolio.Costs(rows=COSTS).fill(size)
    done = set(Risk.objects.order_by().values_list("project_id", flat=True).distinct())
    new = list(Project.objects.exclude(pk__in=done).order_by("key"))
    _risks(new)
    _benefits(new)
    _gates(new)
    _plans(new)
    _decisions(new)


def _row(**values: Any) -> dict[str, Any]:
    from tospann.foundation.ids import new_id

    return {"id": new_id(), "version": 1, **values}


def _risks(projects: list[Any]) -> None:
    from tospann.risks.models import Risk

    owners = [*portfolio.people()[:50], None]
    today = date.today()
    portfolio.pour(
        Risk,
        (
            _row(
                project_id=project.pk, number=10_000 + n, title=f"Risiko {n}", kind="threat",
                probability=1 + (at + n) % 5, impact=1 + (at + 3 * n) % 5, state="open",
                owner_id=owners[(at + n) % len(owners)], due_on=today + timedelta(days=n * 5 - 20),
            )
            for at, project in enumerate(projects)
            for n in range(RISKS)
        ),
    )  # fmt: skip


def _benefits(projects: list[Any]) -> None:
    from tospann.benefits.models import Benefit, Indicator, Measurement

    benefits, indicators, measured = [], [], []
    today = date.today()
    for at, project in enumerate(projects):
        benefit = _row(
            project_id=project.pk, number=20_000, code="K1", title="Raskere svar",
            kind="qualitative", state="realising", full_from=today + timedelta(days=at % 400 - 40),
        )  # fmt: skip
        benefits.append(benefit)
        for n in range(INDICATORS):
            one = _row(
                project_id=project.pk, benefit_id=benefit["id"], name=f"Dager {n}", target=10
            )
            indicators.append(one)
            same = {"project_id": project.pk, "indicator_id": one["id"]}
            then = today - timedelta(days=100)
            measured.append(_row(moment="start", due_on=then, measured_on=then, value=50, **same))
            coming = today + timedelta(days=(at * 7 + n * 31) % 300 - 60)
            measured.append(_row(moment="end", due_on=coming, **same))
    portfolio.pour(Benefit, benefits)
    portfolio.pour(Indicator, indicators)
    portfolio.pour(Measurement, measured)


def _gates(projects: list[Any]) -> None:
    """Four gates each, the first passed, with five points; one of twenty without a date."""
    from tospann.projects.models import Gate, GateCriterion

    gates, points, today = [], [], date.today()
    for at, project in enumerate(projects):
        for n in range(GATES):
            day = today + timedelta(days=(at * 11) % 240 + n * 120 - 140)
            gate = _row(
                project_id=project.pk, position=100 + n, code=f"P{n}", name=f"Port {n}",
                due_on=None if at % 20 == 0 else day, state="open" if n else "passed",
            )  # fmt: skip
            gates.append(gate)
            points += [
                _row(
                    project_id=project.pk, gate_id=gate["id"], position=k, text=f"Punkt {k}",
                    kind="check", state="done" if (at + k) % 3 else "open",
                )
                for k in range(5)
            ]  # fmt: skip
    portfolio.pour(Gate, gates)
    portfolio.pour(GateCriterion, points)


def _plans(projects: list[Any]) -> None:
    """Twenty milestones each, a month apart, a third of them reached; promised when frozen."""
    from tospann.closing.models import Forecast
    from tospann.planning.models import Activity

    portfolio.pour(Activity, _milestones(projects))
    today = date.today()
    portfolio.pour(
        Forecast,
        (
            {
                "project_id": project.pk, "revision": 1, "uid": uid, "name": f"Milepæl {uid}",
                "made_on": today - timedelta(days=700), "begins_on": today - timedelta(days=700),
                "planned": day - timedelta(days=5), "p50": day - timedelta(days=uid % 9),
                "p80": day + timedelta(days=uid % 7 - 2),
            }
            for at, project in enumerate(projects)
            for uid, day in _dates(at)
        ),
    )  # fmt: skip


def _dates(at: int) -> Iterator[tuple[int, date]]:
    for n in range(MILESTONES):
        yield 900_000 + n, date.today() + timedelta(days=30 * n - 200 + at % 30)


def _milestones(projects: list[Any]) -> Iterator[dict[str, Any]]:
    for at, project in enumerate(projects):
        for uid, day in _dates(at):
            yield {
                "project_id": project.pk, "uid": uid, "position": uid, "number": str(uid),
                "level": 1, "name": f"Milepæl {uid}", "kind": "milestone", "start": day,
                "finish": day, "state": "done" if day < date.today() else "not_started",
                "mode": "auto", "content": "{}", "is_active": True,
            }  # fmt: skip


def _decisions(projects: list[Any]) -> None:
    """Ten decisions each, and a case that waits in every third."""
    from tospann.cases.models import Case, Decision
    from tospann.people.models import Person

    today, who = date.today(), Person.objects.get(email=seed.EMAIL).pk
    portfolio.pour(
        Decision,
        (
            _row(
                project_id=project.pk, number=30_000 + n, title=f"Vedtak {n}", outcome="approved",
                decided_on=today - timedelta(days=(at + n * 13) % 500), decided_by_id=who,
            )
            for at, project in enumerate(projects)
            for n in range(DECIDED)
        ),
    )  # fmt: skip
    portfolio.pour(
        Case,
        (
            _row(
                project_id=project.pk, number=40_000, title="Sak", kind="change",
                state="submitted", need_by=today + timedelta(days=at % 90 - 10),
                prepared_by_id=who,
            )
            for at, project in enumerate(projects)
            if not at % 3
        ),
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

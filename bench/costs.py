#!/usr/bin/env python3
"""A file of 50,000 costs from the first byte to the last sum, and the pages of money.

bench/costs.py [--data DIR] [--database URL] [--times N] [--file N] [--rows N] [--in-one PART]
The pages with 100,000 and 1,000,000 costs in 100 and 1,000 projects: of a usual project with a
thousand of them, and (``many``) of one with a tenth of all.
Limits: file ≤ 30 s; pages p95 ≤ 100 ms; at ten times the costs of others CPU ≤ 1.5 ×.
"""

import argparse
import io
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
import _portfolio as portfolio
import seed

MONEY = {
    "lines": "",
    "periods": "/periods",
    "line": "/7",
    "line_form": "/7/edit",
    "new_line": "/new",
    "costs": "/costs",
    "costs_middle": "/costs?page={middle}",
    "costs_last": "/costs?page={last}",
    "costs_of_line": "/costs?line={line}",
    "costs_of_month": "/costs?month={month}",
    "costs_of_supplier": "/costs?supplier=Leverand%C3%B8r+7",
    "costs_late": "/costs?late=1",
    "new_cost": "/costs/new",
    "import": "/costs/import",
    "batches": "/batches",
    "batch": "/batches/1",
    "months": "/months",
    "forecast": "/forecast",
    "commitments": "/commitments",
    "frames": "/frames",
}
API = {
    "api_budget": "budget",
    "api_costs": "costs?limit=100",
    "api_costs_deep": "costs?limit=100&offset={deep}",
    "api_batches": "cost-batches",
    "api_commitments": "commitments",
}
LINEAR = ("costs_of_supplier", "costs_late", "batches")
"""Pages of a project's own rows that nothing is kept for: no worse than linear."""


def main() -> int:
    parser = portfolio.arguments(20)
    parser.add_argument("--file", type=int, default=50_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--in-one", type=float, default=0.1, help="part of them in one project")
    asked = parser.parse_args()
    with portal.at(asked.data) as data:
        portal.use(data, asked.database)
        return _measure(asked)


def _measure(asked: argparse.Namespace) -> int:
    costs = portfolio.Costs(rows=asked.rows, in_one=asked.in_one)
    figures = portfolio.measured(asked, costs.fill, lambda: _pages(asked.times))
    seconds, parts = _import(portfolio.projects()[2], asked.file)
    return portal.grown(
        "costs", figures, {"": 100.0}, {"": 1.5, **{f"many_{name}": 10.0 for name in LINEAR}},
        checks={"import_s": (seconds, 30.0)}, rows=asked.rows, file=asked.file, parts=parts,
    )  # fmt: skip


def _pages(times: int) -> portal.Pages:
    browser = portal.browser_of(seed.EMAIL)
    addresses = {}
    for begins, project in zip(("", "many_"), portfolio.projects(), strict=False):
        known = _known(project)
        for name, address in MONEY.items():
            addresses[begins + name] = f"/p/{project.key}/money{address}".format(**known)
        for name, address in API.items():
            addresses[begins + name] = f"/api/v1/projects/{project.key}/{address}".format(**known)
    return portal.pages(browser, addresses | {"rates": "/admin/rates"}, times)


def _known(project: Any) -> dict[str, Any]:
    from tospann.budget.models import Cost

    count = Cost.objects.filter(project=project).count()
    return {
        "line": project.budget_lines.get(number=7).pk,
        "month": f"{date.today() - timedelta(days=100):%Y-%m}",
        "middle": count // 200,
        "last": -(-count // 100),
        "deep": count // 2,
    }


def _import(project: Any, count: int) -> tuple[float, dict[str, float]]:
    """What a person waits for: the file read and tried, then recorded with progress."""
    from django.db.models import Sum

    from tospann.budget import jobs
    from tospann.budget.importing import staging
    from tospann.foundation.authority import Sentence
    from tospann.jobs import progress
    from tospann.people.actors import actor_for

    actor = actor_for(portfolio.leader())
    before = project.budget_lines.aggregate(all=Sum("spent"))["all"]
    file = io.BytesIO(_file(count, f"{before:.0f}"))
    begun, cpu = time.perf_counter(), time.process_time()
    staged = staging.stage(actor, project, file, "kostnader.csv")
    tried = time.perf_counter() - begun
    if staged.report["problem_count"] or staged.report["rows"] != count:
        raise SystemExit(f"the file was not read: {staged.report}")
    work = progress.begin(actor.person_id, Sentence("Importing"), total=count)
    jobs.record(actor, staged, str(work.pk))
    seconds = time.perf_counter() - begun
    parts = {"tried_s": tried, "recorded_s": seconds - tried, "cpu_s": time.process_time() - cpu}
    return seconds, {name: round(value, 1) for name, value in parts.items()}


def _file(count: int, series: str) -> bytes:
    """Other vouchers than those of an earlier run in the same folder."""
    text, today = io.StringIO(), date.today()
    text.write("Bilagsdato;Konto;Beløp;Leverandør;Tekst;Bilagsnr\n")
    for n in range(count):
        day = today - timedelta(days=n * 31 % 730)
        amount = f"{100 + n * 7919 % 4_999_999}"
        typed = f"{amount[:-2]},{amount[-2:]}"
        line, supplier = f"{1 + n % 10:02}", n * 13 % 197
        text.write(f"{day:%d.%m.%Y};{line};{typed};Leverandør {supplier};Bilag;N{series}-{n}\n")
    return text.getvalue().encode()


if __name__ == "__main__":
    sys.exit(main())

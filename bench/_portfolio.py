"""A portfolio with people, hours and money: up to 1,000 projects and 5,000 people, poured in bulk.

Two projects (``B0`` and ``B1``) are made by the commands people use, with plan, phases and team.
The others, and all that there is much of, are rows put straight into their tables: what pages show
is measured, not how it came. A larger size adds to a smaller one in the same database.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
import seed

PROJECTS, PEOPLE, TASKS, TEAM, UNIT, UNITS = 1_000, 5_000, 200, 60, 200, 25
SIZES = (0.1, 1.0)
AT_ONCE = 10_000


def arguments(times: int = 30) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", default="")
    parser.add_argument("--times", type=int, default=times)
    parser.add_argument("--data", type=Path, help="a folder to make, or to measure again as it is")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="parts of the whole")
    return parser


def measured(
    asked: argparse.Namespace, fill: Callable[[float], None], measure: Callable[[], portal.Pages]
) -> dict[int, portal.Pages]:
    """Filled and measured, one size after another; by thousandths of the whole."""
    found: dict[int, portal.Pages] = {}
    for size in sorted(float(one) for one in asked.sizes.split(",")):
        begin(size)
        fill(size)
        analyse()
        found[round(size * 1000)] = measure()
    return found


def begin(size: float) -> None:
    """The projects, the people and where they work, at a part of the whole."""
    from tospann.projects.models import Project

    if not Project.objects.exists():
        seed.seed(2, TASKS)
        _leading()
    _projects(round(PROJECTS * size))
    _people(round(PEOPLE * size))


# Rows, straight into their tables


def pour(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Rows of a table by the names of its columns; what is not said has the field's default."""
    from django.db import connection, transaction

    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = [one for one in model._meta.concrete_fields if one.attname != "id" or "id" in first]
    names = [one.attname for one in fields]
    ready = [one.get_db_prep_save for one in fields]
    usual = [_usual(one) for one in fields]
    columns = ", ".join(f'"{one.column}"' for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'
    kept: list[dict[Any, Any]] = [{} for _one in fields]

    def stored(row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(
            _stored(ready[at], row.get(name, usual[at]), kept[at], connection)
            for at, name in enumerate(names)
        )

    every = chain([first], rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while some := [stored(row) for row in islice(every, AT_ONCE)]:
            cursor.executemany(sql, some)


def _usual(field: Any) -> Any:
    from django.db.models import NOT_PROVIDED
    from django.utils import timezone

    if getattr(field, "auto_now_add", False):
        return timezone.now()
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return None if field.null else ("" if field.empty_strings_allowed else 0)


def _stored(ready: Any, value: Any, kept: dict[Any, Any], connection: Any) -> Any:
    """As the database takes it; the same value is made ready once."""
    if isinstance(value, (list, dict)):
        return ready(value, connection)
    if value not in kept:
        if len(kept) > AT_ONCE:
            kept.clear()
        kept[value] = ready(value, connection)
    return kept[value]


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# Who there is


def projects() -> list[Any]:
    """The two that are measured first, then the others."""
    from tospann.projects.models import Project

    return sorted(Project.objects.all(), key=lambda one: (one.key[0], int(one.key[1:])))


def people() -> list[UUID]:
    """The many, in the order they were made."""
    from tospann.people.models import Person

    found = Person.objects.filter(email__startswith="many").values_list("email", "pk")
    return [pk for _number, pk in sorted((int(email[4:9]), pk) for email, pk in found)]


def leader() -> Any:
    from tospann.people.models import Person

    return Person.objects.get(email=seed.EMAIL)


def _leading() -> None:
    """Whoever measures leads the portfolio, the line and the two projects."""
    from tospann.foundation.authority import SYSTEM, Role
    from tospann.people import commands

    commands.give_organisation_role(SYSTEM, leader(), role=Role.LINE_MANAGER)


def _projects(wanted: int) -> None:
    from tospann.foundation.authority import Role
    from tospann.foundation.ids import new_id
    from tospann.projects.models import Membership, Project, ProjectState

    today = date.today()
    made = [
        {
            "id": new_id(), "version": 1, "key": f"C{n}", "name": f"Prosjekt {n}",
            "start": today - timedelta(days=300), "finish": today + timedelta(days=600),
            "state": ProjectState.ACTIVE,
        }
        for n in range(Project.objects.count(), wanted)
    ]  # fmt: skip
    pour(Project, made)
    head = leader().pk
    pour(
        Membership,
        (
            {
                "id": new_id(), "version": 1, "project_id": one["id"], "person_id": head,
                "role": Role.MANAGER,
            }
            for one in made[:18]
        ),
    )  # fmt: skip


def _people(wanted: int) -> None:
    """Each works in a unit (two hundred in the first) and in three projects, sixty in ``B0``."""
    from tospann.foundation.ids import new_id
    from tospann.people.models import Person

    have = len(people())
    made = [
        {
            "id": new_id(), "version": 1, "email": f"many{n:05}@example.org", "is_active": True,
            "name": f"Person {n:05}", "title": ("Ingeniør", "Montør", "Rådgiver", "")[n % 4],
            "password": "!",
        }
        for n in range(have, wanted)
    ]  # fmt: skip
    pour(Person, made)
    _employ(have, [one["id"] for one in made])
    _appoint(have, [one["id"] for one in made])


def _employ(have: int, made: Sequence[UUID]) -> None:
    from tospann.foundation.ids import new_id
    from tospann.resources.models import Absence, Employment, Unit

    today = date.today()
    if not Unit.objects.exists():
        same = {"version": 1, "manager_id": leader().pk}
        pour(Unit, ({"id": new_id(), "name": f"Enhet {n:02}", **same} for n in range(1)))
        same["manager_id"] = None
        pour(Unit, ({"id": new_id(), "name": f"Enhet {n:02}", **same} for n in range(1, UNITS)))
    units = list(Unit.objects.order_by("name").values_list("pk", flat=True))
    begun = today - timedelta(days=1000)
    numbered = list(enumerate(made, have))
    pour(
        Employment,
        (
            {
                "id": new_id(), "version": 1, "person_id": one, "starts_on": begun,
                "unit_id": units[0] if n < UNIT else units[1 + n % (UNITS - 1)],
                "percent": (100, 100, 80, 60)[n % 4],
            }
            for n, one in numbered
        ),
    )  # fmt: skip
    away = ((n, one, today + timedelta(days=n * 37 % 300)) for n, one in numbered if n % 3)
    pour(
        Absence,
        (
            {
                "id": new_id(), "version": 1, "person_id": one, "kind": "holiday",
                "starts_on": day, "ends_on": day + timedelta(days=13),
            }
            for _n, one, day in away
        ),
    )  # fmt: skip


def _appoint(have: int, made: Sequence[UUID]) -> None:
    from tospann.foundation.authority import Role
    from tospann.foundation.ids import new_id
    from tospann.projects.models import Membership

    every = projects()
    pour(
        Membership,
        (
            {
                "id": new_id(), "version": 1, "project_id": one.pk, "person_id": person,
                "role": Role.MEMBER,
            }
            for n, person in enumerate(made, have)
            for one in theirs(n, every)
        ),
    )  # fmt: skip


def theirs(number: int, every: Sequence[Any]) -> list[Any]:
    """The three projects of a person; ``B0`` is one of them for the first sixty."""
    others = every[2:]
    found = [others[(number * 7 + step * 31) % len(others)] for step in range(3)]
    return [every[0], *found[:2]] if number < TEAM else list(dict.fromkeys(found))


# Money


@dataclass(frozen=True)
class Costs:
    """How many costs there are in all, in one usual project (``B0``) and in one with many."""

    rows: int = 1_000_000
    usual: int = 1_000
    in_one: float = 0.1
    lines: int = 40

    def fill(self, size: float) -> None:
        """Each project has its budget; what a larger size has more is added."""
        every = projects()
        first, many, others = every[0], every[1], every[2:]
        for project in every:
            _budget(project, self.lines if project in (first, many) else 10)
        total = round(self.rows * size)
        of_many = round(total * self.in_one)
        each = (total - self.usual - of_many) // len(others)
        _costs([(first, self.usual), (many, of_many), *((one, each) for one in others)])


def _budget(project: Any, count: int) -> None:
    from tospann.budget.models import Budget, BudgetLine
    from tospann.foundation.ids import new_id

    if Budget.objects.filter(project=project).exists():
        return
    each = Decimal(1_000_000)
    pour(
        Budget,
        [
            {
                "id": new_id(), "version": 1, "project_id": project.pk, "lines_made": count,
                "manager_reserve": each, "owner_reserve": each, "agreed_total": each * (count + 2),
                "approved_total": each * (count + 2), "base_estimate": each * count,
            }
        ],
    )  # fmt: skip
    pour(
        BudgetLine,
        (
            {
                "id": new_id(), "version": 1, "project_id": project.pk, "number": n,
                "code": f"{n:02}", "name": f"Linje {n}", "amount": each, "approved": each,
                "activity_uid": 4 * n if n % 3 else None,
                "cost_type": ("labour", "purchase", "equipment", "other")[n % 4],
            }
            for n in range(1, count + 1)
        ),
    )  # fmt: skip


def _costs(wanted: Sequence[tuple[Any, int]]) -> None:
    """So many costs in each project, in batches, and the sums that are kept of them."""
    from django.db.models import Count

    from tospann.budget.models import BudgetLine, Cost, CostBatch

    have = dict(Cost.objects.order_by().values_list("project_id").annotate(Count("id")))
    lines: dict[UUID, list[UUID]] = {}
    for project, pk in BudgetLine.objects.order_by("number").values_list("project_id", "pk"):
        lines.setdefault(project, []).append(pk)
    batches, rows = [], []
    everybody = people()[:200]
    for project, count in wanted:
        made, run = _run(project, have.get(project.pk, 0), count)
        batches += made
        rows.append(_drawn(project, lines[project.pk], everybody, run))
    pour(CostBatch, batches)
    pour(Cost, (row for some in rows for row in some))
    keep_sums()


Run = list[tuple[UUID, int, int]]


def _run(project: Any, have: int, wanted: int) -> tuple[list[dict[str, Any]], Run]:
    """Batches of a hundred rows."""
    from tospann.foundation.ids import new_id

    today, made, run = date.today(), [], []
    for begins in range(have, wanted, 100):
        ends = min(begins + 100, wanted)
        pk = new_id()
        run.append((pk, begins, ends))
        made.append(
            {
                "id": pk, "version": 1, "project_id": project.pk, "number": begins + 1,
                "source": "csv", "file_name": "bilag.csv", "rows": ends - begins, "total": 0,
                "first_on": today, "last_on": today,
            }
        )  # fmt: skip
    return made, run


def _drawn(
    project: Any, lines: Sequence[UUID], everybody: Sequence[UUID], run: Run
) -> Iterator[dict[str, Any]]:
    today = date.today()
    for batch, first, last in run:
        for n in range(first, last):
            somebody = not n % 3
            amount = Decimal(100 + n * 7919 % 99_991)
            yield {
                "project_id": project.pk, "line_id": lines[n % len(lines)], "batch_id": batch,
                "booked_on": today - timedelta(days=n * 31 % 730), "amount": amount,
                "amount_nok": amount, "currency": "NOK", "source": "csv",
                "text": f"Bilag {n % 1000}",
                "supplier": "" if somebody else f"Leverandør {n * 13 % 197}",
                "person_id": everybody[n // 3 % len(everybody)] if somebody else None,
                "hours": Decimal("7.5") if somebody else None,
                "external_id": f"F-{n}" if n % 2 else "", "is_late": not n % 997,
            }  # fmt: skip


def keep_sums() -> None:
    """What is kept beside the costs, as the one place keeps it that costs come in by."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM budget_costday")
        cursor.execute(
            "INSERT INTO budget_costday (project_id, line_id, day, amount, rows)"
            " SELECT project_id, line_id, booked_on, SUM(amount_nok), COUNT(*) FROM budget_cost"
            " GROUP BY project_id, line_id, booked_on"
        )
        cursor.execute("DELETE FROM budget_costparty")
        of_people = "person_id IS NOT NULL OR hours IS NOT NULL"
        cursor.execute(
            "INSERT INTO budget_costparty"
            " (project_id, supplier, person_id, is_of_people, amount, hours, rows)"
            f" SELECT project_id, supplier, person_id, {of_people}, SUM(amount_nok),"
            " COALESCE(SUM(hours), 0), COUNT(*) FROM budget_cost"
            f" GROUP BY project_id, supplier, person_id, {of_people}"
        )
        cursor.execute(
            "UPDATE budget_budgetline SET spent = COALESCE((SELECT SUM(amount) FROM budget_costday"
            " WHERE budget_costday.line_id = budget_budgetline.id), 0)"
        )


# Hours


@dataclass(frozen=True)
class HoursOfMany:
    """Weeks back, each with ten rows of hours; every twentieth person's are those of ``B0``."""

    weeks: int = 40
    state: str = "approved"

    def fill(self, size: float) -> None:
        from tospann.timesheets.models import Hours, Sheet, Week

        done = set(Week.objects.order_by().values_list("person_id", flat=True).distinct())
        every = projects()
        places = {
            pk: every[0].pk if n % 20 == 0 or n < TEAM else theirs(n, every)[0].pk
            for n, pk in enumerate(people())
            if pk not in done
        }
        weeks, sheets = self._weeks(places)
        pour(Week, weeks)
        pour(Sheet, sheets)
        pour(Hours, (row for sheet in sheets for row in _rows_of(sheet)))

    def _weeks(self, places: dict[UUID, UUID]) -> tuple[list[Any], list[Any]]:
        from tospann.foundation.ids import new_id
        from tospann.timesheets.models import State, monday_of

        half = ["3.75"] * 5 + ["0", "0"]
        lines = [{"uid": uid, "kind": kind, "comment": "", "hours": half} for uid, kind in WORK]
        this, weeks, sheets = monday_of(date.today()), [], []
        for back in reversed(range(self.weeks)):
            state = (State.OPEN, State.SUBMITTED)[back] if back < 2 else State.APPROVED
            same = {
                "version": 1, "monday": this - timedelta(weeks=back), "state": str(state),
                "hours": Decimal("37.5"),
            }  # fmt: skip
            for person, project in places.items():
                week = {"id": new_id(), "person_id": person, **same}
                weeks.append(week)
                sheets.append(
                    {**week, "id": new_id(), "week_id": week["id"], "project_id": project,
                     "lines": lines}
                )  # fmt: skip
        return weeks, sheets


WORK = ((2, ""), (None, "meetings"))


def _rows_of(sheet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for step in range(5):
        day = sheet["monday"] + timedelta(days=step)
        for uid, kind in WORK:
            yield {
                "sheet_id": sheet["id"], "project_id": sheet["project_id"], "day": day,
                "uid": uid, "kind": kind, "hours": Decimal("3.75"), "comment": "",
            }  # fmt: skip


# Load


def load(weeks: int = 60) -> None:
    """What three projects want of everybody, week by week; promises to ``B0`` and by the line."""
    from tospann.resources.models import Load
    from tospann.resources.weeks import week_of

    done = set(Load.objects.order_by().values_list("person_id", flat=True).distinct())
    every, now = projects(), week_of(date.today())
    new = [(n, pk) for n, pk in enumerate(people()) if pk not in done]
    pour(
        Load,
        (
            {
                "project_id": project.pk, "person_id": pk, "week": week,
                "planned": minutes, "agreed": minutes, "minutes": minutes,
            }
            for n, pk in new
            for at, project in enumerate(theirs(n, every))
            for minutes in [60 * (2 + (n * 5 + at * 11) % 15)]
            for week in range(now - 4, now + weeks - 4)
        ),
    )  # fmt: skip
    _promise()


def _promise() -> None:
    """For each in the first unit two agreements and a rate; and what is asked of the unit."""
    from tospann.foundation.ids import new_id
    from tospann.resources.models import Agreement, Rate, Request

    if Agreement.objects.exists():
        return
    today, every, hers = date.today(), projects(), people()[:UNIT]
    first = every[0].pk
    same = {"starts_on": today - timedelta(days=20), "ends_on": today + timedelta(days=200)}
    pour(
        Agreement,
        (
            {
                "id": new_id(), "version": 1, "project_id": project.pk, "person_id": pk,
                "number": 2 * n + at + 1, "percent": 20 + n % 30, "rate": Decimal(900),
                "currency": "NOK", "agreed_until": same["ends_on"], **same,
            }
            for n, pk in enumerate(hers)
            for at, project in enumerate(theirs(n, every)[:2])
        ),
    )  # fmt: skip
    pour(
        Rate,
        (
            {
                "id": new_id(), "version": 1, "person_id": pk, "amount": Decimal(900),
                "currency": "NOK", "valid_from": today - timedelta(days=400),
            }
            for pk in hers
        ),
    )  # fmt: skip
    pour(
        Request,
        (
            {
                "id": new_id(), "version": 1, "project_id": first, "number": 1000 + n,
                "role": "Montør", "percent": 50, "state": "open", **same,
            }
            for n in range(30)
        ),
    )  # fmt: skip

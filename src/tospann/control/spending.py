"""What has been spent: by day, by supplier, by person, and in months that were closed."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from tospann.budget import closing
from tospann.budget.models import Accrual, ClosedMonth, CostDay, CostParty
from tospann.budget.money import rounded
from tospann.budget.queries.costs import by_supplier, shown
from tospann.budget.summing import summed
from tospann.budget.veiling import LIFTED, Veil
from tospann.control.lines import ore
from tospann.control.report import Closing, Spender
from tospann.projects.models import Project

MOST = 15
"""Suppliers and people that are named; the others are added up."""


def by_day(project: Project, seen: Veil = LIFTED) -> dict[date, int]:
    """Costs and accruals by day; a released accrual goes out again the day it is released."""
    found: dict[date, int] = defaultdict(int)
    days = CostDay.objects.filter(project=project).values_list("day", "amount")
    for day, amount in [*days, *seen.by_day().items()]:
        found[day] += ore(amount)
    waiting = Accrual.objects.filter(project=project)
    for amount, booked, released in waiting.values_list("amount", "booked_on", "released_on"):
        found[booked] += ore(amount)
        if released is not None:
            found[released] -= ore(amount)
    return dict(found)


def suppliers(project: Project, seen: Veil = LIFTED) -> tuple[Spender, ...]:
    """What each supplier has had, the dearest first."""
    rows = by_supplier(project, seen)
    return _largest([Spender(supplier, ore(amount)) for supplier, amount in rows])


def people(project: Project) -> tuple[Spender, ...]:
    """What each person's hours have cost. Only for those who may see what an hour costs."""
    kept = CostParty.objects.filter(project=project, person__isnull=False)
    rows = kept.values("person_id", "person__name").order_by()
    summed_up = rows.annotate(total=summed("amount"), worked=summed("hours"))
    return _largest(
        [
            Spender(row["person__name"], ore(row["total"]), rounded(row["worked"]))
            for row in summed_up
        ]
    )


def _largest(found: list[Spender]) -> tuple[Spender, ...]:
    found.sort(key=lambda one: (-one.amount, one.name))
    if len(found) <= MOST:
        return tuple(found)
    rest = found[MOST:]
    hours = sum((one.hours or Decimal(0) for one in rest), Decimal(0))
    others = Spender("", sum(one.amount for one in rest), hours if rest[0].hours else None)
    return (*found[:MOST], others)


def closings(project: Project, seen: Veil = LIFTED) -> tuple[Closing, ...]:
    """The closed months, newest first, with what was booked in each of them afterwards."""
    late: dict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    after = shown(project, is_lifted=seen.is_lifted).filter(is_late=True)
    for day, amount in after.values_list("booked_on", "amount_nok"):
        month = day.replace(day=1)
        late[month] = (late[month][0] + ore(amount), late[month][1] + 1)
    months = ClosedMonth.objects.filter(project=project).order_by("-month")
    return tuple(
        Closing(month, closing.last_of(month), *late[month])
        for month in months.values_list("month", flat=True)
    )

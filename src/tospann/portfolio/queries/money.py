"""Money project by project, and its sums; a fixed number of queries.

The figures are those of each project's own page of money: whoever may not see rates of a project
is shown no sum that is one person's hours (``budget.veiling``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, F
from django.db.models.functions import Coalesce

from tospann.budget.ledger import ZERO
from tospann.budget.models import Budget, BudgetLine
from tospann.budget.money import rounded
from tospann.budget.summing import summed
from tospann.budget.veiling import withheld
from tospann.foundation.authority import Actor
from tospann.portfolio.queries.seen import Part, running

PER_PAGE = 100
SORTS = ("over", "name", "amount", "spent", "committed", "forecast", "reserve")


@dataclass(frozen=True)
class Sums:
    """Budget, promised, used, where it ends, and what is left of what was set aside."""

    amount: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO
    accrued: Decimal = ZERO
    forecast: Decimal = ZERO
    reserve: Decimal = ZERO

    @property
    def incurred(self) -> Decimal:
        return self.spent + self.accrued

    @property
    def over(self) -> Decimal:
        """How far the forecast is above the budget; below zero: a saving."""
        return self.forecast - self.amount


@dataclass(frozen=True)
class ProjectMoney:
    key: str
    name: str
    sums: Sums


@dataclass(frozen=True)
class Money:
    """A part of the projects with a budget, the sums of all of them, and how many have none."""

    rows: list[ProjectMoney]
    total: Sums
    without: int
    part: Part
    sort: str


def of(actor: Actor, asked: Mapping[str, Any]) -> Money:
    """Those whose forecast is furthest above the budget first, unless something else is asked."""
    rows, without = every(actor)
    sort = str(asked.get("sort", ""))
    sort = sort if sort in SORTS else "over"
    part = Part.of(asked, len(rows), PER_PAGE)
    ordered = sorted(rows, key=lambda one: one.name.casefold())
    if sort != "name":
        ordered.sort(key=lambda one: getattr(one.sums, sort), reverse=True)
    return Money(ordered[part.rows], total(rows), without, part, sort)


def total(rows: list[ProjectMoney]) -> Sums:
    names = [field.name for field in fields(Sums)]
    return Sums(**{name: sum((getattr(one.sums, name) for one in rows), ZERO) for name in names})


def every(actor: Actor) -> tuple[list[ProjectMoney], int]:
    """All projects with a budget, and how many have none: five queries."""
    projects = list(running(actor).values_list("pk", "key", "name"))
    lines, reserves = _lines(actor), _reserves(actor)
    hidden = withheld(actor, running(actor))
    found = [
        ProjectMoney(key, name, _sums(lines.get(pk), reserves.get(pk, ZERO), hidden.get(pk, ZERO)))
        for pk, key, name in projects
        if pk in lines or pk in reserves
    ]
    return found, len(projects) - len(found)


def _sums(line: tuple[Decimal, ...] | None, reserve: Decimal, hidden: Decimal) -> Sums:
    if line is None:
        return Sums(reserve=reserve)
    amount, committed, spent, accrued, forecast = line
    return Sums(amount, committed, spent - hidden, accrued, forecast, reserve)


def _lines(actor: Actor) -> dict[UUID, tuple[Decimal, ...]]:
    """What the lines of each project add up to, from the sums that are kept on them."""
    expected = Coalesce(F("forecast"), F("amount"), output_field=DecimalField())
    rows: Any = BudgetLine.objects.filter(project__in=running(actor).values("pk")).order_by()
    names = ("amount", "committed", "spent", "accrued")
    sums = {f"all_{name}": summed(name) for name in names}
    found = rows.values_list("project_id").annotate(**sums, all_forecast=summed(expected))
    return {pk: tuple(rounded(value) for value in values) for pk, *values in found}


def _reserves(actor: Actor) -> dict[UUID, Decimal]:
    kept = ("manager_reserve", "manager_released", "owner_reserve", "owner_released")
    rows = Budget.objects.filter(project__in=running(actor).values("pk"))
    found = rows.values_list("project_id", *kept)
    return {pk: hers - used + his - spent for pk, hers, used, his, spent in found}

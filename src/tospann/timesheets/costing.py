"""Approved hours become costs: hours times the rate of whoever worked, on a line of the budget.

What somebody is paid can be worked out from an amount and her hours, so the audit log keeps that
costs were recorded, not how much; whoever shows costs shows them through ``budget.veiling``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from tospann.budget import posting
from tospann.budget.models import BudgetLine, Cost, CostType
from tospann.budget.money import rounded
from tospann.budget.posting import Book
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.projects.models import Project
from tospann.resources import rates
from tospann.resources.rates import Price
from tospann.timesheets import lines
from tospann.timesheets.models import Sheet, week_name

Priced = Mapping[date, Mapping[UUID, Price]]
"""What an hour of each person costs in the weeks that begin on these Mondays."""


@dataclass
class Worked:
    """Hours of a person in one month of a week, on one line of the budget."""

    line: UUID
    booked_on: date
    hours: Decimal


def record(actor: Actor, project: Project, sheets: Sequence[Sheet]) -> None:
    """One batch of costs a week. Inside a command; nothing without a budget or rates."""
    known = posting.book(project.pk) if sheets else None
    if known is None or not known.lines:
        return
    priced = prices(project.pk, sheets)
    by_week: dict[date, list[Cost]] = {}
    for sheet in sheets:
        costs = list(_costs(known, sheet, priced[sheet.monday]))
        by_week.setdefault(sheet.monday, []).extend(costs)
        if costs:
            sheet.costed += 1
            sheet.save()
    _post(actor, known, by_week)


def take_back(actor: Actor, project: Project, sheets: Sequence[Sheet]) -> None:
    """The same costs the other way round. Inside a command."""
    numbers = {_number(one, place): one for one in sheets for place in range(2 * len(one.lines))}
    kept = posting.numbered(project.pk).filter(external_id__in=list(numbers))
    found = sorted(kept, key=lambda one: one.pk)
    by_week: dict[date, list[Cost]] = {}
    known = posting.book(project.pk) if numbers else None
    if known is None:
        return
    for cost in found:
        back = posting.Row(
            line=cost.line_id,
            booked_on=cost.booked_on,
            amount=-cost.amount,
            vat=-cost.vat,
            currency=cost.currency,
            text=cost.text,
            person=cost.person_id,
            hours=-cost.hours if cost.hours is not None else None,
        )
        by_week.setdefault(numbers[cost.external_id].monday, []).append(
            known.cost(back, cost.source)
        )
    _post(actor, known, by_week)


def prices(project: UUID, sheets: Iterable[Sheet]) -> Priced:
    """The rates at the beginning of each week (at most four queries a week)."""
    people: dict[date, set[UUID]] = {}
    for sheet in sheets:
        people.setdefault(sheet.monday, set()).add(sheet.person_id)
    return {monday: rates.of(project, who, monday) for monday, who in people.items()}


def _costs(known: Book, sheet: Sheet, priced: Mapping[UUID, Price]) -> Iterator[Cost]:
    price = priced.get(sheet.person_id)
    if price is None:
        return
    for place, one in enumerate(_worked(known, sheet)):
        row = posting.Row(
            line=one.line,
            booked_on=one.booked_on,
            amount=rounded(one.hours * price.amount),
            vat=Decimal(0),
            currency=price.currency,
            text=week_name(sheet.monday),
            person=sheet.person_id,
            hours=one.hours,
            external_id=_number(sheet, place, sheet.costed + 1),
        )
        yield known.cost(row, f"timesheets:{week_name(sheet.monday)}")


def _number(sheet: Sheet, place: int, time: int | None = None) -> str:
    """What tells a cost apart: a sheet that is returned and approved again is a new one."""
    return f"hours-{sheet.pk.hex}-{sheet.costed if time is None else time}-{place}"


def _worked(known: Book, sheet: Sheet) -> list[Worked]:
    """By line of the budget and month, booked on the last day worked."""
    found: dict[tuple[UUID, int], Worked] = {}
    for entry in lines.read(sheet.lines):
        line = line_for(known.lines.values(), entry.uid)
        for step, hours in enumerate(entry.hours):
            if not hours or line is None:
                continue
            day = sheet.monday + timedelta(days=step)
            one = found.setdefault((line, day.month), Worked(line, day, Decimal(0)))
            one.hours += hours
            one.booked_on = max(one.booked_on, day)
    return list(found.values())


def line_for(budget: Iterable[BudgetLine], uid: int | None) -> UUID | None:
    """The line of the task; else the first line for people's time."""
    listed = sorted(budget, key=lambda one: (one.code, one.number))
    own = [one for one in listed if uid is not None and one.activity_uid == uid]
    labour = [one for one in listed if one.cost_type == CostType.LABOUR]
    return next((one.pk for one in (*own, *labour)), None)


def _post(actor: Actor, known: Book, by_week: Mapping[date, list[Cost]]) -> None:
    for monday, costs in sorted(by_week.items()):
        if costs:
            posting.post(actor, known, new_id(), f"timesheets:{week_name(monday)}", costs)

"""Load against capacity, person by person and role by role, in months; a fixed number of queries.

The load is what the projects one may see want, the capacity all the time somebody has.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tospann.foundation.authority import Actor, Role
from tospann.people.models import Person
from tospann.portfolio.queries.seen import Part, running, sees_all
from tospann.projects.models import Membership
from tospann.resources import heat
from tospann.resources.heat import Cell
from tospann.resources.weeks import Weeks, monday, week_of

PEOPLE = 50
"""On one page."""
MONTHS = 12
MOST_SUMMED = 300
"""People whose time is added up role by role at once; of more, one role is chosen."""


class Row(NamedTuple):
    """A person (or a role, with how many there are) and her months."""

    name: str
    title: str
    cells: Sequence[Cell]

    @property
    def over(self) -> int:
        return sum(cell.is_over for cell in self.cells)


@dataclass(frozen=True)
class Capacity:
    """The page: months, a part of the people, and the sums of roles where they can be made."""

    months: Sequence[date]
    people: Sequence[Row]
    roles: Sequence[Row]
    titles: Sequence[tuple[str, int]]
    title: str
    part: Part

    @property
    def is_summed(self) -> bool:
        return self.part.total <= MOST_SUMMED


def team(actor: Actor) -> QuerySet[Person]:
    """Whoever works in a project the actor may see, guests and external people left out."""
    today = timezone.localdate()
    held = Membership.objects.filter(project__in=running(actor).values("pk"))
    held = held.filter(Q(until__isnull=True) | Q(until__gte=today)).exclude(role=Role.GUEST)
    working = held.order_by().values("person")
    return Person.objects.filter(pk__in=working, is_active=True, is_external=False)


def of(actor: Actor, asked: Mapping[str, Any]) -> Capacity:
    """Fifty people a page; the roles' sums too while there are few enough: six queries."""
    everybody = team(actor)
    counted = everybody.order_by("title").values_list("title").annotate(n=Count("pk"))
    titles = [(title, n) for title, n in counted]
    title = str(asked.get("title", "")).replace("\x00", "")
    title = title if title in dict(titles) else ""
    found = everybody.filter(title=title) if title else everybody
    total = dict(titles)[title] if title else sum(n for _title, n in titles)
    part = Part.of(asked, total, PEOPLE)
    ordered = found.order_by("name", "pk").values("id", "name", "title")
    months, weeks = _ahead(timezone.localdate())
    wanted = ordered[part.rows] if total > MOST_SUMMED else ordered
    every = _rows(actor, [dict(row) for row in wanted], weeks, months) if total else []
    shown = every if total > MOST_SUMMED else every[part.rows]
    roles = [] if total > MOST_SUMMED else _by_role(every)
    return Capacity(months, shown, roles, [one for one in titles if one[0]], title, part)


def _ahead(today: date) -> tuple[list[date], Weeks]:
    """This month and the following ones, and the weeks that belong to them: those whose Thursday
    is in one of them.
    """
    first = today.replace(day=1)
    months = [first]
    for _n in range(MONTHS):
        months.append((months[-1] + timedelta(days=32)).replace(day=1))
    begins, ends = (
        week_of(day - timedelta(days=3) + timedelta(days=6)) for day in (first, months[-1])
    )
    return months[:-1], range(begins, ends)


def month_of(week: int) -> date:
    """The month of its Thursday, as the year of a week goes by its Thursday."""
    return (monday(week) + timedelta(days=3)).replace(day=1)


def _rows(
    actor: Actor, people: list[dict[str, Any]], weeks: Weeks, months: list[date]
) -> list[Row]:
    only = None if sees_all(actor) else running(actor).values("pk")
    places = {month: place for place, month in enumerate(months)}
    where = [places[month_of(week)] for week in weeks]
    found = heat.of(people, weeks, projects=only)
    return [Row(row.name, row.title, _summed(row.cells, where, len(months))) for row in found.rows]


def _summed(cells: Sequence[Cell], where: Sequence[int], count: int) -> list[Cell]:
    hours, there = [0.0] * count, [0.0] * count
    for cell, place in zip(cells, where, strict=True):
        hours[place] += cell[0]
        there[place] += cell[1]
    return [Cell(round(h, 1), round(c, 1)) for h, c in zip(hours, there, strict=True)]


def _by_role(people: Sequence[Row]) -> list[Row]:
    """Those without a title come last."""
    by_title: dict[str, list[Row]] = defaultdict(list)
    for row in people:
        by_title[row.title].append(row)
    ordered = sorted(by_title.items(), key=lambda one: (not one[0], one[0]))
    return [Row(title, str(len(rows)), _together(rows)) for title, rows in ordered]


def _together(rows: Sequence[Row]) -> list[Cell]:
    return [
        Cell(
            round(sum(one.hours for one in cells), 1), round(sum(one.capacity for one in cells), 1)
        )
        for cells in zip(*(row.cells for row in rows), strict=True)
    ]

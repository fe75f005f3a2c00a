"""What of the cost of people's hours is shown to those who may not see rates.

A cost divided by its hours is a rate, and hours are no secret. So whoever may not see rates is
shown no figure that is one person's hours: they are summed with somebody else's, by line and month;
a line that one person alone works on is shown without them, and they stand with other such lines in
the project's sums; and where there is nobody to be summed with, in no figure at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tospann.budget.ledger import ZERO
from tospann.budget.models import Cost, CostParty
from tospann.budget.money import rounded
from tospann.budget.summing import summed
from tospann.foundation.authority import Actor, Power, rule

FEWEST = 2
"""So many people's hours are in every figure."""
OF_PEOPLE = Q(person__isnull=False) | Q(hours__isnull=False)
Days = Mapping[tuple[UUID, date], Decimal]


class Worked(NamedTuple):
    """What a person's hours on a line cost on a day; of nobody in particular: one more person."""

    line: UUID
    day: date
    person: UUID | None
    amount: Decimal


@dataclass(frozen=True)
class Veil:
    """How the figures differ from the kept ones. ``off`` is what a line is shown without."""

    off: Mapping[UUID, Decimal] = field(default_factory=dict)
    days: Days = field(default_factory=dict)
    """What is added to a line's costs on a day, so that its hours stand with somebody else's."""
    gathered: Mapping[date, Decimal] = field(default_factory=dict)
    """What is left off the lines and stands in the project's sums, by day."""
    withheld: Decimal = ZERO
    """What stands in no sum."""
    hours: Mapping[UUID, Decimal] = field(default_factory=dict)
    """The cost of hours that is in a line's figure."""
    is_lifted: bool = True
    """She sees rates: nothing is moved."""

    @property
    def apart(self) -> Decimal:
        """What stands in the project's sums and on no line."""
        return sum(self.gathered.values(), ZERO)

    def spent(self, line: UUID, kept: Decimal) -> Decimal:
        """What a line has cost, as she is shown it."""
        return kept - self.off.get(line, ZERO)

    def by_day(self) -> dict[date, Decimal]:
        """What is added to the project's costs on a day."""
        found: dict[date, Decimal] = defaultdict(Decimal, self.gathered)
        for (_line, day), amount in self.days.items():
            found[day] += amount
        return dict(found)


LIFTED = Veil()


def may_see_rates(actor: Actor, project: UUID) -> bool:
    """The one gate before rates, costs of hours and costs of persons."""
    return rule(actor, Power.SEE_RATES, project).may_decide


def veil(actor: Actor | None, project: UUID) -> Veil:
    """What the actor is shown; nobody in particular (a reader of a report) sees no rates.

    One query; none for those who may see rates.
    """
    if actor is not None and may_see_rates(actor, project):
        return LIFTED
    return veiled(_worked(project))


def _worked(project: UUID) -> list[Worked]:
    rows: Any = Cost.objects.filter(OF_PEOPLE, project=project)
    found = rows.values("line_id", "booked_on", "person_id").annotate(all=summed("amount_nok"))
    return [
        Worked(row["line_id"], row["booked_on"], row["person_id"], rounded(row["all"]))
        for row in found.order_by("booked_on", "line_id")
    ]


def veiled(rows: Iterable[Worked]) -> Veil:
    """The veil over these hours, in the order of their days."""
    by_line: dict[UUID, list[Worked]] = defaultdict(list)
    for row in rows:
        by_line[row.line].append(row)
    alone = _alone(by_line)
    days: dict[tuple[UUID, date], Decimal] = defaultdict(Decimal)
    for line, worked in by_line.items():
        for row in worked:
            days[line, row.day] -= row.amount
        if line not in alone:
            for day, amount in _together(worked).items():
                days[line, day] += amount
    apart = sorted((row for one in alone for row in by_line[one]), key=lambda row: row.day)
    is_enough = len(_people(apart)) >= FEWEST
    return Veil(
        off={line: _sum(by_line[line]) for line in alone},
        days={key: amount for key, amount in days.items() if amount},
        gathered=_together(apart) if is_enough else {},
        withheld=ZERO if is_enough else _sum(apart),
        hours={line: _sum(worked) for line, worked in by_line.items() if line not in alone},
        is_lifted=False,
    )


def _alone(by_line: Mapping[UUID, list[Worked]]) -> set[UUID]:
    """Lines whose hours are not shown on them: one person's, and what it takes to hide those.

    The sum of the project less the lines that are shown must not be one person's hours either.
    """
    alone = {line for line, rows in by_line.items() if 0 < len(_people(rows)) < FEWEST}
    others = sorted(
        (line for line in by_line if line not in alone and _people(by_line[line])),
        key=lambda line: (_sum(by_line[line]), line),
    )
    hidden = [row for line in alone for row in by_line[line]]
    if alone and others and len(_people(hidden)) < FEWEST:
        alone.add(others[0])
    return alone


def _together(rows: Iterable[Worked]) -> dict[date, Decimal]:
    """The rows by month, each sum of at least so many people: what is fewer waits for the next.

    It is booked on its last day; what is left in the end goes with the sum before it.
    """
    found: dict[date, Decimal] = {}
    waiting: list[Worked] = []
    for month in _by_month(rows):
        waiting += month
        if len(_people(waiting)) >= FEWEST:
            found[waiting[-1].day] = _sum(waiting)
            waiting = []
    if waiting:
        last = max(found, default=waiting[-1].day)
        found[last] = found.get(last, ZERO) + _sum(waiting)
    return found


def _by_month(rows: Iterable[Worked]) -> list[list[Worked]]:
    found: dict[date, list[Worked]] = defaultdict(list)
    for row in rows:
        found[row.day.replace(day=1)].append(row)
    return [found[month] for month in sorted(found)]


def _people(rows: Iterable[Worked]) -> set[UUID | None]:
    """Those whose hours are in the sum; what was taken back again is nobody's."""
    sums: dict[UUID | None, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row.person] += row.amount
    return {person for person, amount in sums.items() if amount}


def _sum(rows: Iterable[Worked]) -> Decimal:
    return sum((row.amount for row in rows), ZERO)


def withheld(actor: Actor, projects: QuerySet[Any, Any]) -> dict[UUID, Decimal]:
    """What stands in no sum of these projects, as ``veil`` says of each: two queries.

    Something is withheld only where hours are one person's alone. The kept sums say where two
    people certainly have hours; of the others the hours themselves are read.
    """
    open_to_her = [pk for pk in actor.roles if may_see_rates(actor, pk)]
    hours = CostParty.objects.filter(project=OuterRef("pk"), is_of_people=True).order_by()
    known = hours.filter(amount__gt=0, person__isnull=False)
    another = known.exclude(person=OuterRef("somebody"))
    taken_back = CostParty.objects.filter(amount__lt=0, is_of_people=True).values("project")
    found = projects.exclude(pk__in=open_to_her).filter(Exists(hours))
    found = found.annotate(somebody=Subquery(known.values("person")[:1]))
    few = list(found.filter(~Exists(another) | Q(pk__in=taken_back)).values_list("pk", flat=True))
    by_project: dict[UUID, list[Worked]] = defaultdict(list)
    for project, row in _worked_in(few) if few else ():
        by_project[project].append(row)
    return {pk: veiled(rows).withheld for pk, rows in by_project.items()}


def _worked_in(projects: list[UUID]) -> list[tuple[UUID, Worked]]:
    rows: Any = Cost.objects.filter(OF_PEOPLE, project__in=projects)
    shown = ("project_id", "line_id", "booked_on", "person_id")
    found = rows.values(*shown).annotate(all=summed("amount_nok"))
    return [
        (
            row["project_id"],
            Worked(row["line_id"], row["booked_on"], row["person_id"], rounded(row["all"])),
        )
        for row in found.order_by("booked_on", "line_id")
    ]

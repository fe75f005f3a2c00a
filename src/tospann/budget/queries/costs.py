"""Reading costs, what is promised and accrued, and the months: every figure down to its rows.

What somebody is paid can be told from a cost with a person on it. Such rows are for those who may
see rates; everybody else sees sums of several people's hours (``veiling``).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.utils import timezone

from tospann.budget import closing
from tospann.budget.ledger import ZERO
from tospann.budget.models import (
    Accrual,
    ClosedMonth,
    Commitment,
    Cost,
    CostBatch,
    CostDay,
    CostParty,
    StagedCosts,
)
from tospann.budget.money import rounded
from tospann.budget.summing import summed
from tospann.budget.veiling import LIFTED, OF_PEOPLE, Veil, may_see_rates
from tospann.foundation.authority import Actor
from tospann.projects.models import Project


def sees_people(actor: Actor, project: Project) -> bool:
    """Whether she may see costs row by row where a row tells what somebody is paid."""
    return may_see_rates(actor, project.pk)


def costs(actor: Actor, project: Project) -> QuerySet[Cost]:
    """The costs the actor may see row by row."""
    return shown(project, is_lifted=sees_people(actor, project))


def shown(project: Project, *, is_lifted: bool) -> QuerySet[Cost]:
    """All costs row by row, or those that tell of nobody's hours."""
    found = Cost.objects.filter(project=project)
    return found if is_lifted else found.exclude(OF_PEOPLE)


def how_many(project: Project, *, is_lifted: bool) -> int:
    """The number of costs she may see, from what is kept."""
    rows = CostParty.objects.filter(project=project)
    rows = rows if is_lifted else rows.filter(is_of_people=False)
    return rows.aggregate(all=Sum("rows"))["all"] or 0


def hidden(seen: Veil, line: UUID | None = None) -> Decimal:
    """What of the sums of a line, or of the project, comes from rows she may not see."""
    if line is not None:
        return seen.hours.get(line, ZERO)
    return sum(seen.hours.values(), seen.apart)


def by_day(project: Project) -> dict[date, Decimal]:
    """All costs by the day they are booked on, in order: what series are made of (one query)."""
    rows = CostDay.objects.filter(project=project).values("day").annotate(all=summed("amount"))
    return {row["day"]: rounded(row["all"]) for row in rows.order_by("day")}


def by_month(project: Project, seen: Veil = LIFTED) -> dict[date, Decimal]:
    """The same by month, named by its first day."""
    found: dict[date, Decimal] = defaultdict(Decimal)
    for days in (by_day(project), seen.by_day()):
        for day, amount in days.items():
            found[day.replace(day=1)] += amount
    return dict(found)


def by_line_and_month(project: Project) -> dict[UUID, dict[date, Decimal]]:
    rows = CostDay.objects.filter(project=project).annotate(month=TruncMonth("day"))
    found: dict[UUID, dict[date, Decimal]] = defaultdict(dict)
    for row in rows.values("line_id", "month").annotate(all=summed("amount")):
        found[row["line_id"]][row["month"]] = rounded(row["all"])
    return found


def by_supplier(project: Project, seen: Veil = LIFTED) -> list[tuple[str, Decimal]]:
    """What each supplier has been paid, the most first."""
    kept = CostParty.objects.filter(project=project).exclude(supplier="")
    rows = kept if seen.is_lifted else kept.filter(is_of_people=False)
    found = rows.values("supplier").annotate(all=summed("amount")).order_by("-all", "supplier")
    return [(row["supplier"], rounded(row["all"])) for row in found]


def late(project: Project, seen: Veil = LIFTED) -> tuple[int, Decimal]:
    """How many costs came after their month was closed, and what they come to."""
    rows = shown(project, is_lifted=seen.is_lifted).filter(is_late=True)
    found = rows.aggregate(all=summed("amount_nok"), rows=Sum(1))
    return found["rows"] or 0, rounded(found["all"])


def batches(project: Project) -> QuerySet[CostBatch]:
    """For whoever may record costs, and so see rates (``foundation.authority.powers``)."""
    return CostBatch.objects.filter(project=project).select_related("person")


def reversed_among(batches: Collection[UUID]) -> set[UUID]:
    """Those of these batches that are taken back: one query."""
    found = CostBatch.objects.filter(reverses__in=batches).order_by()
    return {pk for pk in found.values_list("reverses", flat=True) if pk is not None}


def batch(project: Project, number: int) -> CostBatch:
    whole = batches(project).select_related("project", "reverses", "reversed_by")
    found = whole.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def batch_from(project: Project, source: str) -> CostBatch | None:
    """The last batch that a source recorded, such as ``invoice:<uuid>``."""
    return batches(project).filter(source=source).first()


def commitments(project: Project) -> QuerySet[Commitment]:
    return Commitment.objects.filter(project=project).select_related("line")


def commitment(project: Project, pk: UUID) -> Commitment:
    found = commitments(project).select_related("line", "project").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def commitments_of(project: Project, source: str) -> list[Commitment]:
    """What one source has promised, such as ``contracts.contract:<uuid>``."""
    return list(commitments(project).filter(source=source))


def accruals(project: Project) -> QuerySet[Accrual]:
    return Accrual.objects.filter(project=project).select_related("line")


def accrual(project: Project, pk: UUID) -> Accrual:
    found = accruals(project).select_related("line", "project").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def staged(project: Project, pk: UUID) -> StagedCosts:
    """A file that waits to be recorded."""
    found = StagedCosts.objects.filter(project=project, pk=pk).select_related("project").first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Month:
    """A month of the books: what was to be used, what was, and how it stood when it was closed."""

    first: date
    planned: Decimal
    used: Decimal
    accrued: Decimal
    """The accruals that stood at its end."""
    closed: ClosedMonth | None
    came_later: Decimal
    """What has been booked until its end since it was closed."""
    is_closed: bool


def months(project: Project, planned: Mapping[date, Decimal], seen: Veil = LIFTED) -> list[Month]:
    """From the first month with money until this one (four queries)."""
    used, kept = by_month(project, seen), _closed(project)
    later = None if seen.is_lifted else _late_by_month(project)
    until = max(kept, default=None)
    waiting = list(Accrual.objects.filter(project=project).values_list(*_ACCRUED))
    found, so_far = [], ZERO
    for first in _span([*used, *(one for one in planned if one <= timezone.localdate())]):
        so_far += used.get(first, ZERO)
        closed = kept.get(first)
        found.append(
            Month(
                first=first,
                planned=planned.get(first, ZERO),
                used=used.get(first, ZERO),
                accrued=_standing(waiting, closing.last_of(first)),
                closed=closed,
                came_later=_came_later(first, closed, so_far, later),
                is_closed=until is not None and first <= until,
            )
        )
    return found


def _came_later(
    first: date, closed: ClosedMonth | None, so_far: Decimal, later: Mapping[date, Decimal] | None
) -> Decimal:
    """By the books; for who may not see rates by the rows she may see, in the month itself."""
    if closed is None:
        return ZERO
    return so_far - closed.costs if later is None else later.get(first, ZERO)


def _late_by_month(project: Project) -> dict[date, Decimal]:
    rows = shown(project, is_lifted=False).filter(is_late=True)
    found = rows.annotate(month=TruncMonth("booked_on")).values("month").order_by()
    return {row["month"]: rounded(row["all"]) for row in found.annotate(all=summed("amount_nok"))}


_ACCRUED = ("amount", "booked_on", "released_on")


def _closed(project: Project) -> dict[date, ClosedMonth]:
    return {one.month: one for one in ClosedMonth.objects.filter(project=project)}


def _standing(waiting: Sequence[tuple[Decimal, date, date | None]], day: date) -> Decimal:
    return sum(
        (
            amount
            for amount, since, until in waiting
            if since <= day and (until is None or until > day)
        ),
        ZERO,
    )


def _span(months_: Sequence[date]) -> list[date]:
    """Every month from the first of these to the last, and to the present one."""
    if not months_:
        return []
    month, last = min(months_), max(*months_, timezone.localdate().replace(day=1))
    found = []
    while month <= last:
        found.append(month)
        month = closing.last_of(month).replace(day=1)
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return found


def last_booking(project: Project) -> date | None:
    """The last day anything is booked on."""
    last = CostDay.objects.filter(project=project).aggregate(last=Max("day"))["last"]
    return last if isinstance(last, date) else None


def closed_month(project: Project, month: date) -> ClosedMonth:
    found = ClosedMonth.objects.filter(project=project, month=month).first()
    if found is None:
        raise Http404
    return found


def rows_of(batch_: CostBatch) -> QuerySet[Any, Any]:
    """The rows of a batch as they are shown."""
    rows = Cost.objects.filter(batch=batch_).annotate(line_name=F("line__name"))
    return rows.values("id", "booked_on", "line_name", "line__number", "text", "supplier",
                       "amount_nok", "is_late").order_by("booked_on", "id")  # fmt: skip

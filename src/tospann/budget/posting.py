"""The one place where costs come in: rows, the sums kept beside them, and their batch."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext

from tospann.budget import closing, money
from tospann.budget.models import (
    Accrual,
    BudgetLine,
    Commitment,
    Cost,
    CostBatch,
    CostDay,
    CostParty,
)
from tospann.budget.money import NOK, ZERO, Rates
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid

MOST = Decimal(100_000_000_000_000)
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Row:
    """A cost on its way in. ``vat`` empty: worked out by ``vat_code``, or by the line's."""

    line: UUID
    booked_on: date
    amount: Decimal
    vat: Decimal | None = None
    vat_code: str | None = None
    currency: str = NOK
    text: str = ""
    supplier: str = ""
    person: UUID | None = None
    hours: Decimal | None = None
    external_id: str = ""
    commitment: UUID | None = None


@dataclass(frozen=True)
class Book:
    """What is needed to place costs in a project: its lines, the rates, what is closed."""

    project_id: UUID
    lines: Mapping[UUID, BudgetLine]
    commitments: Mapping[UUID, Commitment] = field(default_factory=dict)
    rates: Rates = field(default_factory=Rates)
    closed_until: date | None = None

    def cost(self, row: Row, source: str) -> Cost:
        """The cost as it will be kept; ``Invalid`` names the field that makes no sense."""
        line = self.lines.get(row.line)
        if line is None:
            raise Invalid(gettext("There is no such line in this budget."), "line")
        promised = self._commitment(row, line)
        vat = self._vat(row, line)
        counted = row.amount + vat if line.with_vat else row.amount
        return Cost(
            project_id=self.project_id,
            line_id=line.pk,
            commitment_id=None if promised is None else promised.pk,
            booked_on=row.booked_on,
            amount=row.amount,
            vat=vat,
            currency=row.currency,
            amount_nok=self.rates.in_nok(counted, row.currency, row.booked_on),
            text=row.text,
            supplier=row.supplier or (promised.supplier if promised else ""),
            person_id=row.person,
            hours=row.hours,
            source=source,
            external_id=row.external_id,
            is_late=self.closed_until is not None and row.booked_on <= self.closed_until,
        )

    def _vat(self, row: Row, line: BudgetLine) -> Decimal:
        if row.vat is not None:
            return row.vat
        code = line.vat_code if row.vat_code is None else row.vat_code
        return self.rates.vat_of(row.amount, code, row.booked_on)

    def _commitment(self, row: Row, line: BudgetLine) -> Commitment | None:
        if row.commitment is None:
            return None
        found = self.commitments.get(row.commitment)
        if found is None or found.line_id != line.pk:
            raise Invalid(gettext("There is no such commitment on this line."), "commitment")
        return found


def book(project_id: UUID, commitments: Iterable[UUID] = ()) -> Book:
    """The project's lines and commitments as they are now (five queries at most)."""
    wanted = set(commitments)
    promised = Commitment.objects.filter(project_id=project_id, pk__in=wanted) if wanted else []
    lines = BudgetLine.objects.filter(project_id=project_id)
    return Book(
        project_id,
        {line.pk: line for line in lines},
        {one.pk: one for one in promised},
        money.rates(),
        closing.closed_until(project_id),
    )


def already(project_id: UUID, external_ids: Iterable[str]) -> set[str]:
    """Those that are recorded in the project before."""
    wanted = sorted({one for one in external_ids if one})
    found: set[str] = set()
    for start in range(0, len(wanted), CHUNK):
        rows = numbered(project_id).filter(external_id__in=wanted[start : start + CHUNK])
        found.update(rows.values_list("external_id", flat=True))
    return found


def numbered(project_id: UUID) -> QuerySet[Cost]:
    """The costs of a project that have a number, in no order: so the index of numbers is used."""
    return Cost.objects.filter(project_id=project_id).exclude(external_id="").order_by()


def post(
    actor: Actor,
    known: Book,
    id: UUID,
    source: str,
    costs: Sequence[Cost],
    *,
    tell: Callable[[int], None] | None = None,
    **said: Any,
) -> CostBatch:
    """Keep costs as one batch, and every sum they are part of. Only inside a command."""
    if not costs:
        raise Invalid(gettext("There are no costs to record."), "rows")
    closing.require_open(known.project_id, max(one.booked_on for one in costs))
    batch = CostBatch(
        id=id,
        project_id=known.project_id,
        number=_next(known.project_id),
        source=source,
        rows=len(costs),
        total=sum((one.amount_nok for one in costs), ZERO),
        first_on=min(one.booked_on for one in costs),
        last_on=max(one.booked_on for one in costs),
        late_rows=sum(1 for one in costs if one.is_late),
        person_id=actor.person_id,
        **said,
    )
    if abs(batch.total) >= MOST:
        raise Invalid(gettext("This is more money than can be kept."), "amount")
    batch.save()
    for start in range(0, len(costs), CHUNK):
        part = costs[start : start + CHUNK]
        for one in part:
            one.batch_id = batch.pk
        Cost.objects.bulk_create(part)
        if tell:
            tell(start + len(part))
    _keep_sums(known, costs)
    return batch


def _next(project_id: UUID) -> int:
    made = CostBatch.objects.filter(project_id=project_id).aggregate(most=Max("number"))
    return int(made["most"] or 0) + 1


def _keep_sums(known: Book, costs: Sequence[Cost]) -> None:
    by_line: dict[UUID, Decimal] = defaultdict(Decimal)
    by_promise: dict[UUID, Decimal] = defaultdict(Decimal)
    for one in costs:
        by_line[one.line_id] += one.amount_nok
        if one.commitment_id is not None:
            by_promise[one.commitment_id] += one.amount_nok
    for pk, more in by_line.items():
        line = known.lines[pk]
        line.spent += more
        if abs(line.spent) >= MOST:
            raise Invalid(gettext("This is more money than can be kept."), "amount")
        line.save(update_fields=["spent"])
    for pk, more in by_promise.items():
        promised = known.commitments[pk]
        promised.used += more
        promised.save(update_fields=["used"])
    if by_promise:
        recount(known.lines[known.commitments[pk].line_id] for pk in by_promise)
    _keep_days(known.project_id, costs)
    _keep_parties(known.project_id, costs)


def recount(lines: Iterable[BudgetLine]) -> None:
    """What is committed and accrued on these lines, anew from what is open."""
    for line in {one.pk: one for one in lines}.values():
        opened = Commitment.objects.filter(line_id=line.pk, is_closed=False)
        waiting = Accrual.objects.filter(line_id=line.pk, released_on=None)
        line.committed = sum((one.left for one in opened), ZERO)
        line.accrued = sum(waiting.values_list("amount", flat=True), ZERO)
        line.save(update_fields=["committed", "accrued"])


def _keep_days(project_id: UUID, costs: Sequence[Cost]) -> None:
    more: dict[tuple[UUID, date], tuple[Decimal, int]] = {}
    for one in costs:
        amount, rows = more.get((one.line_id, one.booked_on), (ZERO, 0))
        more[one.line_id, one.booked_on] = amount + one.amount_nok, rows + 1
    kept = _days_of(more)
    CostDay.objects.bulk_create(
        [
            CostDay(
                project_id=project_id,
                line_id=line,
                day=day,
                amount=amount + kept.get((line, day), (ZERO, 0))[0],
                rows=rows + kept.get((line, day), (ZERO, 0))[1],
            )
            for (line, day), (amount, rows) in more.items()
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["line", "day"],
        update_fields=["amount", "rows"],
    )


def _days_of(keys: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], tuple[Decimal, int]]:
    """The sums so far on the lines and between the days that are touched."""
    touched = list(keys)
    days = [day for _line, day in touched]
    found = CostDay.objects.filter(
        line_id__in={line for line, _day in touched}, day__range=(min(days), max(days))
    )
    rows = found.values_list("line_id", "day", "amount", "rows")
    return {(line, day): (amount, count) for line, day, amount, count in rows}


Party = tuple[str, UUID | None, bool]


def _keep_parties(project_id: UUID, costs: Sequence[Cost]) -> None:
    """What each supplier and person has cost. The command holds the project: nobody else writes."""
    more: dict[Party, tuple[Decimal, Decimal, int]] = {}
    for one in costs:
        key = one.supplier, one.person_id, one.person_id is not None or one.hours is not None
        amount, hours, rows = more.get(key, (ZERO, ZERO, 0))
        more[key] = amount + one.amount_nok, hours + (one.hours or ZERO), rows + 1
    known = _parties_of(project_id, more)
    for key, (amount, hours, rows) in more.items():
        if kept := known.get(key):
            kept.amount, kept.hours, kept.rows = (
                kept.amount + amount,
                kept.hours + hours,
                kept.rows + rows,
            )
        else:
            supplier, person, of_people = key
            known[key] = CostParty(
                project_id=project_id,
                supplier=supplier,
                person_id=person,
                is_of_people=of_people,
                amount=amount,
                hours=hours,
                rows=rows,
            )
    changed = [known[key] for key in more]
    CostParty.objects.bulk_create([one for one in changed if one.pk is None], batch_size=500)
    CostParty.objects.bulk_update(
        [one for one in changed if one.pk is not None], ["amount", "hours", "rows"], batch_size=100
    )


def _parties_of(project_id: UUID, keys: Iterable[Party]) -> dict[Party, CostParty]:
    """What is kept of these suppliers and people so far."""
    suppliers = {supplier for supplier, _person, _of_people in keys}
    found = CostParty.objects.filter(project_id=project_id)
    if len(suppliers) <= CHUNK // 2:
        found = found.filter(supplier__in=suppliers)
    return {(one.supplier, one.person_id, one.is_of_people): one for one in found}

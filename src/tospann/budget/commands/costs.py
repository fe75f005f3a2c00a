"""Recording what has been used: facts, at once. Corrected by reversing, never by changing."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, SerializerFunctionWrapHandler, StringConstraints, model_serializer

from tospann.budget import posting
from tospann.budget.models import Cost, CostBatch
from tospann.foundation.arguments import Arguments, OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.projects.models import Project

Signed = Annotated[Decimal, Field(max_digits=16, decimal_places=2)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
VatCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{0,10}$")]
Source = Annotated[
    str, StringConstraints(pattern=r"^[a-z_]{2,30}(\.[a-z_]{2,30})?(:[A-Za-z0-9._-]{1,64})?$")
]
ExternalId = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
MOST_ROWS = 5_000


class CostRow(Arguments):
    """A cost: on which line, when, how much without VAT, and what is known of it.

    A negative amount is a credit. Who worked and for how long is kept with the cost alone, not in
    the audit log, and neither is what it came to: together they tell what somebody is paid.
    """

    line: UUID
    booked_on: date
    amount: Signed
    vat: Signed | None = None
    vat_code: VatCode | None = None
    currency: Currency = "NOK"
    text: OptionalLine = ""
    supplier: OptionalLine = ""
    person: UUID | None = Field(default=None, exclude=True)
    hours: Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)] | None = Field(
        default=None, exclude=True
    )
    external_id: ExternalId = ""
    commitment: UUID | None = None

    @model_serializer(mode="wrap")
    def _told(self, told: SerializerFunctionWrapHandler) -> dict[str, Any]:
        found: dict[str, Any] = told(self)
        if self.person is None and self.hours is None:
            return found
        return found | {name: "…" for name in ("amount", "vat") if found.get(name) is not None}

    def to_post(self) -> posting.Row:
        return posting.Row(**{name: getattr(self, name) for name in type(self).model_fields})


CostRows = Annotated[list[CostRow], Field(min_length=1, max_length=MOST_ROWS)]


@command(needs=Power.KEEP_COSTS, undoable=False)
def record_costs(
    actor: Actor, project: Project, *, id: UUID, rows: CostRows, source: Source = "api"
) -> CostBatch:
    """Record costs"""
    require_new(project.pk, [row.external_id for row in rows])
    known = posting.book(project.pk, [row.commitment for row in rows if row.commitment])
    costs = [_placed(known, number, row, source) for number, row in enumerate(rows, 1)]
    return posting.post(actor, known, id, source, costs)


def _placed(known: posting.Book, number: int, row: CostRow, source: str) -> Cost:
    try:
        return known.cost(row.to_post(), source)
    except Invalid as error:
        words = {"number": number, "why": error.message}
        said = gettext("Row %(number)s: %(why)s") % words
        raise Invalid(said, f"rows.{number - 1}.{error.field}") from None


def require_new(project_id: UUID, external_ids: Sequence[str]) -> None:
    """A cost that is recorded before, or twice in one go, is refused: nothing is counted twice."""
    given = [one for one in external_ids if one]
    twice = {one for one in given if given.count(one) > 1} if len(set(given)) < len(given) else None
    known = twice or posting.already(project_id, given)
    if known:
        said = gettext("Already recorded: %(numbers)s.")
        raise Invalid(said % {"numbers": ", ".join(sorted(known)[:5])}, "external_id")


@command(needs=Power.KEEP_COSTS, undoable=False)
def reverse_costs(
    actor: Actor, batch: CostBatch, *, id: UUID, booked_on: date | None = None
) -> CostBatch:
    """Reverse recorded costs"""
    if CostBatch.objects.filter(reverses=batch).exists():
        raise Invalid(gettext("These costs are already reversed."))
    if batch.reverses_id is not None:
        raise Invalid(gettext("This is a reversal itself. Record the costs anew instead."))
    found = list(Cost.objects.filter(batch=batch).order_by("id"))
    known = posting.book(
        batch.project_id, {one.commitment_id for one in found if one.commitment_id}
    )
    costs = [_opposite(one, booked_on or one.booked_on, known) for one in found]
    Cost.objects.filter(batch=batch).exclude(external_id="").update(external_id="")
    return posting.post(actor, known, id, "reversal", costs, reverses=batch)


def _opposite(one: Cost, booked_on: date, known: posting.Book) -> Cost:
    """The same the other way round, at the same rates; its number is free to be used again."""
    return Cost(
        project_id=one.project_id,
        line_id=one.line_id,
        commitment_id=one.commitment_id,
        booked_on=booked_on,
        amount=-one.amount,
        vat=-one.vat,
        currency=one.currency,
        amount_nok=-one.amount_nok,
        text=one.text,
        supplier=one.supplier,
        person_id=one.person_id,
        hours=None if one.hours is None else -one.hours,
        source=one.source,
        is_late=known.closed_until is not None and booked_on <= known.closed_until,
    )

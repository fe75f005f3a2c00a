"""Reading contracts and what belongs to them, of a project the actor sees."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.budget import money, sources
from tospann.budget.money import rounded
from tospann.budget.summing import summed
from tospann.cases.models import OPEN_STATES
from tospann.contracts.models import (
    ChangeOrder,
    ChangeState,
    Contract,
    ContractState,
    Delivery,
    Invoice,
    InvoiceState,
    Notice,
    NoticeState,
    Party,
    PriceAdjustment,
    Procurement,
    ProcurementStep,
    Side,
    Term,
    TermKind,
    TermState,
)
from tospann.foundation.errors import Invalid
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.ui.holidays import working_days_between

Numbered = TypeVar("Numbered", Contract, Notice, ChangeOrder, Invoice, Procurement)
Kept = TypeVar("Kept", Party, Term, ProcurementStep)
_WITH: Mapping[type[Model], tuple[str, ...]] = {
    Contract: ("project", "party", "line", "responsible"),
    Notice: ("project", "contract__party", "owner", "raised_by"),
    ChangeOrder: ("project", "contract__party", "line", "notice", "case", "raised_by"),
    Invoice: (
        *("project", "contract__party", "contract__line", "term", "change_order", "line"),
        *("checked_by", "verified_by"),
    ),
    Procurement: ("project", "responsible", "contract"),
}


def one(model: type[Numbered], project: Project, number: int) -> Numbered:
    """One by its number, or 404."""
    found = model._default_manager.filter(project=project, number=number)
    row = found.select_related(*_WITH[model]).first()
    if row is None:
        raise Http404
    return row


def kept(model: type[Kept], project: Project, pk: UUID) -> Kept:
    """One by its id, or 404."""
    row = model._default_manager.filter(project=project, pk=pk).first()
    if row is None:
        raise Http404
    return row


# ---- lists ----


def contracts(project: Project) -> QuerySet[Contract]:
    """With ``sum_in_all``: the sum with everything agreed since."""
    return Contract.objects.filter(project=project).annotate(sum_in_all=F("value") + F("added"))


def notices(project: Project) -> QuerySet[Notice]:
    return Notice.objects.filter(project=project)


def change_orders(project: Project) -> QuerySet[ChangeOrder]:
    return ChangeOrder.objects.filter(project=project)


def invoices(project: Project) -> QuerySet[Invoice]:
    return Invoice.objects.filter(project=project)


def procurements(project: Project) -> QuerySet[Procurement]:
    return Procurement.objects.filter(project=project)


def parties(project: Project) -> QuerySet[Party]:
    return Party.objects.filter(project=project)


def party_choices(project: Project) -> list[tuple[str, str]]:
    rows = parties(project).order_by("name", "pk").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def contract_choices(project: Project, **only: Any) -> list[tuple[str, str]]:
    """Those that are signed and running."""
    rows = Contract.objects.filter(project=project, state=ContractState.SIGNED, **only)
    found = rows.order_by("number").values_list("pk", "title", "party__name")
    return [(str(pk), f"{title} ({party})") for pk, title, party in found]


def instalment_choices(contract: Contract) -> list[tuple[str, str]]:
    rows = Term.objects.filter(contract=contract, kind=TermKind.INSTALMENT)
    return [(str(term.pk), term.title) for term in rows]


def order_choices(contract: Contract) -> list[tuple[str, str]]:
    rows = ChangeOrder.objects.filter(contract=contract).exclude(state=ChangeState.REJECTED)
    return [(str(row.pk), row.title) for row in rows.order_by("number")]


# ---- one contract ----


@dataclass(frozen=True)
class Account:
    """How a contract stands: agreed, asked for, held back, left; and what is not decided yet."""

    agreed: Decimal
    invoiced: Decimal
    retained: Decimal
    paid: Decimal
    waiting: Decimal

    @property
    def left(self) -> Decimal:
        return self.agreed - self.invoiced


def account(contract: Contract) -> Account:
    """Two queries."""
    sent = Q(state=InvoiceState.SENT)
    found = Invoice.objects.filter(contract=contract).exclude(state=InvoiceState.RETURNED)
    sums = found.aggregate(
        of_invoices=summed("amount"),
        held_back=summed("retained"),
        was_paid=summed(F("amount") - F("retained"), only=sent),
    )
    open_ = ChangeOrder.objects.filter(
        contract=contract, state__in=(ChangeState.DRAFT, ChangeState.CASE)
    )
    waiting = open_.aggregate(waiting=summed("amount"))["waiting"]
    return Account(
        agreed=contract.sum_now,
        invoiced=rounded(sums["of_invoices"]),
        retained=rounded(sums["held_back"]),
        paid=rounded(sums["was_paid"]),
        waiting=rounded(waiting),
    )


def terms(contract: Contract) -> dict[str, list[Term]]:
    """Instalments, options, guarantees and key dates, each with the plan's day where it has one."""
    rows = list(Term.objects.filter(contract=contract))
    _dated(contract.project_id, rows)
    return {str(kind): [row for row in rows if row.kind == kind] for kind in TermKind}


def _dated(project_id: UUID, rows: Iterable[Term | ProcurementStep]) -> None:
    """``when``: the last day of its task in the plan, otherwise its own."""
    listed = list(rows)
    uids = {row.activity_uid for row in listed if row.activity_uid is not None}
    days = sources.dates(project_id, uids) if uids else {}
    for row in listed:
        span = days.get(row.activity_uid) if row.activity_uid is not None else None
        row.when = span[1] if span else row.day  # type: ignore[union-attr]  # only for showing


def adjustments(contract: Contract) -> list[PriceAdjustment]:
    return list(PriceAdjustment.objects.filter(contract=contract))


def notices_of(contract: Contract) -> QuerySet[Notice]:
    return Notice.objects.filter(contract=contract).order_by("-number")


def orders_of(contract: Contract) -> QuerySet[ChangeOrder]:
    return ChangeOrder.objects.filter(contract=contract).order_by("-number")


def invoices_of(contract: Contract) -> QuerySet[Invoice]:
    return Invoice.objects.filter(contract=contract).order_by("-number")


# ---- the rest ----


def deliveries(notice: Notice) -> list[Delivery]:
    return list(Delivery.objects.filter(notice=notice).select_related("recorded_by"))


def orders_from(notice: Notice) -> QuerySet[ChangeOrder]:
    return ChangeOrder.objects.filter(notice=notice).order_by("number")


def days_left(due_on: date | None) -> int | None:
    """Working days until the internal deadline; below zero when it has gone by."""
    if due_on is None:
        return None
    today = timezone.localdate()
    late = due_on < today
    days = working_days_between(min(due_on, today), max(due_on, today))
    return -max(days, 1) if late else days


def steps(procurement: Procurement) -> list[ProcurementStep]:
    rows = list(ProcurementStep.objects.filter(procurement=procurement).order_by("position"))
    _dated(procurement.project_id, rows)
    return rows


def next_steps(found: Iterable[UUID]) -> dict[UUID, ProcurementStep]:
    """The first step that is not done, of each of these procurements (two queries)."""
    rows = ProcurementStep.objects.filter(procurement__in=list(found), done_on=None)
    listed = list(rows.order_by("procurement", "-position"))
    if listed:
        _dated(listed[0].project_id, listed)
    return {row.procurement_id: row for row in listed}


OPEN_NOTICES = (NoticeState.TO_SEND, NoticeState.TO_ANSWER)
OPEN_INVOICES = (InvoiceState.RECEIVED, InvoiceState.CHECKED, InvoiceState.VERIFIED)
OPEN_TERMS = Q(state=TermState.OPEN)


@dataclass(frozen=True)
class Standing:
    """How a project's contracts stand, in figures."""

    agreed: Decimal
    added: Decimal
    notices: int
    late: int
    invoices: int


def standing(project: Project) -> Standing:
    """Three queries, and two for rates where a contract is in another currency."""
    today = timezone.localdate()
    agreed, added = _in_kroner(project)
    waiting = list(notices(project).filter(state__in=OPEN_NOTICES).values_list("due_on", flat=True))
    queue = invoices(project).filter(state__in=OPEN_INVOICES).count()
    return Standing(
        agreed=agreed,
        added=added,
        notices=len(waiting),
        late=sum(1 for day in waiting if day is not None and day < today),
        invoices=queue,
    )


def _in_kroner(project: Project) -> tuple[Decimal, Decimal]:
    """What the running contracts with suppliers come to now, and what of it was added since.

    Those in a currency whose rate is gone are left out.
    """
    running = Contract.objects.filter(
        project=project, side=Side.SUPPLIER, state=ContractState.SIGNED, signed_on__isnull=False
    )
    found = running.values_list("currency", "signed_on")
    rows = list(found.annotate(was=summed("value"), more=summed("added")).order_by())
    known = money.rates() if any(row[0] != money.NOK for row in rows) else money.Rates()
    value = added = money.ZERO
    for currency, day, was, more in rows:
        with suppress(Invalid):
            value += known.in_nok(was, currency, day)
            added += known.in_nok(more, currency, day)
    return value + added, added


def task_name(order: ChangeOrder) -> str:
    uid = order.activity_uid
    return sources.name(order.project_id, uid) if uid is not None else ""


def waits_for_a_decision(order: ChangeOrder) -> bool:
    """Whether a case about it is open."""
    return order.case is not None and order.case.state in OPEN_STATES


def notice_asked(project: Project, number: str) -> Notice | None:
    """The notice a form was opened from; none when the number is no number."""
    known = number.isdecimal() and len(number) < 9
    return notices(project).filter(number=int(number)).first() if known else None


def _followed_up_by(person: Person) -> list[QuerySet[Any]]:
    """What somebody must take over when she leaves."""
    return [
        Contract.objects.filter(
            responsible=person, state__in=(ContractState.PLANNED, ContractState.SIGNED)
        ),
        Notice.objects.filter(owner=person).exclude(state=NoticeState.CLOSED),
        Procurement.objects.filter(responsible=person, is_open=True),
    ]


def open_rows_of(person: Person) -> list[Contract | Notice | Procurement]:
    """The contracts, notices and procurements a person follows up, project by project."""
    found: list[Contract | Notice | Procurement] = []
    for rows in _followed_up_by(person):
        found += rows.select_related("project").order_by("project_id", "number")
    return found


def open_count(person: Person) -> int:
    """How many of those there are."""
    return sum(rows.count() for rows in _followed_up_by(person))

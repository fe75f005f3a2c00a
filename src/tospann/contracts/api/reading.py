"""Reading contracts and what belongs to them through the REST API.

Changes go through the commands (config/expose.py).
"""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.contracts import checking, queries
from tospann.contracts.api.shown import (
    ChangeOrderList,
    ChangeOrderShown,
    ContractList,
    InvoiceAndChecks,
    InvoiceList,
    NoticeAndLog,
    NoticeList,
    PartyShown,
    ProcurementList,
    WholeContract,
    WholeProcurement,
)
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
)
from tospann.foundation.authority import Actor
from tospann.projects import queries as projects
from tospann.projects.models import Project

router = Router(tags=["contracts"])
Limit = Annotated[int, Field(ge=1, le=200)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]


def _project(request: HttpRequest, key: str) -> Project:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return projects.project(actor, key)


def _listed(rows: Any, limit: int, offset: int, **narrowed: Any) -> dict[str, Any]:
    wanted = {name: value for name, value in narrowed.items() if value is not None}
    found = rows.filter(**wanted)
    return {
        "items": list(found.order_by("number")[offset : offset + limit]),
        "count": found.count(),
    }


def _shown(schema: type[Schema], row: Any, **more: Any) -> dict[str, Any]:
    known = {name: getattr(row, name) for name in schema.model_fields if name not in more}
    return {**known, **more}


@router.get("/projects/{key}/contracts", response=ContractList, summary="The contracts")
def contracts(
    request: HttpRequest,
    key: str,
    state: ContractState | None = None,
    side: Side | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """With suppliers and with customers."""
    rows = queries.contracts(_project(request, key))
    return _listed(rows, limit, offset, state=state, side=side)


@router.get("/projects/{key}/contracts/parties", response=list[PartyShown], summary="The parties")
def parties(request: HttpRequest, key: str) -> list[Party]:
    """Whom contracts are made with."""
    return list(queries.parties(_project(request, key)))


@router.get("/projects/{key}/contracts/notices", response=NoticeList, summary="The notices")
def notices(
    request: HttpRequest,
    key: str,
    state: NoticeState | None = None,
    contract: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Received and sent."""
    rows = queries.notices(_project(request, key))
    return _listed(rows, limit, offset, state=state, contract_id=contract)


@router.get(
    "/projects/{key}/contracts/notices/{int:number}", response=NoticeAndLog, summary="One notice"
)
def notice(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """With its delivery log."""
    row = queries.one(Notice, _project(request, key), number)
    log: list[Delivery] = queries.deliveries(row)
    return _shown(NoticeAndLog, row, deliveries=log)


@router.get(
    "/projects/{key}/contracts/changes", response=ChangeOrderList, summary="The change orders"
)
def change_orders(
    request: HttpRequest,
    key: str,
    state: ChangeState | None = None,
    contract: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Also those that were rejected."""
    rows = queries.change_orders(_project(request, key))
    return _listed(rows, limit, offset, state=state, contract_id=contract)


@router.get(
    "/projects/{key}/contracts/changes/{int:number}",
    response=ChangeOrderShown,
    summary="One change order",
)
def change_order(request: HttpRequest, key: str, number: int) -> ChangeOrder:
    """By its number in the project."""
    return queries.one(ChangeOrder, _project(request, key), number)


@router.get("/projects/{key}/contracts/invoices", response=InvoiceList, summary="The invoices")
def invoices(
    request: HttpRequest,
    key: str,
    state: InvoiceState | None = None,
    contract: UUID | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """Received, checked, verified, sent or returned."""
    rows = queries.invoices(_project(request, key))
    return _listed(rows, limit, offset, state=state, contract_id=contract)


@router.get(
    "/projects/{key}/contracts/invoices/{int:number}",
    response=InvoiceAndChecks,
    summary="One invoice",
)
def invoice(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """With how it comes out against its contract, change order and payment plan."""
    row = queries.one(Invoice, _project(request, key), number)
    asked = checking.checks(row, checking.invoiced(row))
    return _shown(InvoiceAndChecks, row, checks=asked)


@router.get(
    "/projects/{key}/contracts/procurements", response=ProcurementList, summary="Procurements"
)
def procurements(
    request: HttpRequest,
    key: str,
    is_open: bool | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """What is being bought, and what was."""
    rows = queries.procurements(_project(request, key))
    return _listed(rows, limit, offset, is_open=is_open)


@router.get(
    "/projects/{key}/contracts/procurements/{int:number}",
    response=WholeProcurement,
    summary="One procurement",
)
def procurement(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """With its steps, on the plan's days where they are tied to tasks."""
    row = queries.one(Procurement, _project(request, key), number)
    steps: list[ProcurementStep] = queries.steps(row)
    return _shown(WholeProcurement, row, steps=steps)


@router.get(
    "/projects/{key}/contracts/{int:number}", response=WholeContract, summary="One contract"
)
def contract(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """With its terms, adjustments and how it stands."""
    row = queries.one(Contract, _project(request, key), number)
    terms: list[Term] = [term for kind in queries.terms(row).values() for term in kind]
    adjusted: list[PriceAdjustment] = queries.adjustments(row)
    known: dict[str, Any] = {"terms": terms, "adjustments": adjusted}
    return _shown(WholeContract, row, account=queries.account(row), **known)

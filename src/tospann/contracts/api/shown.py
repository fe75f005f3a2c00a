"""What the API shows of contracts and what belongs to them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema


class PartyShown(Schema):
    """Somebody contracts are made with."""

    id: UUID
    name: str
    organisation_number: str
    contact_name: str
    email: str
    version: int


class ContractShown(Schema):
    """A contract: ``sum_now`` is ``value`` with everything agreed since (``added``)."""

    id: UUID
    number: int
    title: str
    party_id: UUID
    side: str
    standard: str
    state: str
    value: Decimal
    added: Decimal
    sum_now: Decimal
    currency: str
    retained_percent: Decimal
    penalty_per_day: Decimal | None
    notice_days: int
    index_name: str
    index_base: Decimal | None
    index_share: Decimal
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    line_id: UUID | None
    activity_uid: int | None
    responsible_id: UUID | None
    notes: str
    version: int


class TermShown(Schema):
    """An instalment, an option, a guarantee or a key date of a contract."""

    id: UUID
    kind: str
    title: str
    amount: Decimal | None
    day: date | None
    activity_uid: int | None
    when: date | None
    state: str
    settled_on: date | None
    version: int


class AccountShown(Schema):
    """What is agreed, asked for, held back, paid, and not decided yet."""

    agreed: Decimal
    invoiced: Decimal
    retained: Decimal
    paid: Decimal
    waiting: Decimal
    left: Decimal


class AdjustmentShown(Schema):
    """A price adjustment, and what it was worked out from."""

    id: UUID
    title: str
    day: date
    basis: Decimal
    index_base: Decimal
    index_now: Decimal
    share: Decimal
    amount: Decimal


class WholeContract(ContractShown):
    """A contract with its party, terms, adjustments and how it stands."""

    party: PartyShown
    terms: list[TermShown]
    adjustments: list[AdjustmentShown]
    account: AccountShown


class NoticeShown(Schema):
    """A notice. ``due_on`` is the organisation's own, internal deadline."""

    id: UUID
    number: int
    contract_id: UUID
    direction: str
    kind: str
    title: str
    text: str
    known_on: date
    sent_at: datetime | None
    received_at: datetime | None
    answered_at: datetime | None
    answer: str
    due_on: date | None
    price_claim: Decimal | None
    time_claim: int | None
    owner_id: UUID | None
    state: str
    version: int


class DeliveryShown(Schema):
    """A line of a notice's delivery log."""

    id: UUID
    event: str
    channel: str
    at: datetime
    whom: str
    evidence: str
    recorded_by_id: UUID | None
    recorded_at: datetime


class NoticeAndLog(NoticeShown):
    """A notice with its delivery log."""

    deliveries: list[DeliveryShown]


class ChangeOrderShown(Schema):
    """A priced change of a contract."""

    id: UUID
    number: int
    contract_id: UUID
    notice_id: UUID | None
    title: str
    description: str
    amount: Decimal
    days: int
    line_id: UUID | None
    activity_uid: int | None
    state: str
    reason: str
    decided_on: date | None
    case_id: UUID | None
    version: int


class InvoiceShown(Schema):
    """An invoice on its way to payment."""

    id: UUID
    number: int
    contract_id: UUID
    reference: str
    kid: str
    text: str
    invoiced_on: date
    received_on: date
    due_on: date
    amount: Decimal
    vat: Decimal
    retained: Decimal
    to_pay: Decimal
    term_id: UUID | None
    change_order_id: UUID | None
    line_id: UUID | None
    state: str
    remarks: str
    checked_by_id: UUID | None
    verified_by_id: UUID | None
    sent_on: date | None
    version: int


class CheckShown(Schema):
    """How an invoice comes out against what was agreed."""

    question: str
    answer: str
    is_fine: bool


class InvoiceAndChecks(InvoiceShown):
    """An invoice, and how it comes out against its contract."""

    checks: list[CheckShown]


class StepShown(Schema):
    """A step of a procurement; ``when`` is the plan's day where it is tied to a task."""

    id: UUID
    kind: str
    day: date | None
    activity_uid: int | None
    when: date | None
    done_on: date | None
    version: int


class ProcurementShown(Schema):
    """Something that is being bought."""

    id: UUID
    number: int
    title: str
    estimate: Decimal | None
    contract_id: UUID | None
    responsible_id: UUID | None
    is_open: bool
    notes: str
    version: int


class WholeProcurement(ProcurementShown):
    """A procurement with its steps."""

    steps: list[StepShown]


class ContractList(Schema):
    """A page of contracts, and how many there are."""

    items: list[ContractShown]
    count: int


class NoticeList(Schema):
    """A page of notices, and how many there are."""

    items: list[NoticeShown]
    count: int


class ChangeOrderList(Schema):
    """A page of change orders, and how many there are."""

    items: list[ChangeOrderShown]
    count: int


class InvoiceList(Schema):
    """A page of invoices, and how many there are."""

    items: list[InvoiceShown]
    count: int


class ProcurementList(Schema):
    """A page of procurements, and how many there are."""

    items: list[ProcurementShown]
    count: int

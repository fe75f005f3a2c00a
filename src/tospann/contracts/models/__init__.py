"""The nouns of contracts; nothing here saves."""

from tospann.contracts.models.changing import (
    ChangeOrder,
    ChangeState,
    PriceAdjustment,
)
from tospann.contracts.models.notifying import (
    Channel,
    Delivery,
    DeliveryEvent,
    Notice,
    NoticeDirection,
    NoticeKind,
    NoticeState,
)
from tospann.contracts.models.paying import Invoice, InvoiceState
from tospann.contracts.models.procuring import Procurement, ProcurementStep, StepKind
from tospann.contracts.models.signing import (
    Contract,
    ContractState,
    Party,
    Side,
    Standard,
    Term,
    TermKind,
    TermState,
)

__all__ = [
    "ChangeOrder",
    "ChangeState",
    "Channel",
    "Contract",
    "ContractState",
    "Delivery",
    "DeliveryEvent",
    "Invoice",
    "InvoiceState",
    "Notice",
    "NoticeDirection",
    "NoticeKind",
    "NoticeState",
    "Party",
    "PriceAdjustment",
    "Procurement",
    "ProcurementStep",
    "Side",
    "Standard",
    "StepKind",
    "Term",
    "TermKind",
    "TermState",
]

"""Contracts and what belongs to them, as they are found by words."""

from django.utils.translation import gettext_lazy as _

from tospann.contracts.models import ChangeOrder, Contract, Invoice, Notice, Procurement
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("contracts.contract", _("Contracts"), "document", 82),
        read=records(Contract, "title", "notes", number="number"),
        href=by_number("contract"),
    )
)
indexed(
    Kind(
        *("contracts.notice", _("Notices"), "bell", 84),
        read=records(Notice, "title", "text", number="number"),
        href=by_number("notice"),
    )
)
indexed(
    Kind(
        *("contracts.changeorder", _("Change orders"), "edit", 86),
        read=records(ChangeOrder, "title", "description", number="number"),
        href=by_number("change_order"),
    )
)
indexed(
    Kind(
        *("contracts.invoice", _("Invoices"), "money", 88),
        read=records(Invoice, "reference", "text", "kid", number="number"),
        href=by_number("invoice"),
    )
)
indexed(
    Kind(
        *("contracts.procurement", _("Procurement"), "document", 90),
        read=records(Procurement, "title", "notes", number="number"),
        href=by_number("procurement"),
    )
)

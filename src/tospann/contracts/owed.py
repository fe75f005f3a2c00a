"""What contracts contribute to what people owe: notices with a day, invoices on their way."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.actions.sources import Source, owed_rows_come_from, shaped
from tospann.contracts.models import Invoice, Notice
from tospann.contracts.queries import OPEN_INVOICES, OPEN_NOTICES


def _notices() -> QuerySet[Any, Any]:
    return shaped(
        Notice.objects.filter(owner__isnull=False),
        "notice",
        ref="number",
        title="title",
        owner="owner",
        given_by="raised_by",
        due="due_on",
        is_open=Q(state__in=[str(one) for one in OPEN_NOTICES]),
    )


def _invoices() -> QuerySet[Any, Any]:
    """They are owed by whoever is responsible for the contract, until they are on their way."""
    return shaped(
        Invoice.objects.filter(contract__responsible__isnull=False),
        "invoice",
        ref="number",
        title="reference",
        owner="contract__responsible",
        given_by="registered_by",
        due="due_on",
        is_open=Q(state__in=[str(one) for one in OPEN_INVOICES]),
    )


owed_rows_come_from(
    Source(
        "notice",
        _("Notice"),
        _notices,
        lambda key, ref: f"/p/{key}/money/contracts/notices/{ref}",
    )
)
owed_rows_come_from(
    Source(
        "invoice",
        _("Invoice"),
        _invoices,
        lambda key, ref: f"/p/{key}/money/contracts/invoices/{ref}",
    )
)

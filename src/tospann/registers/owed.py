"""What own registers contribute to what people owe: open rows with an owner."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.actions.sources import Source, owed_rows_come_from, shaped
from tospann.registers.models import Line


def _rows() -> QuerySet[Any, Any]:
    return shaped(
        Line.objects.filter(owner__isnull=False),
        "register_line",
        ref="number",
        title="title",
        owner="owner",
        given_by="raised_by",
        due="due_on",
        is_open=Q(is_open=True),
    )


owed_rows_come_from(
    Source(
        "register_line",
        _("Row of a register"),
        _rows,
        lambda key, ref: f"/p/{key}/registers/lines/{ref}",
    )
)

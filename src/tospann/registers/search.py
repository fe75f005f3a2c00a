"""Rows of own registers, as they are found by words."""

from django.utils.translation import gettext_lazy as _

from tospann.registers.models import Line
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("registers.line", _("Rows of own registers"), "list", 75),
        read=records(Line, "title", number="number"),
        href=by_number("register_line"),
    )
)

"""Actions, as they are found by words."""

from django.utils.translation import gettext_lazy as _

from tospann.actions.models import Action
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("actions.action", _("Actions"), "task", 40),
        read=records(Action, "title", "description", number="number"),
        href=by_number("action"),
    )
)

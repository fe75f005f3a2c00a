"""Budget lines, as they are found by words."""

from django.utils.translation import gettext_lazy as _

from tospann.budget.models import BudgetLine
from tospann.search.kinds import Kind, by_number, indexed, records

indexed(
    Kind(
        *("budget.budgetline", _("Budget lines"), "money", 80),
        read=records(BudgetLine, "name", "code", number="number", mark="B"),
        href=by_number("budget_line", mark="B"),
    )
)

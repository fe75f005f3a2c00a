"""How money that was moved by a decision is moved back."""

from tospann.budget.models import BudgetLine
from tospann.foundation.commands import COMMANDS, Operation
from tospann.foundation.models import AuditEntry
from tospann.foundation.references import find


def moved_back(entry: AuditEntry) -> list[Operation] | None:
    given = entry.detail.arguments or {}
    source, target = find(entry.subject), find(f"budget.budgetline:{given.get('to', '')}")
    if not isinstance(source, BudgetLine) or not isinstance(target, BudgetLine):
        return None
    values = {"to": str(source.pk), "amount": given["amount"]}
    return [COMMANDS["budget.move_money"].operation(target, values)]

"""What has been used, and what it is expected to end at: facts, recorded at once."""

from django.utils import timezone

from tospann.budget.commands.keeping import Amount
from tospann.budget.models import BudgetLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command


@command(needs=Power.KEEP_REGISTERS)
def report_cost(
    actor: Actor, line: BudgetLine, *, spent: Amount, forecast: Amount | None = None
) -> BudgetLine:
    """Report what a budget line has cost"""
    line.spent, line.forecast, line.costed_at = spent, forecast, timezone.now()
    line.save()
    return line

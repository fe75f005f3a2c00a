"""Everything that changes a budget: its lines, its reserves, its approval, and what it has cost."""

from tospann.budget.commands import telling  # noqa: F401  # sentences for the cases
from tospann.budget.commands.facts import report_cost
from tospann.budget.commands.lines import add_line, change_line, move_money, remove_line
from tospann.budget.commands.reserves import (
    FirstLine,
    approve_budget,
    release_managers_reserve,
    release_owners_reserve,
    set_reserves,
    start_budget,
)

CHANGES = (
    *(add_line, change_line, remove_line, move_money, report_cost),
    *(set_reserves, release_managers_reserve, release_owners_reserve),
    *(start_budget, approve_budget),
)
"""Everything that may move the frame or the forecast."""

__all__ = [
    "CHANGES",
    "FirstLine",
    "add_line",
    "approve_budget",
    "change_line",
    "move_money",
    "release_managers_reserve",
    "release_owners_reserve",
    "remove_line",
    "report_cost",
    "set_reserves",
    "start_budget",
]

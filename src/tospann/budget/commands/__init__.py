"""Everything that changes a budget: its lines, its reserves, its approval, and what it has cost."""

from tospann.budget.commands import telling  # noqa: F401  # sentences for the cases
from tospann.budget.commands.accruals import accrue, release_accrual
from tospann.budget.commands.commitments import change_commitment, commit
from tospann.budget.commands.costs import CostRow, record_costs, reverse_costs
from tospann.budget.commands.facts import report_cost
from tospann.budget.commands.frames import (
    add_cut,
    add_funding,
    change_cut,
    change_funding,
    remove_funding,
    set_frames,
)
from tospann.budget.commands.imports import import_costs
from tospann.budget.commands.lines import (
    PeriodAmount,
    add_line,
    change_line,
    move_money,
    remove_line,
    set_periods,
)
from tospann.budget.commands.many import LineAsIs, change_lines
from tospann.budget.commands.months import close_month, reopen_month, set_last_booking
from tospann.budget.commands.rates import (
    remove_exchange_rate,
    remove_vat_rate,
    set_exchange_rate,
    set_vat_rate,
)
from tospann.budget.commands.reserves import (
    FirstLine,
    approve_budget,
    release_managers_reserve,
    release_owners_reserve,
    set_reserves,
    start_budget,
)

CHANGES = (
    *(add_line, change_line, change_lines, remove_line, move_money, set_periods, report_cost),
    *(set_reserves, release_managers_reserve, release_owners_reserve),
    *(start_budget, approve_budget, set_frames),
    *(record_costs, import_costs, reverse_costs, commit, change_commitment),
    *(accrue, release_accrual, close_month, reopen_month, set_last_booking),
    *(add_cut, change_cut, add_funding, change_funding, remove_funding),
)
"""Everything of a project that may move the frame, the forecast or what is known of it."""
OF_THE_ORGANISATION = (*(set_exchange_rate, remove_exchange_rate, set_vat_rate, remove_vat_rate),)

__all__ = [
    "CHANGES",
    "OF_THE_ORGANISATION",
    "CostRow",
    "FirstLine",
    "LineAsIs",
    "PeriodAmount",
    "accrue",
    "add_cut",
    "add_funding",
    "add_line",
    "approve_budget",
    "change_commitment",
    "change_cut",
    "change_funding",
    "change_line",
    "change_lines",
    "close_month",
    "commit",
    "import_costs",
    "move_money",
    "record_costs",
    "release_accrual",
    "release_managers_reserve",
    "release_owners_reserve",
    "remove_exchange_rate",
    "remove_funding",
    "remove_line",
    "remove_vat_rate",
    "reopen_month",
    "report_cost",
    "reverse_costs",
    "set_exchange_rate",
    "set_frames",
    "set_last_booking",
    "set_periods",
    "set_reserves",
    "set_vat_rate",
    "start_budget",
]

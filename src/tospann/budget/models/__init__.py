"""Nouns of money: the budget and its lines, what has been used and promised, rates and frames."""

from tospann.budget.models.costs import (
    Accrual,
    ClosedMonth,
    Commitment,
    Cost,
    CostBatch,
    CostDay,
    CostParty,
    StagedCosts,
)
from tospann.budget.models.frames import CutItem, CutState, Funding
from tospann.budget.models.lines import Budget, BudgetLine, CostType
from tospann.budget.models.rates import ExchangeRate, VatRate

__all__ = [
    "Accrual",
    "Budget",
    "BudgetLine",
    "ClosedMonth",
    "Commitment",
    "Cost",
    "CostBatch",
    "CostDay",
    "CostParty",
    "CostType",
    "CutItem",
    "CutState",
    "ExchangeRate",
    "Funding",
    "StagedCosts",
    "VatRate",
]

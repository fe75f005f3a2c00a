"""Pages of following up money."""

from tospann.control.views.files import (
    budget_workbook,
    cost_report_pdf,
    cost_report_workbook,
    timesheets_workbook,
)
from tospann.control.views.following import control
from tospann.control.views.taking import read_budget, take_budget, workbooks
from tospann.control.views.worth import net_present_value, three_points

__all__ = [
    "budget_workbook",
    "control",
    "cost_report_pdf",
    "cost_report_workbook",
    "net_present_value",
    "read_budget",
    "take_budget",
    "three_points",
    "timesheets_workbook",
    "workbooks",
]

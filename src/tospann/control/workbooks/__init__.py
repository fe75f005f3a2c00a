"""Real workbooks: budget, cost report and timesheets out, and the budget in again."""

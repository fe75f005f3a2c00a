"""Which worked examples the product answers, and which it has no place for."""

IN_PLAN = ("cpm", "pert", "three_point", "distribution", "monte_carlo", "crash")
"""Kinds tried in test_plan_cases."""
IN_REGISTERS = ("risk_matrix",)
IN_MONEY = (
    *("evm_snapshot", "earned_schedule", "earned_schedule_series"),
    *("npv", "irr", "benefit_table", "p50_p85"),
    *("cost_benefit", "sum_of_variables"),
)
"""Kinds tried in test_cases."""
IN_CALENDAR = ("work_calendar", "week_number", "check_digits")
SHOWN = frozenset((*IN_PLAN, *IN_REGISTERS, *IN_MONEY, *IN_CALENDAR))

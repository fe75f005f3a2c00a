"""Raising, changing, closing and raising further: risks and opportunities, problems, deviations."""

from tospann.risks.commands.cells import set_cells
from tospann.risks.commands.deviations import (
    act_on_deviation,
    change_deviation,
    correct_deviation,
    hand_over_deviation,
    raise_deviation,
    raise_deviation_as_case,
    reopen_deviation,
)
from tospann.risks.commands.handing_over import hand_over_all
from tospann.risks.commands.importing import import_risks
from tospann.risks.commands.problems import (
    act_on_problem,
    change_problem,
    hand_over_problem,
    raise_problem,
    raise_problem_as_case,
    reopen_problem,
    solve_problem,
)
from tospann.risks.commands.risks import (
    add_measure,
    change_risk,
    close_risk,
    hand_over_risk,
    raise_risk,
    raise_risk_as_case,
    reopen_risk,
)

__all__ = [
    "act_on_deviation",
    "act_on_problem",
    "add_measure",
    "change_deviation",
    "change_problem",
    "change_risk",
    "close_risk",
    "correct_deviation",
    "hand_over_all",
    "hand_over_deviation",
    "hand_over_problem",
    "hand_over_risk",
    "import_risks",
    "raise_deviation",
    "raise_deviation_as_case",
    "raise_problem",
    "raise_problem_as_case",
    "raise_risk",
    "raise_risk_as_case",
    "reopen_deviation",
    "reopen_problem",
    "reopen_risk",
    "set_cells",
    "solve_problem",
]

"""Everything that changes what the portfolio keeps."""

from tospann.portfolio.commands.ideas import (
    answer_idea,
    change_idea,
    hand_in_idea,
    score_idea,
    start_from_idea,
    weigh_ideas,
)
from tospann.portfolio.commands.scenarios import (
    Chosen,
    compute_scenario,
    decide_scenario,
    propose_scenario,
    withdraw_scenario,
)

__all__ = [
    "Chosen",
    "answer_idea",
    "change_idea",
    "compute_scenario",
    "decide_scenario",
    "hand_in_idea",
    "propose_scenario",
    "score_idea",
    "start_from_idea",
    "weigh_ideas",
    "withdraw_scenario",
]

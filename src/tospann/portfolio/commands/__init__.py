"""Everything that changes what the portfolio keeps."""

from tospann.portfolio.commands.ideas import (
    answer_idea,
    change_idea,
    hand_in_idea,
    score_idea,
    start_from_idea,
    weigh_ideas,
)

__all__ = [
    "answer_idea",
    "change_idea",
    "hand_in_idea",
    "score_idea",
    "start_from_idea",
    "weigh_ideas",
]

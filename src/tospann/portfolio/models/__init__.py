"""What the portfolio keeps of its own: ideas that may become projects, and scenarios."""

from tospann.portfolio.models.ideas import Idea, IdeaScale, IdeaState
from tospann.portfolio.models.scenarios import Scenario, ScenarioProject, ScenarioState

__all__ = ["Idea", "IdeaScale", "IdeaState", "Scenario", "ScenarioProject", "ScenarioState"]

"""What the portfolio keeps of its own: ideas that may become projects, and scenarios."""

from tospann.portfolio.models.ideas import Idea, IdeaScale, IdeaState

__all__ = ["Idea", "IdeaScale", "IdeaState"]

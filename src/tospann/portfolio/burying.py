"""Taking a project that is deleted out of what the portfolio keeps."""

from uuid import UUID

from django.db.models import QuerySet

from tospann.portfolio.models import Idea, IdeaState


def leave(project_id: UUID) -> None:
    """The idea it came from is an accepted one again."""
    came_from = Idea.objects.filter(project=project_id)
    QuerySet.update(came_from, project=None, state=IdeaState.ACCEPTED)

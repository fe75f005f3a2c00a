"""Reading the meeting series of a project."""

from django.db.models import QuerySet

from tospann.meetings.models import Series
from tospann.projects.models import Project


def series(of: Project) -> QuerySet[Series]:
    return Series.objects.filter(project=of).order_by("position")

"""Reading the folders of a project."""

from django.db.models import QuerySet

from tospann.documents.models import Folder
from tospann.projects.models import Project


def folders(of: Project) -> QuerySet[Folder]:
    return Folder.objects.filter(project=of).select_related("phase").order_by("number")

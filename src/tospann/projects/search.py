"""Projects and their goals, as they are found by words."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.projects.models import Goal, Project
from tospann.projects.queries import visible_projects
from tospann.search.kinds import Kind, indexed, projects_come_from, records

projects_come_from(lambda actor: visible_projects(actor).order_by().values("pk"))
indexed(
    Kind(
        *("projects.project", _("Projects"), "project", 10),
        read=records(Project, "name", "key", "purpose"),
        href=lambda key, _hit: reverse("overview", args=[key]),
    )
)
indexed(
    Kind(
        *("projects.goal", _("Goals"), "goal", 130),
        read=records(Goal, "description"),
        href=lambda key, _hit: reverse("goals", args=[key]),
    )
)

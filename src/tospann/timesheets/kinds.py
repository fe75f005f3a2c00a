"""Types of work: the project's own list, else the common ones."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext

from tospann.projects.models import ChoiceList

LIST = "work_kinds"
"""The choice list of a project that replaces the common ones: ``{"key": …, "name": …}``."""


def common() -> dict[str, str]:
    return {
        "leading": gettext("Project management"),
        "meetings": gettext("Meetings"),
        "documentation": gettext("Documentation"),
        "quality": gettext("Quality and testing"),
        "travel": gettext("Travel"),
        "training": gettext("Training"),
        "other": gettext("Other work"),
    }


def of_projects(projects: list[UUID]) -> Mapping[UUID, dict[str, str]]:
    """Key → name for each project; one query."""
    own = ChoiceList.objects.filter(project__in=projects, key=LIST)
    found = {pk: _named(values) for pk, values in own.values_list("project_id", "values")}
    usual = common()
    return {pk: found.get(pk) or usual for pk in projects}


def of_project(project: UUID) -> dict[str, str]:
    return of_projects([project])[project]


def name(kinds: Mapping[str, str], key: str) -> str:
    """Its name; one that has left the list keeps its key."""
    return kinds.get(key) or common().get(key) or key


def _named(values: list[dict[str, str]]) -> dict[str, str]:
    return {str(one["key"]): str(one.get("name") or one["key"]) for one in values if one.get("key")}

"""Taking a project that is deleted out of the conflicts it was part of."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tospann.conflicts.models import Conflict, ConflictState, Involved, WayOut


def leave(project_id: UUID) -> None:
    """What was found and decided stays as far as it is about the others.

    The ways out of an open conflict are computed from all its projects, so they go; it is looked
    for anew among those that are left.
    """
    conflicts = Involved.objects.filter(project=project_id).values("conflict")
    for one in Conflict.objects.filter(pk__in=conflicts):
        values = {name: _without(getattr(one, name), str(project_id)) for name in _TELLING}
        if one.is_open:
            values["state"] = ConflictState.GONE
        QuerySet.update(Conflict.objects.filter(pk=one.pk), **values)
        WayOut.objects.filter(conflict=one).delete()


_TELLING = ("weeks", "evidence")


def _without(value: Any, project: str) -> Any:
    if isinstance(value, dict):
        return {key: _without(one, project) for key, one in value.items() if key != project}
    if isinstance(value, list):
        about = (one for one in value if not (isinstance(one, dict) and _is_about(one, project)))
        return [_without(one, project) for one in about]
    return value


def _is_about(one: dict[str, Any], project: str) -> bool:
    return one.get("project") == project

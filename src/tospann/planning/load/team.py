"""The people whom resources of a plan may be."""

from collections.abc import Iterable
from uuid import UUID

from tospann.people.models import Person
from tospann.planning.load.tying import Known, Tie
from tospann.projects.models import Project
from tospann.projects.queries import members


def team(project: Project) -> list[Known]:
    """Those on the team; one query."""
    rows = members(project).values_list("person_id", "person__name", "person__email")
    return [Known(*row) for row in rows.distinct()]


def names_of(found: Iterable[Tie]) -> dict[UUID, str]:
    """What those are called who are in the plan, also those who have left; at most one query."""
    wanted = {one.person for one in found if one.person is not None}
    if not wanted:
        return {}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))

"""What may be chosen in the forms, and what was meant by what was chosen or typed."""

from typing import Any
from uuid import UUID

from tospann.foundation.authority import Actor
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.stakeholders import promises, queries
from tospann.stakeholders.forms import Choices, split_name


def who(project: Project, typed: str) -> dict[str, Any]:
    """The contact that is meant, or the name of a new one."""
    if found := queries.contact_called(project, typed):
        return {"contact": found.pk}
    name, organisation = split_name(typed)
    return {"who": name, "organisation": organisation}


def promisers(project: Project, actor: Actor) -> Choices:
    """Us first (the actor at the top), then the contacts."""
    ours = [(f"person:{pk}", name) for pk, name in projects.team(project)]
    own = f"person:{actor.person_id}"
    ours.sort(key=lambda one: one[0] != own)
    return ours + [(f"contact:{pk}", name) for pk, name in queries.contact_names(project)]


def receivers(project: Project) -> list[str]:
    contacts = [label for _pk, label in queries.contact_names(project)]
    return contacts + [name for _pk, name in projects.team(project)]


def parties(project: Project, by: str, to: str) -> dict[str, Any]:
    """Who promised and to whom, as the command wants it."""
    kind, _colon, pk = by.partition(":")
    said: dict[str, Any] = {f"by_{kind}": UUID(pk)}
    if contact := queries.contact_called(project, to):
        return said | {"to_contact": contact.pk}
    named = [pk for pk, name in projects.team(project) if name.casefold() == to.strip().casefold()]
    return said | ({"to_person": UUID(named[0])} if len(named) == 1 else {"to_name": to})


def activities(project: Project) -> Choices:
    """What in the plan a promise may depend on."""
    found = promises.plan_dates(project.pk, None)
    return [(str(uid), planned.name) for uid, planned in found.items()]

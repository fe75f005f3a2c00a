"""Who acts: a signed-in person, with her own roles and those she holds as a deputy."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from tospann.foundation.authority import Actor, Held, Role
from tospann.people.models import Deputy, OrganisationRole, Person
from tospann.ui.round_trip import Asked, Question, Row, Rows

RoleSource = Callable[[uuid.UUID, QuerySet[Deputy], date], QuerySet[Any]]
"""Takes a person, the deputyships she has that day, and the day; gives the memberships that
count for her, with ``project_id``, ``person_id`` and ``role``."""
_role_source: RoleSource | None = None
NOBODY = Actor(kind="nobody", person_id=None, name="")


class ActorRequest(HttpRequest):
    """A request of somebody known: the middleware has set ``actor``."""

    actor: Actor


def roles_come_from(source: RoleSource) -> None:
    """Called once by the capability that keeps memberships."""
    global _role_source  # noqa: PLW0603  # set once, when the app is ready
    _role_source = source


def actor_for(person: Person, scopes: frozenset[str] | None = None) -> Actor:
    """The person as an actor: one query, whatever the number of projects."""
    if not person.is_active:
        return NOBODY
    found = _asked(person.pk, timezone.localdate())
    absent = {row["who"]: row["name"] for row in found["absent"]}
    roles: dict[uuid.UUID, list[Held]] = {}
    for row in found["roles"]:
        held = Held(Role(row["role"]), absent.get(row["who"], ""))
        roles.setdefault(row["project"], []).append(held)
    return Actor(
        kind=_kind(person, found["roles"]),
        person_id=person.pk,
        name=person.name,
        roles={project: tuple(held) for project, held in roles.items()},
        organisation_roles=frozenset(Role(row["role"]) for row in found["own"]),
        scopes=scopes,
    )


def _question(person_id: uuid.UUID, today: date) -> Question:
    absent = Deputy.objects.filter(deputy=person_id, starts_on__lte=today, ends_on__gte=today)
    own = OrganisationRole.objects.filter(person=person_id)
    asked = {
        "absent": Rows(absent, who="person_id", name="person__name"),
        "own": Rows(own, role="role"),
    }
    assert _role_source is not None, "nobody keeps memberships"
    held = _role_source(person_id, absent, today)
    asked["roles"] = Rows(held, project="project_id", who="person_id", role="role")
    return Person.objects.filter(pk=person_id), asked


_asked = Asked(_question)


def _kind(person: Person, found: Sequence[Row]) -> str:
    """``person`` belongs to the organisation; ``guest`` and ``external`` come from outside it."""
    if not person.is_external:
        return "person"
    return "guest" if all(row["role"] == Role.GUEST for row in found) else "external"


def lazily(request: HttpRequest) -> Callable[[], Actor]:
    """The actor of a request, worked out when first asked for."""
    return partial(_of_request, request)


def _of_request(request: HttpRequest) -> Actor:
    user = request.user
    return actor_for(user) if isinstance(user, Person) else NOBODY

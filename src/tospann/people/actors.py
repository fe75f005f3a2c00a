"""Who acts: a signed-in person, with her own roles and those she holds as a deputy."""

import uuid
from collections.abc import Callable, Mapping
from functools import partial

from django.http import HttpRequest
from django.utils import timezone

from tospann.foundation.authority import Actor, Held, Role
from tospann.people.models import Deputy, OrganisationRole, Person

Roles = Mapping[uuid.UUID, tuple[tuple[uuid.UUID, Role], ...]]
"""``project → (person, role)`` pairs."""
_role_source: Callable[[list[uuid.UUID]], Roles] = lambda people: {}  # noqa: E731  # set at start
NOBODY = Actor(kind="nobody", person_id=None, name="")


class ActorRequest(HttpRequest):
    """A request of somebody known: the middleware has set ``actor``."""

    actor: Actor


def roles_come_from(source: Callable[[list[uuid.UUID]], Roles]) -> None:
    """Called once by the capability that keeps memberships."""
    global _role_source  # noqa: PLW0603  # set once, when the app is ready
    _role_source = source


def actor_for(person: Person, scopes: frozenset[str] | None = None) -> Actor:
    """The person as an actor: at most three queries, whatever the number of projects."""
    if not person.is_active:
        return NOBODY
    today = timezone.localdate()
    absent = dict(
        Deputy.objects.filter(deputy=person, starts_on__lte=today, ends_on__gte=today).values_list(
            "person_id", "person__name"
        )
    )
    own = frozenset(
        Role(role)
        for role in OrganisationRole.objects.filter(person=person).values_list("role", flat=True)
    )
    found = _role_source([person.pk, *absent])
    return Actor(
        kind=_kind(person, found),
        person_id=person.pk,
        name=person.name,
        roles={
            project: tuple(Held(role, absent.get(holder, "")) for holder, role in held)
            for project, held in found.items()
        },
        organisation_roles=own,
        scopes=scopes,
    )


def _kind(person: Person, found: Roles) -> str:
    """``person`` belongs to the organisation; ``guest`` and ``external`` come from outside it."""
    if not person.is_external:
        return "person"
    roles = {role for held in found.values() for _holder, role in held}
    return "guest" if roles <= {Role.GUEST} else "external"


def lazily(request: HttpRequest) -> Callable[[], Actor]:
    """The actor of a request, worked out when first asked for."""
    return partial(_of_request, request)


def _of_request(request: HttpRequest) -> Actor:
    user = request.user
    return actor_for(user) if isinstance(user, Person) else NOBODY

"""Who can see this, and why: the same answer as ``access`` gives, asked for everybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tospann.foundation.authority import ROLE_LABELS, Actor, Held, Role
from tospann.people.actors import actor_for
from tospann.people.models import Deputy, OrganisationRole, Person
from tospann.projects.models import Membership, Project
from tospann.projects.queries import SEES_EVERY_PROJECT
from tospann.sharing import queries
from tospann.sharing.access import (
    Access,
    Grants,
    Reason,
    Right,
    Shared,
    access,
    grants,
    reach,
)
from tospann.sharing.models import Share, With
from tospann.sharing.policy import Grant, Policy, why_not
from tospann.sharing.things import Thing, listed


@dataclass(frozen=True)
class Principal:
    """Somebody who can see a thing: a person, a guest by e-mail, or whoever has a link."""

    kind: str
    """person · guest · link"""
    name: str
    access: Access
    person_id: UUID | None = None
    email: str = ""
    is_outside: bool = False

    @property
    def right(self) -> Right:
        return self.access.right

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.access.reasons


def principals(shared: Shared) -> list[Principal]:
    """Everybody who can see the thing now, each with the reasons: most rights first."""
    project = Project.objects.get(pk=shared.project_id)
    everybody = _Everybody.of(project)
    found = [one for one in everybody.who(shared) if one.access.may_see]
    return sorted(found, key=lambda one: (one.is_outside, -one.right, one.name.casefold()))


@dataclass
class _Everybody:
    """All who may have to do with a project, with their roles and shares (5 queries)."""

    project: Project
    policy: Policy
    shares: list[Grant] = field(default_factory=list)
    people: dict[UUID, Person] = field(default_factory=dict)
    roles: dict[UUID, list[Held]] = field(default_factory=dict)
    wide: dict[UUID, set[Role]] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project) -> "_Everybody":
        today = timezone.localdate()
        made = cls(project, queries.policy(project.pk))
        held = Share.objects.filter(project=project).select_related("person", "made_by")
        grants = (queries.grant_of(one) for one in held.order_by("made_at", "id"))
        made.shares = [one for one in grants if why_not(one, made.policy, today) is None]
        made._read_roles(today)
        with_shares = {one.person_id for one in made.shares if one.person_id}
        wanted = with_shares | made.roles.keys() | made.wide.keys()
        found = Person.objects.filter(pk__in=wanted, is_active=True)
        made.people = {one.pk: one for one in found}
        return made

    def _read_roles(self, today: date) -> None:
        lasting = Q(until__isnull=True) | Q(until__gte=today)
        rows = list(
            Membership.objects.filter(lasting, project=self.project).values_list(
                "person_id", "role"
            )
        )
        members = {person for person, _role in rows}
        absent = Deputy.objects.filter(person__in=members, starts_on__lte=today, ends_on__gte=today)
        deputies = list(absent.values_list("person_id", "deputy_id", "person__name"))
        for person, role in rows:
            self.roles.setdefault(person, []).append(Held(Role(role)))
            for absent_id, deputy, name in deputies:
                if absent_id == person:
                    self.roles.setdefault(deputy, []).append(Held(Role(role), name))
        reading = [str(role) for role in SEES_EVERY_PROJECT]
        wide = OrganisationRole.objects.filter(role__in=reading)
        for person, role in wide.values_list("person_id", "role"):
            self.wide.setdefault(person, set()).add(Role(role))

    def who(self, shared: Shared) -> Iterable[Principal]:
        for person in self.people.values():
            actor, own = self._actor(person), self._own(With.PERSON, person.pk)
            yield Principal(
                "person",
                person.name,
                access(actor, shared, own),
                person.pk,
                person.email,
                person.is_external,
            )
        for email in sorted({one.email for one in self.shares if one.kind == With.GUEST}):
            own = self._own(With.GUEST, email)
            names = [one.receiver for one in own.shares]
            found = access(self._visitor(own), shared, own)
            yield Principal("guest", names[0], found, email=email, is_outside=True)
        for one in self.shares:
            if one.kind == With.LINK:
                own = Grants(self.project.pk, (one,), self.policy)
                found = access(self._visitor(own), shared, own)
                yield Principal("link", one.receiver, found, is_outside=True)

    def _own(self, kind: str, whose: UUID | str) -> Grants:
        """The shares with one person, or with one guest."""
        hers = [one for one in self.shares if one.kind == kind]
        hers = [one for one in hers if whose in (one.person_id, one.email)]
        return Grants(self.project.pk, tuple(hers), self.policy)

    def _actor(self, person: Person) -> Actor:
        return Actor(
            "person",
            person.pk,
            person.name,
            roles={self.project.pk: tuple(self.roles.get(person.pk, ()))},
            organisation_roles=frozenset(self.wide.get(person.pk, ())),
        )

    def _visitor(self, own: Grants) -> Actor:
        return visitor(self.project.pk, own.shares)


@dataclass(frozen=True)
class Seen:
    """What somebody can see in a project: classes by role, and things one by one."""

    because: tuple[str, ...]
    classes: frozenset[str]
    things: list[Thing]


def what_can(project: Project, person: Person) -> Seen:
    """Everything a person can see here, with why."""
    actor = actor_for(person)
    found = reach(actor, grants(actor, project))
    roles = actor.roles_in(project.pk) | (actor.organisation_roles & SEES_EVERY_PROJECT)
    because = tuple(str(ROLE_LABELS[role]) for role in sorted(roles))
    return Seen(because, found.classes, listed(actor, project))


def receiver(share: Share) -> Actor:
    """Whoever a share is with, as she comes: with all that is shared with the same address."""
    if share.kind == With.PERSON and share.person is not None:
        return actor_for(share.person)
    own = [share]
    if share.kind == With.GUEST and share.asks_code:
        own = list(
            Share.objects.filter(
                project=share.project_id, kind=With.GUEST, email=share.email
            ).select_related("person", "made_by")
        )
    return visitor(share.project_id, [queries.grant_of(one) for one in own])


def visitor(project_id: UUID, shares: Sequence[Grant], name: str = "") -> Actor:
    """Somebody from outside without an account, as the shares she came by make her."""
    first = shares[0] if shares else None
    kind = "guest" if first and first.kind == With.GUEST else "link"
    return Actor(
        kind,
        None,
        name or (first.receiver if first else ""),
        roles={project_id: (Held(Role.GUEST),)},
        shares=frozenset(one.id for one in shares),
    )

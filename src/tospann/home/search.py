"""The search page: what was found, by kind, each with the address where it can be seen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Actor
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.projects.queries import sees_project
from tospann.search import queries
from tospann.search.kinds import KINDS, Hit, Keys, Kind, Source, indexed, moment_of

LONGEST = 200
MOST = 100
PEOPLE = "people.person"
_NO_PROJECT = ("", "")


@dataclass(frozen=True)
class Shown:
    """A hit with its address."""

    label: str
    note: str
    href: str
    excerpt: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Group:
    """The hits of one kind."""

    name: str
    label: str
    icon: str
    hits: list[Shown] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.hits)


@dataclass(frozen=True)
class Answer:
    """Groups with at least one hit, in the order people look for things."""

    groups: list[Group]
    is_cut: bool = False

    @property
    def size(self) -> int:
        return sum(group.size for group in self.groups)


def search(actor: Actor, text: str) -> Answer:
    """Everything the actor may see that holds every word of the text."""
    hits = queries.found(actor, text, MOST)
    projects = _projects(hits)
    groups: dict[str, Group] = {}
    for kind in sorted((KINDS[label] for label in {h.label for h in hits}), key=lambda k: k.place):
        groups[kind.label] = Group(kind.label.rpartition(".")[2], str(kind.heading), kind.icon)
    for hit in hits:
        groups[hit.label].hits.append(_shown(actor, KINDS[hit.label], hit, projects))
    return Answer(list(groups.values()), is_cut=len(hits) == MOST)


def _projects(hits: Iterable[Hit]) -> Mapping[UUID, tuple[str, str]]:
    wanted = {hit.project_id for hit in hits if hit.project_id}
    rows = Project.objects.filter(pk__in=wanted).values_list("pk", "key", "name")
    return {pk: (key, name) for pk, key, name in rows}


def _shown(actor: Actor, kind: Kind, hit: Hit, projects: Mapping[UUID, tuple[str, str]]) -> Shown:
    key, name = projects.get(hit.project_id, _NO_PROJECT) if hit.project_id else _NO_PROJECT
    is_project = hit.label == "projects.project"
    parts = (key,) if is_project else (hit.number, name)
    note = " · ".join(part for part in parts if part)
    href = kind.href
    if kind.outside and hit.project_id and not sees_project(actor, hit.project_id):
        href = kind.outside
    return Shown(hit.title or hit.number, note, href(key, hit), _telling(hit))


def _telling(hit: Hit) -> tuple[tuple[str, bool], ...]:
    """The excerpt, unless it only says the title again."""
    said = "".join(piece for piece, _marked in hit.excerpt)
    return () if said.strip() == hit.title.strip() else hit.excerpt


def _people(keys: Keys) -> Iterator[Source]:
    rows = Person.objects.order_by("pk")
    rows = rows if keys is None else rows.filter(pk__in=list(keys))
    for one in rows.only("pk", "name", "email", "company", "title").iterator(2000):
        text = " · ".join(part for part in (one.title, one.company) if part)
        yield Source(str(one.pk), one.name, text, one.email[:100], at=moment_of(one.pk))


def _people_for(actor: Actor) -> QuerySet[Person]:
    """Colleagues find each other; whoever is outside finds nobody."""
    if actor.kind in {"guest", "link", "nobody"}:
        return Person.objects.none()
    return Person.objects.filter(is_active=True)


indexed(
    Kind(
        *(PEOPLE, _("People"), "person", 140),
        read=_people,
        href=lambda _key, hit: f"mailto:{hit.number}",
        permitted=_people_for,
    )
)

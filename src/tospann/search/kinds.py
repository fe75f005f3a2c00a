"""What can be found: each capability says how its things are read, shown and permitted.

search.indexed(Kind("cases.case", _("Cases"), "case", 20, read=records(Case, "title", …), …))
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from tospann.foundation import reactions
from tospann.foundation.authority import Actor

Keys = Collection[str] | None
"""Primary keys as text; None means everything there is."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Source:
    """A thing as it goes into the index."""

    key: str
    title: str
    text: str = ""
    number: str = ""
    project_id: UUID | None = None
    at: datetime = LONG_AGO


@dataclass(frozen=True)
class Hit:
    """A thing that was found. ``excerpt`` is text in pieces; the marked ones are what was asked."""

    label: str
    key: str
    title: str
    number: str
    project_id: UUID | None
    excerpt: tuple[tuple[str, bool], ...] = ()


Reader = Callable[[Keys], Iterable[Source]]
Touches = Callable[[str, Mapping[str, Any]], Iterable[str]]
"""Which things a change (see ``records.Changes``) of another record, by its key, is about."""
Places = Callable[[Actor], QuerySet[Any]]


@dataclass(frozen=True)
class Kind:
    """``permitted`` gives the primary keys an actor may see; without it, who sees the project.

    ``also`` names other kinds of records whose changes touch things of this one, and which.
    """

    label: str
    heading: Promise
    icon: str
    place: int
    read: Reader
    href: Callable[[str, Hit], str]
    permitted: Places | None = None
    also: Mapping[str, Touches] = field(default_factory=dict)
    outside: Callable[[str, Hit], str] | None = None
    """Where somebody finds it who does not see the project it belongs to."""


KINDS: dict[str, Kind] = {}
_places: list[Places] = []
_keepers: list[reactions.Reaction] = []


def indexed(kind: Kind) -> Kind:
    """Have things of this kind found; the index follows every change of their records."""
    KINDS[kind.label] = kind
    for label in (kind.label, *kind.also):
        for keeper in _keepers:
            reactions.to_changes_of(label, keeper)
    return kind


def kept_by(keeper: reactions.Reaction) -> None:
    """Who keeps the index as it should be (``search.reactions``)."""
    _keepers.append(keeper)
    for kind in KINDS.values():
        for label in (kind.label, *kind.also):
            reactions.to_changes_of(label, keeper)


def projects_come_from(places: Places) -> None:
    """Who knows which projects an actor sees: a query of their ids."""
    _places[:] = [places]


def projects_of(actor: Actor) -> QuerySet[Any]:
    """The ids of the projects the actor sees."""
    (places,) = _places
    return places(actor)


def records(
    model: type[Model], title: str, *fields: str, number: str = "", mark: str = ""
) -> Reader:
    """Reads records: these fields are their text, the first line of ``title`` their title."""
    wanted = ["pk", title, *fields]
    project = "pk" if model._meta.label_lower == "projects.project" else "project_id"
    if project == "project_id" and not any(f.attname == project for f in model._meta.fields):
        project = ""
    wanted += [project] if project else []
    wanted += [number, "project__key"] if number else []

    def read(keys: Keys) -> Iterator[Source]:
        found = model._default_manager.all()
        found = found if keys is None else found.filter(pk__in=list(keys))
        for row in found.order_by("pk").values(*dict.fromkeys(wanted)).iterator(2000):
            whole = str(row[title]).strip()
            shown = whole.partition("\n")[0][:300]
            said = [whole] if whole != shown else []
            yield Source(
                key=str(row["pk"]),
                title=shown,
                text="\n".join([*said, *(str(row[name]) for name in fields if row[name])]),
                number=f"{row['project__key']}-{mark}{row[number]}" if number else "",
                project_id=row[project] if project else None,
                at=moment_of(row["pk"]),
            )

    return read


def by_number(route: str, mark: str = "") -> Callable[[str, Hit], str]:
    """The address of what is called by its number in the project (NF-12, NF-B3)."""

    def href(key: str, hit: Hit) -> str:
        return reverse(route, args=[key, int(hit.number.rpartition("-")[2].removeprefix(mark))])

    return href


def moment_of(pk: Any) -> datetime:
    """When a record was made: its id says so."""
    if not isinstance(pk, UUID) or pk.version != 7:
        return LONG_AGO
    return datetime.fromtimestamp((pk.int >> 80) / 1000, tz=UTC)

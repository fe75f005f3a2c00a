"""What lies at an address of a drive, as far as the actor may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from uuid import UUID

from django.db.models import QuerySet

from tospann.documents import access
from tospann.documents.dav.addresses import Path, href
from tospann.documents.dav.refusals import Refused
from tospann.documents.models import Document, Folder
from tospann.documents.names import askable
from tospann.documents.sending import tag_of
from tospann.documents.tree import Tree
from tospann.foundation.authority import Actor
from tospann.projects import queries as projects
from tospann.projects.models import Project

What = Project | Folder | Document


@dataclass(frozen=True)
class Resource:
    """Something at an address. The list of projects, and what a token opens, is no ``what``."""

    path: Path
    what: What | None

    @property
    def is_collection(self) -> bool:
        return not isinstance(self.what, Document)

    @property
    def href(self) -> str:
        return href(self.path, is_collection=self.is_collection)

    @property
    def document(self) -> Document | None:
        return self.what if isinstance(self.what, Document) else None

    @property
    def etag(self) -> str:
        """Strong: the same tag, the same bytes."""
        return tag_of(self.document.sha256) if self.document is not None else ""

    @property
    def project(self) -> Project:
        """The project it is, or lies in; 403 where nothing can be changed."""
        if self.what is None:
            raise Refused(403)
        return self.what if isinstance(self.what, Project) else self.what.project

    @property
    def folder_id(self) -> UUID | None:
        """What lies directly in it has this as its folder."""
        return self.what.pk if isinstance(self.what, Folder) else None


class Drive(Protocol):
    """A tree of resources below an address."""

    may_change_tree: bool

    def at(self, path: Path) -> Resource | None: ...
    def inside(self, resource: Resource) -> list[Resource]: ...
    def path_of(self, what: What) -> Path | None: ...


class Projects:
    """``/dav/``: the projects the actor sees. Nothing is changed here."""

    may_change_tree = False

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def at(self, path: Path) -> Resource | None:
        return Resource((), None) if not path else None

    def inside(self, resource: Resource) -> list[Resource]:
        found = projects.visible_projects(self.actor).order_by("key")
        return [Resource((one.key,), one) for one in found]

    def path_of(self, what: What) -> Path | None:
        return None


class OfProject:
    """``/dav/<project key>/``: its folders and documents."""

    may_change_tree = True

    def __init__(self, actor: Actor, project: Project) -> None:
        self.actor, self.project = actor, project

    @cached_property
    def held(self) -> access.Grants:
        return access.grants(self.actor, self.project)

    @cached_property
    def tree(self) -> Tree:
        return access.tree(self.actor, self.project, self.held)

    def at(self, path: Path) -> Resource | None:
        if len(path) == 1:
            return Resource(path, self.project)
        above = self.at(path[:-1])
        if above is None or not above.is_collection:
            return None
        here = self.tree.inside.get(above.folder_id, ())
        if (folder := next((one for one in here if one.label == path[-1]), None)) is not None:
            return Resource(path, folder)
        found = self._documents(above).filter(name=askable(path[-1])).first()
        return Resource(path, found) if found is not None else None

    def inside(self, resource: Resource) -> list[Resource]:
        return list(self._listed(resource))

    def path_of(self, what: What) -> Path | None:
        """Where it lies; None for what is not of this project."""
        if isinstance(what, Project):
            return (self.project.key,)
        if isinstance(what, Folder):
            return (self.project.key, *self.tree.path(what.pk))
        return (self.project.key, *self.tree.path(what.folder_id), what.name)

    def _listed(self, resource: Resource) -> Iterator[Resource]:
        for folder in self.tree.inside.get(resource.folder_id, ()):
            yield Resource((*resource.path, folder.label), folder)
        for document in self._documents(resource).order_by("name_key"):
            yield Resource((*resource.path, document.name), document)

    def _documents(self, above: Resource) -> QuerySet[Document]:
        """Links to elsewhere have no bytes, so a drive does not hold them."""
        found = access.visible(self.actor, self.project, self.held)
        return found.filter(folder=above.folder_id, url="")


class OneDocument:
    """``/dav/t/<token>/``: one document, for as long as the token is good."""

    may_change_tree = False

    def __init__(self, base: Path, names: frozenset[str], document: Document) -> None:
        self.base, self.names, self.document = base, names, document

    def at(self, path: Path) -> Resource | None:
        if path == self.base:
            return Resource(path, None)
        is_it = path[:-1] == self.base and path[-1] in self.names
        return Resource(path, self.document) if is_it else None

    def inside(self, resource: Resource) -> list[Resource]:
        return [Resource((*self.base, self.document.name), self.document)]

    def path_of(self, what: What) -> Path | None:
        return (*self.base, self.document.name) if what == self.document else None

"""What the page of documents shows: a folder (or all of them) as the actor sees it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from tospann.documents import access
from tospann.documents.models import Document, Folder
from tospann.documents.tree import Tree
from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.sharing.access import grants_and_open
from tospann.sharing.queries import Chip, chips, widths_of


@dataclass(frozen=True)
class Shelf:
    """The folders somebody sees, the one that is open, and the documents she sees."""

    actor: Actor
    project: Project
    tree: Tree
    folder: Folder | None
    documents: QuerySet[Document]
    widths: dict[str, str]
    """How widely things of the project are shared."""

    @property
    def path(self) -> list[Folder]:
        """From the top down to the open folder."""
        return self.tree.above(self.folder.pk if self.folder else None)[::-1]

    @property
    def is_shared_outside(self) -> bool:
        """Whether there is a room for somebody: anything of the project shared outside."""
        return Chip.GLOBE in self.widths.values()

    @property
    def chip(self) -> str:
        """How widely the open folder is shared."""
        if self.folder is None:
            return ""
        here, *above = [f"documents.folder:{one.pk}" for one in reversed(self.path)]
        return chips(self.widths, {here: tuple(above)})[here]

    @property
    def inside(self) -> list[Folder]:
        """The folders in the open one."""
        return self.tree.inside.get(self.folder.pk if self.folder else None, [])

    @property
    def unfolded(self) -> list[tuple[Folder, int]]:
        """The tree as it is shown beside the list: open along the path, closed elsewhere."""
        on_path = {one.pk for one in self.path}
        shown, closed = [], 99
        for one, depth in self.tree.walk:
            if depth > closed:
                continue
            closed = 99 if one.pk in on_path else depth
            shown.append((one, depth))
        return shown

    def classification(self, own: str, folder_id: UUID | None) -> str:
        """What counts for a row of the list."""
        folder = self.tree.folders.get(folder_id) if folder_id else None
        return own or (folder.classification if folder else "internal")


def shelf(actor: Actor, project: Project, folder_id: str = "") -> Shelf:
    """The shelf with that folder open, or 404 where it is not the actor's to see."""
    held, shared = grants_and_open(actor, project)
    tree = access.tree(actor, project, held)
    folder = tree.folders.get(_uuid(folder_id)) if folder_id else None
    if folder_id and folder is None:
        raise Http404
    found = access.visible(actor, project, held).select_related(None)
    return Shelf(actor, project, tree, folder, found, widths_of(shared))


def within(shelf: Shelf) -> list[Document]:
    """Everything in the open folder and the folders in it, as the actor sees it."""
    if shelf.folder is None:
        return list(shelf.documents.select_related("folder", "project").order_by("name_key", "pk"))
    folders = [shelf.folder.pk, *(one.pk for one in shelf.tree.below(shelf.folder.pk))]
    found = shelf.documents.select_related("folder", "project").filter(folder__in=folders)
    return list(found.order_by("name_key", "pk"))


def thrown_away(actor: Actor, project: Project) -> tuple[list[Folder], list[Document]]:
    """The trash: folders as wholes, and documents that were thrown away by themselves."""
    folders = [
        one
        for one in Folder.objects.filter(project=project, trashed_at__isnull=False)
        .select_related("parent", "project")
        .order_by("-trashed_at", "number", "name_key")
        if access.of_folder(actor, one, access.Grants(project.pk)).may_see
    ]
    wholes = [one for one in folders if one.parent is None or one.parent.trashed_at is None]
    found = access.trashed(actor, project).select_related("folder", "trashed_by", "project")
    alone = [
        one
        for one in found.order_by("-trashed_at", "pk")[:500]
        if one.folder is None or one.folder.trashed_at != one.trashed_at
    ]
    return wholes, alone


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None

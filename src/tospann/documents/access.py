"""Which documents somebody sees, and what she may do with them. Every reading begins here.

What the answer is, ``sharing.access`` says; here documents and folders are put to it.
"""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404
from django.utils.translation import gettext_noop

from tospann.documents.models import Classification, Document, Folder
from tospann.documents.tree import Tree, parents_of
from tospann.foundation.authority import Actor, Sentence
from tospann.foundation.errors import Gone
from tospann.projects.models import Project
from tospann.sharing import access as sharing
from tospann.sharing.access import Access, Grants, Reach, Right, grants, reach

__all__ = [
    "Access",
    "Grants",
    "Item",
    "Right",
    "classes",
    "document",
    "effective",
    "grants",
    "may",
    "may_change",
    "may_order",
    "numbered",
    "of_document",
    "of_folder",
    "trashed",
    "tree",
    "visible",
]
_DOCUMENT, _FOLDER = "documents.document", "documents.folder"
_ONLY_LOOKS = gettext_noop("You may look at this, but not change it.")


@dataclass(frozen=True)
class Item:
    """A document or folder as the question “who may see it?” is asked about it."""

    project_id: UUID
    reference: str
    classification: str
    is_trashed: bool
    maker_id: UUID | None
    folder_id: UUID | None

    @classmethod
    def of_document(cls, one: Document) -> "Item":
        return cls(
            one.project_id,
            f"{_DOCUMENT}:{one.pk}",
            effective(one),
            one.is_trashed,
            one.made_by_id,
            one.folder_id,
        )

    @classmethod
    def of_folder(cls, one: Folder) -> "Item":
        is_trashed = one.trashed_at is not None
        ref = f"{_FOLDER}:{one.pk}"
        return cls(one.project_id, ref, one.classification, is_trashed, None, one.parent_id)

    @cached_property
    def above(self) -> tuple[str, ...]:
        """What it lies in, the nearest first (a query, asked only where something is shared)."""
        if self.folder_id is None:
            return ()
        parents, found = parents_of(self.project_id), list[str]()
        at: UUID | None = self.folder_id
        while at is not None:
            found.append(f"{_FOLDER}:{at}")
            at = parents.get(at)
        return tuple(found)


def visible(actor: Actor, project: Project, held: Grants | None = None) -> QuerySet[Document]:
    """The documents of the project that are the actor's to see, without the trash."""
    return seen(actor, project, held).filter(trashed_at__isnull=True)


def trashed(actor: Actor, project: Project, held: Grants | None = None) -> QuerySet[Document]:
    """What lies in the trash, of that."""
    return seen(actor, project, held).filter(trashed_at__isnull=False)


def seen(actor: Actor, project: Project, held: Grants | None = None) -> QuerySet[Document]:
    """All of it, the trash as well (which is nobody's by a share)."""
    found = Document.objects.filter(project=project).select_related("folder", "project")
    reached = reach(actor, held or grants(actor, project))
    if reached.classes == frozenset(Classification.values):
        return found
    counts = Coalesce(
        NullIf("classification", Value("")),
        F("folder__classification"),
        Value(Classification.INTERNAL.value),
    )
    return found.alias(counts=counts).filter(_within(reached, project))


def document(actor: Actor, project: Project, pk: UUID) -> Document:
    """One document, or 404."""
    return _found(visible(actor, project).filter(pk=pk))


def numbered(actor: Actor, project: Project, number: int) -> Document:
    """One document by its number, also from the trash, or 404."""
    return _found(seen(actor, project).filter(number=number))


def of_document(actor: Actor, one: Document, held: Grants | None = None) -> Access:
    """What the actor may do with the document, and why."""
    return _asked(actor, one.project, Item.of_document(one), held)


def of_folder(actor: Actor, one: Folder, held: Grants | None = None) -> Access:
    """What the actor may do with the folder, and why."""
    return _asked(actor, one.project, Item.of_folder(one), held)


def _asked(actor: Actor, project: Project, item: Item, held: Grants | None) -> Access:
    return sharing.access(actor, item, held or grants(actor, project))


def may(actor: Actor, one: Document, right: Right) -> bool:
    """Whether the actor may do this with it."""
    return of_document(actor, one).right >= right


def effective(one: Document) -> str:
    """The classification that counts: its own, or its folder's."""
    if one.classification:
        return one.classification
    return one.folder.classification if one.folder is not None else Classification.INTERNAL


def classes(actor: Actor, project: Project) -> frozenset[str]:
    """The classifications the actor's roles open to her."""
    return reach(actor, Grants(project.pk)).classes


def tree(actor: Actor, project: Project, held: Grants | None = None) -> Tree:
    """The folders the actor sees: those open to her, and those on the way to what is."""
    held = held or grants(actor, project)
    whole, reached = Tree.of(project.pk), reach(actor, held)
    if reached.classes == frozenset(Classification.values):
        return whole
    shared = _reached_folders(reached, whole)
    open_ = {
        pk
        for pk, one in whole.folders.items()
        if one.classification in reached.classes | shared.get(pk, frozenset())
    }
    within = visible(actor, project, held).filter(folder__isnull=False)
    holding = set(within.order_by().values_list("folder", flat=True).distinct())
    on_the_way = {above.pk for pk in open_ | holding if pk for above in whole.above(pk)}
    return whole.only(on_the_way)


def may_change(actor: Actor, one: Document) -> Sentence | None:
    """Condition of commands: what one does not see does not exist; the power says the rest."""
    return _refused(actor, one, Item.of_document(one))


def may_order(actor: Actor, one: Folder) -> Sentence | None:
    """Condition of the commands on folders."""
    return _refused(actor, one, Item.of_folder(one))


def _refused(actor: Actor, one: Document | Folder, item: Item) -> Sentence | None:
    """What is shared is looked up only where roles do not suffice."""
    if sharing.access(actor, item, Grants(item.project_id)).right >= Right.EDIT:
        return None
    found = _asked(actor, one.project, item, None)
    if not found.may_see:
        raise Gone
    return None if found.right >= Right.EDIT else Sentence(_ONLY_LOOKS)


def _within(reached: Reach, project: Project) -> Q:
    """What the actor reaches, as a condition on documents with their class as ``counts``."""
    found = Q(counts__in=list(reached.classes))
    if reached.person_id is not None and reached.made:
        found |= Q(made_by=reached.person_id, counts__in=list(reached.made))
    by_classes: dict[frozenset[str], Q] = {}
    for pk, classes in reached.of_kind(_DOCUMENT).items():
        by_classes[classes] = by_classes.get(classes, Q(pk__in=[])) | Q(pk=pk)
    if reached.of_kind(_FOLDER):
        for pk, classes in _reached_folders(reached, Tree.of(project.pk)).items():
            by_classes[classes] = by_classes.get(classes, Q(pk__in=[])) | Q(folder=pk)
    for classes, which in by_classes.items():
        found |= which & Q(counts__in=list(classes), trashed_at__isnull=True)
    return found


def _reached_folders(reached: Reach, whole: Tree) -> dict[UUID, frozenset[str]]:
    """The folders in and under those that are shared, with the classes shared in them."""
    found: dict[UUID, frozenset[str]] = {}
    for pk, classes in reached.of_kind(_FOLDER).items():
        for one in (pk, *(below.pk for below in whole.below(pk))):
            found[one] = found.get(one, frozenset()) | classes
    return found


def _found(among: QuerySet[Document]) -> Document:
    one = among.first()
    if one is None:
        raise Http404
    return one

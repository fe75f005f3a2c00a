"""Documents and folders as things that are shared."""

from collections.abc import Collection, Sequence
from uuid import UUID

from tospann.documents import access
from tospann.documents.access import Item
from tospann.documents.models import Attachment, Document, Folder, Version
from tospann.documents.queries.attached import visible
from tospann.documents.tree import Tree
from tospann.foundation.authority import Actor
from tospann.people.veils import veiled_by
from tospann.projects.models import Project
from tospann.sharing.things import Thing, things_come_from, things_listed_by
from tospann.sharing.veiling import hidden_by, hidden_things


def document_things(pks: Sequence[UUID]) -> list[Thing]:
    found = Document.objects.filter(pk__in=pks).select_related("project", "folder")
    return _as_things(list(found))


def folder_things(pks: Sequence[UUID]) -> list[Thing]:
    return _as_things(list(Folder.objects.filter(pk__in=pks).select_related("project")))


def _as_things(found: Sequence[Document | Folder]) -> list[Thing]:
    """Several of a project share its tree; one alone asks for what lies above it."""
    if len(found) < 2:
        return [as_thing(one) for one in found]
    trees = {pk: Tree.of(pk) for pk in {one.project_id for one in found}}
    return [as_thing(one, trees[one.project_id]) for one in found]


def seen_by(actor: Actor, project: Project) -> list[Thing]:
    """The documents an actor sees, at most five hundred."""
    found, tree = access.visible(actor, project).order_by("name_key")[:500], Tree.of(project.pk)
    return [as_thing(one, tree) for one in found]


def as_thing(one: Document | Folder, tree: Tree | None = None) -> Thing:
    """With the places it lies in: read from the tree, where several are asked about at once."""
    what = Item.of_document(one) if isinstance(one, Document) else Item.of_folder(one)
    return Thing(
        project_id=what.project_id,
        reference=what.reference,
        title=one.name if isinstance(one, Document) else one.label,
        link=one.get_absolute_url(),
        above=what.above if tree is None else _above(what, tree),
        classification=what.classification,
        is_trashed=what.is_trashed,
        maker_id=what.maker_id,
        holds=isinstance(one, Folder),
    )


def _above(what: Item, tree: Tree) -> tuple[str, ...]:
    return tuple(f"documents.folder:{one.pk}" for one in tree.above(what.folder_id))


def register() -> None:
    things_come_from("documents.document", document_things)
    things_come_from("documents.folder", folder_things)
    things_listed_by(seen_by)
    veiled_by("documents.document", hidden_things)
    veiled_by("documents.folder", hidden_things)
    veiled_by("documents.version", _versions)
    veiled_by("documents.attachment", _attachments)


def _versions(actor: Actor, scope_id: UUID, references: Collection[str]) -> frozenset[str]:
    rows = Version.objects.filter(pk__in=_keys(references)).values_list("pk", "document_id")
    subjects = {f"documents.version:{pk}": f"documents.document:{of}" for pk, of in rows}
    return hidden_by(actor, scope_id, references, subjects)


def _attachments(actor: Actor, _scope: UUID, references: Collection[str]) -> frozenset[str]:
    """Files of records that are not everybody's."""
    found = visible(actor, Attachment.objects.filter(pk__in=_keys(references)))
    return frozenset(references) - {f"documents.attachment:{one.pk}" for one in found}


def _keys(references: Collection[str]) -> list[str]:
    return [one.partition(":")[2] for one in references]

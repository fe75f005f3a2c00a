"""Copying a folder with what lies in it."""

from uuid import UUID

from tospann.documents import access
from tospann.documents.access import may_order
from tospann.documents.commands.folders import add_folder, put_away
from tospann.documents.commands.keeping import copy_document
from tospann.documents.models import Classification, Document, Folder
from tospann.documents.names import FileName
from tospann.documents.tree import Tree
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.ids import new_id


@command(needs=Power.ORDER_DOCUMENTS, only_if=may_order)
def copy_folder(
    actor: Actor,
    folder: Folder,
    *,
    id: UUID,
    parent: UUID | None,
    name: FileName | None = None,
    deep: bool = True,
    instead_of: UUID | None = None,
) -> Folder:
    """Copy a folder

    With everything in it that the actor sees, or (not ``deep``) the empty folder alone. What it
    comes instead of goes to the trash with it, or stays with it.
    """
    put_away(actor, folder, instead_of)
    tree = Tree.of(folder.project_id)
    below = list(tree.below(folder.pk)) if deep else []  # before the copy is there to be found
    made = {folder.pk: _copy_one(actor, folder, id, parent, name or folder.name)}
    for one in below:
        above = made.get(one.parent_id) if one.parent_id else None
        if above is not None and access.of_folder(actor, one).may_see:
            made[one.pk] = _copy_one(actor, one, new_id(), above.pk, one.label)
    if deep:
        _copy_documents(actor, folder, made)
    return made[folder.pk]


def _copy_one(actor: Actor, folder: Folder, id: UUID, parent: UUID | None, name: str) -> Folder:
    return add_folder(
        actor,
        folder.project,
        id=id,
        name=name,
        parent=parent,
        phase=folder.phase_id,
        classification=Classification(folder.classification),
    )


def _copy_documents(actor: Actor, folder: Folder, made: dict[UUID, Folder]) -> None:
    found: list[Document] = list(
        access.visible(actor, folder.project).filter(folder__in=list(made))
    )
    for one in found:
        assert one.folder_id is not None
        copy_document(actor, one, id=new_id(), folder=made[one.folder_id].pk)

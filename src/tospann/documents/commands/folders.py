"""Folders: those of a pack, and people's own; moved, renamed, thrown away and brought back."""

from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field

from tospann.documents import locks
from tospann.documents.access import may_order
from tospann.documents.commands.arguments import FolderNumber
from tospann.documents.commands.places import (
    DEEPEST,
    folder_for,
    free_name,
    name_is_free,
    open_place,
    phase_of,
    stricter,
)
from tospann.documents.commands.trash import trash_document
from tospann.documents.models import Classification, Document, Folder
from tospann.documents.names import FileName
from tospann.documents.tree import Tree
from tospann.foundation.arguments import Line, OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.records import save_all
from tospann.projects.models import Phase, Project


class FolderLine(BaseModel):
    """A folder to make. Its number places it: 03.1 lies in 03. ``phase`` is a phase's key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: FolderNumber
    name: Line
    phase: OptionalLine = ""
    classification: Classification = Classification.INTERNAL


@command(needs=Power.EDIT_PROJECT, undoable=False)
def add_folders(
    actor: Actor,
    project: Project,
    *,
    folders: Annotated[list[FolderLine], Field(min_length=1, max_length=200)],
) -> list[Folder]:
    """Add folders"""
    phases = {phase.key: phase for phase in Phase.objects.filter(project=project)}
    known = {one.number: one for one in Folder.objects.filter(project=project).exclude(number="")}
    added = []
    for line in sorted(folders, key=lambda line: line.number):
        if line.number in known:
            raise Invalid(gettext("There is already a folder %(number)s.") % _shown(line))
        if line.phase and line.phase not in phases:
            raise Invalid(gettext("There is no such phase in this project."), "folders")
        made = Folder(
            project=project,
            number=line.number,
            name=line.name,
            phase=phases.get(line.phase),
            parent=_parent(line, known),
            classification=line.classification,
        )
        known[line.number] = made
        added.append(made)
    return save_all(_keyed(added))


@command(needs=Power.ORDER_DOCUMENTS)
def add_folder(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    name: FileName,
    parent: UUID | None = None,
    phase: UUID | None = None,
    classification: Classification | None = None,
) -> Folder:
    """Add a folder

    Without a classification it has that of the folder it lies in.
    """
    above = folder_for(actor, project.pk, parent)
    open_place(actor, project, above)
    name_is_free(project.pk, parent, name)
    _not_too_deep(project.pk, parent)
    inherited = above.classification if above else Classification.INTERNAL
    folder = Folder(
        id=id,
        project=project,
        name=name,
        parent=above,
        phase_id=phase_of(project.pk, phase),
        classification=classification or inherited,
    )
    folder.save()
    return folder


@command(needs=Power.ORDER_DOCUMENTS, only_if=may_order)
def change_folder(
    actor: Actor, folder: Folder, *, name: FileName, classification: Classification
) -> Folder:
    """Change a folder

    What lies in it becomes as strict as the folder; nothing becomes less strict by it.
    """
    renamed = Folder(number=folder.number, name=name)
    name_is_free(folder.project_id, folder.parent_id, renamed.label, but=folder.pk)
    if name != folder.name:
        locks.refuse_if_locked(actor, folder, deep=True)
    before = folder.classification
    folder.name, folder.classification = name, classification
    folder.save()
    if stricter(before, classification) != before:
        _tighten(folder)
    return folder


@command(needs=Power.ORDER_DOCUMENTS, only_if=may_order)
def rename_folder(actor: Actor, folder: Folder, *, name: FileName) -> Folder:
    """Rename a folder"""
    return change_folder(actor, folder, name=name, classification=_class(folder))


@command(needs=Power.ORDER_DOCUMENTS, only_if=may_order)
def set_folder_phase(actor: Actor, folder: Folder, *, phase: UUID | None) -> Folder:
    """Say which phase a folder belongs to"""
    folder.phase_id = phase_of(folder.project_id, phase)
    folder.save()
    return folder


@command(needs=Power.ORDER_DOCUMENTS, only_if=may_order)
def move_folder(
    actor: Actor,
    folder: Folder,
    *,
    parent: UUID | None,
    name: FileName | None = None,
    instead_of: UUID | None = None,
) -> Folder:
    """Move a folder

    With ``name``, it is called that where it comes to lie. What it comes instead of goes to the
    trash with it, or stays with it.
    """
    put_away(actor, folder, instead_of)
    above = folder_for(actor, folder.project_id, parent)
    tree = Tree.of(folder.project_id)
    if folder.pk in {one.pk for one in tree.above(parent)}:
        raise Invalid(gettext("A folder cannot lie in itself."), "parent")
    _not_too_deep(folder.project_id, parent, 1 + _height(tree, folder.pk))
    locks.refuse_if_locked(actor, folder, deep=True)
    if folder.parent_id != parent:
        open_place(actor, folder.project, folder.parent)
    open_place(actor, folder.project, above)
    if name is not None and name != folder.label:
        folder.number, folder.name = "", name
    name_is_free(folder.project_id, parent, folder.label, but=folder.pk)
    folder.parent, before = above, folder.classification
    if above is not None:
        folder.classification = stricter(before, above.classification)
    folder.save()
    if folder.classification != before:
        _tighten(folder)
    locks.release_all(folder)
    return folder


def put_away(actor: Actor, folder: Folder, other: UUID | None) -> None:
    """Throw away what lies where the folder is to come, inside the act that brings it there."""
    if other is None:
        return
    there = {"project": folder.project_id, "pk": other, "trashed_at__isnull": True}
    if (one := Folder.objects.filter(**there).first()) is not None:
        trash_folder(actor, one)
    elif (document := Document.objects.filter(**there).first()) is not None:
        trash_document(actor, document)


@command(needs=Power.ORDER_DOCUMENTS, only_if=may_order)
def trash_folder(actor: Actor, folder: Folder) -> Folder:
    """Move a folder and what lies in it to the trash"""
    _must_be_kept(folder)
    locks.refuse_if_locked(actor, folder, deep=True)
    open_place(actor, folder.project, folder.parent)
    at = timezone.now()
    inside = [folder, *Tree.of(folder.project_id).below(folder.pk)]
    documents = list(Document.objects.filter(folder__in=inside, trashed_at__isnull=True))
    if held := next((one for one in documents if one.is_held), None):
        said = gettext("“%(name)s” is on hold. It cannot be thrown away.")
        raise Invalid(said % {"name": held.name})
    for document in documents:
        document.trashed_at, document.trashed_by_id = at, actor.person_id
        document.save()
    for one in reversed(inside):
        one.trashed_at = at
        one.save()
    locks.release_all(folder)
    return folder


@command(needs=Power.ORDER_DOCUMENTS, only_if=may_order)
def restore_folder(actor: Actor, folder: Folder) -> Folder:
    """Bring a folder back from the trash, with what was thrown away with it"""
    at = folder.trashed_at
    if at is None:
        raise Invalid(gettext("This is not in the trash."))
    thrown = Folder.objects.filter(project=folder.project_id, trashed_at=at)
    inside = [folder, *Tree.made(thrown).below(folder.pk)]
    above = folder.parent
    folder.parent = above if above is not None and above.trashed_at is None else None
    label = free_name(folder.project_id, folder.parent_id, folder.label)
    if label != folder.label:
        folder.number, folder.name = "", label
    for one in inside:
        one.trashed_at = None
        one.save()
    for document in Document.objects.filter(folder__in=inside, trashed_at=at):
        document.trashed_at, document.trashed_by_id = None, None
        document.save()
    return folder


def _tighten(folder: Folder) -> None:
    """Nothing in a folder is less strict than the folder."""
    levels = {folder.pk: folder.classification}
    for one in Tree.of(folder.project_id).below(folder.pk):
        assert one.parent_id is not None
        levels[one.pk] = stricter(one.classification, levels[one.parent_id])
        if levels[one.pk] != one.classification:
            one.classification = levels[one.pk]
            one.save()
    own = Document.objects.filter(folder__in=levels).exclude(classification="")
    for document in own:
        assert document.folder_id is not None
        if stricter(document.classification, levels[document.folder_id]) != document.classification:
            document.classification = ""
            document.save()


def _class(folder: Folder) -> Classification:
    return Classification(folder.classification)


def _must_be_kept(folder: Folder) -> None:
    if folder.trashed_at is not None:
        raise Invalid(gettext("This is in the trash."))


def _not_too_deep(project_id: UUID, parent: UUID | None, adds: int = 1) -> None:
    if len(Tree.of(project_id).above(parent)) + adds > DEEPEST:
        raise Invalid(gettext("Folders cannot lie deeper within each other than this."), "parent")


def _height(tree: Tree, folder_id: UUID) -> int:
    return max((1 + _height(tree, one.pk) for one in tree.inside.get(folder_id, ())), default=0)


def _keyed(folders: list[Folder]) -> list[Folder]:
    """``save_all`` inserts without asking each to save itself."""
    for one in folders:
        one.set_key()
    return folders


def _parent(line: FolderLine, known: dict[str, Folder]) -> Folder | None:
    above = line.number.rpartition(".")[0]
    if above and above not in known:
        raise Invalid(
            gettext("Folder %(number)s needs the folder it lies in.") % _shown(line), "folders"
        )
    return known.get(above)


def _shown(line: FolderLine) -> dict[str, str]:
    return {"number": line.number}

"""Where documents and folders may lie: in a folder that is open to her, under a free name."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from tospann.documents import access, locks
from tospann.documents.models import STRICTNESS, Document, Folder
from tospann.documents.names import free, key_of
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid
from tospann.projects.models import Phase, Project

DEEPEST = 20
"""Folders within each other."""


class NameTaken(Invalid):
    """There is something of that name already."""

    status = 409


def folder_for(actor: Actor, project_id: UUID, pk: UUID | None) -> Folder | None:
    """The folder something is to lie in; None is the top."""
    if pk is None:
        return None
    found = Folder.objects.filter(project=project_id, pk=pk, trashed_at__isnull=True).first()
    if found is None or not access.of_folder(actor, found).may_see:
        raise Invalid(gettext("There is no such folder in this project."), "folder")
    return found


def open_place(actor: Actor, project: Project, folder: Folder | None) -> None:
    """Nobody has locked what lies in the folder against change."""
    locks.refuse_if_locked(actor, folder or project)


def name_is_free(
    project_id: UUID, folder_id: UUID | None, name: str, but: UUID | None = None
) -> None:
    """``NameTaken`` when a folder or document there has the name (case makes no difference)."""
    here, beside = _here(project_id, folder_id, but)
    key = key_of(name)
    if beside.filter(name_key=key).exists() or here.filter(name_key=key).exists():
        said = gettext("There is already something called “%(name)s” here.")
        raise NameTaken(said % {"name": name}, "name")


def free_name(project_id: UUID, folder_id: UUID | None, name: str) -> str:
    return free(name, taken(project_id, folder_id))


def taken(project_id: UUID, folder_id: UUID | None, but: UUID | None = None) -> set[str]:
    """The keys of the names in a folder."""
    here, beside = _here(project_id, folder_id, but)
    return {*here.values_list("name_key", flat=True), *beside.values_list("name_key", flat=True)}


def _here(
    project_id: UUID, folder_id: UUID | None, but: UUID | None
) -> tuple[QuerySet[Folder], QuerySet[Document]]:
    folders = Folder.objects.filter(project=project_id, parent=folder_id, trashed_at__isnull=True)
    beside = Document.objects.filter(project=project_id, folder=folder_id, trashed_at__isnull=True)
    return (folders, beside) if but is None else (folders.exclude(pk=but), beside.exclude(pk=but))


def phase_of(project_id: UUID, pk: UUID | None) -> UUID | None:
    if pk is not None and not Phase.objects.filter(project=project_id, pk=pk).exists():
        raise Invalid(gettext("There is no such phase in this project."), "phase")
    return pk


def stricter(one: str, other: str) -> str:
    """The stricter of two classifications."""
    return max(one, other, key=[str(value) for value in STRICTNESS].index)

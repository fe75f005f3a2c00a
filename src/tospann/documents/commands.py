"""Making and renaming the folders of a project; attaching files to its records."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tospann.documents import files
from tospann.documents.models import Attachment, Classification, Folder
from tospann.foundation.arguments import Hash, Line, OptionalLine
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.records import save_all
from tospann.foundation.references import find
from tospann.projects.models import Phase, Project

FolderNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[0-9]{1,2}(\.[0-9]{1,2})*$"),
]

Reference = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[a-z_]+\.[a-z_]+:[0-9a-f-]{32,36}$")
]
MediaType = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[a-z]+/[A-Za-z0-9][A-Za-z0-9.+-]*$")
]


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
    known = {folder.number: folder for folder in Folder.objects.filter(project=project)}
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
    return save_all(added)


@command(needs=Power.EDIT_PROJECT)
def change_folder(
    actor: Actor, folder: Folder, *, name: Line, classification: Classification
) -> Folder:
    """Change a folder"""
    folder.name, folder.classification = name, classification
    folder.save()
    return folder


@command(needs=Power.RAISE, undoable=False)
def attach(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    born_in: Reference,
    name: Line,
    media_type: MediaType,
    size: Annotated[int, Field(ge=1)],
    sha256: Hash,
) -> Attachment:
    """Attach a file"""
    if not files.is_kept(sha256, size):
        raise Invalid(gettext("Upload the file first."), "sha256")
    born = find(born_in)
    if getattr(born, "scope_id", None) != project.pk:
        raise Invalid(gettext("There is nothing in this project to attach it to."), "born_in")
    attachment = Attachment(
        id=id,
        project=project,
        born_in=born_in,
        name=files.clean_name(name),
        media_type=media_type,
        size=size,
        sha256=sha256,
        added_by_id=actor.person_id,
    )
    attachment.save()
    return attachment


def _parent(line: FolderLine, known: dict[str, Folder]) -> Folder | None:
    above = line.number.rpartition(".")[0]
    if above and above not in known:
        raise Invalid(
            gettext("Folder %(number)s needs the folder it lies in.") % _shown(line), "folders"
        )
    return known.get(above)


def _shown(line: FolderLine) -> dict[str, str]:
    return {"number": line.number}

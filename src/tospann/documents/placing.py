"""Where uploaded files come to lie: as new documents, as new versions, in folders made on the way.

Used by the page, the API and whoever else takes files; each step is a command of its own.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal
from uuid import UUID

from tospann.documents import access, commands
from tospann.documents.commands import places
from tospann.documents.models import Document, Folder
from tospann.documents.names import checked, key_of
from tospann.documents.receiving import Received
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.projects.models import Project

OnTaken = Literal["refuse", "version", "both"]
"""What becomes of a file whose name is taken: refused, a new version, or another name."""


@dataclass(frozen=True)
class Target:
    """Where one file of an upload would lie, and whether there is a document of its name."""

    folder: UUID | None
    name: str
    taken: bool
    because: str = ""


def place(
    actor: Actor,
    project: Project,
    got: Received,
    folder: UUID | None,
    *,
    on_taken: OnTaken = "refuse",
    comment: str = "",
) -> tuple[Document, bool]:
    """The document the file became, and whether it is new."""
    there = find(actor, project, folder, got.name) if on_taken == "version" else None
    if there is not None:
        kept = {**got.kept, "media_type": None} if there.media_type else got.kept
        return commands.add_version(actor, there, **kept, comment=comment), False
    name = got.name
    if on_taken == "both":
        name = places.free_name(project.pk, folder, name)
    made = commands.add_document(
        actor, project, id=new_id(), folder=folder, name=name, comment=comment, **got.kept
    )
    return made, True


def find(actor: Actor, project: Project, folder: UUID | None, name: str) -> Document | None:
    """The document of that name in that folder, if the actor sees it."""
    found = access.visible(actor, project).filter(folder=folder, name_key=key_of(name))
    return found.first()


def prepare(
    actor: Actor, project: Project, folder: UUID | None, paths: Sequence[str]
) -> list[Target]:
    """Before anything is sent: the folders of ``a/b/notat.txt`` are made, and names are looked up.

    A path that cannot be is answered with the reason.
    """
    known: dict[tuple[str, ...], UUID | str | None] = {(): folder}
    taken = cache(partial(places.taken, project.pk))  # a folder's names are read once
    targets = []
    for path in paths:
        *above, name = [part for part in path.replace("\\", "/").split("/") if part]
        where = _folder(actor, project, tuple(above), known)
        if isinstance(where, str):
            targets.append(Target(None, name, False, where))
            continue
        targets.append(_target(where, name, taken))
    return targets


def _target(
    where: UUID | None, name: str, taken: Callable[[UUID | None], Container[str]]
) -> Target:
    try:
        name = checked(name)
    except ValueError as error:
        return Target(where, name, False, str(error))
    return Target(where, name, key_of(name) in taken(where))


def _folder(
    actor: Actor,
    project: Project,
    parts: tuple[str, ...],
    known: dict[tuple[str, ...], UUID | str | None],
) -> UUID | str | None:
    """The folder these parts lead to; made where it is missing; or why it cannot be."""
    if parts not in known:
        above = _folder(actor, project, parts[:-1], known)
        known[parts] = (
            above if isinstance(above, str) else _found_or_made(actor, project, above, parts[-1])
        )
    return known[parts]


def _found_or_made(actor: Actor, project: Project, above: UUID | None, name: str) -> UUID | str:
    here = Folder.objects.filter(project=project, parent=above, trashed_at__isnull=True)
    found = here.filter(name_key=key_of(name)).first()
    if found is not None:
        return found.pk
    ruling = commands.add_folder.ruling(actor, project)
    if not ruling.may_decide:
        return str(ruling)
    try:
        made = commands.add_folder(actor, project, id=new_id(), name=name, parent=above)
    except Invalid as error:
        return error.message
    return made.pk

"""Attaching files to the records of a project."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.documents import blobs, files, quota
from tospann.documents.commands.arguments import MediaType
from tospann.documents.models import Attachment
from tospann.foundation.arguments import Hash, Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.references import find
from tospann.projects.models import Project

Reference = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^[a-z_]+\.[a-z_]+:[0-9a-f-]{32,36}$")
]


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
    if not blobs.exists(sha256, size):
        raise Invalid(gettext("Upload the file first."), "sha256")
    quota.refuse_over(project.pk, sha256, size)
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

"""A mail as a file: brought in by a person, or held back and taken in by hand."""

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from tospann.documents import blobs
from tospann.foundation.authority import Actor
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.mailbox import commands, letters, receiving
from tospann.mailbox.models import Message, NotLetIn
from tospann.projects.models import Project


def bring_in(actor: Actor, project: Project, upload: UploadedFile[Any]) -> Message:
    """``Invalid`` says why it cannot be read."""
    with tempfile.TemporaryFile() as file:
        for piece in upload.chunks():
            file.write(piece)
        file.flush()
        letter = letters.kept(letters.read(file))
    outcome = submit(actor, commands.bring_in.on(project), id=new_id(), letter=letter)
    if not isinstance(outcome, Done):
        raise NotAllowed(str(outcome.ruling))
    found: Message = outcome.result
    return found


def take_in(project: Project, row: NotLetIn) -> Message:
    """The bytes that were held back become a message; the line about them goes."""
    try:
        data = blobs.read(row.sha256)
    except OSError:
        raise Invalid(_gone()) from None
    with letters.on_disk(data) as file:
        made = receiving.kept(letters.read(file), project)
    row.delete()
    return made


def _gone() -> str:
    from django.utils.translation import gettext

    return gettext("Its bytes are no longer kept.")

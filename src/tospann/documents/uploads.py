"""Uploads on their way in: refused by their length before they are read, kept before they count."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from tospann.documents import commands, files
from tospann.documents.models import Attachment
from tospann.foundation.authority import Actor
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import new_id
from tospann.projects.models import Project
from tospann.ui.pages import problem

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
SLACK = 256 * 1024
"""What a form adds around its file."""


class TooLarge(CommandError):
    """More bytes than are kept."""

    status = 413


def takes_at_most(limit: Callable[[], int]) -> Callable[[View[P]], View[P]]:
    """Decorator: a body that is too large is refused before any of it is read, even for CSRF."""

    def decorated(view: View[P]) -> View[P]:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            length = request.META.get("CONTENT_LENGTH") or "0"
            if not length.isdigit() or int(length) > limit() + SLACK:
                return problem(request, 413, too_large(limit()))
            answer: HttpResponse = protected(request, *args, **kwargs)
            return answer

        return wrapper

    return decorated


def takes_a_file(view: View[P]) -> View[P]:
    """Decorator: takes a file as large as an attachment may be."""
    return takes_at_most(files.most_bytes)(view)


def too_large(most: int | None = None) -> str:
    """What somebody is told whose file is too large."""
    limit = (most or files.most_bytes()) // files.MEGABYTE
    return gettext("The file is too large. The limit is %(limit)s MB.") % {"limit": limit}


def kept(upload: UploadedFile[Any], *, is_photo: bool = False) -> files.Kept:
    """The upload's bytes, safe on disk; outside any transaction. ``Invalid`` says what is wrong."""
    files.refuse_larger(upload.size or 0)
    return files.keep(upload.read(), upload.name or "file", is_photo=is_photo)


def attach(
    actor: Actor, project: Project, made: files.Kept, born_in: str, id: UUID | None = None
) -> Attachment:
    """Record what was kept with what it was born in."""
    return commands.attach(
        actor,
        project,
        id=id or new_id(),
        born_in=born_in,
        name=made.name,
        media_type=made.media_type,
        size=made.size,
        sha256=made.sha256,
    )

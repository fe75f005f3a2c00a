"""Files attached to records, as they are sent."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from tospann.documents import files, queries, sending
from tospann.documents.models import Attachment
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page


@project_page
def attachment(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    return cast(HttpResponse, sent(queries.attachment(request.actor, project, pk), request))


def sent(found: Attachment, request: HttpRequest) -> HttpResponseBase:
    """The file itself. Only photos, which we drew ourselves, are shown; all else is saved."""
    is_shown = found.media_type == files.PHOTO_TYPE
    return sending.sent(found, request, is_shown=is_shown, cache=sending.NEVER_CHANGES)

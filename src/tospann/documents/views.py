"""DOKUMENTER: the folders, the documents that gates ask for, and files attached to records."""

from typing import cast
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase

from tospann.documents import files, queries
from tospann.documents.models import Attachment
from tospann.projects.models import Project
from tospann.projects.page_queries import needed_documents
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@project_page
def documents(request: ProjectRequest, project: Project) -> HttpResponse:
    return page(
        request,
        "documents/documents.html",
        project=project,
        folders=queries.folders(project),
        needed=needed_documents(project),
    )


@project_page
def attachment(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    return cast(HttpResponse, sent(queries.attachment(request.actor, project, pk)))


def sent(found: Attachment) -> HttpResponseBase:
    """The file itself. Only photos, which we drew ourselves, are shown; all else is saved."""
    is_shown = found.media_type == files.PHOTO_TYPE
    try:
        opened = files.path_of(found.sha256).open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(
        opened, as_attachment=not is_shown, filename=found.name, content_type=found.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response

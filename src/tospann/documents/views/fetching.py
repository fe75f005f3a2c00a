"""Documents on their way out: the file, one of its versions, or many as one zip file."""

from itertools import islice
from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from tospann.documents import access, fetching, queries, zipping
from tospann.foundation.errors import NotAllowed
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page


@project_page
def document_file(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.document(request.actor, project, number)
    return cast(HttpResponse, fetching.fetched(request.actor, found, request))


@project_page
def version_file(
    request: ProjectRequest, project: Project, number: int, version: int
) -> HttpResponse:
    found = queries.document(request.actor, project, number)
    which = queries.version(found, version)
    return cast(HttpResponse, fetching.fetched(request.actor, found, request, which))


@project_page
def zip_documents(request: ProjectRequest, project: Project) -> HttpResponse:
    """The rows that were ticked (POST), or a folder with all that lies in it."""
    shelf = queries.shelf(request.actor, project, request.GET.get("folder", ""))
    if request.method == "POST":
        chosen = queries.picked(request.actor, project, request.POST.getlist("pick"))
    else:
        chosen = queries.within(shelf)
    if len(chosen) > zipping.MOST:
        raise NotAllowed(_("These are too many documents for one zip file."))
    held = access.grants(request.actor, project)
    fetched = [one for one in chosen if fetching.may_fetch(request.actor, one, request, held)]
    root = len(shelf.path[:-1]) if shelf.folder else 0
    listed = islice(zipping.entries(fetched, shelf.tree, root), zipping.MOST)
    name = f"{shelf.folder.label if shelf.folder else project.name}.zip"
    response = StreamingHttpResponse(zipping.pieces(listed), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, response)

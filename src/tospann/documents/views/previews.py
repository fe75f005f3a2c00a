"""A document to be looked at: pictures of its pages, or its words. Never the file itself."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from tospann.documents import access, contents, previews, queries
from tospann.documents.models import Document
from tospann.documents.previews.making import WORDS
from tospann.documents.sending import POLICY
from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import fragment, page

MOST_WORDS = 20_000


@project_page
def preview(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    """What there is to see now. Asking for it has it drawn; htmx asks again until it is."""
    found = queries.document(request.actor, project, number)
    shown = {"project": project, "document": found, **preview_of(found)}
    if request.headers.get("HX-Request"):
        return fragment(request, "documents/_pages.html", **shown)
    return page(request, "documents/preview.html", **shown)


def preview_of(found: Document) -> dict[str, Any]:
    """What the fragment shows: pages, words, remarks, or why there is nothing."""
    if found.is_link or not found.size:
        return {"preview": None, "remarks": [], "words": ""}
    known = contents.known(found.sha256)
    if known is not None and known.kind in WORDS:
        said = contents.words(found.sha256, MOST_WORDS)
        return {"preview": None, "words": said, "remarks": contents.remarks(found.name, known)}
    drawn = previews.ask(found.sha256, found.name)
    remarks = contents.remarks(found.name, known) if known else []
    return {"preview": drawn, "words": "", "remarks": remarks}


@project_page
def preview_page(
    request: ProjectRequest, project: Project, number: int, sheet: int
) -> HttpResponse:
    """One page as a picture, marked with who looks at it where the sharing says so."""
    found = queries.document(request.actor, project, number)
    mark = watermark(request.actor) if _is_marked(request, found) else ""
    return picture(request, found, sheet, mark)


def picture(request: HttpRequest, found: Document, sheet: int, mark: str = "") -> HttpResponse:
    """The answer that holds one page; 404 where there is none."""
    data = previews.picture(found.sha256, sheet, mark)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="image/webp")
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store" if mark else "private, max-age=3600"
    return response


def watermark(actor: Actor) -> str:
    """Who looks at it, and when."""
    now = date_format(timezone.localtime(timezone.now()), "SHORT_DATETIME_FORMAT")
    return f"{actor.name} · {now}"


def _is_marked(request: ProjectRequest, found: Document) -> bool:
    return access.of_document(request.actor, found).has_watermark

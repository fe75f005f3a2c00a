"""“Open in Word”: the page that hands a document to a program on one's own machine."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.documents import access
from tospann.documents.dav import office, tokens
from tospann.documents.models import Document
from tospann.documents.opening import Way
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page


@require_POST
@project_page
def open_in(request: ProjectRequest, project: Project, number: int, program: str) -> HttpResponse:
    """Makes a short-lived address of the document and goes to it through the program."""
    found = access.numbered(request.actor, project, number)
    chosen = next((one for one in office.programs_for(found) if one.key == program), None)
    if chosen is None or not access.of_document(request.actor, found).may_download:
        raise Http404
    address = tokens.address_for(request.actor, found)
    shown: dict[str, Any] = {"document": found, "program": chosen, "address": address}
    shown["link"] = chosen.link(address)
    response = page(request, "documents/open_in.html", project=project, **shown)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def ways(request: HttpRequest, document: Document) -> Sequence[Way]:
    """The buttons on a document's page. Needs the document's project."""
    key, number = document.project.key, document.number
    return [
        Way(
            _("Open in %(program)s") % {"program": one.name},
            reverse("open_in", args=(key, number, one.key)),
            "external",
            is_post=True,
        )
        for one in office.programs_for(document)
    ]

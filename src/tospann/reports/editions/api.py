"""External editions through the REST API, for those inside."""

from datetime import date, datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Router, Schema
from ninja.errors import HttpError

from tospann.documents import blobs
from tospann.foundation.commands import Done
from tospann.people.actors import ActorRequest
from tospann.projects.queries import project as project_of
from tospann.reports import pdf
from tospann.reports import queries as reports
from tospann.reports.editions import issuing, making, queries
from tospann.reports.models import ExternalEdition

LISTED = 100
router = Router(tags=["reports"])


class EditionOut(Schema):
    """A signed report as it may be read outside."""

    id: str
    number: int
    report: int
    title: str
    figures_on: date
    language: str
    content: dict[str, Any]
    content_hash: str
    pdf_sha256: str
    made_at: datetime
    is_withdrawn: bool


def _out(one: ExternalEdition) -> dict[str, Any]:
    same = ("number", "title", "language", "content", "content_hash", "pdf_sha256", "made_at")
    return {
        "id": str(one.pk),
        "report": one.signed.number,
        "figures_on": one.signed.figures_on,
        "is_withdrawn": queries.is_withdrawn(one),
        **{name: getattr(one, name) for name in same},
    }


@router.get("/projects/{key}/editions", response=list[EditionOut], summary="External editions")
def editions(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Newest first, the latest hundred; whom one is shared with is under ``/access``."""
    project = project_of(cast(ActorRequest, request).actor, key)
    return [_out(one) for one in queries.editions(project)[:LISTED]]


@router.get(
    "/projects/{key}/editions/{int:number}/pdf", summary="An edition's PDF", response={200: None}
)
def edition_pdf(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The bytes as they were made."""
    project = project_of(cast(ActorRequest, request).actor, key)
    found = queries.edition(project, number)
    return HttpResponse(blobs.read(found.pdf_sha256), content_type="application/pdf")


@router.post(
    "/projects/{key}/reports/{int:number}/editions",
    response=EditionOut,
    summary="Make an external edition",
)
def make_edition(
    request: HttpRequest, key: str, number: int, body: making.Chosen
) -> dict[str, Any]:
    """Of a signed report: what is chosen, and of its milestones only published ones."""
    asked = cast(ActorRequest, request)
    signed = reports.signed(project_of(asked.actor, key), number)
    try:
        outcome = issuing.make(asked.actor, signed, body)
    except pdf.Busy:
        raise HttpError(
            503, gettext("Many reports are being made. Try again in a moment.")
        ) from None
    assert isinstance(outcome, Done), "whoever may draft reports decides it"
    return _out(queries.edition(signed.project, outcome.result.number))

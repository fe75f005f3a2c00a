"""The page of a long piece of work: it can be left, and come back to."""

from uuid import UUID

from django.http import HttpResponse

from tospann.jobs import queries
from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.ui.pages import fragment, page


@signed_in
def progress(request: ActorRequest, work: UUID) -> HttpResponse:
    found = queries.progress(request.actor, work)
    if request.headers.get("HX-Request"):
        return fragment(request, "jobs/_progress.html", work=found)
    return page(request, "jobs/progress.html", work=found)

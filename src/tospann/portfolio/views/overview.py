"""PORTEFØLJE: one table across projects, and the gates of the coming months."""

from django.http import HttpResponse

from tospann.conflicts import queries as conflicts
from tospann.people.actors import ActorRequest
from tospann.people.pages import signed_in
from tospann.portfolio import queries, register
from tospann.ui.pages import is_fragment


@signed_in
def portfolio(request: ActorRequest) -> HttpResponse:
    return register.of(request.actor).respond(
        request,
        queries.table(request.actor),
        template="portfolio/portfolio.html",
        calendar=[] if is_fragment(request) else queries.gate_calendar(request.actor),
        waiting=[] if is_fragment(request) else conflicts.listed(request.actor),
    )

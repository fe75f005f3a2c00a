"""Calendars to subscribe to: one's own page, and what the calendar program fetches."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tospann.foundation.commands import Done, submit
from tospann.foundation.ids import new_id
from tospann.mailbox import commands, feeds, queries
from tospann.mailbox.forms import FeedForm
from tospann.people import queries as people
from tospann.people import ratelimit
from tospann.people.actors import ActorRequest
from tospann.people.models import Person
from tospann.people.pages import answer, signed_in, try_submit
from tospann.ui.pages import page

FETCHES_AN_HOUR = 120


def _me(request: ActorRequest) -> Person:
    assert request.actor.person_id is not None  # signed_in
    return people.person(request.actor.person_id)


@signed_in
def calendars(request: ActorRequest) -> HttpResponse:
    me, issued = _me(request), None
    form = FeedForm(request.POST or None, projects=queries.projects_to_choose(request.actor))
    if request.method == "POST" and form.is_valid():
        bound = commands.make_feed.on(me)
        outcome = try_submit(request, form, bound, id=new_id(), **form.cleaned_data)
        issued = outcome.result if isinstance(outcome, Done) else None
    shown = FeedForm(projects=queries.projects_to_choose(request.actor)) if issued else form
    return page(
        request,
        "mailbox/calendars.html",
        status=422 if form.errors else 200,
        form=shown,
        issued=issued,
        address=f"{settings.BASE_URL}{reverse('ics', args=[issued.secret])}" if issued else "",
        feeds=list(queries.feeds(me)),
    )


@require_POST
@signed_in
def revoke_calendar(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.feed(request.actor.person_id, pk)
    outcome = submit(request.actor, commands.revoke_feed.on(found))
    return answer(request, outcome, reverse("account_calendars"), _("The address is dead now."))


@require_safe
def ics(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar as it is now; a program that has it already is told so."""
    found = feeds.of_secret(secret)
    if found is None:
        raise Http404
    ratelimit.count(f"ics:{found.pk}", FETCHES_AN_HOUR, 3600)
    text = feeds.calendar_of(found)
    tag = quote_etag(feeds.fingerprint(text))
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="tospann.ics"'
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response

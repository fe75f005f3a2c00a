"""MINE FOLK: what is asked of a line manager, and how full the weeks of her people are."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tospann.foundation.commands import submit
from tospann.foundation.ids import new_id
from tospann.people import queries as people
from tospann.people.actors import ActorRequest
from tospann.people.models import Person
from tospann.people.pages import answer, change_by_form, signed_in
from tospann.resources import commands, line, loads, offering, queries
from tospann.resources.forms import EndForm, OfferForm, RateForm, ReasonForm, ShareForm
from tospann.ui.pages import page


@signed_in
def my_people(request: ActorRequest) -> HttpResponse:
    if not line.is_line_manager(request.actor):
        raise Http404
    part = loads.Hers.of(queries.names(line.people_of(request.actor)), request.GET)
    weeks = loads.weeks_asked(request.GET, timezone.localdate(), loads.LINE_WEEKS)
    return page(
        request,
        "resources/line.html",
        requests=list(queries.requests_for(request.actor)),
        part=part,
        shown=loads.of_people(request.actor, part.people, weeks, part.query()),
        known=loads.known(request.actor, part.people),
        prices=queries.prices_of(part.ids),
        weeks_said=loads.said_of_weeks,
        agreements=list(queries.agreements_of(part.ids)),
    )


@signed_in
def line_request(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.request_for(request.actor, pk)
    offers = queries.offers_to_line(request.actor, found)
    return page(
        request,
        "resources/line_request.html",
        request_=found,
        offers=offers,
        latest=offering.latest(offers),
        ruling=commands.decline_request.ruling(request.actor, found),
        candidates=offering.candidates(request.actor, found) if found.is_open else [],
    )


@signed_in
def make_offer(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.request_for(request.actor, pk)
    hers = queries.names(line.people_of(request.actor))
    offers = queries.offers_to_line(request.actor, found)
    person = request.GET.get("person", "")
    start = offering.offered_at_first(request.actor, found, offers, person)
    form = OfferForm(
        request.POST or None, people=[(str(one["id"]), one["name"]) for one in hers], initial=start
    )
    return change_by_form(
        request,
        form,
        commands.make_offer,
        found,
        to=reverse("line_request", args=[pk]),
        said=_("The offer is sent to the project."),
        title=_("Offer somebody: %(role)s") % {"role": found.role},
        submit=_("Send the offer"),
    )


@signed_in
def decline_request(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.request_for(request.actor, pk)
    return change_by_form(
        request,
        ReasonForm(request.POST or None),
        commands.decline_request,
        found,
        to=reverse("line"),
        said=_("The project is told that you cannot."),
        title=_("Decline: %(role)s") % {"role": found.role},
        submit=_("Decline the request"),
        danger=True,
    )


@require_POST
@signed_in
def accept_counter_offer(request: ActorRequest, pk: UUID, offer: UUID) -> HttpResponse:
    found = queries.request_for(request.actor, pk)
    chosen = offering.one(queries.offers_to_line(request.actor, found), offer)
    outcome = submit(request.actor, commands.accept_counter_offer.on(chosen), id=new_id())
    return answer(request, outcome, reverse("line"), _("The agreement is made."))


@signed_in
def withdraw_person(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = queries.agreement_of_hers(request.actor, pk)
    return change_by_form(
        request,
        EndForm(request.POST or None, initial={"ends_on": offering.earliest_end(found)}),
        commands.withdraw_person,
        found,
        to=reverse("line"),
        said=_("The agreement ends on its new last day."),
        title=_("End the agreement: %(agreement)s") % {"agreement": found},
        submit=_("End the agreement"),
        danger=True,
    )


def _hers(request: ActorRequest, pk: UUID) -> Person:
    """One of her people; of others there is nothing here."""
    if not line.manages(request.actor, pk):
        raise Http404
    return people.person(pk)


@signed_in
def set_rate(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = _hers(request, pk)
    return change_by_form(
        request,
        RateForm(request.POST or None, initial={"valid_from": timezone.localdate()}),
        commands.set_rate,
        found,
        to=reverse("line"),
        title=_("Rate an hour: %(person)s") % {"person": found},
        submit=_("Save the rate"),
        lead=_("Only you and those who lead the projects she works in see it."),
    )


@signed_in
def set_working_share(request: ActorRequest, pk: UUID) -> HttpResponse:
    found = _hers(request, pk)
    start = {"starts_on": timezone.localdate(), "percent": queries.shares_of([pk]).get(pk, 100)}
    return change_by_form(
        request,
        ShareForm(request.POST or None, initial=start),
        commands.set_working_share,
        found,
        to=reverse("line"),
        title=_("How much: %(person)s") % {"person": found},
        submit=_("Save"),
    )

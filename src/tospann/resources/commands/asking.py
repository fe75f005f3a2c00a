"""A project asks for people, the line manager answers, and both may make another offer."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from tospann.foundation.arguments import Line, OptionalText, Text
from tospann.foundation.authority import Actor, Power, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project
from tospann.resources import line
from tospann.resources.commands.terms import (
    Amount,
    Currency,
    Days,
    Share,
    active_person,
    refuse_overlap,
    require_period,
)
from tospann.resources.models import (
    NOK,
    Offer,
    OfferState,
    Request,
    RequestState,
    Side,
    Skill,
    Unit,
)

_SETTLED = gettext_noop("This request is settled already.")
_ANOTHERS = gettext_noop("This request is for another line manager.")
_NOT_LATEST = gettext_noop("This offer is no longer the latest one.")
_WAIT = gettext_noop("This is your own side's offer: it is the other side that answers it.")


def still_open(actor: Actor, request: Request) -> Sentence | None:
    return None if request.is_open else Sentence(_SETTLED)


def hers_to_answer(actor: Actor, request: Request) -> Sentence | None:
    """A request without a unit may be answered by every line manager."""
    if not request.is_open:
        return Sentence(_SETTLED)
    if request.unit is not None and request.unit.manager_id != actor.person_id:
        return Sentence(_ANOTHERS)
    return None


def from_line(actor: Actor, offer: Offer) -> Sentence | None:
    """For the project: the latest offer, and one that the line manager made."""
    if offer.state != OfferState.OPEN:
        return Sentence(_NOT_LATEST)
    return None if offer.side == Side.LINE else Sentence(_WAIT)


def from_project(actor: Actor, offer: Offer) -> Sentence | None:
    """For the line manager: the latest offer, and one that the project made."""
    if offer.state != OfferState.OPEN:
        return Sentence(_NOT_LATEST)
    if offer.side != Side.PROJECT:
        return Sentence(_WAIT)
    return hers_to_answer(actor, offer.request)


@command(needs=Power.ASK_FOR_PEOPLE, undoable=False)
def ask_for_people(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    role: Line,
    percent: Share,
    starts_on: date,
    ends_on: date,
    person: UUID | None = None,
    skill: UUID | None = None,
    unit: UUID | None = None,
    text: OptionalText = "",
) -> Request:
    """Ask for somebody's time"""
    require_period(starts_on, ends_on)
    somebody = active_person(person) if person else None
    if somebody is not None:
        refuse_overlap(project.pk, somebody, starts_on, ends_on)
    found = Request(
        id=id,
        project=project,
        number=next_number(project.pk),
        role=role,
        person=somebody,
        skill=_skill(skill),
        unit=line.unit_of(person, starts_on) if person else _unit(unit),
        percent=percent,
        starts_on=starts_on,
        ends_on=ends_on,
        text=text,
        asked_by_id=actor.person_id,
    )
    found.save()
    return found


@command(needs=Power.ASK_FOR_PEOPLE, only_if=still_open, undoable=False)
def withdraw_request(actor: Actor, request: Request) -> Request:
    """Withdraw a request for somebody's time"""
    return settle(request, RequestState.WITHDRAWN)


@command(needs=Power.OFFER_PEOPLE, only_if=hers_to_answer, undoable=False)
def decline_request(actor: Actor, request: Request, *, reason: Text) -> Request:
    """Decline a request for somebody's time"""
    request.reason = reason
    return settle(request, RequestState.DECLINED)


@command(needs=Power.OFFER_PEOPLE, only_if=hers_to_answer, undoable=False, guarded=["rate"])
def make_offer(
    actor: Actor,
    request: Request,
    *,
    id: UUID,
    person: UUID,
    percent: Share,
    starts_on: date,
    ends_on: date,
    rate: Amount | None = None,
    currency: Currency = NOK,
    notice_days: Days = 14,
    end_clause: OptionalText = "",
    text: OptionalText = "",
) -> Offer:
    """Offer somebody's time"""
    require_period(starts_on, ends_on)
    somebody = active_person(person)
    if actor.kind != "system" and not line.manages(actor, person):
        raise Invalid(gettext("Offer somebody you are the line manager of."), "person")
    refuse_overlap(request.project_id, somebody, starts_on, ends_on)
    offer = Offer(
        id=id,
        project_id=request.project_id,
        request=request,
        side=Side.LINE,
        person=somebody,
        percent=percent,
        starts_on=starts_on,
        ends_on=ends_on,
        rate=rate,
        currency=currency,
        notice_days=notice_days,
        end_clause=end_clause,
        text=text,
        made_by_id=actor.person_id,
    )
    return _replace_with(request, offer, RequestState.OFFERED)


@command(needs=Power.ASK_FOR_PEOPLE, only_if=from_line, undoable=False, guarded=["rate"])
def counter_offer(
    actor: Actor,
    offer: Offer,
    *,
    id: UUID,
    percent: Share,
    starts_on: date,
    ends_on: date,
    rate: Amount | None = None,
    notice_days: Days = 14,
    end_clause: OptionalText = "",
    text: OptionalText = "",
) -> Offer:
    """Make a counter-offer for somebody's time

    Without a rate it stays what the line manager offered.
    """
    require_period(starts_on, ends_on)
    refuse_overlap(offer.project_id, offer.person, starts_on, ends_on)
    counter = Offer(
        id=id,
        project_id=offer.project_id,
        request=offer.request,
        side=Side.PROJECT,
        person=offer.person,
        percent=percent,
        starts_on=starts_on,
        ends_on=ends_on,
        rate=offer.rate if rate is None else rate,
        currency=offer.currency,
        notice_days=notice_days,
        end_clause=end_clause,
        text=text,
        made_by_id=actor.person_id,
    )
    return _replace_with(offer.request, counter, RequestState.COUNTERED)


def _replace_with(request: Request, offer: Offer, state: RequestState) -> Offer:
    """The new offer is the one that counts; the request says whose turn it is."""
    _close(request, OfferState.REPLACED)
    offer.save()
    request.state = state
    request.save()
    return offer


def settle(request: Request, state: RequestState) -> Request:
    _close(request, OfferState.CLOSED)
    request.state = state
    request.save()
    return request


def _close(request: Request, state: OfferState) -> None:
    for earlier in Offer.objects.filter(request=request, state=OfferState.OPEN):
        earlier.state = state
        earlier.save()


def _skill(pk: UUID | None) -> Skill | None:
    if pk is None:
        return None
    found = Skill.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid(gettext("There is no such skill."), "skill")
    return found


def _unit(pk: UUID | None) -> Unit | None:
    if pk is None:
        return None
    found = Unit.objects.filter(pk=pk).first()
    if found is None:
        raise Invalid(gettext("There is no such unit."), "unit")
    return found

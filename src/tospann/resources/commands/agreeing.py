"""Agreements: an accepted offer, or one recorded for somebody who has no line manager here."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.foundation.arguments import OptionalText, Text
from tospann.foundation.authority import Actor, Power, Role, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.projects import commands as projects
from tospann.projects.models import Project
from tospann.projects.queries import on_team
from tospann.resources import line
from tospann.resources.commands.asking import from_line, from_project, settle
from tospann.resources.commands.terms import (
    Amount,
    Currency,
    Days,
    Share,
    active_person,
    refuse_overlap,
    require_period,
    terms_of,
)
from tospann.resources.models import NOK, Agreement, Offer, OfferState, RequestState
from tospann.ui.formats import short_date
from tospann.ui.jinja import language

_OVER = gettext_noop("This agreement is over.")
_NOT_HERS = gettext_noop("You are not the line manager of this person.")


def not_over(actor: Actor, agreement: Agreement) -> Sentence | None:
    return Sentence(_OVER) if agreement.is_over(timezone.localdate()) else None


def her_person(actor: Actor, agreement: Agreement) -> Sentence | None:
    if not line.manages(actor, agreement.person_id):
        return Sentence(_NOT_HERS)
    return not_over(actor, agreement)


@command(needs=Power.ASK_FOR_PEOPLE, only_if=from_line, undoable=False)
def accept_offer(actor: Actor, offer: Offer, *, id: UUID) -> Agreement:
    """Accept an offer of somebody's time"""
    return _agree(actor, offer, id)


@command(needs=Power.OFFER_PEOPLE, only_if=from_project, undoable=False)
def accept_counter_offer(actor: Actor, offer: Offer, *, id: UUID) -> Agreement:
    """Accept a counter-offer for somebody's time"""
    if actor.kind != "system" and not line.manages(actor, offer.person_id):
        raise Invalid(gettext(_NOT_HERS))
    return _agree(actor, offer, id)


@command(needs=Power.ASK_FOR_PEOPLE, undoable=False, guarded=["rate"])
def record_agreement(
    actor: Actor,
    project: Project,
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
) -> Agreement:
    """Record an agreement on somebody's time

    For those who have no line manager here: consultants, and small organisations.
    """
    require_period(starts_on, ends_on)
    somebody = active_person(person)
    unit = line.unit_of(person, starts_on)
    if actor.kind != "system" and unit is not None and unit.manager_id not in {None, person}:
        raise Invalid(
            gettext("%(person)s works in %(unit)s: ask for the time, and the line manager answers.")
            % {"person": somebody, "unit": unit},
            "person",
        )
    agreement = Agreement(
        id=id,
        project=project,
        person=somebody,
        percent=percent,
        starts_on=starts_on,
        ends_on=ends_on,
        rate=rate,
        currency=currency,
        notice_days=notice_days,
        end_clause=end_clause,
    )
    return _keep(actor, agreement)


@command(needs=Power.ASK_FOR_PEOPLE, only_if=not_over, undoable=False)
def end_agreement(actor: Actor, agreement: Agreement, *, ends_on: date, reason: Text) -> Agreement:
    """End an agreement on somebody's time"""
    return _end(agreement, ends_on, reason)


@command(needs=Power.OFFER_PEOPLE, only_if=her_person, undoable=False)
def withdraw_person(
    actor: Actor, agreement: Agreement, *, ends_on: date, reason: Text
) -> Agreement:
    """Take somebody back from a project"""
    return _end(agreement, ends_on, reason)


def first_day_to_end(agreement: Agreement, today: date) -> date:
    """The earliest last day that keeps the notice agreed on."""
    return max(agreement.starts_on, today + timedelta(days=agreement.notice_days))


def _agree(actor: Actor, offer: Offer, pk: UUID) -> Agreement:
    agreement = Agreement(id=pk, project_id=offer.project_id, offer=offer, **terms_of(offer))
    _keep(actor, agreement)
    settle(offer.request, RequestState.AGREED)
    offer.refresh_from_db()
    offer.state = OfferState.ACCEPTED
    offer.save()
    return agreement


def _keep(actor: Actor, agreement: Agreement) -> Agreement:
    """Save it; whoever was not on the team is on it from now on."""
    person, project = agreement.person, agreement.project
    refuse_overlap(project.pk, person, agreement.starts_on, agreement.ends_on)
    agreement.number = next_number(project.pk)
    agreement.agreed_until = agreement.ends_on
    agreement.save()
    if person.pk not in on_team(project.pk):
        projects.appoint(actor, project, person=person.pk, role=Role.MEMBER)
    return agreement


def _end(agreement: Agreement, ends_on: date, reason: str) -> Agreement:
    earliest = first_day_to_end(agreement, timezone.localdate())
    if ends_on < earliest:
        raise Invalid(
            gettext("%(days)s days of notice are agreed: the last day can be %(day)s or later.")
            % {"days": agreement.notice_days, "day": short_date(earliest, language())},
            "ends_on",
        )
    if ends_on >= agreement.ends_on:
        raise Invalid(
            gettext("The agreement ends on %(day)s already. Choose an earlier day.")
            % {"day": short_date(agreement.ends_on, language())},
            "ends_on",
        )
    agreement.ends_on, agreement.reason, agreement.ended_at = ends_on, reason, timezone.now()
    agreement.save()
    return agreement

"""Notices under a contract, and the log of their delivery."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field, StringConstraints

from tospann.contracts.commands import keeping
from tospann.contracts.commands.keeping import Amount
from tospann.contracts.models import (
    Channel,
    Contract,
    Delivery,
    DeliveryEvent,
    Notice,
    NoticeDirection,
    NoticeKind,
    NoticeState,
)
from tospann.foundation.arguments import Line, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.foundation.transactions import next_number
from tospann.projects.models import Project
from tospann.ui.holidays import add_working_days

Evidence = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Claimed = Annotated[int, Field(ge=0, le=2000)]
Logged = Literal["confirmed", "returned", "reminded"]


@command(needs=Power.KEEP_CONTRACTS, undoable=False)
def receive_notice(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    contract: UUID,
    kind: NoticeKind,
    title: Line,
    received_at: datetime,
    text: OptionalText = "",
    channel: Channel = Channel.EMAIL,
    whom: OptionalLine = "",
    evidence: Evidence = "",
    price_claim: Amount | None = None,
    time_claim: Claimed | None = None,
    owner: UUID | None = None,
) -> Notice:
    """Record a notice that was received"""
    _not_ahead(received_at, "received_at")
    day = timezone.localtime(received_at).date()
    notice = _begun(actor, project, id, contract, kind, title, text, day, owner)
    notice.direction, notice.state = NoticeDirection.RECEIVED, NoticeState.TO_ANSWER
    notice.received_at = received_at
    notice.price_claim, notice.time_claim = price_claim, time_claim
    notice.save()
    _log(actor, notice, DeliveryEvent.RECEIVED, received_at, channel, whom, evidence)
    return notice


@command(needs=Power.KEEP_CONTRACTS)
def prepare_notice(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    contract: UUID,
    kind: NoticeKind,
    title: Line,
    known_on: date,
    text: OptionalText = "",
    price_claim: Amount | None = None,
    time_claim: Claimed | None = None,
    owner: UUID | None = None,
) -> Notice:
    """Prepare a notice of our own"""
    notice = _begun(actor, project, id, contract, kind, title, text, known_on, owner)
    notice.direction, notice.state = NoticeDirection.SENT, NoticeState.TO_SEND
    notice.price_claim, notice.time_claim = price_claim, time_claim
    notice.save()
    return notice


def _begun(
    actor: Actor,
    project: Project,
    id: UUID,
    contract: UUID,
    kind: NoticeKind,
    title: str,
    text: str,
    known_on: date,
    owner: UUID | None,
) -> Notice:
    """A notice whose days are counted by the organisation's own limit."""
    found = keeping.contract_of(project.pk, contract)
    keeping.must_run(found)
    return Notice(
        id=id,
        project=project,
        number=next_number(project.pk),
        created_at=timezone.now(),
        contract=found,
        kind=kind,
        title=title,
        text=text,
        known_on=known_on,
        due_on=internal_limit(found, known_on),
        owner_id=keeping.on_the_team(project.pk, owner, "owner") or found.responsible_id,
        raised_by_id=actor.person_id,
    )


def internal_limit(contract: Contract, day: date) -> date:
    """The last day by our own limit: so many working days after we knew."""
    return add_working_days(day, contract.notice_days)


@command(needs=Power.KEEP_CONTRACTS)
def change_notice(
    actor: Actor,
    notice: Notice,
    *,
    title: Line,
    text: OptionalText = "",
    kind: NoticeKind = NoticeKind.CHANGE,
    due_on: date | None = None,
    price_claim: Amount | None = None,
    time_claim: Claimed | None = None,
    owner: UUID | None = None,
) -> Notice:
    """Change a notice"""
    _must_be_open(notice)
    said = (title, text, kind, price_claim, time_claim)
    was = (notice.title, notice.text, notice.kind, notice.price_claim, notice.time_claim)
    if notice.state == NoticeState.WAITING and said != was:
        raise Invalid(gettext("What was sent is not changed. Send a new notice."), "text")
    notice.title, notice.text, notice.kind = title, text, kind
    notice.due_on, notice.price_claim, notice.time_claim = due_on, price_claim, time_claim
    notice.owner_id = keeping.on_the_team(notice.project_id, owner, "owner")
    notice.save()
    return notice


@command(needs=Power.SIGN_CONTRACTS, kind="contract", undoable=False)
def send_notice(
    actor: Actor,
    notice: Notice,
    *,
    sent_at: datetime,
    channel: Channel = Channel.EMAIL,
    whom: OptionalLine = "",
    evidence: Evidence = "",
) -> Notice:
    """Record that a notice was sent"""
    if notice.state != NoticeState.TO_SEND:
        raise Invalid(gettext("This notice has been sent, or is not ours to send."))
    _not_ahead(sent_at, "sent_at")
    notice.sent_at, notice.state = sent_at, NoticeState.WAITING
    notice.due_on = None
    notice.save()
    _log(actor, notice, DeliveryEvent.SENT, sent_at, channel, whom, evidence)
    return notice


@command(needs=Power.SIGN_CONTRACTS, kind="contract", undoable=False)
def answer_notice(
    actor: Actor,
    notice: Notice,
    *,
    answer: Text,
    answered_at: datetime,
    channel: Channel = Channel.EMAIL,
    whom: OptionalLine = "",
    evidence: Evidence = "",
) -> Notice:
    """Answer a notice"""
    if notice.state != NoticeState.TO_ANSWER:
        raise Invalid(gettext("There is nothing for us to answer here."))
    return _answered(actor, notice, answer, answered_at, channel, whom, evidence)


@command(needs=Power.KEEP_CONTRACTS, undoable=False)
def record_answer(
    actor: Actor,
    notice: Notice,
    *,
    answer: Text,
    answered_at: datetime,
    channel: Channel = Channel.EMAIL,
    whom: OptionalLine = "",
    evidence: Evidence = "",
) -> Notice:
    """Record the other party's answer to a notice"""
    if notice.state != NoticeState.WAITING:
        raise Invalid(gettext("Nobody owes us an answer to this notice."))
    return _answered(actor, notice, answer, answered_at, channel, whom, evidence)


def _answered(
    actor: Actor,
    notice: Notice,
    answer: str,
    at: datetime,
    channel: Channel,
    whom: str,
    evidence: str,
) -> Notice:
    _not_ahead(at, "answered_at")
    notice.answer, notice.answered_at, notice.state = answer, at, NoticeState.CLOSED
    notice.save()
    _log(actor, notice, DeliveryEvent.ANSWERED, at, channel, whom, evidence)
    return notice


@command(needs=Power.KEEP_CONTRACTS, undoable=False)
def log_delivery(
    actor: Actor,
    notice: Notice,
    *,
    event: Logged,
    at: datetime,
    channel: Channel = Channel.EMAIL,
    whom: OptionalLine = "",
    evidence: Evidence = "",
) -> Notice:
    """Add to the delivery log of a notice"""
    _not_ahead(at, "at")
    if notice.state == NoticeState.TO_SEND:
        raise Invalid(gettext("The notice has not been sent yet."))
    notice.save()
    _log(actor, notice, DeliveryEvent(event), at, channel, whom, evidence)
    return notice


def _log(
    actor: Actor,
    notice: Notice,
    event: DeliveryEvent,
    at: datetime,
    channel: Channel,
    whom: str,
    evidence: str,
) -> None:
    Delivery(
        id=new_id(),
        project_id=notice.project_id,
        notice=notice,
        event=event,
        channel=channel,
        at=at,
        whom=whom,
        evidence=evidence,
        recorded_by_id=actor.person_id,
    ).save()


def _not_ahead(at: datetime, field: str) -> None:
    if timezone.is_naive(at):
        raise Invalid(gettext("Say the time with its time zone."), field)
    if at > timezone.now():
        raise Invalid(gettext("This cannot be in the future."), field)


def _must_be_open(notice: Notice) -> None:
    if not notice.is_open:
        raise Invalid(gettext("This is no longer open."))

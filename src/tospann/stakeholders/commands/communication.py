"""The communication plan: what is told to whom, and that it has been told."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import Field

from tospann.foundation.arguments import Line, Link, OptionalText
from tospann.foundation.authority import Actor, Power, Role, Sentence, rule
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.transactions import next_number
from tospann.people.models import Person
from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.stakeholders.cadence import after
from tospann.stakeholders.commands.contacts import AlreadySaved, ours
from tospann.stakeholders.models import (
    Audience,
    Channel,
    CommunicationItem,
    HowOften,
    Receipt,
    Stakeholder,
    Told,
)

Several = Annotated[list[UUID], Field(max_length=200)]
_NOT_YOURS = gettext_noop(
    "Somebody else is to tell this. Whoever keeps the stakeholders may note it, too."
)


@command(needs=Power.KEEP_STAKEHOLDERS)
def plan_communication(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    stakeholders: Several,
    channel: Channel,
    how_often: HowOften,
    next_on: date,
    purpose: OptionalText = "",
    responsible: UUID | None = None,
) -> CommunicationItem:
    """Add to the communication plan"""
    if CommunicationItem.objects.filter(pk=id).exists():
        raise AlreadySaved
    item = CommunicationItem(
        id=id,
        project=project,
        number=next_number(project.pk),
        title=title,
        purpose=purpose,
        channel=channel,
        how_often=how_often,
        next_on=next_on,
        responsible_id=ours(project.pk, responsible, "responsible"),
    )
    item.save()
    _is_for(item, stakeholders)
    return item


@command(needs=Power.KEEP_STAKEHOLDERS)
def change_communication(
    actor: Actor,
    item: CommunicationItem,
    *,
    title: Line,
    stakeholders: Several,
    channel: Channel,
    how_often: HowOften,
    next_on: date | None = None,
    purpose: OptionalText = "",
    responsible: UUID | None = None,
) -> CommunicationItem:
    """Change the communication plan"""
    if responsible != item.responsible_id:
        item.responsible_id = ours(item.project_id, responsible, "responsible")
    item.title, item.purpose, item.channel = title, purpose, channel
    item.how_often, item.next_on = how_often, next_on
    item.save()
    _is_for(item, stakeholders)
    return item


def _known(project_id: UUID, stakeholders: Sequence[UUID]) -> set[UUID]:
    wanted = set(stakeholders)
    if not wanted:
        raise Invalid(gettext("Say who is told."), "stakeholders")
    if Stakeholder.objects.filter(project=project_id, pk__in=wanted).count() != len(wanted):
        raise Invalid(gettext("There is no such stakeholder in this project."), "stakeholders")
    return wanted


def _is_for(item: CommunicationItem, stakeholders: Sequence[UUID]) -> None:
    """Exactly these: some are added, some taken away."""
    wanted = _known(item.project_id, stakeholders)
    there = {one.stakeholder_id: one for one in Audience.objects.filter(item=item)}
    for pk in there.keys() - wanted:
        there[pk].delete()
    for pk in sorted(wanted - there.keys()):
        Audience(project_id=item.project_id, item=item, stakeholder_id=pk).save()


@command(needs=Power.KEEP_STAKEHOLDERS)
def end_communication(actor: Actor, item: CommunicationItem) -> CommunicationItem:
    """End a line of the communication plan"""
    if item.next_on is None:
        raise Invalid(gettext("This has ended already."))
    item.next_on = None
    item.save()
    return item


@command(needs=Power.KEEP_STAKEHOLDERS)
def resume_communication(
    actor: Actor, item: CommunicationItem, *, next_on: date
) -> CommunicationItem:
    """Resume a line of the communication plan"""
    item.next_on = next_on
    item.save()
    return item


def is_hers_or_kept(actor: Actor, item: CommunicationItem) -> Sentence | None:
    """Telling: who is responsible, or whoever keeps the stakeholders."""
    if actor.person_id is not None and actor.person_id == item.responsible_id:
        return None
    if rule(actor, Power.KEEP_STAKEHOLDERS, item.scope_id).may_decide:
        return None
    return Sentence(_NOT_YOURS)


@command(needs=Power.OWN_ACTIONS, only_if=is_hers_or_kept)
def record_communication(
    actor: Actor,
    item: CommunicationItem,
    *,
    id: UUID,
    on: date | None = None,
    note: OptionalText = "",
    link: Link = "",
    stakeholders: Several | None = None,
) -> Told:
    """Note that something was told

    To all it is for, unless ``stakeholders`` says to whom. The next time follows by itself.
    """
    if Told.objects.filter(pk=id).exists():
        raise AlreadySaved
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Invalid(gettext("Nothing has been told in the future."), "on")
    everybody = Audience.objects.filter(item=item).values_list("stakeholder_id", flat=True)
    reached = _known(item.project_id, stakeholders or list(everybody))
    told = Told(
        id=id,
        project_id=item.project_id,
        item=item,
        on=day,
        note=note,
        link=link,
        by_id=actor.person_id,
    )
    told.save()
    for pk in sorted(reached):
        Receipt(project_id=item.project_id, told=told, stakeholder_id=pk).save()
    _move_on(item, day)
    return told


def _move_on(item: CommunicationItem, day: date) -> None:
    """The next time after what has now been told; nothing more when it was told once."""
    if item.next_on is None:
        return
    item.next_on = after(HowOften(item.how_often), item.next_on, day)
    item.save()


@command(needs=Power.KEEP_REGISTERS)
def give_communication_to(
    actor: Actor, item: CommunicationItem, *, person: UUID
) -> CommunicationItem:
    """Give a line of the communication plan to somebody else"""
    item.responsible_id = ours(item.project_id, person, "person")
    item.save()
    return item


def hand_over_communication(actor: Actor, person: Person, to: Person | None) -> None:
    """What a leaver was to tell: to whoever takes over, else to a coordinator or manager."""
    for item in CommunicationItem.objects.filter(responsible=person, next_on__isnull=False):
        heir = to.pk if to is not None and to.pk in projects.on_team(item.project_id) else None
        leaders = projects.holders(item.project_id, [Role.MANAGER, Role.COORDINATOR])
        heir = heir or min((one for one in leaders if one != person.pk), default=None)
        if heir is not None:
            give_communication_to(actor, item, person=heir)

"""The agenda: adding, changing, ordering and removing items; and what the minutes say of one."""

from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import gettext
from pydantic import Field

from tospann.foundation.arguments import Line, Link, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.records import save_all
from tospann.meetings.commands.calling import AgendaLine, ItemMinutes, Reference, agenda_items
from tospann.meetings.commands.rules import (
    MOST_ITEMS,
    must_be_writable,
    next_position,
    number_items,
    of_team,
    takes_part,
)
from tospann.meetings.models import AgendaItem, Attendance, Kinds, Meeting


@command(needs=Power.KEEP_MINUTES)
def add_item(
    actor: Actor,
    meeting: Meeting,
    *,
    id: UUID,
    title: Line,
    minutes: ItemMinutes = 0,
    responsible: UUID | None = None,
    kind: Kinds = "discussion",
    text: OptionalText = "",
    about: Reference = "",
    about_label: OptionalLine = "",
    about_link: Link = "",
    private: bool = False,
) -> AgendaItem:
    """Add an item to the agenda"""
    must_be_writable(meeting)
    _room_for(meeting, 1)
    item = AgendaItem(
        id=id,
        project_id=meeting.project_id,
        meeting=meeting,
        position=next_position(meeting),
        title=title,
        minutes=minutes,
        responsible_id=of_team(meeting.project_id, responsible, "responsible"),
        kind=kind,
        text=text,
        about=about,
        about_label=about_label,
        about_link=about_link,
        private=private,
    )
    item.save()
    if meeting.minutes_are_open:
        number_items(meeting)
        item.refresh_from_db()
    return item


@command(needs=Power.KEEP_MINUTES)
def add_items(
    actor: Actor,
    meeting: Meeting,
    *,
    items: Annotated[list[AgendaLine], Field(min_length=1, max_length=MOST_ITEMS)],
) -> Meeting:
    """Add items to the agenda"""
    must_be_writable(meeting)
    _room_for(meeting, len(items))
    save_all(agenda_items(meeting, items, next_position(meeting)))
    if meeting.minutes_are_open:
        number_items(meeting)
    return meeting


def _room_for(meeting: Meeting, more: int) -> None:
    if AgendaItem.objects.filter(meeting=meeting).count() + more > MOST_ITEMS:
        raise Invalid(gettext("A meeting can have at most %(most)s items.") % {"most": MOST_ITEMS})


@command(needs=Power.KEEP_MINUTES)
def change_item(
    actor: Actor,
    item: AgendaItem,
    *,
    title: Line,
    minutes: ItemMinutes = 0,
    responsible: UUID | None = None,
    kind: Kinds = "discussion",
    private: bool = False,
    concerns: Annotated[list[UUID] | None, Field(max_length=200)] = None,
) -> AgendaItem:
    """Change an item of the agenda"""
    must_be_writable(item.meeting)
    item.title, item.minutes, item.kind, item.private = title, minutes, kind, private
    item.responsible_id = of_team(item.project_id, responsible, "responsible")
    if concerns is not None:
        known = Attendance.objects.filter(meeting_id=item.meeting_id, pk__in=concerns)
        item.concerns = sorted(str(pk) for pk in known.values_list("pk", flat=True))
    item.save()
    return item


@command(needs=Power.KEEP_MINUTES)
def move_item(
    actor: Actor, item: AgendaItem, *, to: Literal["up", "down"] | Annotated[int, Field(ge=1)]
) -> AgendaItem:
    """Move an item of the agenda"""
    must_be_writable(item.meeting)
    listed = list(AgendaItem.objects.filter(meeting_id=item.meeting_id))
    at = next(place for place, one in enumerate(listed) if one.pk == item.pk)
    wanted = {"up": at - 1, "down": at + 1}.get(str(to), at)
    wanted = to - 1 if isinstance(to, int) else wanted
    listed.insert(max(0, min(wanted, len(listed) - 1)), listed.pop(at))
    for position, one in enumerate(listed, 1):
        if one.position != position:
            one.position = position
            one.save()
    return next(one for one in listed if one.pk == item.pk)


@command(needs=Power.KEEP_MINUTES)
def remove_item(actor: Actor, item: AgendaItem) -> None:
    """Remove an item from the agenda"""
    must_be_writable(item.meeting)
    if item.number is not None:
        raise Invalid(
            gettext("Item %(number)s has its number for good. Write in it that it fell out.")
            % {"number": item.label}
        )
    item.delete()


@command(needs=Power.DISCUSS, only_if=takes_part)
def save_item_text(actor: Actor, item: AgendaItem, *, text: OptionalText) -> AgendaItem:
    """Write the minutes of an item"""
    must_be_writable(item.meeting)
    item.text = text
    item.save()
    return item

"""What becomes a record while a meeting is held: whose turn it is, and lines noted in an item."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.cases import commands as cases
from tospann.cases.models import Decision
from tospann.foundation.arguments import Line, OptionalText
from tospann.foundation.authority import Actor, Power, Role
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.meetings.commands.agenda import save_item_text
from tospann.meetings.commands.rules import keeps_minutes, takes_part
from tospann.meetings.live import drafts
from tospann.meetings.models import AgendaItem, Meeting, MeetingState

MAY_DECIDE = frozenset({Role.MANAGER, Role.OWNER, Role.STEERING})


def record_drafts(actor: Actor, meeting: Meeting) -> None:
    """Everything typed in the meeting becomes the record. Called inside the act that ends it."""
    items = list(AgendaItem.objects.filter(meeting=meeting).select_related("meeting"))
    _record(actor, meeting, items)
    last = drafts.turn(meeting, None)
    if last is not None:
        _close(last)


def _record(actor: Actor, meeting: Meeting, items: list[AgendaItem]) -> None:
    changed = drafts.unrecorded(items)
    for item, text in changed:
        save_item_text(actor, item, text=text)
    if changed:
        drafts.are_recorded(meeting, [item for item, _text in changed])


@command(needs=Power.KEEP_MINUTES, undoable=False)
def turn_to_item(actor: Actor, item: AgendaItem) -> AgendaItem:
    """Go to an item of the meeting"""
    meeting = item.meeting
    if meeting.state != MeetingState.UNDER_WAY:
        raise Invalid(gettext("This meeting is not under way."))
    before = drafts.turn(meeting, item)
    if before is not None and before.pk != item.pk:
        _leave(actor, before)
        item.refresh_from_db()
    if item.started_at is None:
        item.started_at = timezone.now()
        item.save()
    return item


def _leave(actor: Actor, item: AgendaItem) -> None:
    """What was typed in the item becomes its minutes."""
    _record(actor, item.meeting, [item])
    _close(item)


def _close(item: AgendaItem) -> None:
    left = AgendaItem.objects.get(pk=item.pk)
    left.ended_at = timezone.now()
    left.save()


@command(needs=Power.DISCUSS, only_if=takes_part)
def note_action(
    actor: Actor,
    item: AgendaItem,
    *,
    id: UUID,
    title: Line,
    owner: UUID | None = None,
    due_on: date | None = None,
) -> Action:
    """Note an action in a meeting"""
    if owner not in (None, actor.person_id) and not keeps_minutes(actor, item.meeting):
        raise NotAllowed(gettext("Only whoever keeps the minutes gives actions to others."))
    return actions.born(
        actor,
        item.meeting.project,
        id=id,
        title=title,
        owner=owner,
        due_on=due_on,
        origin_kind="meeting",
        born_in=item.ref,
        born_label=label_of(item),
        born_link=link_to(item),
    )


@command(needs=Power.DISCUSS, only_if=takes_part, undoable=False)
def note_decision(
    actor: Actor, item: AgendaItem, *, id: UUID, title: Line, reason: OptionalText = ""
) -> Decision:
    """Note a decision in a meeting"""
    project = item.meeting.project
    decides = bool(actor.roles_in(project.pk) & MAY_DECIDE)
    if not decides and not keeps_minutes(actor, item.meeting):
        raise NotAllowed(gettext("Only whoever keeps the minutes notes what others decide."))
    return cases.record_decision(
        actor,
        project,
        id=id,
        title=title,
        reason=reason,
        decided_on=timezone.localdate(),
        body="" if decides else item.meeting.title,
        body_reference="" if decides else item.label,
        born_in=item.ref,
        born_label=label_of(item),
        born_link=link_to(item),
    )


def label_of(item: AgendaItem) -> str:
    """“Byggemøte 4, item 12/26 Fremdrift”, as what is born there remembers it."""
    place = f"{item.meeting.title} {item.label}".strip()
    return f"{place} {item.title}"[:200]


def link_to(item: AgendaItem) -> str:
    return f"{item.meeting.get_absolute_url()}#item-{item.pk}"

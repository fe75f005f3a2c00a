"""Writing drafts: joined with what others wrote, in line behind the meeting's desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid
from tospann.meetings.live.models import Desk, ItemDraft, KeptText, Writer
from tospann.meetings.models import AgendaItem, Meeting
from tospann.ui.merging import merge, plain

HELD_FOR = timedelta(seconds=6)
"""How long nobody else may begin to write where somebody typed last."""
FORGET_WRITERS = timedelta(days=14)
MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Written:
    """What a page sends: its text, the text that went out from, and what it has heard of."""

    client: UUID
    sequence: int
    text: str
    base: str
    heard: int = 0
    """The last of its own sequences that the page had an answer to."""


@dataclass(frozen=True)
class Saved:
    """How the draft stands now, and what of the sender's text is kept beside it."""

    draft: ItemDraft
    kept: str = ""


def desk(meeting: Meeting) -> Desk:
    """The meeting's desk, locked until the transaction ends."""
    found = Desk.objects.select_for_update().filter(pk=meeting.pk).first()
    if found is None:
        Desk.objects.get_or_create(pk=meeting.pk)
        found = Desk.objects.select_for_update().get(pk=meeting.pk)
    return found


def write(actor: Actor, item: AgendaItem, sent: Written) -> Saved:
    """Take in what somebody typed. The same client and sequence again changes nothing."""
    _check(sent.text)
    with transaction.atomic():
        locked = desk(item.meeting)
        item.refresh_from_db(fields=["text"])
        draft = _draft(item)
        writer = _writer(item, sent.client)
        if sent.sequence <= writer.sequence:
            return Saved(draft)
        # An answer that never arrived: the page goes on from its own text, not from ours.
        base = writer.text if writer.sequence > sent.heard else sent.base
        merged = merge(plain(base), draft.text, plain(sent.text))
        writer.sequence, writer.text = sent.sequence, plain(sent.text)
        writer.save()
        draft.text = merged.text[:MOST_CHARACTERS]
        over = merged.left_over or merged.text[MOST_CHARACTERS:]
        kept = _keep(actor, item, sent.client, over)
        _hold(actor, draft)
        _note(locked, draft)
        return Saved(draft, kept)


def _check(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise Invalid(
            gettext("The minutes of an item can have at most %(most)s characters.")
            % {"most": MOST_CHARACTERS},
            "text",
        )
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Invalid(gettext("The text holds characters that cannot be stored."), "text")


def _draft(item: AgendaItem) -> ItemDraft:
    """The item's draft, with what the record says since joined into it."""
    draft = ItemDraft.objects.filter(item=item).first()
    if draft is None:
        return ItemDraft(item=item, meeting_id=item.meeting_id, text=item.text, recorded=item.text)
    if draft.recorded != item.text:
        draft.text, draft.recorded = current_text(item, draft), item.text
    return draft


def current_text(item: AgendaItem, draft: ItemDraft | None) -> str:
    """What the item's minutes say now: the draft, joined with a record changed elsewhere."""
    if draft is None:
        return item.text
    if draft.recorded == item.text:
        return draft.text
    merged = merge(plain(draft.recorded), plain(item.text), draft.text)
    return "\n".join(part for part in (merged.text, merged.left_over) if part)


def _writer(item: AgendaItem, client: UUID) -> Writer:
    return Writer.objects.filter(item=item, client=client).first() or Writer(
        item=item, client=client
    )


def _keep(actor: Actor, item: AgendaItem, client: UUID, over: str) -> str:
    """Put aside what could not be joined; what the same page left before stands in it already."""
    if not over.strip() or actor.person_id is None:
        return ""
    kept = KeptText.objects.filter(item=item, client=client).first()
    if kept is None:
        KeptText.objects.create(item=item, client=client, person_id=actor.person_id, text=over)
        return over
    kept.text = _grown(kept.text, over)
    kept.save()
    return kept.text


def _grown(before: str, now: str) -> str:
    """A line typed further replaces its beginning; any other is added."""
    lines = before.split("\n")
    for line in now.split("\n"):
        if any(line in other for other in lines):
            continue
        begun = next((at for at, other in enumerate(lines) if other and line.startswith(other)), -1)
        if begun >= 0:
            lines[begun] = line
        else:
            lines.append(line)
    return "\n".join(lines)


def _hold(actor: Actor, draft: ItemDraft) -> None:
    if draft.holder in (None, actor.person_id):
        draft.held_by_id, draft.held_until = actor.person_id, timezone.now() + HELD_FOR


def _note(locked: Desk, draft: ItemDraft) -> None:
    locked.sequence += 1
    draft.sequence = locked.sequence
    locked.save()
    draft.save()


def let_go(actor: Actor, item: AgendaItem) -> None:
    """Somebody left the item: others need not wait."""
    with transaction.atomic():
        locked = desk(item.meeting)
        draft = ItemDraft.objects.filter(item=item, held_by_id=actor.person_id).first()
        if draft is not None and draft.holder is not None:
            draft.held_until = None
            _note(locked, draft)


def add_line(item: AgendaItem, line: str) -> None:
    """Put a line at the end of the item's draft."""
    with transaction.atomic():
        locked, draft = desk(item.meeting), _draft(item)
        draft.text = "\n".join(part for part in (draft.text.rstrip("\n"), line) if part)
        _note(locked, draft)


def settle_kept(item: AgendaItem, pk: UUID, *, join: bool) -> None:
    """Put a text that was kept beside into the minutes, or throw it away."""
    with transaction.atomic():
        locked, draft = desk(item.meeting), _draft(item)
        kept = KeptText.objects.filter(item=item, pk=pk).first()
        if kept is None:
            return
        if join:
            known = set(draft.text.split("\n"))
            new = [line for line in kept.text.split("\n") if line not in known]
            draft.text = "\n".join([*filter(None, [draft.text.rstrip("\n")]), *new])
        kept.delete()
        _note(locked, draft)


def turn(meeting: Meeting, item: AgendaItem | None) -> AgendaItem | None:
    """Make an item the one talked about, and count the time of the one before. Which was it?"""
    now = timezone.now()
    locked = desk(meeting)
    before = locked.current
    if before is not None and locked.turned_at is not None:
        left = _draft(before)
        left.spent_seconds += int((now - locked.turned_at).total_seconds())
        _note(locked, left)
    locked.current, locked.turned_at = item, now if item else None
    locked.sequence += 1
    locked.save()
    return before


def unrecorded(items: Iterable[AgendaItem]) -> list[tuple[AgendaItem, str]]:
    """Items whose draft says something else than the record, with what it says."""
    drafts = {draft.item_id: draft for draft in ItemDraft.objects.filter(item__in=items)}
    found = ((item, current_text(item, drafts.get(item.pk)).strip()) for item in items)
    return [(item, text) for item, text in found if text != item.text]


def are_recorded(meeting: Meeting, items: Iterable[AgendaItem]) -> None:
    """The record has caught up: drafts go out from it, and old pages are forgotten."""
    locked = desk(meeting)
    for draft in ItemDraft.objects.filter(item__in=items).select_related("item"):
        draft.recorded = draft.text = draft.item.text
        _note(locked, draft)
    old = Q(written_at__lt=timezone.now() - FORGET_WRITERS)
    Writer.objects.filter(old, item__meeting=meeting).delete()

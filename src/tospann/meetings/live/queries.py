"""Reading a meeting under way: its items with drafts, who writes, what was noted, what is new."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils import timezone

from tospann.actions.models import Action
from tospann.cases.models import Decision
from tospann.documents import queries as documents
from tospann.documents.models import Attachment
from tospann.foundation.authority import Actor
from tospann.foundation.models import AuditHead
from tospann.foundation.records import reference
from tospann.meetings.commands import save_item_text
from tospann.meetings.live.drafts import current_text
from tospann.meetings.live.lines import Named
from tospann.meetings.live.models import Desk, ItemDraft, KeptText
from tospann.meetings.models import AgendaItem, Attendance, Meeting
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.projects.queries import members
from tospann.risks.models import Problem, Risk
from tospann.stakeholders.models import Contact, Promise


def meeting(project: Project, number: int) -> Meeting:
    """One meeting of the project, or 404."""
    found = Meeting.objects.filter(project=project, number=number).first()
    if found is None:
        raise Http404
    found.project = project
    return found


def under_way(project: Project, number: int) -> tuple[Meeting, int, int]:
    """A meeting with the places of its desk and of the project's audit chain, in one query."""
    head = AuditHead.objects.filter(pk=OuterRef("project_id")).values("sequence")[:1]
    rows = Meeting.objects.filter(project=project, number=number).annotate(head=Subquery(head))
    found = rows.select_related("desk").first()
    if found is None:
        raise Http404
    desk: Desk | None = getattr(found, "desk", None)
    return found, desk.sequence if desk else 0, getattr(found, "head", None) or 0


def item(of: Meeting, pk: UUID) -> AgendaItem:
    """One item of the meeting, or 404."""
    found = AgendaItem.objects.filter(meeting=of, pk=pk).first()
    if found is None:
        raise Http404
    found.meeting = of
    return found


def first_item(of: Meeting) -> AgendaItem | None:
    return AgendaItem.objects.filter(meeting=of).select_related("meeting").first()


def attendance(of: Meeting, pk: UUID) -> Attendance:
    """One of those called to the meeting, or 404."""
    found = Attendance.objects.filter(meeting=of, pk=pk).select_related("meeting").first()
    if found is None:
        raise Http404
    return found


def may_write(actor: Actor, of: Meeting) -> bool:
    """Whether the actor may write in the minutes (the same for all items)."""
    some = AgendaItem(meeting=of, project_id=of.project_id)
    return of.is_writable and save_item_text.ruling(actor, some).may_decide


@dataclass(frozen=True)
class Shown:
    """An item as the page shows it."""

    item: AgendaItem
    text: str
    sequence: int
    spent: int
    writes: str
    is_current: bool
    kept: Sequence[KeptText]
    born: Sequence[dict[str, Any]]
    photos: Sequence[Attachment]

    @property
    def is_over_time(self) -> bool:
        return bool(self.item.minutes) and self.spent > self.item.minutes * 60


@dataclass(frozen=True)
class Room:
    """Everything about a meeting under way (8 queries, however many items)."""

    meeting: Meeting
    items: Sequence[Shown]
    attendances: Sequence[Attendance]
    desk: Desk | None

    @property
    def sequence(self) -> int:
        return self.desk.sequence if self.desk else 0

    @property
    def present(self) -> int:
        return sum(one.is_present is True for one in self.attendances)

    @property
    def writing(self) -> list[str]:
        return sorted({one.writes for one in self.items if one.writes})


def room(actor: Actor, of: Meeting) -> Room:
    found = list(AgendaItem.objects.filter(meeting=of).select_related("responsible"))
    for one in found:
        one.meeting = of
    desk = Desk.objects.filter(pk=of.pk).first()
    drafts = {
        one.item_id: one for one in ItemDraft.objects.filter(meeting=of).select_related("held_by")
    }
    refs = {reference(one): one.pk for one in found}
    born = _born(refs)
    kept = _grouped(KeptText.objects.filter(item__meeting=of).select_related("person"), "item_id")
    photos = _photos(actor, refs)
    shown = [_shown(one, drafts.get(one.pk), desk, kept, born, photos) for one in found]
    attending = list(Attendance.objects.filter(meeting=of).select_related("person"))
    return Room(of, shown, attending, desk)


def _shown(
    one: AgendaItem,
    draft: ItemDraft | None,
    desk: Desk | None,
    kept: Mapping[UUID, list[Any]],
    born: Mapping[UUID, list[dict[str, Any]]],
    photos: Mapping[UUID, list[Attachment]],
) -> Shown:
    is_current = desk is not None and desk.current_id == one.pk
    return Shown(
        item=one,
        text=current_text(one, draft),
        sequence=draft.sequence if draft else 0,
        spent=_spent(draft, desk if is_current else None),
        writes=draft.held_by.name if draft and draft.holder and draft.held_by else "",
        is_current=is_current,
        kept=kept.get(one.pk, ()),
        born=born.get(one.pk, ()),
        photos=photos.get(one.pk, ()),
    )


def _spent(draft: ItemDraft | None, desk: Desk | None) -> int:
    before = draft.spent_seconds if draft else 0
    if desk is None or desk.turned_at is None:
        return before
    return before + int((timezone.now() - desk.turned_at).total_seconds())


def _grouped(rows: Iterable[Any], by: str) -> dict[UUID, list[Any]]:
    groups: dict[UUID, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, by), []).append(row)
    return groups


def _born(refs: Mapping[str, UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What was noted in the items: actions, decisions, risks, problems, promises (5 queries)."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    sources: tuple[tuple[str, Any, str, str, str, str], ...] = (
        ("decision", Decision, "title", "", "", "decision"),
        ("action", Action, "title", "owner__name", "due_on", "action"),
        ("risk", Risk, "title", "owner__name", "due_on", "risk"),
        ("problem", Problem, "title", "owner__name", "due_on", "problem"),
        ("promise", Promise, "text", "by_person__name", "due_on", ""),
    )
    for kind, model, title, who, due, route in sources:
        fields = [name for name in ("born_in", "number", title, who, due) if name]
        rows = model.objects.filter(born_in__in=list(refs)).order_by("number")
        for row in rows.values(*fields):
            found.setdefault(refs[row["born_in"]], []).append(
                {
                    "kind": kind,
                    "number": row["number"],
                    "title": row[title],
                    "who": row.get(who) or "",
                    "due_on": row.get(due),
                    "route": route,
                }
            )
    return found


def _photos(actor: Actor, refs: Mapping[str, UUID]) -> dict[UUID, list[Attachment]]:
    found: dict[UUID, list[Attachment]] = {}
    for one in documents.visible(actor, documents.attachments_of(*refs)):
        found.setdefault(refs[one.born_in], []).append(one)
    return found


def to_name(project: Project, *, contacts: bool) -> list[Named]:
    """Who a line may name: the team, and for promises the project's contacts."""
    team: dict[UUID, Named] = {}
    today = timezone.localdate()
    for one in members(project):
        if (
            one.role != "guest"
            and one.person.is_active
            and (one.until is None or one.until >= today)
        ):
            team[one.person_id] = Named(one.person_id, one.person.name)
    if not contacts:
        return list(team.values())
    outside = Contact.objects.filter(project=project, is_active=True).values_list("pk", "name")
    return [*team.values(), *(Named(pk, name, is_contact=True) for pk, name in outside)]


@dataclass(frozen=True)
class News:
    """What has been typed since a place of the meeting's desk, and who writes where now."""

    sequence: int
    items: list[dict[str, Any]]

    def to_json(self) -> dict[str, Any]:
        return {"sequence": self.sequence, "items": self.items, "now": timezone.now().isoformat()}


def news(actor: Actor, of: Meeting, desk: int, since: int) -> News:
    """No query when the desk stands where it stood, else two: drafts and what is kept beside."""
    if desk <= since:
        return News(desk, [])
    rows = ItemDraft.objects.filter(meeting=of, sequence__gt=since).select_related("held_by")
    changed = list(rows)
    kept = _grouped(
        KeptText.objects.filter(item__in=[one.item_id for one in changed]).select_related("person"),
        "item_id",
    )
    seen = max((one.sequence for one in changed), default=desk)
    return News(max(desk, seen), [told(actor, one, kept.get(one.item_id, ())) for one in changed])


def told(actor: Actor, draft: ItemDraft, kept: Iterable[KeptText]) -> dict[str, Any]:
    """A draft as the page's script wants it."""
    holder = draft.holder
    own = holder is not None and holder == actor.person_id
    until: datetime | None = draft.held_until if holder else None
    by = actor.name if own else draft.held_by.name if holder and draft.held_by else ""
    return {
        "id": str(draft.item_id),
        "sequence": draft.sequence,
        "text": draft.text,
        "by": by,
        "own": own,
        "until": until.isoformat() if until else "",
        "kept": [{"id": str(one.pk), "by": one.person.name, "text": one.text} for one in kept],
    }


def kept_of(item: AgendaItem) -> list[KeptText]:
    return list(KeptText.objects.filter(item=item).select_related("person"))


def present_people(of: Meeting) -> list[Person]:
    """The people of the portal who are ticked as present."""
    found = Attendance.objects.filter(meeting=of, is_present=True, person__isnull=False)
    return [one.person for one in found.select_related("person") if one.person]

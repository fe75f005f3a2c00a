"""The meetings of a project the actor sees, one meeting, and what was born in its items."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tospann.actions.models import Action
from tospann.cases.models import Decision
from tospann.foundation.authority import Actor, Role
from tospann.meetings import timing
from tospann.meetings.models import (
    WRITABLE,
    AgendaItem,
    Answer,
    Attendance,
    Meeting,
    MeetingState,
    PublishedMinutes,
    Remark,
    Series,
)
from tospann.projects import queries as projects
from tospann.projects.models import Membership, Project
from tospann.risks.models import Deviation, Problem, Risk
from tospann.stakeholders import queries as stakeholders
from tospann.stakeholders.models import Contact, Promise

OVER = timedelta(hours=12)
"""A meeting that was to begin longer ago than this is no longer upcoming."""


def series(of: Project) -> QuerySet[Series]:
    return Series.objects.filter(project=of).order_by("position")


def series_rows(of: Project) -> list[dict[str, Any]]:
    """Each series with the last meeting and when the next is: planned, or as it would be (2)."""
    starts: dict[UUID, list[Meeting]] = {}
    found = Meeting.objects.filter(project=of, series__isnull=False).defer("purpose", "message")
    for meeting_ in found.exclude(state=MeetingState.CANCELLED).order_by("starts_at"):
        if meeting_.series_id is not None:
            starts.setdefault(meeting_.series_id, []).append(meeting_)
    rows, now = [], timezone.now()
    for one in series(of):
        meetings_ = starts.get(one.pk, [])
        ahead = [m for m in meetings_ if m.state in WRITABLE and m.starts_at > now - OVER]
        behind = [m for m in meetings_ if m not in ahead]
        rows.append(
            {
                "series": one,
                "next": ahead[0] if ahead else None,
                "last": behind[-1] if behind else None,
                "count": len(meetings_),
                "suggested": timing.next_start(one.cadence, [m.starts_at for m in meetings_]),
            }
        )
    return rows


def next_of(one: Series) -> datetime:
    """When the series would meet next."""
    earlier = Meeting.objects.filter(series=one).exclude(state=MeetingState.CANCELLED)
    starts = list(earlier.order_by("-starts_at").values_list("starts_at", flat=True)[:5])
    return timing.next_start(one.cadence, starts)


def last_of(one: Series, before: datetime | None = None) -> Meeting | None:
    """The series' latest meeting that was not cancelled."""
    found = Meeting.objects.filter(series=one).exclude(state=MeetingState.CANCELLED)
    if before is not None:
        found = found.filter(starts_at__lt=before)
    return found.order_by("-starts_at").first()


def meetings(of: Project) -> QuerySet[Meeting]:
    return Meeting.objects.filter(project=of).annotate(
        called=Count("attendances", distinct=True),
        coming=Count("attendances", filter=Q(attendances__answer=Answer.YES), distinct=True),
    )


def upcoming(of: Project) -> QuerySet[Meeting]:
    """Planned and still to come, under way, or held without minutes out."""
    since = timezone.now() - OVER
    ahead = Q(state=MeetingState.PLANNED, starts_at__gte=since)
    return meetings(of).filter(ahead | Q(state__in=(MeetingState.UNDER_WAY, MeetingState.HELD)))


def held(of: Project) -> QuerySet[Meeting]:
    """Everything else: minutes out, cancelled, and planned ones nobody held."""
    since = timezone.now() - OVER
    missed = Q(state=MeetingState.PLANNED, starts_at__lt=since)
    over = (MeetingState.PUBLISHED, MeetingState.LOCKED, MeetingState.CANCELLED)
    return meetings(of).filter(missed | Q(state__in=over))


def meeting(project: Project, number: int) -> Meeting:
    """One meeting of the project, or 404."""
    found = Meeting.objects.filter(project=project, number=number)
    one = found.select_related("project", "series", "called_by", "minutes_by").first()
    if one is None:
        raise Http404
    return one


def items(of: Meeting, actor: Actor | None = None) -> list[AgendaItem]:
    """The items in order; what is not for external parties is not there for them."""
    found = AgendaItem.objects.filter(meeting=of).select_related("responsible")
    if actor is not None and actor.kind in ("external", "guest"):
        found = found.filter(private=False)
    return list(found.order_by("position", "id"))


def item(project: Project, pk: UUID) -> AgendaItem:
    found = AgendaItem.objects.filter(project=project, pk=pk)
    one = found.select_related("meeting__project", "responsible").first()
    if one is None:
        raise Http404
    return one


def attendances(of: Meeting) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting=of).select_related("person", "contact")


def attendance(pk: UUID) -> Attendance | None:
    """One invitation by its id: for its link, which proves the right to see it."""
    found = Attendance.objects.filter(pk=pk).select_related("meeting__project", "person")
    return found.first()


def own_attendance(actor: Actor, of: Meeting) -> Attendance | None:
    if actor.person_id is None:
        return None
    return Attendance.objects.filter(meeting=of, person_id=actor.person_id).first()


def published(of: Meeting) -> PublishedMinutes | None:
    return PublishedMinutes.objects.filter(meeting=of).select_related("published_by").first()


def remarks(of: Meeting) -> QuerySet[Remark]:
    return Remark.objects.filter(meeting=of).select_related("item", "answered_by")


def remark(project: Project, pk: UUID) -> Remark:
    found = Remark.objects.filter(project=project, pk=pk).select_related("meeting__project")
    one = found.first()
    if one is None:
        raise Http404
    return one


def of_team(project: Project) -> list[tuple[str, str]]:
    return projects.team(project)


def contacts_to_call(project: Project) -> list[tuple[UUID, str]]:
    """Contacts by name, without those who are on the team: they are called as such."""
    today = timezone.localdate()
    team = Membership.objects.filter(project=project).exclude(role=Role.GUEST)
    team = team.filter(Q(until__isnull=True) | Q(until__gte=today))
    ours = Contact.objects.filter(project=project, person__in=team.values("person"))
    known = set(ours.values_list("pk", flat=True))
    return [(pk, name) for pk, name in stakeholders.contact_names(project) if pk not in known]


@dataclass(frozen=True)
class Born:
    """Something born in an item, whichever register it lies in."""

    kind: str
    short_id: str
    title: str
    who: str
    due_on: date | None
    state: str
    state_label: str
    link: str
    owner_id: UUID | None = None


def born_in(project: Project, listed: Iterable[AgendaItem]) -> dict[str, list[Born]]:
    """``reference of the item → what was born in it``: six queries, however many items."""
    refs = [one.ref for one in listed]
    found: dict[str, list[Born]] = {ref: [] for ref in refs}
    if not refs:
        return found
    for kind, model, joined in _REGISTERS:
        rows = model._default_manager.filter(project=project, born_in__in=refs)
        for row in rows.select_related(*joined).order_by("number"):
            row.project = project
            found[row.born_in].append(_born(kind, row))
    return found


_REGISTERS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("decision", Decision, ("decided_by",)),
    ("action", Action, ("owner",)),
    ("risk", Risk, ("owner",)),
    ("problem", Problem, ("owner",)),
    ("deviation", Deviation, ("owner",)),
    ("promise", Promise, ("by_person", "by_contact")),
)


def _born(kind: str, row: Any) -> Born:
    """The registers call the same things by different names."""
    if kind == "decision":
        return _decided(row)
    who = row.by_person or row.by_contact if kind == "promise" else row.owner
    return Born(
        kind=kind,
        short_id=f"{row.project.key}-{row.number}",
        title=str(row),
        who=who.name if who else "",
        due_on=row.due_on,
        state=row.state,
        state_label=str(row.get_state_display()),
        link=row.get_absolute_url(),
        owner_id=who.pk if who else None,
    )


def _decided(row: Decision) -> Born:
    return Born(
        kind="decision",
        short_id=f"{row.project.key}-{row.number}",
        title=row.title,
        who=row.body or (row.decided_by.name if row.decided_by else ""),
        due_on=row.decided_on,
        state=row.outcome,
        state_label=str(row.get_outcome_display()),
        link=f"/p/{row.project.key}/decisions/log/{row.number}",
    )


def one_series(project: Project, key: str) -> Series:
    found = Series.objects.filter(project=project, key=key).first()
    if found is None:
        raise Http404
    return found


def content_for(actor: Actor, out: PublishedMinutes) -> dict[str, Any]:
    """The minutes as this reader may see them: external parties nothing private."""
    content: dict[str, Any] = out.content
    if actor.kind not in ("external", "guest"):
        return content
    return {**content, "items": [item for item in content["items"] if not item["private"]]}


def gone_from(meeting: Meeting, called: Iterable[Attendance]) -> set[UUID]:
    """People called as of the team who have no role in the project any more, or left altogether."""
    ours = {one.person_id for one in called if one.person_id and not one.contact_id}
    if not ours:
        return set()
    held = Membership.objects.filter(project=meeting.project_id, person__in=ours)
    held = held.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))
    return ours - set(held.filter(person__is_active=True).values_list("person_id", flat=True))

"""What somebody holds in a project: owed, under way, called to, checked out, to be decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.actions import sources
from tospann.actions.models import OriginKind
from tospann.cases.models import Case, CaseState
from tospann.documents import locks
from tospann.foundation.authority import Role
from tospann.foundation.authority.deciders import Deciders, decides_as
from tospann.meetings.models import Attendance, MeetingState
from tospann.planning.models import Activity, Kind, State
from tospann.projects.models import Membership, Project
from tospann.projects.queries import team
from tospann.team.models import Responsibility

MOST = 200
GIVE, MOVE, LET_GO = "give", "move", "let_go"
_WAYS: Mapping[str, tuple[str, ...]] = {
    "action": (GIVE, MOVE),
    "task": (GIVE, MOVE),
    "minutes": (GIVE,),
    "case": (GIVE,),
    "promise": (GIVE,),
    "risk": (GIVE,),
    "problem": (GIVE,),
    "deviation": (GIVE,),
    "meeting": (GIVE, MOVE, LET_GO),
    "document": (LET_GO,),
    "decision": (LET_GO,),
    "responsibility": (GIVE,),
}


@dataclass(frozen=True)
class Holding:
    """One thing somebody holds, and the ways it can be taken care of by others."""

    kind: str
    ref: str
    label: str
    title: str
    href: str
    due: date | None = None
    is_late: bool = False
    note: str = ""
    is_bound: bool = False
    """A condition of a decision: only those who decide may move it or give it away."""

    @property
    def ways(self) -> tuple[str, ...]:
        return () if self.is_bound else _WAYS.get(self.kind, ())

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.ref}"

    def to_json(self) -> dict[str, Any]:
        """As a memo keeps it."""
        return {
            "kind": self.kind,
            "label": self.label,
            "title": self.title,
            "href": self.href,
            "due": self.due.isoformat() if self.due else None,
            "note": self.note,
        }


def of(project: Project, person: UUID, until: date | None = None) -> list[Holding]:
    """Everything, or what falls due or is under way by that day. Six queries, whatever there is."""
    return [
        *_owed(project, person, until),
        *(_under_way(project, person, until) if until else ()),
        *_meetings(project, person, until),
        *_documents(project, person),
        *_decisions(project, person),
        *(_answers_for(project, person) if until is None else ()),
    ]


def _owed(project: Project, person: UUID, until: date | None) -> list[Holding]:
    rows = sources.of_project(project).filter(owed_owner=person, owed_rank=0)
    if until is not None:
        rows = rows.filter(owed_by__lte=until)
    return [
        Holding(
            row["owed_kind"],
            str(row["owed_ref"]),
            sources.label(row["owed_kind"]),
            row["owed_title"],
            sources.address(project.key, row),
            row["owed_due"],
            sources.is_late(row),
            is_bound=row["owed_origin"] == OriginKind.CONDITION,
        )
        for row in rows[:MOST]
    ]


def _under_way(project: Project, person: UUID, until: date) -> list[Holding]:
    """Tasks that have begun, or begin by then, and end later."""
    found = Activity.objects.filter(project=project, responsible=person, is_active=True)
    found = found.filter(start__lte=until, finish__gt=until).exclude(kind=Kind.SUMMARY)
    rows = found.exclude(state=State.DONE).order_by("finish", "position")
    label = sources.label("task")
    return [
        Holding(
            "task", str(row["uid"]), label, row["name"], _task(project, row["uid"]), row["finish"]
        )
        for row in rows.values("uid", "name", "finish")[:MOST]
    ]


def _task(project: Project, uid: int) -> str:
    return reverse("plan_task", args=[project.key, uid])


def _meetings(project: Project, person: UUID, until: date | None) -> list[Holding]:
    """Planned meetings she is called to, or is to write the minutes of."""
    found = Attendance.objects.filter(project=project, person=person)
    found = found.filter(meeting__state=MeetingState.PLANNED, meeting__starts_at__gt=timezone.now())
    if until is not None:
        found = found.filter(meeting__starts_at__date__lte=until)
    shown = ("meeting__number", "meeting__title", "meeting__starts_at", "meeting__minutes_by_id")
    return [
        Holding(
            "meeting",
            str(row["meeting__number"]),
            _("Meeting"),
            row["meeting__title"],
            reverse("meeting", args=[project.key, row["meeting__number"]]),
            timezone.localtime(row["meeting__starts_at"]).date(),
            note=_("writes the minutes") if row["meeting__minutes_by_id"] == person else "",
        )
        for row in found.order_by("meeting__starts_at").values(*shown)[:MOST]
    ]


def _documents(project: Project, person: UUID) -> list[Holding]:
    held = locks.live().filter(
        project=project, person=person, document__isnull=False, is_checkout=True
    )
    return [
        Holding(
            "document",
            str(lock.document_id),
            _("Checked-out document"),
            lock.document.name if lock.document else "",
            lock.document.get_absolute_url() if lock.document else "",
            note=lock.comment,
        )
        for lock in held.select_related("document__project").order_by("made_at")[:MOST]
    ]


def roles_of(project: Project, person: UUID) -> frozenset[Role]:
    today = timezone.localdate()
    held = Membership.objects.filter(project=project, person=person)
    held = held.filter(Q(until__isnull=True) | Q(until__gte=today))
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def _decisions(project: Project, person: UUID) -> list[Holding]:
    """Cases that wait for her, with who else may decide them."""
    waiting = Case.objects.filter(project=project, state=CaseState.SUBMITTED)
    shown = ("number", "title", "deciders", "people", "need_by")
    rows = list(waiting.order_by("need_by", "number").values(*shown)[:MOST])
    if not rows:
        return []
    roles = roles_of(project, person)
    return [
        Holding(
            "decision",
            str(row["number"]),
            _("Waits for a decision"),
            row["title"],
            reverse("case", args=[project.key, row["number"]]),
            row["need_by"],
        )
        for row in rows
        if _is_asked(roles, person, Deciders.from_json(_who(row)))
    ]


def _is_asked(roles: frozenset[Role], person: UUID, who: Deciders) -> bool:
    """Whether it waits for her herself, and not only because she ranks above who is asked."""
    return bool(roles & set(who.roles)) or any(person == one.id for one in who.people)


def _who(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"roles": row["deciders"], "people": row["people"]}


def _answers_for(project: Project, person: UUID) -> list[Holding]:
    rows = Responsibility.objects.filter(project=project, accountable=person)
    address = reverse("team_responsibilities", args=[project.key])
    return [
        Holding("responsibility", str(one.pk), _("Answers for"), one.title, address)
        for one in rows.order_by("position", "id")[:MOST]
    ]


def burdens(project: Project, until: date) -> dict[str, int]:
    """How many open things each has that fall due by then: who has room to take over."""
    rows = sources.of_project(project).filter(owed_rank=0, owed_by__lte=until)
    found: dict[str, int] = {}
    for counted in rows.per("owed_owner"):
        if counted["owed_owner"]:
            key = str(counted["owed_owner"])
            found[key] = found.get(key, 0) + counted["n"]
    return found


def others(project: Project, person: UUID) -> list[tuple[str, str]]:
    """The rest of the team, by name: who may take over."""
    return [one for one in team(project) if one[0] != str(person)]


def other_deciders(project: Project, numbers: Sequence[int], person: UUID) -> dict[Case, set[UUID]]:
    """Of these cases, who else may decide each."""
    members = Membership.objects.filter(project=project, person__is_active=True)
    today = timezone.localdate()
    members = members.filter(Q(until__isnull=True) | Q(until__gte=today)).exclude(person=person)
    roles: dict[UUID, set[Role]] = {}
    for who, role in members.values_list("person_id", "role"):
        roles.setdefault(who, set()).add(Role(role))
    found: dict[Case, set[UUID]] = {}
    for case in Case.objects.filter(project=project, number__in=numbers):
        may = Deciders.from_json({"roles": case.deciders, "people": case.people})
        found[case] = {who for who, held in roles.items() if decides_as(held, who, may) is not None}
    return found

"""Who does what this week: each on the team with tasks, what is due, meetings, and who is away."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tospann.actions import sources
from tospann.foundation.authority import ROLE_LABELS, Role
from tospann.meetings.models import Attendance, MeetingState
from tospann.people.models import Deputy
from tospann.planning.models import Activity, Kind, State
from tospann.projects.models import Membership, Project

MOST = 600


@dataclass(frozen=True)
class Line:
    """One thing somebody has this week."""

    kind: str
    title: str
    href: str
    due: date | None
    is_late: bool = False
    state: str = ""


@dataclass
class Person:
    """Somebody on the team, and what her week holds."""

    id: UUID
    name: str
    roles: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    stands_in: str = ""
    away_until: date | None = None

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)


def sunday_of(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def week_of(asked: str, today: date | None = None) -> date:
    """The Monday of the week of that day (“2026-11-23”); this week's when it says nothing."""
    day = today or timezone.localdate()
    if len(asked) == 10 and "2000" <= asked[:4] <= "2100":
        with suppress(ValueError):
            day = date.fromisoformat(asked)
    return day - timedelta(days=day.weekday())


def people(project: Project, monday: date) -> list[Person]:
    """Everybody on the team, by name. Five queries, whatever there is."""
    found = _team(project)
    known = {one.id: one for one in found}
    sunday = monday + timedelta(days=6)
    for who, line in (*_owed(project, sunday), *_tasks(project, sunday), *_called(project, monday)):
        if who in known:
            known[who].lines.append(line)
    for row in _away(list(known), monday, sunday):
        one = known[row["person_id"]]
        one.stands_in, one.away_until = row["deputy__name"], row["ends_on"]
    for one in found:
        one.lines.sort(key=lambda line: (line.due is None, line.due, line.title))
    return found


def _team(project: Project) -> list[Person]:
    today = timezone.localdate()
    rows = Membership.objects.filter(project=project, person__is_active=True)
    rows = rows.exclude(role=Role.GUEST).filter(Q(until__isnull=True) | Q(until__gte=today))
    found: dict[UUID, Person] = {}
    shown = rows.order_by("person__name", "person_id").values_list(
        "person_id", "person__name", "role"
    )
    for pk, name, role in shown:
        one = found.setdefault(pk, Person(pk, name))
        one.roles.append(project.role_labels.get(role) or str(ROLE_LABELS[Role(role)]))
    return list(found.values())


def _owed(project: Project, sunday: date) -> list[tuple[UUID, Line]]:
    rows = sources.of_project(project).filter(
        owed_rank=0, owed_by__lte=sunday, owed_owner__isnull=False
    )
    return [(row["owed_owner"], _line(project, row)) for row in rows[:MOST]]


def _line(project: Project, row: dict[str, Any]) -> Line:
    return Line(
        sources.label(row["owed_kind"]),
        row["owed_title"],
        sources.address(project.key, row),
        row["owed_due"],
        sources.is_late(row),
        "stuck" if row["owed_stuck"] else row["owed_state"],
    )


def _tasks(project: Project, sunday: date) -> list[tuple[UUID, Line]]:
    """Tasks that go on this week and end later."""
    found = Activity.objects.filter(project=project, responsible__isnull=False, is_active=True)
    found = found.filter(start__lte=sunday, finish__gt=sunday).exclude(kind=Kind.SUMMARY)
    rows = found.exclude(state=State.DONE).order_by("finish", "position")
    label = sources.label("task")
    return [
        (
            row["responsible_id"],
            Line(label, row["name"], _task(project, row["uid"]), row["finish"], state=row["state"]),
        )
        for row in rows.values("uid", "name", "finish", "state", "responsible_id")[:MOST]
    ]


def _task(project: Project, uid: int) -> str:
    return reverse("plan_task", args=[project.key, uid])


def _called(project: Project, monday: date) -> list[tuple[UUID, Line]]:
    begins = timezone.make_aware(datetime.combine(monday, time()))
    rows = Attendance.objects.filter(project=project, person__isnull=False)
    rows = rows.filter(meeting__starts_at__gte=begins)
    rows = rows.filter(meeting__starts_at__lt=begins + timedelta(days=7))
    rows = rows.exclude(meeting__state=MeetingState.CANCELLED).exclude(answer="no")
    shown = rows.values("person_id", "meeting__number", "meeting__title", "meeting__starts_at")
    return [
        (
            row["person_id"],
            Line(
                _("Meeting"),
                row["meeting__title"],
                reverse("meeting", args=[project.key, row["meeting__number"]]),
                timezone.localtime(row["meeting__starts_at"]).date(),
            ),
        )
        for row in shown[:MOST]
    ]


def _away(people: list[UUID], monday: date, sunday: date) -> list[dict[str, Any]]:
    """Who has a deputy that week."""
    found = Deputy.objects.filter(person__in=people, starts_on__lte=sunday, ends_on__gte=monday)
    rows = found.order_by("ends_on").values("person_id", "deputy__name", "ends_on")
    return [dict(row) for row in rows]

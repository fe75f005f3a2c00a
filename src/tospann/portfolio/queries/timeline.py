"""Six weeks back and six ahead: milestones, gates and decisions, project by project.

Projects come as in the list of the portfolio, what is wrong first; a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tospann.cases.models import Case, CaseState, Decision
from tospann.foundation.authority import Actor
from tospann.planning.models import Activity, Kind, State
from tospann.portfolio import queries
from tospann.portfolio.queries.seen import Part
from tospann.projects.models import Gate, GateState

PER_PAGE = 25
WEEKS = 6
What = Literal["milestone", "gate", "decision", "waiting"]


class Event(NamedTuple):
    """Something that happens in a project on a day. ``is_late``: it should have happened."""

    day: date
    what: What
    name: str
    address: str
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class Span:
    """The weeks that are drawn, with today in the middle."""

    today: date
    first: date
    last: date

    @classmethod
    def around(cls, today: date) -> "Span":
        monday = today - timedelta(days=today.weekday())
        return cls(today, monday - timedelta(weeks=WEEKS), monday + timedelta(weeks=WEEKS + 1))

    @property
    def mondays(self) -> list[date]:
        return [self.first + timedelta(weeks=n) for n in range(2 * WEEKS + 1)]

    def place(self, day: date) -> float:
        """Where a day is between the ends, in per cent."""
        return round(100 * ((day - self.first).days + 0.5) / (self.last - self.first).days, 2)


@dataclass(frozen=True)
class ProjectLine:
    key: str
    name: str
    health: int
    events: list[Event]


@dataclass(frozen=True)
class Timeline:
    span: Span
    rows: list[ProjectLine]
    part: Part


def of(actor: Actor, asked: Mapping[str, Any], size: int = PER_PAGE) -> Timeline:
    """A part of the projects with what happens in them: six queries."""
    span = Span.around(timezone.localdate())
    found = queries.not_closed(queries.table(actor))
    part = Part.of(asked, found.order_by().count(), size)
    ordered = found.order_by(*queries.RED_FIRST, "pk")
    rows = list(ordered.values("pk", "key", "name", "health")[part.rows])
    events: dict[UUID, list[Event]] = defaultdict(list)
    if rows:
        keys = {row["pk"]: row["key"] for row in rows}
        for project, event in _events(keys, span):
            events[project].append(event)
    lines = [
        ProjectLine(row["key"], row["name"], row["health"], sorted(events[row["pk"]]))
        for row in rows
    ]
    return Timeline(span, lines, part)


Found = Iterator[tuple[UUID, Event]]


def _events(keys: Mapping[UUID, str], span: Span) -> Found:
    yield from _milestones(keys, span)
    yield from _gates(keys, span)
    yield from _decided(keys, span)
    yield from _waiting(keys, span)


def _milestones(keys: Mapping[UUID, str], span: Span) -> Found:
    found = Activity.objects.filter(project__in=list(keys), kind=Kind.MILESTONE, is_active=True)
    found = found.filter(finish__gte=span.first, finish__lt=span.last)
    rows: Any = found.values_list("project_id", "uid", "name", "finish", "state")
    for project, uid, name, day, state in rows:
        done = state == State.DONE
        address = f"/p/{keys[project]}/plan/tasks/{uid}"
        yield project, Event(day, "milestone", name, address, done, not done and day < span.today)


def _gates(keys: Mapping[UUID, str], span: Span) -> Found:
    """By the day they are due; a decided one stands among the decisions."""
    found = _in_span(Gate.objects.filter(project__in=list(keys)), "due_on", span)
    found = found.exclude(state__in=[GateState.PASSED, GateState.STOPPED])
    for project, code, name, day in found.values_list("project_id", "code", "name", "due_on"):
        address = f"/p/{keys[project]}/decisions/gates/{code}"
        yield project, Event(day, "gate", f"{code} {name}", address, False, day < span.today)


def _decided(keys: Mapping[UUID, str], span: Span) -> Found:
    found = _in_span(Decision.objects.filter(project__in=list(keys)), "decided_on", span)
    for project, number, title, day in found.values_list(
        "project_id", "number", "title", "decided_on"
    ):
        address = f"/p/{keys[project]}/decisions/log/{number}"
        yield project, Event(day, "decision", title, address, True, False)


def _waiting(keys: Mapping[UUID, str], span: Span) -> Found:
    """Cases that wait, by the day their decision is needed."""
    rows = Case.objects.filter(project__in=list(keys), state=CaseState.SUBMITTED)
    found = _in_span(rows, "need_by", span)
    for project, number, title, day in found.values_list(
        "project_id", "number", "title", "need_by"
    ):
        address = f"/p/{keys[project]}/decisions/cases/{number}"
        yield project, Event(day, "waiting", title, address, False, day < span.today)


def _in_span(rows: QuerySet[Any, Any], name: str, span: Span) -> QuerySet[Any, Any]:
    return rows.filter(**{f"{name}__gte": span.first, f"{name}__lt": span.last})

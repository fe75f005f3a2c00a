"""Reading timesheets. One's own week is one's own; the team's are for whoever approves them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404

from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.planning.models import Activity
from tospann.projects.models import Membership, Project, ProjectState
from tospann.timesheets.models import Sheet, State, Week

FEATURE = "timesheets"
TaskKey = tuple[UUID, int]


@dataclass(frozen=True)
class Mine:
    """A week of a person as it is kept."""

    version: int
    state: str
    sheets: list[Sheet]


def mine(person: UUID, monday: date) -> Mine:
    """Two queries."""
    week = Week.objects.filter(person=person, monday=monday).first()
    if week is None:
        return Mine(0, State.OPEN, [])
    sheets = Sheet.objects.filter(person=person, monday=monday).select_related("project")
    return Mine(week.version, week.state, list(sheets.order_by("project__key")))


def my_projects(person: UUID, monday: date) -> list[Project]:
    """Where she may keep hours in that week; one query."""
    held = Membership.objects.filter(person=person).exclude(role=Role.GUEST)
    held = held.filter(Q(until__isnull=True) | Q(until__gte=monday))
    found = Project.objects.filter(pk__in=held.values("project_id"))
    return list(using(found).order_by("key"))


def using(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Those that keep timesheets and are not closed (``features.is_on``, asked of the database)."""
    found = projects.annotate(chosen=Cast("modules", TextField()))
    is_on = Q(chosen="[]") | Q(chosen__contains=f'"{FEATURE}"')
    return found.filter(is_on).exclude(state=ProjectState.CLOSED)


def task_names(wanted: Iterable[TaskKey]) -> Mapping[TaskKey, tuple[str, str]]:
    """Number and name of tasks of several plans; one query, none when nothing is asked."""
    by: dict[UUID, list[int]] = {}
    for project, uid in wanted:
        by.setdefault(project, []).append(uid)
    if not by:
        return {}
    which = Q(pk__in=[])
    for project, uids in by.items():
        which |= Q(project=project, uid__in=uids)
    rows = Activity.objects.filter(which).values_list("project_id", "uid", "number", "name")
    return {(project, uid): (number, name) for project, uid, number, name in rows}


def tasks_like(projects: Iterable[Project], words: str, most: int = 12) -> list[dict[str, Any]]:
    """Tasks of these projects whose name holds every word, or whose number it is."""
    found = Activity.objects.filter(project__in=list(projects), is_active=True, kind="task")
    name = Q()
    for word in words.split()[:6]:
        name &= Q(name__icontains=word)
    found = found.filter(name | Q(number=words))
    columns = ("project_id", "uid", "number", "name", "project__key")
    return list(found.order_by("project__key", "position").values(*columns)[:most])


def may_see_team(actor: Actor, project: Project) -> bool:
    """Whoever approves hours, and whoever answers for the money."""
    return any(
        not rule(actor, power, project.pk).is_refused
        for power in (Power.APPROVE_HOURS, Power.KEEP_COSTS)
    )


def of_project(actor: Actor, project: Project) -> QuerySet[Sheet]:
    """The sheets the actor may see: all of them, or her own; those not sent are their writer's."""
    found = Sheet.objects.filter(project=project)
    own = Q(person=actor.person_id)
    if may_see_team(actor, project):
        return found.filter(~Q(state=State.OPEN) | own)
    return found.filter(own)


def sheet(actor: Actor, project: Project, pk: UUID) -> Sheet:
    found = of_project(actor, project).filter(pk=pk)
    one = found.select_related("person", "decided_by", "project").first()
    if one is None:
        raise Http404
    return one


def not_sent(person: UUID, today: date, weeks: int = 3) -> list[date]:
    """The Mondays of the latest whole weeks that wait to be sent, the oldest first."""
    first = today - timedelta(days=today.weekday() + 7 * weeks)
    mondays = [first + timedelta(days=7 * step) for step in range(weeks)]
    projects = my_projects(person, first)
    held = Week.objects.filter(person=person, monday__in=mondays)
    states = dict(held.values_list("monday", "state")) if projects else {}
    return waiting(mondays, states, [max(one.start, one.created_at.date()) for one in projects])


def waiting(
    mondays: Iterable[date], states: Mapping[date, str], begun: Iterable[date]
) -> list[date]:
    """The weeks that are not sent, of those since the first of her projects began."""
    begins = min(begun, default=None)
    if begins is None:
        return []
    waits = (State.OPEN, State.RETURNED)
    lasted = (day for day in mondays if day + timedelta(days=6) >= begins)
    return [day for day in lasted if states.get(day, State.OPEN) in waits]

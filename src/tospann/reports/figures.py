"""What a status page rests on, read once: the figures and their date."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from tospann.actions.models import Action, ActionState
from tospann.cases.models import Case, CaseState, Decision
from tospann.people.models import Organisation
from tospann.planning import queries as planning
from tospann.planning.models import Plan
from tospann.projects import queries as projects
from tospann.projects.models import CriterionState, Gate, GateCriterion, GateState, Goal, Project

PERIOD = timedelta(days=30)
"""What “since last” means while reports have no dates of their own."""
MOST = 20
Row = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """A project as it was on a day."""

    project: Project
    on: date
    since: date
    organisation: str
    phases: list[Row]
    goals: list[Goal]
    plan: Plan | None
    milestones: list[Row]
    decisions: list[Row]
    cases: list[Row]
    actions: list[Row]
    gaps: list[str]
    members: list[Row]
    gate: Gate | None


def figures(project: Project, since: date | None = None) -> Figures:
    """Everything of today; ``since`` is where the period of the decisions begins."""
    today = timezone.localdate()
    start = since or today - PERIOD
    bar = projects.phase_bar(project)
    gate = next_gate(project)
    return Figures(
        project=project,
        on=today,
        since=start,
        organisation=_organisation(),
        phases=bar,
        goals=list(projects.goals(project)),
        plan=planning.plan(project),
        milestones=_milestones(project, start),
        decisions=_decisions(project, start),
        cases=_cases(project),
        actions=_overdue(project, today),
        gaps=_gaps(gate),
        members=_rows(projects.members(project), "role", "person__name"),
        gate=gate,
    )


def next_gate(project: Project) -> Gate | None:
    """The first gate that is not decided yet, with its counted criteria."""
    return projects.gates(project).exclude(state__in=[GateState.PASSED, GateState.STOPPED]).first()


def _organisation() -> str:
    return Organisation.objects.values_list("name", flat=True).first() or ""


def _milestones(project: Project, since: date) -> list[Row]:
    """Those reached in the period, and those to come."""
    rows = planning.milestones(project)
    shown = [
        row
        for row in rows
        if row["state"] != "done" or (row["finish"] is not None and row["finish"] >= since)
    ]
    return shown[:MOST]


def _decisions(project: Project, since: date) -> list[Row]:
    rows = Decision.objects.filter(project=project, decided_on__gte=since)
    shown = ("number", "title", "outcome", "decided_on", "decided_by__name", "body")
    return _rows(rows.order_by("-decided_on", "-number")[:MOST], *shown)


def _cases(project: Project) -> list[Row]:
    """Those that wait for a decision."""
    rows = Case.objects.filter(project=project, state=CaseState.SUBMITTED)
    rows = rows.order_by(F("need_by").asc(nulls_last=True), "number")
    return _rows(rows[:MOST], "number", "title", "deciders", "need_by")


def _overdue(project: Project, today: date) -> list[Row]:
    rows = Action.objects.filter(project=project, state=ActionState.OPEN, due_on__lt=today)
    return _rows(rows.order_by("due_on")[:MOST], "number", "title", "owner__name", "due_on")


def _rows(found: QuerySet[Any], *shown: str) -> list[Row]:
    return [dict(row) for row in found.values(*shown)]


def _gaps(gate: Gate | None) -> list[str]:
    if gate is None:
        return []
    rows = GateCriterion.objects.filter(gate=gate, state=CriterionState.OPEN)
    return list(rows.order_by("position").values_list("text", flat=True)[:MOST])

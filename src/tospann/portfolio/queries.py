"""All projects the actor sees, each with where it stands; a fixed number of queries."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from tospann.cases.models import Case as Matter
from tospann.cases.models import CaseState
from tospann.foundation.authority import Actor, Role
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.projects.models import (
    CriterionState,
    Gate,
    GateCriterion,
    GateState,
    Membership,
    Phase,
    PhaseState,
    Project,
    ProjectState,
)
from tospann.projects.queries import visible_projects

AHEAD = timedelta(days=90)
MOST_GATES = 60
DECIDED = [GateState.PASSED, GateState.STOPPED]
ON_TRACK, WATCH, NEEDS_ACTION = 0, 1, 2
Row = dict[str, Any]


def table(actor: Actor) -> QuerySet[Project]:
    """One row a project: phase, next gate and its readiness, what waits, dates, manager."""
    return _judged(_described(visible_projects(actor)))


def _described(found: QuerySet[Project]) -> QuerySet[Project]:
    this = OuterRef("pk")
    gate = Gate.objects.filter(project=this).exclude(state__in=DECIDED).order_by("position")
    phase = Phase.objects.filter(project=this, state=PhaseState.CURRENT).order_by("-position")
    plan = Plan.objects.filter(project=this)
    waiting = Matter.objects.filter(project=this, state=CaseState.SUBMITTED)
    return found.annotate(
        phase=Subquery(phase.values("name")[:1]),
        gate_id=Subquery(gate.values("pk")[:1]),
        gate=Subquery(gate.values("code")[:1]),
        gate_on=Subquery(gate.values("due_on")[:1]),
        waiting=_count(waiting),
        progress=Subquery(plan.values("percent")[:1]),
        planned=Subquery(plan.values("finish")[:1]),
        late=_count(_late_milestones()),
        manager=Subquery(_managers().values("person__name")[:1]),
    )


def _judged(found: QuerySet[Project]) -> QuerySet[Project]:
    """With how the project is, as computed: needs action, watch, on track."""
    today = timezone.localdate()
    watch = Q(late__gt=0) | Q(gate_on__lt=today)
    return found.annotate(
        total=_count(_criteria(), "gate_id"),
        left=_count(_criteria().filter(state=CriterionState.OPEN), "gate_id"),
        health=Case(
            When(state=ProjectState.CLOSED, then=ON_TRACK),
            When(planned__gt=F("finish"), then=NEEDS_ACTION),
            When(watch, then=WATCH),
            default=ON_TRACK,
            output_field=IntegerField(),
        ),
    )


def _criteria() -> QuerySet[GateCriterion]:
    return GateCriterion.objects.filter(gate=OuterRef("gate_id"))


def _late_milestones() -> QuerySet[Activity]:
    rows = Activity.objects.filter(project=OuterRef("pk"), kind=Kind.MILESTONE, is_active=True)
    return rows.filter(finish__lt=timezone.localdate()).exclude(state=State.DONE)


def _managers() -> QuerySet[Membership]:
    current = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    rows = Membership.objects.filter(project=OuterRef("pk"), role=Role.MANAGER)
    return rows.filter(current).order_by("person__name")


def _count(rows: QuerySet[Any], by: str = "project_id") -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def gate_calendar(actor: Actor, today: date | None = None) -> list[Row]:
    """Gates not decided yet that are due within 90 days, those past their date first."""
    now = today or timezone.localdate()
    seen = visible_projects(actor).exclude(state=ProjectState.CLOSED).order_by().values("pk")
    rows = Gate.objects.exclude(state__in=DECIDED).filter(
        due_on__isnull=False, due_on__lte=now + AHEAD, project__in=seen
    )
    shown = ("code", "name", "due_on", "project__key", "project__name")
    listed = rows.order_by("due_on", "project__name", "position").values(*shown)[:MOST_GATES]
    return [{**row, "is_late": row["due_on"] < now} for row in listed if row["due_on"]]

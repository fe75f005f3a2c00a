"""All projects the actor sees, each with where it stands; a fixed number of queries.

What projects are sorted and narrowed by is worked out for all of them; the rest only for those
that are shown.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models import When as Where
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_date

from tospann.cases.models import Case as Matter
from tospann.cases.models import CaseState
from tospann.foundation.authority import Actor, Role
from tospann.people.models import Person
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
from tospann.reports.models import Light, SignedReport
from tospann.ui.round_trip import Rows

AHEAD = timedelta(days=90)
MOST_GATES = 60
DECIDED = [GateState.PASSED, GateState.STOPPED]
ON_TRACK, WATCH, NEEDS_ACTION = 0, 1, 2
LIGHTS = {Light.RED: NEEDS_ACTION, Light.AMBER: WATCH, Light.GREEN: ON_TRACK}
"""What a report says counts before what is computed; “not assessed” says nothing."""
RED_FIRST = ("-health", "-waiting", "gate_on", "name")
Row = dict[str, Any]


def table(actor: Actor) -> QuerySet[Any, Any]:
    """One row a project, with what it is sorted by: how it is, what waits, dates."""
    this, today = OuterRef("pk"), timezone.localdate()
    gate = Gate.objects.filter(project=this).exclude(state__in=DECIDED).order_by("position")
    plan = Plan.objects.filter(project=this)
    waiting = Matter.objects.filter(project=this, state=CaseState.SUBMITTED)
    found = visible_projects(actor).annotate(
        gate_on=Subquery(gate.values("due_on")[:1]),
        waiting=_count(waiting),
        planned=Subquery(plan.values("finish")[:1]),
        progress=Subquery(plan.values("percent")[:1]),
        late=_count(_late_milestones()),
    )
    watch = Q(late__gt=0) | Q(gate_on__lt=today)
    return found.annotate(
        computed=Case(
            Where(state=ProjectState.CLOSED, then=ON_TRACK),
            Where(planned__gt=F("finish"), then=NEEDS_ACTION),
            Where(watch, then=WATCH),
            default=ON_TRACK,
            output_field=IntegerField(),
        ),
        reported=Subquery(_signed().values("state")[:1]),
    ).annotate(
        health=Case(
            Where(state=ProjectState.CLOSED, then=ON_TRACK),
            *(Where(reported=light, then=value) for light, value in LIGHTS.items()),
            default=F("computed"),
            output_field=IntegerField(),
        )
    )


def _signed() -> QuerySet[SignedReport]:
    """What was last signed about the project."""
    return SignedReport.objects.filter(project=OuterRef("pk")).order_by("-number")


def _late_milestones() -> QuerySet[Activity]:
    rows = Activity.objects.filter(project=OuterRef("pk"), kind=Kind.MILESTONE, is_active=True)
    return rows.filter(finish__lt=timezone.localdate()).exclude(state=State.DONE)


def _count(rows: QuerySet[Any, Any], by: str = "project_id") -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def complete(rows: list[Row]) -> None:
    """Add phases, the next gate with its checklist, and who manages (one query)."""
    this = OuterRef("pk")
    phases = Phase.objects.filter(project=this).order_by("position")
    managers = _managing().filter(project=this).order_by("person__name")
    found = Project.objects.filter(pk__in=[row["pk"] for row in rows]).values_list(
        "pk",
        Rows(phases, name="name", state="state"),
        _next_gate(),
        Subquery(managers.values("person__name")[:1]),
        Rows(_signed()[:1], state="state", trend="trend", on="signed_on"),
    )
    more = {pk: values for pk, *values in found.order_by()}
    for row in rows:
        row["phases"], gate, row["manager"], signed = more[row["pk"]]
        row["light"], row["trend"], on = signed[0] if signed else ("", "", None)
        row["reported_on"] = parse_date(on) if on else None
        row["gate"], row["gate_name"], left, total = gate[0] if gate else ("", "", 0, 0)
        row["left"], row["total"] = left or 0, total or 0


def _next_gate() -> Rows:
    """The first gate that is not decided, and how far its checklist is."""
    undecided = Gate.objects.filter(project=OuterRef("pk")).exclude(state__in=DECIDED)
    criteria = GateCriterion.objects.filter(gate=OuterRef("pk"))
    return Rows(
        undecided.order_by("position")[:1],
        code="code",
        name="name",
        left=_count(criteria.filter(state=CriterionState.OPEN), "gate_id"),
        total=_count(criteria, "gate_id"),
    )


def _managing() -> QuerySet[Membership]:
    current = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    return Membership.objects.filter(current, role=Role.MANAGER)


def not_closed(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.exclude(state=ProjectState.CLOSED)


def managed_by(rows: QuerySet[Any, Any], person: UUID) -> QuerySet[Any, Any]:
    """Of the projects, those this person manages."""
    return rows.filter(Exists(_managing().filter(project=OuterRef("pk"), person=person)))


def in_phase(rows: QuerySet[Any, Any], name: str) -> QuerySet[Any, Any]:
    """Of the projects, those with a phase of that name under way."""
    under_way = Phase.objects.filter(project=OuterRef("pk"), state=PhaseState.CURRENT, name=name)
    return rows.filter(Exists(under_way))


def offered(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    """What the list can be narrowed by: managers, phases under way, packs (one query)."""
    seen = visible_projects(actor).order_by().values("pk")
    managing = _managing().filter(project__in=seen).order_by("person__name", "person")
    under_way = Phase.objects.filter(project__in=seen, state=PhaseState.CURRENT).order_by("name")
    packs = visible_projects(actor).exclude(pack_key="").order_by("pack_key")
    found = Person.objects.filter(pk__in=[actor.person_id]).values_list(
        Rows(managing.distinct(), key="person", name="person__name"),
        Rows(under_way.distinct(), name="name"),
        Rows(packs.distinct(), key="pack_key"),
    )
    for managers, phases, keys in found:
        return {
            "managers": [(key, name) for key, name in managers or ()],
            "phases": [(name, name) for (name,) in phases or ()],
            "packs": [(key, key) for (key,) in keys or ()],
        }
    return {"managers": [], "phases": [], "packs": []}


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

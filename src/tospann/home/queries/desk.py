"""MIN SIDE: what a person has in front of her, across her projects, in one query more."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tospann.cases.models import Case, CaseState
from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.home import between, hours, posted, served
from tospann.home.queries import changes, week
from tospann.people.models import Person
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.projects.models import (
    CriterionState,
    Gate,
    GateCriterion,
    GateState,
    Phase,
    PhaseState,
    Project,
    ProjectState,
)
from tospann.projects.queries import SEES_EVERY_PROJECT
from tospann.sharing.models import Share, ShareState
from tospann.team.pulse import monday
from tospann.ui.round_trip import Asked, Lists, Question, Rows

AHEAD = timedelta(days=14)
"""How far ahead one's own work is shown."""
MOST = 40
MOST_PROJECTS = 300
SHOWN = 8
"""Projects and gates on the page; the rest is one click away."""
FIRST_GAPS = 3
SUBMITTED = CaseState.SUBMITTED
NOWHERE = UUID(int=0)


def lists(actor: Actor) -> Lists:
    """My projects, their next gates, my work and what the others did, as plain rows."""
    mine = tuple(sorted(own_projects(actor))[:MOST_PROJECTS]) or (NOWHERE,)
    kept = tuple(pk for pk in mine if rule(actor, Power.KEEP_REGISTERS, pk).may_decide)
    today, since, now = timezone.localdate(), changes.since_friday(), timezone.localtime()
    begins = now.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = _everywhere if sees_everything(actor) else _in_mine
    days = (today, today + AHEAD, since, begins, begins + AHEAD)
    weeks = (hours.first_monday(today), monday(today), today + served.AHEAD)
    return asked(actor.person_id, mine, kept or (NOWHERE,), *days, *weeks)


def own_projects(actor: Actor) -> list[UUID]:
    """Where the actor is more than a guest."""
    return [
        project
        for project, held in actor.roles.items()
        if any(one.role is not Role.GUEST for one in held)
    ]


def sees_everything(actor: Actor) -> bool:
    return bool(actor.organisation_roles & SEES_EVERY_PROJECT)


def guest_projects(actor: Actor) -> list[dict[str, Any]]:
    """Where the actor is only a guest, or something is shared with her: name, key, ``has_room``.

    One query, and none for whoever has projects of her own and is nobody's guest.
    """
    own = set(own_projects(actor))
    ids = set(actor.roles) - own
    if own and not ids:
        return []
    shares = Share.objects.filter(person=actor.person_id, state=ShareState.ACTIVE)
    ended = Q(expires_on__lt=timezone.localdate())
    rooms = shares.filter(~ended, project=OuterRef("pk"))
    found = Project.objects.annotate(has_room=Exists(rooms))
    found = found.filter(Q(pk__in=ids) | Q(has_room=True)).exclude(pk__in=own).order_by("name")
    return [dict(row) for row in found.values("key", "name", "has_room")]


def _question(
    person: UUID,
    mine: tuple[UUID, ...],
    kept: tuple[UUID, ...],
    today: date,
    until: date,
    since: datetime,
    begins: datetime,
    ends: datetime,
    first: date,
    this: date,
    soon: date,
) -> Question:
    own = Project.objects.filter(pk__in=mine)
    founding = own.filter(state=ProjectState.FOUNDING).order_by("name", "pk")[:MOST]
    return Person.objects.filter(pk=person), {
        "projects": _projects(own, today),
        "founding": Rows(founding, id="pk", key="key", name="name"),
        "gates": _gates(mine),
        "larger": Rows(_larger(own), key="key"),
        **week.owed(person, mine, until),
        "meetings": week.meetings(person, mine, begins, ends),
        "minutes": week.minutes_due(person, mine),
        "flagged": week.flagged(person, kept),
        "chased": week.chased(person, kept, today),
        "changes": changes.grouped(mine, since, but=person),
        **hours.rows(person, mine, kept, first),
        **between.rows(person, mine, today, this),
        **served.rows(person, mine, kept, soon),
        **posted.rows(person, mine, kept),
    }


def _question_of_all(
    person: UUID,
    mine: tuple[UUID, ...],
    kept: tuple[UUID, ...],
    today: date,
    until: date,
    since: datetime,
    begins: datetime,
    ends: datetime,
    first: date,
    this: date,
    soon: date,
) -> Question:
    base, found = _question(
        person, mine, kept, today, until, since, begins, ends, first, this, soon
    )
    everything = {"everything": _projects(Project.objects.all(), today)}
    return base, found | everything | {
        "conflicts": between.conflicts(),
        "proposals": between.proposals(),
    }


_in_mine = Asked(_question)
_everywhere = Asked(_question_of_all)


def _projects(found: QuerySet[Project], today: date) -> Rows:
    """The most urgent first: what waits for a decision, then by the date of the next gate."""
    this = OuterRef("pk")
    waiting = Case.objects.filter(project=this, state=SUBMITTED).order_by().values("project_id")
    gate = _undecided().filter(project=this).order_by("position")
    phase = Phase.objects.filter(project=this, state=PhaseState.CURRENT).order_by("-position")
    late = _late_milestones(today).filter(project=this).order_by().values("project_id")
    urgency = {
        "waiting": Subquery(waiting.annotate(n=Count("pk")).values("n")),
        "gate_on": Subquery(gate.values("due_on")[:1]),
    }
    first = (F("waiting").desc(nulls_last=True), F("gate_on").asc(nulls_last=True), "name")
    # The rest is looked up only for those that are shown: many projects cost no more than a few.
    urgent = found.exclude(state=ProjectState.CLOSED).annotate(**urgency).order_by(*first, "pk")
    shown = Project.objects.filter(pk__in=urgent.values("pk")[:SHOWN]).annotate(
        **urgency,
        gate=Subquery(gate.values("code")[:1]),
        phase=Subquery(phase.values("name")[:1]),
        percent=Subquery(Plan.objects.filter(project=this).values("percent")[:1]),
        planned=Subquery(Plan.objects.filter(project=this).values("finish")[:1]),
        late=Subquery(late.annotate(n=Count("pk")).values("n")),
    )
    own = ("id", "key", "name", "state", "finish")
    also = ("waiting", "gate", "gate_on", "phase", "percent", "planned", "late")
    return Rows(shown.order_by(*first), **{k: k for k in (*own, *also)})


def _larger(own: QuerySet[Project]) -> QuerySet[Project]:
    """Whether any of the projects is more than a small one, whose pages show no empty parts."""
    return own.exclude(state=ProjectState.CLOSED).exclude(pack_key__startswith=between.SMALL)[:1]


def _late_milestones(today: date) -> QuerySet[Activity]:
    rows = Activity.objects.filter(kind=Kind.MILESTONE, is_active=True, finish__lt=today)
    return rows.exclude(state=State.DONE)


def _undecided() -> QuerySet[Gate]:
    return Gate.objects.exclude(state__in=[GateState.PASSED, GateState.STOPPED])


def _gates(mine: Iterable[UUID]) -> Rows:
    """The next gate of each of my projects, with its first gaps."""
    criteria = GateCriterion.objects.filter(gate=OuterRef("pk"))
    gaps = criteria.filter(state=CriterionState.OPEN).order_by("position")
    count = criteria.order_by().values("gate_id").annotate(n=Count("pk"))
    left = gaps.order_by().values("gate_id").annotate(n=Count("pk"))
    earlier = _undecided().filter(project=OuterRef("project"), position__lt=OuterRef("position"))
    opened = Case.objects.filter(gate=OuterRef("pk"), state=SUBMITTED)
    first = (F("due_on").asc(nulls_last=True), "project__name")
    due = (
        _undecided()
        .filter(~Exists(earlier), ~Exists(opened), project__in=list(mine))
        .exclude(project__state=ProjectState.CLOSED)
        .order_by(*first, "pk")
    )
    found = Gate.objects.filter(pk__in=due.values("pk")[:SHOWN])
    return Rows(
        found.order_by(*first),
        project="project_id",
        key="project__key",
        project_name="project__name",
        **{k: k for k in ("code", "name", "due_on")},
        total=Subquery(count.values("n")),
        left=Subquery(left.values("n")),
        gaps=Rows(gaps[:FIRST_GAPS], text="text"),
    )

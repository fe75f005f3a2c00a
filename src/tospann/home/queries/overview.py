"""OVERSIKT: a project on one page, read in one query whatever its size."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import NullIf
from django.utils import timezone

from tospann.actions.models import Action, ActionState
from tospann.cases.models import OPEN_STATES, Case, Decision
from tospann.foundation.models import AuditEntry
from tospann.home.queries import changes
from tospann.planning.models import Activity, Kind, Plan, State
from tospann.portfolio.models import Idea
from tospann.projects import queries as projects
from tospann.projects.models import Goal, Membership, Project
from tospann.ui.round_trip import Asked, Lists, Question, Row, Rows

NEXT, REACHED = 5, 2
"""How many milestones to come, and how many that are reached, the page shows."""


def lists(project: Project) -> Lists:
    """Everything the overview shows, as plain rows."""
    return _asked(project.pk, timezone.localdate(), changes.this_week())


def _question(project_id: UUID, today: date, since: datetime) -> Question:
    project = Project(pk=project_id)
    base = Project.objects.filter(pk=project_id)
    frame = _frame(project, today)
    return base, {**frame, **_plan(project, today), **_work(project, today, since)}


def _frame(project: Project, today: date) -> dict[str, Rows]:
    members = Membership.objects.filter(project=project)
    return {
        "phases": Rows(
            projects.phases(project),
            **{k: k for k in ("id", "name", "state", "starts_on", "ends_on", "finished_at")},
            heading=Subquery(_headings().values("percent")[:1]),
            work=Subquery(_work_within()),
        ),
        "gates": Rows(
            projects.gates(project),
            **{k: k for k in ("code", "name", "state", "due_on", "deciders", "is_binding")},
            ends="ends_id",
            opens="opens_id",
            settled="settled_count",
            total="criteria_count",
        ),
        "goals": Rows(
            Goal.objects.filter(project=project).order_by("position", "pk", "success_criteria"),
            id="pk",
            level="level",
            description="description",
            criterion="success_criteria__text",
            target="success_criteria__target",
            result="success_criteria__result",
        ),
        "members": Rows(
            members.filter(Q(until__isnull=True) | Q(until__gte=today)).order_by("person__name"),
            person="person_id",
            name="person__name",
            role="role",
        ),
        "idea": Rows(Idea.objects.filter(project=project).order_by("pk"), number="number"),
    }


def _headings() -> QuerySet[Activity]:
    """The plan's own heading for a phase: an outermost summary task of the same name."""
    found = Activity.objects.filter(project=OuterRef("project"), kind=Kind.SUMMARY, level=1)
    return found.filter(name__iexact=OuterRef("name"), is_active=True).order_by("position")


def _work_within() -> Any:
    """How much of the work that ends between the phase's dates is done, by duration."""
    found = Activity.objects.filter(project=OuterRef("project"), kind=Kind.TASK, is_active=True)
    ends = found.filter(finish__gte=OuterRef("starts_on"), finish__lte=OuterRef("ends_on"))
    counted = ends.order_by().values("project_id")
    done = Sum(F("duration") * F("percent"), output_field=FloatField())
    whole = NullIf(Sum(F("duration"), output_field=FloatField()), 0.0)
    return counted.annotate(share=done / whole).values("share")


def _plan(project: Project, today: date) -> dict[str, Rows]:
    milestones = Activity.objects.filter(project=project, kind=Kind.MILESTONE, is_active=True)
    ahead = milestones.filter(finish__isnull=False).exclude(state=State.DONE)
    late = ahead.filter(finish__lt=today).order_by().values("project_id").annotate(n=Count("pk"))
    reached = milestones.filter(state=State.DONE)
    columns = ("uid", "name", "finish", "state")
    shown = {k: k for k in columns} | {"responsible": "responsible__name"}
    return {
        "plan": Rows(
            Plan.objects.filter(project=project),
            finish="finish",
            percent="percent",
            tasks="task_count",
            milestones="milestone_count",
            late=Subquery(late.values("n")),
        ),
        "ahead": Rows(ahead.order_by("finish", "position")[:NEXT], **shown),
        "reached": Rows(reached.order_by("-finish", "-position")[:REACHED], **shown),
    }


def _work(project: Project, today: date, since: datetime) -> dict[str, Rows]:
    waiting = Case.objects.filter(project=project, state__in=OPEN_STATES)
    acts = AuditEntry.objects.filter(scope_id=project.pk)
    todo = Action.objects.filter(project=project, state=ActionState.OPEN).order_by()
    decided = Decision.objects.filter(project=project)
    return {
        "cases": Rows(
            waiting.order_by(F("need_by").asc(nulls_last=True), "number")[:20],
            **{k: k for k in ("number", "title", "kind", "state", "need_by", "deciders")},
            prepared_by="prepared_by__name",
            gate="gate__code",
        ),
        "decisions": Rows(
            decided.order_by("-decided_on", "-number")[:3],
            **{k: k for k in ("number", "title", "outcome", "decided_on")},
        ),
        "actions": Rows(
            todo.values("project_id").annotate(
                n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
            ),
            open="n",
            overdue="late",
        ),
        "latest": Rows(acts.order_by("-at")[:1], at="at"),
        "changes": changes.grouped([project.pk], since),
    }


_asked = Asked(_question)


def goals(rows: list[Row]) -> list[dict[str, Any]]:
    """Goals with their success criteria, out of one row for each criterion."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        goal = found.setdefault(row["id"], {**row, "criteria": []})
        if row["criterion"]:
            goal["criteria"].append(row)
    return list(found.values())

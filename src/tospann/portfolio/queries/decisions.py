"""Decisions across projects: the cases that wait, and what has been decided."""

from typing import Any

from django.db.models import F, QuerySet

from tospann.cases.models import Case, CaseState, Decision
from tospann.foundation.authority import Actor
from tospann.portfolio.queries.seen import running
from tospann.projects.queries import visible_projects

MOST_WAITING = 50
Row = dict[str, Any]


def waiting(actor: Actor) -> list[Row]:
    """Cases that wait for somebody's decision, the most urgent first (one query)."""
    rows = Case.objects.filter(project__in=running(actor).values("pk"), state=CaseState.SUBMITTED)
    ordered = rows.order_by(F("need_by").asc(nulls_last=True), "submitted_at", "pk")
    shown = ("number", "title", "kind", "need_by", "submitted_at", "project__key", "project__name")
    return list(ordered.values(*shown)[:MOST_WAITING])


def waiting_count(actor: Actor) -> int:
    rows = Case.objects.filter(project__in=running(actor).values("pk"), state=CaseState.SUBMITTED)
    return rows.count()


def taken(actor: Actor) -> QuerySet[Any, Any]:
    """Everything decided in the projects one may see, closed ones too."""
    seen = visible_projects(actor).order_by().values("pk")
    return Decision.objects.filter(project__in=seen)

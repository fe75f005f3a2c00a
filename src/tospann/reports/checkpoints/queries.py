"""Reading checkpoint reports, and which work packages somebody may report on."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet
from django.http import Http404

from tospann.foundation.authority import Actor, Power, rule
from tospann.planning.models import Activity, Kind, State
from tospann.projects.models import Project
from tospann.reports.models import Checkpoint

Row = dict[str, Any]
MOST = 300


def checkpoints(project: Project) -> QuerySet[Checkpoint]:
    """Newest first."""
    found = Checkpoint.objects.filter(project=project).select_related("sent_by", "read_by")
    return found.order_by("-number")


def checkpoint(project: Project, number: int) -> Checkpoint:
    """One of the project's, or 404."""
    found = checkpoints(project).select_related("project").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def packages(project: Project, person: UUID | None = None) -> QuerySet[Activity]:
    """What may be reported on: summaries and tasks that are not done; those of one person."""
    rows = Activity.objects.filter(project=project, is_active=True)
    rows = rows.exclude(kind=Kind.MILESTONE).exclude(state=State.DONE)
    rows = rows if person is None else rows.filter(responsible=person)
    return rows.order_by("position")


def may_report_all(actor: Actor, project_id: UUID) -> bool:
    """Whoever drafts the status report may also write down what somebody told her."""
    return rule(actor, Power.DRAFT_REPORT, project_id).may_decide


def reportable(actor: Actor, project: Project) -> list[Row]:
    """The work packages the actor may report on: her own, or all when she keeps the reports."""
    everything = may_report_all(actor, project.pk)
    if not everything and actor.person_id is None:
        return []
    rows = packages(project, None if everything else actor.person_id)
    shown = rows.values("uid", "number", "name", "finish", who=F("responsible__name"))
    return [dict(row) for row in shown[:MOST]]


def last_of(project: Project, uid: int) -> Checkpoint | None:
    """The latest checkpoint report of a work package."""
    return checkpoints(project).filter(activity_uid=uid).first()


def latest(project: Project, since: date) -> list[Checkpoint]:
    """The latest of each work package that has reported since that day: two queries."""
    sent = Checkpoint.objects.filter(project=project, sent_at__date__gte=since)
    last = sent.order_by().values("activity_uid").annotate(last=Max("number"))
    numbers = last.values_list("last", flat=True)
    found = Checkpoint.objects.filter(project=project, number__in=list(numbers))
    return list(found.select_related("sent_by").order_by("package", "number"))


def unread(project: Project) -> int:
    """How many nobody has read."""
    return Checkpoint.objects.filter(project=project, read_at=None).count()

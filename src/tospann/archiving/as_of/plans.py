"""The plan as it was: the revision that was the latest, and its tasks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.archiving.as_of.moments import Moment
from tospann.archiving.as_of.sections import Column, Section, label
from tospann.planning import history, queries
from tospann.planning.models import Kind, Revision, State
from tospann.planning.projection import Row, totals_of
from tospann.projects.models import Project


@dataclass(frozen=True)
class PlanThen:
    """Which revision it was, what it added up to, and its rows in outline order."""

    revision: int
    made_at: datetime
    made_by: str
    content_hash: str
    start: date | None
    finish: date | None
    percent: float
    task_count: int
    rows: Mapping[int, Row]

    @property
    def people(self) -> set[UUID]:
        return {row.responsible_id for row in self.rows.values() if row.responsible_id}


def plan_then(project: Project, moment: Moment) -> PlanThen | None:
    """None when nothing was planned yet."""
    head = queries.plan(project)
    if head is None:
        return None
    found = Revision.objects.filter(plan=head, sequence__lte=moment.sequence).order_by("-number")
    one = found.defer("snapshot", "edits", "inverse", "sentences").first()
    if one is None:
        return None
    rows = history.at(head, one.number, one.content_hash).rows
    sums = totals_of(rows)
    return PlanThen(
        revision=one.number,
        made_at=one.created_at,
        made_by=one.actor_name,
        content_hash=one.content_hash,
        start=sums.start,
        finish=sums.finish,
        percent=sums.percent,
        task_count=sums.task_count,
        rows=rows,
    )


def section(project: Project, then: PlanThen | None, name: Callable[[object], str]) -> Section:
    columns = (
        Column("number", _("WBS"), "key"),
        Column("name", _("Task"), "title"),
        Column("kind", _("Kind")),
        Column("start", _("Start"), "date"),
        Column("finish", _("Finish"), "date"),
        Column("percent", _("Per cent"), "number"),
        Column("state", _("State")),
        Column("responsible", _("Responsible")),
    )
    none = _("Nothing was planned yet.")
    if then is None:
        return Section("plan", _("The plan"), columns, [], none)
    chart = reverse("plan_chart", args=[project.key])
    rows = [
        {
            "number": row.number,
            "name": row.name,
            "kind": label(Kind.choices, row.kind),
            "start": row.start,
            "finish": row.finish,
            "percent": round(row.percent),
            "state": label(State.choices, row.state),
            "responsible": name(row.responsible_id),
        }
        for row in then.rows.values()
        if row.is_active
    ]
    return Section(
        "plan",
        _("The plan"),
        columns,
        rows,
        none,
        lead=_("Revision %(number)s, fingerprint %(hash)s")
        % {"number": then.revision, "hash": then.content_hash[:16]},
        link=(_("The chart as it was"), f"{chart}?as_of={then.revision}"),
    )

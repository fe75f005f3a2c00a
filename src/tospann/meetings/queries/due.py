"""What is due and belongs on an agenda: the portal proposes it, one click adds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from tospann.actions import queries as actions
from tospann.actions.models import Action, ActionState
from tospann.cases.models import Case, CaseState
from tospann.foundation.records import reference
from tospann.meetings.models import AgendaItem, Kinds, Meeting
from tospann.planning import queries as planning
from tospann.projects.models import Project
from tospann.risks import queries as risks
from tospann.ui.formats import short_date
from tospann.ui.jinja import language

MOST_OF_A_KIND = 20


@dataclass(frozen=True)
class Proposal:
    """Something that is due, as the item it would become."""

    about: str
    group: str
    title: str
    note: str
    link: str
    kind: Kinds = "discussion"
    minutes: int = 5
    responsible: UUID | None = None

    @property
    def label(self) -> str:
        return self.title[:200]


def proposals(meeting: Meeting, listed: Iterable[AgendaItem]) -> list[Proposal]:
    """What is due in the project and not on the agenda yet, the most pressing kind first."""
    project, there = meeting.project, {one.about for one in listed if one.about}
    found: list[Proposal] = []
    for group in (_cases, _carried_over, _overdue, _late_milestones, _problems):
        found += [one for one in group(meeting, project) if one.about not in there]
        there |= {one.about for one in found}
    return found


def carried_over(meeting: Meeting) -> list[Action]:
    """Open actions born in earlier meetings: of the same series, or of single meetings alone."""
    earlier = Meeting.objects.filter(project=meeting.project_id, series=meeting.series_id)
    earlier = earlier.filter(starts_at__lt=meeting.starts_at).exclude(pk=meeting.pk)
    items = AgendaItem.objects.filter(meeting__in=earlier).values_list("pk", flat=True)
    refs = [f"meetings.agendaitem:{pk}" for pk in items.order_by("-meeting__starts_at")[:2000]]
    found = Action.objects.filter(project=meeting.project_id, state=ActionState.OPEN)
    found = found.filter(born_in__in=refs).select_related("owner")
    return list(found.order_by(*actions.BY_URGENCY)[:200])


def _action(group: str, project: Project, one: Action) -> Proposal:
    note = one.owner.name if one.owner else gettext("Nobody yet")
    return Proposal(
        about=reference(one),
        group=group,
        title=one.title,
        note=f"{project.key}-{one.number} · {note}{_due(one.due_on)}",
        link=f"/p/{project.key}/actions/{one.number}",
        responsible=one.owner_id,
    )


def _due(day: object) -> str:
    return f" · {short_date(day, language())}" if day else ""  # type: ignore[arg-type]  # a date


def _carried_over(meeting: Meeting, project: Project) -> list[Proposal]:
    group = gettext("Open actions from earlier meetings")
    return [_action(group, project, one) for one in carried_over(meeting)[:MOST_OF_A_KIND]]


def _overdue(meeting: Meeting, project: Project) -> list[Proposal]:
    late = actions.overdue(actions.of_project(project)).select_related("owner")
    shown = late.order_by(*actions.BY_URGENCY)[:MOST_OF_A_KIND]
    return [_action(gettext("Overdue actions"), project, one) for one in shown]


def _cases(meeting: Meeting, project: Project) -> list[Proposal]:
    waiting = Case.objects.filter(project=project, state=CaseState.SUBMITTED)
    return [
        Proposal(
            about=reference(one),
            group=gettext("Cases waiting for a decision"),
            title=one.title,
            note=f"{project.key}-{one.number}{_due(one.need_by)}",
            link=f"/p/{project.key}/decisions/cases/{one.number}",
            kind="decision",
            minutes=10,
            responsible=one.prepared_by_id,
        )
        for one in waiting.order_by("need_by", "number")[:MOST_OF_A_KIND]
    ]


def _late_milestones(meeting: Meeting, project: Project) -> list[Proposal]:
    today = timezone.localdate()
    rows = planning.upcoming_milestones(project, MOST_OF_A_KIND)
    return [
        Proposal(
            about=f"planning.milestone:{row['uid']}",
            group=gettext("Deadlines that have passed"),
            title=row["name"],
            note=f"{row['responsible']}{_due(row['finish'])}".strip(" ·"),
            link=f"/p/{project.key}/plan/tasks/{row['uid']}",
            minutes=10,
        )
        for row in rows
        if row["is_late"] and row["finish"] < today
    ]


def _problems(meeting: Meeting, project: Project) -> list[Proposal]:
    return [
        Proposal(
            about=reference(one),
            group=gettext("Open problems"),
            title=one.title,
            note=f"{project.key}-{one.number}"
            + (f" · {one.owner.name}" if one.owner else "")
            + _due(one.due_on),
            link=f"/p/{project.key}/problems/{one.number}",
            minutes=10,
            responsible=one.owner_id,
        )
        for one in risks.open_problems(project)[:MOST_OF_A_KIND]
    ]

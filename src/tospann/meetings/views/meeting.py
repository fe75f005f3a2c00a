"""The page of a meeting: agenda, who comes, what is due; and once out, the minutes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from tospann.foundation.authority import Actor
from tospann.meetings import commands, queries, register
from tospann.meetings.forms import QuickItemForm
from tospann.meetings.models import Answer, Attendance, ItemKind, Meeting, MeetingState
from tospann.meetings.printing import readable
from tospann.meetings.queries.due import Proposal
from tospann.projects.models import Project
from tospann.projects.pages import ProjectRequest, project_page
from tospann.ui.pages import page

ANSWERS = {
    "none": (Answer.NONE.label, "neutral"),
    "yes": (Answer.YES.label, "success"),
    "no": (Answer.NO.label, "danger"),
    "maybe": (Answer.MAYBE.label, "warning"),
}
KINDS = {kind.value: kind.label for kind in ItemKind}


@project_page
def meeting(request: ProjectRequest, project: Project, number: int) -> HttpResponse:
    found = queries.meeting(project, number)
    out = found.state in (MeetingState.PUBLISHED, MeetingState.LOCKED)
    shown = _minutes(request, found) if out else agenda(request.actor, found)
    called = list(queries.attendances(found))
    return page(
        request,
        "meetings/minutes.html" if out else "meetings/meeting.html",
        project=project,
        meeting=found,
        attendances=called,
        gone=_gone(found, called),
        own=_own(request.actor, called),
        states=register.STATES,
        answers=ANSWERS,
        **shown,
    )


def _gone(found: Meeting, called: list[Attendance]) -> set[UUID]:
    left = queries.gone_from(found, called)
    return {one.pk for one in called if one.person_id in left}


def _own(actor: Actor, called: list[Attendance]) -> Attendance | None:
    mine = (one for one in called if one.person_id and one.person_id == actor.person_id)
    return next(mine, None)


def agenda(actor: Actor, found: Meeting) -> dict[str, Any]:
    """What the agenda shows: items with what they take, what is due, what may be done."""
    items = queries.items(found, actor)
    keep = commands.change_meeting.ruling(actor, found)
    due = queries.proposals(found, items) if keep.may_decide and found.is_writable else []
    return {
        "items": items,
        "born": queries.born_in(found.project, items) if not _is_planned(found) else {},
        "total": sum(item.minutes for item in items),
        "keep": keep,
        "groups": _grouped(due),
        "due": due,
        "kinds": KINDS,
        "quick": QuickItemForm(auto_id="quick_%s"),
        "is_past": found.starts_at < timezone.now(),
        "is_today": timezone.localtime(found.starts_at).date() == timezone.localdate(),
    }


def _is_planned(found: Meeting) -> bool:
    return found.state in (MeetingState.PLANNED, MeetingState.CANCELLED)


def _grouped(due: list[Proposal]) -> list[tuple[str, list[Proposal]]]:
    groups: dict[str, list[Proposal]] = {}
    for one in due:
        groups.setdefault(one.group, []).append(one)
    return list(groups.items())


def _minutes(request: ProjectRequest, found: Meeting) -> dict[str, Any]:
    out = queries.published(found)
    assert out is not None, "the state says so"
    return {
        "out": out,
        "content": readable(queries.content_for(request.actor, out)),
        "remarks": list(queries.remarks(found)),
        "keep": commands.lock_minutes.ruling(request.actor, found),
        "kinds": KINDS,
        "may_remark": found.state == MeetingState.PUBLISHED,
    }

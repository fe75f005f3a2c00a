"""My page in the REST API: the same lists, in the same order."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.home import desk as desks
from tospann.home import search as searches

router = Router(tags=["me"])


class OwedShown(Schema):
    """Something I owe, and which answers I may give to it."""

    what: str = Field(description="action, task, promise, problem or deviation")
    project: str = Field(description="The project's key")
    project_name: str
    number: int = Field(description="Its number in the project; of a task, its uid in the plan")
    title: str
    due_on: date | None
    starts_on: date | None
    high_priority: bool
    note: str
    answers: list[str] = Field(description="done, late, stuck: what I may say about it")


class WaitingShown(Schema):
    """Something that waits for me: a case, a report, minutes, somebody who is stuck."""

    title: str
    note: str
    tag: str
    link: str


class MeetingThisWeek(Schema):
    """A meeting I am called to."""

    invitation: UUID
    project: str
    number: int
    title: str
    starts_at: datetime
    minutes: int
    place: str
    answer: str = Field(description="none, yes, no or maybe")


class LateWithOthers(Schema):
    """What others owe one of my projects and is overdue, not reminded of today."""

    project: str
    project_name: str
    count: int


class NewsShown(Schema):
    """What somebody else did since Friday, alike acts together."""

    project: str
    who: str
    text: str
    at: datetime


class HitShown(Schema):
    """Something that was found, with the words around what was asked for."""

    kind: str = Field(description="project, case, document, action, …")
    title: str
    note: str = Field(description="Its number and project")
    link: str
    excerpt: str


Words = Annotated[str, Field(min_length=1, max_length=searches.LONGEST)]


class Week(Schema):
    """My page."""

    overdue: list[OwedShown]
    today: list[OwedShown]
    week: list[OwedShown]
    later: list[OwedShown]
    to_decide: list[WaitingShown]
    to_prepare: list[WaitingShown]
    meetings: list[MeetingThisWeek]
    late_with_others: list[LateWithOthers]
    since_friday: list[NewsShown]


@router.get("/me/week", response=Week, summary="My week")
def week(request: HttpRequest) -> dict[str, Any]:
    """What My page shows: what I owe by when it is due, what waits for me, meetings, news.

    To answer: ``actions.complete_action``, ``actions.report_late``, ``actions.report_stuck``,
    ``planning.report_progress``, ``stakeholders.keep_promise``, ``meetings.answer_invitation``.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    desk = desks.desk(actor)
    blocks = {block.name: block.rows for block in desk.main}
    groups = {group["name"]: group["items"] for group in blocks.get("week", [])}
    return {
        **{
            name: map(_owed, groups.get(name, [])) for name in ("overdue", "today", "week", "later")
        },
        "to_decide": map(_waiting, blocks.get("decide", [])),
        "to_prepare": map(_waiting, blocks.get("prepare", [])),
        "meetings": map(_meeting, blocks.get("meetings", [])),
        "late_with_others": [
            {"project": row["key"], "project_name": row["label"], "count": row["count"]}
            for row in blocks.get("chase", [])
        ],
        "since_friday": [one for one in desk.since if one["project"]],
    }


@router.get("/search", response=list[HitShown], summary="Find by words")
def search(request: HttpRequest, q: Query[Words]) -> list[dict[str, Any]]:
    """What I may see that holds every word: inflections count, and parts of compounds.

    By kind, in each the best first; a hundred together at most.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return [
        {
            "kind": group.name,
            "title": hit.label,
            "note": hit.note,
            "link": hit.href,
            "excerpt": "".join(piece for piece, _marked in hit.excerpt),
        }
        for group in searches.search(actor, q).groups
        for hit in group.hits
    ]


def _owed(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "what": item["what"],
        "project": item["key"],
        "project_name": item["project"],
        "number": item["number"],
        "title": item["label"],
        "due_on": item["due"],
        "starts_on": item["starts"],
        "high_priority": item["urgent"],
        "note": item["note"],
        "answers": list(item["answers"]),
    }


def _waiting(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": row["label"],
        "note": row.get("note") or "",
        "tag": row.get("tag") or "",
        "link": row["href"],
    }


def _meeting(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "invitation": row["id"], "project": row["key"]}

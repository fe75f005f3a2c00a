"""The inbox in the REST API."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.notifications import queries, reading
from tospann.notifications.models import Notification

router = Router(tags=["inbox"])
ProjectKey = Annotated[str, Field(max_length=10)]


class Notice(Schema):
    """One line of the inbox, its text in the language of the request."""

    id: int
    kind: str
    text: str
    link: str
    project: str
    created_at: datetime
    read_at: datetime | None


class Inbox(Schema):
    """A page of the inbox, and how much there is."""

    items: list[Notice]
    count: int
    unread: int


class Marked(Schema):
    """How many were marked."""

    marked: int


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _shown(notice: Notification) -> Notice:
    return Notice(
        id=notice.pk,
        kind=notice.kind,
        text=str(notice),
        link=notice.link,
        project=notice.project_key,
        created_at=notice.created_at,
        read_at=notice.read_at,
    )


@router.get("/inbox", response=Inbox, summary="My inbox")
def inbox(
    request: HttpRequest,
    project: ProjectKey = "",
    unread: bool = False,
    limit: Annotated[int, Field(ge=1, le=100)] = 50,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """What concerns the caller: unread first, newest first."""
    found = queries.inbox(_actor(request), project, unread)
    return {
        "items": [_shown(notice) for notice in found[offset : offset + limit]],
        "count": found.count(),
        "unread": queries.unread_count(_actor(request)),
    }


@router.post("/inbox/{int:notice}/read", response=Notice, summary="Mark as read or unread")
def mark(request: HttpRequest, notice: int, read: bool = True) -> Notice:
    """Mark one line of one's own inbox."""
    return _shown(reading.mark(_actor(request), notice, read=read))


@router.post("/inbox/all-read", response=Marked, summary="Mark everything as read")
def mark_all(request: HttpRequest, project: ProjectKey = "") -> Marked:
    """Everything, or everything from one project."""
    return Marked(marked=reading.mark_all(_actor(request), project))

"""Reading a project's mail through the REST API. Changes go through the commands."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor, Power, rule
from tospann.mailbox import queries
from tospann.mailbox.models import MessageState
from tospann.people.pages import require_decides
from tospann.projects import queries as projects
from tospann.projects.models import Project

router = Router(tags=["mailbox"])


class Became(Schema):
    """What a message was made into."""

    kind: str
    ref: str
    label: str
    link: str


class MessageShown(Schema):
    """A mail to the project, and what it became."""

    id: UUID
    number: int
    subject: str
    from_name: str
    from_email: str
    sent_at: datetime | None
    received_at: datetime
    way: str
    trust: str
    state: str
    reason: str
    about_label: str
    about_link: str
    became: list[Became]
    version: int


class MessageFile(Schema):
    """An attachment of a message."""

    id: UUID
    name: str
    media_type: str
    size: int


class WholeMessage(MessageShown):
    """A message with its text and attachments."""

    text: str
    to: str
    message_id: str
    left_out: list[str]
    files: list[MessageFile]


class MessageList(Schema):
    """A page of messages, and how many there are."""

    items: list[MessageShown]
    count: int


def _project(request: HttpRequest, key: str) -> Project:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    project = projects.project(actor, key)
    require_decides(rule(actor, Power.KEEP_REGISTERS, project.pk))
    return project


@router.get("/projects/{key}/mail", response=MessageList, summary="The project's mail")
def messages(
    request: HttpRequest,
    key: str,
    state: MessageState | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """For those who keep the registers: the latest first."""
    found = queries.messages(_project(request, key)).order_by("-received_at", "-pk")
    found = found.filter(state=state) if state else found
    return {"items": list(found[offset : offset + limit]), "count": found.count()}


@router.get("/projects/{key}/mail/{int:number}", response=WholeMessage, summary="One message")
def message(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """By its number in the project, with its text and attachments."""
    found = queries.message(_project(request, key), number)
    names = (*MessageShown.model_fields, "text", "to", "message_id", "left_out")
    shown = {name: getattr(found, name) for name in names}
    return {**shown, "files": list(queries.attachments(found))}

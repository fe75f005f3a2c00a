"""Reading meetings through the REST API. Changes go through the commands (config/expose.py)."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from ninja import Router, Schema
from pydantic import Field

from tospann.foundation.authority import Actor
from tospann.foundation.errors import CommandError
from tospann.meetings import publishing, queries
from tospann.meetings.models import Meeting, MeetingState
from tospann.projects import queries as projects
from tospann.ui.pdf import Busy

router = Router(tags=["meetings"])


class MeetingShown(Schema):
    """A meeting: what, when, where and how far it has come."""

    id: UUID
    number: int
    title: str
    series_id: UUID | None
    starts_at: datetime
    duration_minutes: int
    place: str
    video_link: str
    state: str
    minutes_by_id: UUID | None
    invited_at: datetime | None
    remarks_due_on: date | None
    version: int


class MeetingList(Schema):
    """A page of meetings, and how many there are."""

    items: list[MeetingShown]
    count: int


class BornShown(Schema):
    """An action, decision, risk, problem, deviation or promise noted in an item."""

    kind: str
    short_id: str
    title: str
    who: str
    due_on: date | None
    state: str
    link: str


class ItemShown(Schema):
    """An item of the agenda with its minutes; `label` is its number, such as 12/26."""

    id: UUID
    position: int
    label: str
    title: str
    kind: str
    minutes: int
    responsible_id: UUID | None
    text: str
    about: str
    private: bool
    version: int
    born: list[BornShown]


class AttendanceShown(Schema):
    """Somebody who is called: the answer, and whether she was there."""

    id: UUID
    person_id: UUID | None
    contact_id: UUID | None
    name: str
    email: str
    organisation: str
    is_external: bool
    answer: str
    note: str
    is_present: bool | None
    version: int


class MeetingWhole(MeetingShown):
    """A meeting with its agenda and those who are called."""

    purpose: str
    message: str
    own_points_only: bool
    items: list[ItemShown]
    attendances: list[AttendanceShown]


class RemarkShown(Schema):
    """A remark to published minutes, and its answer."""

    id: UUID
    item_id: UUID | None
    by_name: str
    text: str
    answer: str
    created_at: datetime
    answered_at: datetime | None


class MinutesShown(Schema):
    """Minutes as they were published. `sha256` is the fingerprint of the whole content."""

    content: dict[str, Any]
    sha256: str
    pdf_sha256: str
    language: str
    published_at: datetime
    remarks: list[RemarkShown]


class Publishing(Schema):
    """Until when those who were called may remark."""

    remarks_due_on: date


class OwnMeeting(Schema):
    """A meeting of mine, with where it belongs."""

    number: int
    title: str
    starts_at: datetime
    duration_minutes: int
    place: str
    state: str
    project_key: str
    project_name: str


class MyMeetings(Schema):
    """My meetings this week, invitations to answer, and minutes I am to finish."""

    week: list[OwnMeeting]
    to_answer: list[OwnMeeting]
    minutes: list[OwnMeeting]


class TooBusy(CommandError):
    """Too many files are being made at once."""

    status = 429


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # authentication set it
    return actor


def _found(request: HttpRequest, key: str, number: int) -> Meeting:
    return queries.meeting(projects.project(_actor(request), key), number)


@router.get("/meetings/mine", response=MyMeetings, summary="My meetings")
def mine(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """In every project the caller sees: the next seven days, to answer, minutes to finish."""
    return queries.mine(_actor(request))


@router.get("/projects/{key}/meetings", response=MeetingList, summary="The project's meetings")
def meetings(
    request: HttpRequest,
    key: str,
    state: MeetingState | None = None,
    series: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """The latest first."""
    found = queries.meetings(projects.project(_actor(request), key))
    if state is not None:
        found = found.filter(state=state)
    if series is not None:
        found = found.filter(series_id=series)
    listed = found.order_by("-starts_at", "-number")[offset : offset + limit]
    return {"items": list(listed), "count": found.count()}


@router.get("/projects/{key}/meetings/{int:number}", response=MeetingWhole, summary="One meeting")
def meeting(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """With its agenda, what was noted in each item, and those who are called."""
    found = _found(request, key, number)
    items = queries.items(found, _actor(request))
    born = queries.born_in(found.project, items)
    names = (*MeetingShown.model_fields, "purpose", "message", "own_points_only")
    shown = {name: getattr(found, name) for name in names}
    listed = [_item(one, born[one.ref]) for one in items]
    return shown | {"items": listed, "attendances": list(queries.attendances(found))}


def _item(one: Any, born: list[Any]) -> dict[str, Any]:
    names = [name for name in ItemShown.model_fields if name != "born"]
    return {name: getattr(one, name) for name in names} | {"born": [vars(row) for row in born]}


@router.get(
    "/projects/{key}/meetings/{int:number}/minutes",
    response=MinutesShown,
    summary="Published minutes",
)
def minutes(request: HttpRequest, key: str, number: int) -> dict[str, Any]:
    """404 until they are published; never changed afterwards."""
    found = _found(request, key, number)
    out = queries.published(found)
    if out is None:
        raise Http404
    shown = {
        name: getattr(out, name) for name in ("sha256", "pdf_sha256", "language", "published_at")
    }
    content = queries.content_for(_actor(request), out)
    return shown | {"content": content, "remarks": list(queries.remarks(found))}


@router.post(
    "/projects/{key}/meetings/{int:number}/minutes",
    response=MinutesShown,
    summary="Publish minutes",
)
def publish(request: HttpRequest, key: str, number: int, body: Publishing) -> dict[str, Any]:
    """Ends the meeting if need be, freezes the minutes with their PDF, and mails them."""
    try:
        publishing.publish(_actor(request), _found(request, key, number), body.remarks_due_on)
    except Busy:
        said = gettext("Many files are being made just now. Try again shortly.")
        raise TooBusy(said) from None
    return minutes(request, key, number)

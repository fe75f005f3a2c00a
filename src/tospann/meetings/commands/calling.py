"""Planning a meeting, calling people to it, moving and cancelling it."""

from typing import Annotated
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from tospann.foundation.arguments import Line, Link, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.foundation.records import save_all
from tospann.foundation.transactions import next_number
from tospann.meetings.commands.rules import MOST_ITEMS, must_be_planned, of_team
from tospann.meetings.models import (
    AgendaItem,
    Answer,
    Attendance,
    Kinds,
    Meeting,
    MeetingState,
    Series,
)
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.stakeholders.models import Contact

Duration = Annotated[int, Field(ge=5, le=1440)]
ItemMinutes = Annotated[int, Field(ge=0, le=480)]
Reference = Annotated[str, Field(max_length=100, pattern=r"^$|^[a-z_]+\.[a-z_]+:[0-9a-f-]{1,40}$")]


def _address(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError(gettext("This is not an e-mail address.")) from None
    return text


Address = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_address)
]


class Attendee(BaseModel):
    """Somebody to call: a person of the portal, a contact, or anybody by name and address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UUID
    person: UUID | None = None
    contact: UUID | None = None
    name: OptionalLine = ""
    email: Address = ""
    organisation: OptionalLine = ""


class AgendaLine(BaseModel):
    """An item of the agenda, as it is proposed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UUID
    title: Line
    minutes: ItemMinutes = 0
    responsible: UUID | None = None
    kind: Kinds = "discussion"
    about: Reference = ""
    about_label: OptionalLine = ""
    about_link: Link = ""
    private: bool = False


@command(needs=Power.KEEP_MINUTES, undoable=False)
def plan_meeting(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    starts_at: AwareDatetime,
    duration_minutes: Duration,
    series: UUID | None = None,
    purpose: OptionalText = "",
    place: OptionalLine = "",
    video_link: Link = "",
    minutes_by: UUID | None = None,
    own_points_only: bool = False,
    attendees: Annotated[list[Attendee], Field(max_length=200)] = [],  # noqa: B006  # a model's default
    agenda: Annotated[list[AgendaLine], Field(max_length=MOST_ITEMS)] = [],  # noqa: B006  # as above
) -> Meeting:
    """Plan a meeting"""
    if series and not Series.objects.filter(project=project, pk=series).exists():
        raise Invalid(gettext("This series is not known in the project."), "series")
    meeting = Meeting(
        id=id,
        project=project,
        series_id=series,
        number=next_number(project.pk),
        title=title,
        purpose=purpose,
        starts_at=starts_at,
        duration_minutes=duration_minutes,
        place=place,
        video_link=video_link,
        called_by_id=actor.person_id,
        minutes_by_id=of_team(project.pk, minutes_by, "minutes_by") or actor.person_id,
        own_points_only=own_points_only,
    )
    meeting.save()
    save_all(attendances(meeting, attendees))
    save_all(agenda_items(meeting, agenda, 1))
    return meeting


def attendances(meeting: Meeting, attendees: list[Attendee]) -> list[Attendance]:
    """Those to call, each once: people and contacts by who they are, others as they are named."""
    people = Person.objects.in_bulk([one.person for one in attendees if one.person])
    contacts = Contact.objects.filter(project=meeting.project_id).in_bulk(
        [one.contact for one in attendees if one.contact]
    )
    made: dict[object, Attendance] = {}
    for one in attendees:
        person, contact = people.get(one.person), contacts.get(one.contact)
        if (one.person and person is None) or (one.contact and contact is None):
            raise Invalid(gettext("Somebody you call is not known here."), "attendees")
        if person is None and contact is not None and contact.person_id:
            person = contact.person
        attendance = _attendance(meeting, one, person, contact)
        who = person.pk if person else contact.pk if contact else None
        made.setdefault(who or (attendance.name, attendance.email), attendance)
    return list(made.values())


def _attendance(
    meeting: Meeting, one: Attendee, person: Person | None, contact: Contact | None
) -> Attendance:
    known = person or contact
    name, email = (known.name, known.email) if known else (one.name or one.email, one.email)
    if not name:
        raise Invalid(gettext("Say who is to be called: a name or an address."), "attendees")
    outside = contact.organisation if contact else one.organisation
    return Attendance(
        id=one.id,
        project_id=meeting.project_id,
        meeting=meeting,
        person=person,
        contact=contact,
        name=name,
        email=email,
        organisation=person.company if person else outside,
        is_external=person is None or person.is_external,
    )


def agenda_items(meeting: Meeting, lines: list[AgendaLine], first: int) -> list[AgendaItem]:
    """The lines as items, from a position onwards."""
    for one in {line.responsible for line in lines}:
        of_team(meeting.project_id, one, "responsible")
    return [
        AgendaItem(
            project_id=meeting.project_id,
            meeting=meeting,
            position=position,
            responsible_id=line.responsible,
            **line.model_dump(exclude={"responsible"}),
        )
        for position, line in enumerate(lines, first)
    ]


@command(needs=Power.KEEP_MINUTES)
def change_meeting(
    actor: Actor,
    meeting: Meeting,
    *,
    title: Line,
    duration_minutes: Duration,
    purpose: OptionalText = "",
    place: OptionalLine = "",
    video_link: Link = "",
    minutes_by: UUID | None = None,
    own_points_only: bool = False,
) -> Meeting:
    """Change a meeting"""
    must_be_planned(meeting)
    was = (meeting.title, meeting.duration_minutes, meeting.place, meeting.video_link)
    meeting.title, meeting.purpose = title, purpose
    meeting.duration_minutes = duration_minutes
    meeting.place, meeting.video_link = place, video_link
    meeting.minutes_by_id = of_team(meeting.project_id, minutes_by, "minutes_by")
    meeting.own_points_only = own_points_only
    is_other = was != (title, duration_minutes, place, video_link)
    meeting.sequence += 1 if meeting.invited_at and is_other else 0
    meeting.save()
    return meeting


@command(needs=Power.KEEP_MINUTES, undoable=False)
def call_meeting(actor: Actor, meeting: Meeting, *, message: OptionalText = "") -> Meeting:
    """Send the invitations to a meeting"""
    must_be_planned(meeting)
    if meeting.starts_at < timezone.now():
        raise Invalid(gettext("This meeting's time has passed. Move it first."))
    if not Attendance.objects.filter(meeting=meeting).exists():
        raise Invalid(gettext("Nobody is called yet. Add who is to come first."))
    meeting.message = message
    meeting.sequence += 1 if meeting.invited_at else 0
    meeting.invited_at = timezone.now()
    meeting.save()
    return meeting


@command(needs=Power.KEEP_MINUTES, undoable=False)
def move_meeting(
    actor: Actor,
    meeting: Meeting,
    *,
    starts_at: AwareDatetime,
    duration_minutes: Duration | None = None,
    message: OptionalText = "",
) -> Meeting:
    """Move a meeting"""
    must_be_planned(meeting)
    if starts_at < timezone.now():
        raise Invalid(gettext("Choose a time that is still to come."), "starts_at")
    is_moved = starts_at != meeting.starts_at
    meeting.starts_at, meeting.message = starts_at, message
    meeting.duration_minutes = duration_minutes or meeting.duration_minutes
    if meeting.invited_at:
        meeting.sequence += 1
    meeting.save()
    if is_moved and meeting.invited_at:
        _ask_again(meeting)
    return meeting


def _ask_again(meeting: Meeting) -> None:
    """What somebody answered was about another time."""
    for one in Attendance.objects.filter(meeting=meeting).exclude(answer=Answer.NONE):
        one.answer, one.answered_at = Answer.NONE, None
        one.save()


@command(needs=Power.KEEP_MINUTES, undoable=False)
def cancel_meeting(actor: Actor, meeting: Meeting, *, message: Text) -> Meeting:
    """Cancel a meeting"""
    if meeting.minutes_are_open:
        raise Invalid(
            gettext(
                "Minutes are being written, so the meeting cannot be cancelled. End it and publish "
                "what was noted; nothing that is written is thrown away."
            )
        )
    must_be_planned(meeting)
    meeting.state, meeting.message = MeetingState.CANCELLED, message
    meeting.sequence += 1 if meeting.invited_at else 0
    meeting.save()
    return meeting

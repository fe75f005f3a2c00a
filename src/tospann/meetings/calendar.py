"""A meeting as an iCalendar object: invitation, change or cancellation, the same UID throughout."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from tospann.meetings import links
from tospann.meetings.models import AgendaItem, Attendance, Meeting

_SAYS = {"none": "NEEDS-ACTION", "yes": "ACCEPTED", "no": "DECLINED", "maybe": "TENTATIVE"}


def invitation(
    meeting: Meeting,
    called: Attendance,
    items: list[AgendaItem],
    link: str,
    *,
    cancelled: bool = False,
    sequence: int | None = None,
) -> str:
    """What the mail to one of those called carries."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tospann//Tospann//NO")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(_event(meeting, called, items, link, cancelled, sequence))
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _event(
    meeting: Meeting,
    called: Attendance,
    items: list[AgendaItem],
    link: str,
    cancelled: bool,
    sequence: int | None,
) -> Event:
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.sequence if sequence is None else sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.duration_minutes))
    event.add("summary", meeting.title)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if place := meeting.place or meeting.video_link:
        event.add("location", place)
    event.add("description", "\n".join(_description(meeting, items, link)))
    if meeting.called_by is not None:
        answers_to = links.reply_address(called) or meeting.called_by.email
        event["organizer"] = _address(answers_to, meeting.called_by.name)
    event.add("attendee", _attendee(called), encode=False)
    return event


def uid(meeting: Meeting) -> str:
    """The same for as long as the meeting lives, whatever becomes of it."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"{meeting.pk}@{host}"


def _description(meeting: Meeting, items: list[AgendaItem], link: str) -> list[str]:
    lines = [meeting.message, meeting.purpose, meeting.video_link]
    agenda = [f"{place}. {item.title}" for place, item in enumerate(items, 1)]
    return [line for line in (*lines, *agenda, link) if line]


def _attendee(called: Attendance) -> vCalAddress:
    address = _address(called.email, called.name)
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText(_SAYS[called.answer])
    address.params["rsvp"] = vText("TRUE")
    return address


def _address(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["cn"] = vText(name.replace('"', "'"))
    return address

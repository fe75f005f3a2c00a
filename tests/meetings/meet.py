"""Meetings for tests, made through the commands people use."""

from datetime import timedelta
from html.parser import HTMLParser

from django.utils import timezone

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.meetings import commands
from tospann.meetings.models import AgendaItem, Attendance, Meeting


def attendees(made, *roles, externals=()):
    people = [commands.Attendee(id=new_id(), person=made.people[role].pk) for role in roles]
    return people + [
        commands.Attendee(id=new_id(), name=name, email=email, organisation=organisation)
        for name, email, organisation in externals
    ]


def line(title, **values):
    return commands.AgendaLine(id=new_id(), title=title, **values)


def planned(
    made,
    title="Byggemøte <7>",
    *,
    items=("Forrige møte", "Fremdrift"),
    roles=(Role.COORDINATOR, Role.MANAGER, Role.MEMBER),
    externals=(),
    days=7,
    **values,
) -> Meeting:
    """A meeting a week from now, at ten."""
    starts = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    values = {"starts_at": starts + timedelta(days=days), "duration_minutes": 60} | values
    return commands.plan_meeting(
        made.coordinator,
        made.project,
        id=new_id(),
        title=title,
        attendees=attendees(made, *roles, externals=externals),
        agenda=[line(item) for item in items],
        **values,
    )


def item(meeting, title) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, title=title)


def called(meeting, name) -> Attendance:
    return Attendance.objects.get(meeting=meeting, name=name)


def again(record):
    """As it is stored now."""
    return type(record).objects.get(pk=record.pk)


def under_way(made, **values) -> Meeting:
    meeting = planned(made, **values)
    return commands.start_meeting(made.coordinator, meeting)


class _Form(HTMLParser):
    """The fields of the page's forms as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._area = self._choice = ""

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        name, value = known.get("name") or "", known.get("value") or ""
        if tag == "input":
            is_box = known.get("type") in ("checkbox", "radio")
            if name and (not is_box or "checked" in known):
                self.sent.setdefault(name, []).append(value or ("on" if is_box else ""))
        elif tag == "textarea":
            self._area = name
            self.sent[name] = [""]
        elif tag == "select":
            self._choice = name
        elif tag == "option" and self._choice and "selected" in known:
            self.sent[self._choice] = [value]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._choice = ""

    def handle_data(self, data):
        if self._area:
            self.sent[self._area][0] += data.removeprefix("\n")


def as_sent(text: str) -> dict[str, list[str]]:
    """What the form on this page sends when nothing is changed in it."""
    form = _Form()
    form.feed(text.partition("<main")[2])
    return form.sent

"""What a subscribed calendar holds: the person's meetings, her deadlines, and milestones.

Asked anew at each fetch, so what she may no longer see is gone from it.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from tospann.actions.models import Action, ActionState
from tospann.mailbox.models import Feed
from tospann.meetings.models import Attendance, Meeting, MeetingState
from tospann.notifications.mail import language_of
from tospann.people.actors import actor_for
from tospann.people.commands import hash_of
from tospann.planning.models import Activity
from tospann.projects import queries as projects
from tospann.projects.models import Project

BACK, AHEAD = timedelta(days=60), timedelta(days=730)
MOST = 1000
_NOTED_EVERY = timedelta(minutes=15)
_STAMP = re.compile(rb"^DTSTAMP:.*\r\n", re.MULTILINE)


def of_secret(secret: str) -> Feed | None:
    """The feed of an address that works: not revoked, and its owner is still with us."""
    rows = Feed.objects.filter(token_hash=hash_of(secret), revoked_at=None)
    found = rows.select_related("person", "project").first()
    if found is None or not found.person.is_active:
        return None
    now = timezone.now()
    if found.last_used_at is None or now - found.last_used_at > _NOTED_EVERY:
        Feed.objects.filter(pk=found.pk).update(last_used_at=now)
    return found


def fingerprint(text: bytes) -> str:
    """The same for the same content, whenever it is written."""
    return hashlib.sha256(_STAMP.sub(b"", text)).hexdigest()[:32]


def calendar_of(feed: Feed) -> bytes:
    """The calendar in the owner's language."""
    from icalendar import Calendar  # slow to import

    with translation.override(language_of(feed.person)):
        calendar = Calendar()
        calendar.add("prodid", "-//Tospann//Tospann//NO")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        name = feed.project.name if feed.project else gettext("My projects")
        calendar.add("x-wr-calname", f"{name} – Tospann")
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
        for event in _events(feed):
            calendar.add_component(event)
        text: bytes = calendar.to_ical()
        return text


def _events(feed: Feed) -> Iterator[Any]:
    actor = actor_for(feed.person)
    seen = projects.visible_projects(actor)
    chosen = [feed.project_id] if feed.project_id else list(actor.roles)
    mine = list(seen.filter(pk__in=chosen))
    now = timezone.now()
    yield from _meetings(feed, mine, now)
    if feed.with_dates:
        yield from _deadlines(feed.person_id, mine)
        yield from _milestones(mine, now)


def _meetings(feed: Feed, mine: list[Project], now: datetime) -> Iterator[Any]:
    """Those she is called to; of a single project all that are planned there."""
    called = Attendance.objects.filter(person=feed.person_id, project__in=mine)
    answers = dict(called.values_list("meeting_id", "answer"))
    rows = Meeting.objects.filter(
        project__in=mine, starts_at__gte=now - BACK, starts_at__lte=now + AHEAD
    )
    if feed.project_id is None:
        rows = rows.filter(pk__in=list(answers))
    for one in rows.select_related("project").order_by("starts_at", "pk")[:MOST]:
        yield _meeting(one, answers.get(one.pk))


def _meeting(one: Meeting, says: str | None) -> Any:
    event = _event(str(one.pk), one.title, one.starts_at, one.get_absolute_url())
    event.add("dtend", one.starts_at + timedelta(minutes=one.duration_minutes))
    event.add("sequence", one.sequence)
    is_gone = one.state == MeetingState.CANCELLED
    waits = says in ("none", "maybe")
    event.add("status", "CANCELLED" if is_gone else "TENTATIVE" if waits else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if says == "no" or says is None else "OPAQUE")
    event.add("categories", [one.project.name])
    if place := one.place or one.video_link:
        event.add("location", place)
    return event


def _deadlines(person: UUID, mine: list[Project]) -> Iterator[Any]:
    rows = Action.objects.filter(owner=person, project__in=mine, state=ActionState.OPEN)
    rows = rows.exclude(due_on=None).select_related("project").order_by("due_on", "pk")
    for one in rows[:MOST]:
        title = gettext("Deadline: %(title)s") % {"title": one.title}
        link = f"/p/{one.project.key}/actions/{one.number}"
        assert one.due_on is not None  # excluded above
        yield _day(f"action-{one.pk}", title, one.due_on, link, one.project)


def _milestones(mine: list[Project], now: datetime) -> Iterator[Any]:
    rows = Activity.objects.filter(
        project__in=mine,
        kind="milestone",
        is_active=True,
        finish__gte=(now - BACK).date(),
        finish__lte=(now + AHEAD).date(),
    )
    for one in rows.select_related("project").order_by("finish", "position")[:MOST]:
        assert one.finish is not None  # between two days
        key = f"milestone-{one.project_id}-{one.uid}"
        yield _day(key, f"◆ {one.name}", one.finish, f"/p/{one.project.key}/plan", one.project)


def _day(key: str, title: str, day: date, link: str, project: Project) -> Any:
    event = _event(key, title, day, link)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [project.name])
    return event


def _event(key: str, title: str, starts: date | datetime, link: str) -> Any:
    from icalendar import Event

    event = Event()
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    event.add("uid", f"{key}@{host}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", starts)
    event.add("summary", title)
    event.add("url", f"{settings.BASE_URL}{link}")
    return event

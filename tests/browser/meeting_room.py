"""A meeting in the demo's project, called through the API by whoever coordinates it."""

import re
import sqlite3
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from tests.browser.visiting import csrf_token

KEY = "NSS"
ROLES = ("coordinator", "manager", "owner", "member")


@dataclass(frozen=True)
class Meeting:
    number: int
    pk: str
    items: list[str]

    @property
    def page(self):
        return f"/p/{KEY}/meetings/{self.number}"

    @property
    def address(self):
        return f"{self.page}/live"


def call(visitors, items, *, about="", started=True, contractors=()):
    """A meeting that everybody of the demo is called to; the first item may be about a case.

    Each contractor (a name and an address) has the item of her own place as her own point.
    """
    people = [_who(visitors, role) for role in ROLES]
    meeting, lines = _id(), [{"id": _id(), "title": title, "minutes": 10} for title in items]
    others = [{"id": _id(), "name": name, "email": mail} for name, mail in contractors]
    if about:
        lines[0] |= {"about": about, "about_label": "Saken", "kind": "decision"}
    _command(
        visitors,
        "meetings.plan_meeting",
        f"projects.project:{_project(visitors)}",
        id=meeting,
        title="Byggemøte",
        starts_at=(timezone.now() + timedelta(minutes=5)).isoformat(),
        duration_minutes=60,
        attendees=[{"id": _id(), "person": person} for person in people] + others,
        agenda=lines,
        own_points_only=bool(others),
    )
    for line, other in zip(lines, others, strict=False):
        item = f"meetings.agendaitem:{line['id']}"
        told = {"title": line["title"], "concerns": [other["id"]]}
        _command(visitors, "meetings.change_item", item, **told)
    if started:
        _command(visitors, "meetings.start_meeting", f"meetings.meeting:{meeting}")
    rows = "select number from meetings_meeting where id = ?"
    number = stored(visitors.portal, rows, uuid.UUID(meeting).hex)[0][0]
    return Meeting(number, meeting, [line["id"] for line in lines])


def held(visitors, items, **more):
    """A meeting that is over, its minutes not yet out."""
    meeting = call(visitors, items, **more)
    _command(visitors, "meetings.end_meeting", f"meetings.meeting:{meeting.pk}")
    return meeting


def remark_to_answer(visitors):
    """The address where whoever took the minutes answers a remark to them."""
    rows = """select project.key, remark.id from meetings_remark remark
        join projects_project project on project.id = remark.project_id"""
    key, remark = stored(visitors.portal, rows)[0]
    return f"/p/{key}/meetings/remarks/{uuid.UUID(remark)}/answer"


def own_remark(visitors):
    """The address where the coordinator remarks on minutes that are out."""
    rows = """select project.key, meeting.number from meetings_publishedminutes out
        join meetings_meeting meeting on meeting.id = out.meeting_id
        join projects_project project on project.id = meeting.project_id"""
    key, number = stored(visitors.portal, rows)[0]
    return f"/p/{key}/meetings/{number}/remarks/new"


def stored(portal, question, *values):
    """What the portal's database says, read beside it."""
    with sqlite3.connect(f"file:{portal.data}/tospann.sqlite3?mode=ro", uri=True) as database:
        return database.execute(question, values).fetchall()


def _id():
    return str(uuid.uuid4())


def _who(visitors, role):
    with visitors.session(role) as request:
        return re.search(r'data-actor="([0-9a-f-]{36})"', request.get("/").text())[1]


def _project(visitors):
    rows = stored(visitors.portal, "select id from projects_project where key = ?", KEY)
    return str(uuid.UUID(rows[0][0]))


def _command(visitors, name, subject, **arguments):
    with visitors.session("coordinator") as request:
        token = csrf_token(request.get("/inbox").text())
        answer = request.post(
            f"/api/v1/projects/{KEY}/commands/{name}",
            data={"subject": subject, "arguments": arguments},
            headers={"X-CSRFToken": token, "Referer": visitors.portal.url("/")},
        )
        assert answer.ok, answer.text()

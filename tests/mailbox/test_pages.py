"""Pages of a project's mail, and calendars that programs subscribe to."""

import pytest
import vobject
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import making
from tests.meetings import meet

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.mailbox import bringing, commands
from tospann.mailbox.models import Feed, Message, MessageState
from tospann.meetings import commands as meetings

pytestmark = pytest.mark.django_db
MAIL = (
    "From: Kari <kari@ror.example>\r\nSubject: Nr. {n}\r\nDate: Fri, 20 Nov 2026 10:00:00 +0100"
    "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nNår kommer dere?\r\n"
)


@pytest.fixture
def made():
    return making.project("Svømmehall", language="nb")


def file(number=1):
    return SimpleUploadedFile("hei.eml", MAIL.format(n=number).encode())


def test_a_dropped_mail_becomes_a_question_with_a_deadline(visit, made):
    client, key = visit(Role.COORDINATOR), made.project.key
    answer = client.post(f"/p/{key}/mail", {"file": file()})
    there = Message.objects.get()
    assert answer["Location"] == f"/p/{key}/mail/{there.number}"
    form = {"id": new_id(), "text": "Når kommer dere?", "owner": "", "due_on": "12.12.2026"}
    client.post(f"/p/{key}/mail/{there.number}/question", form)
    there.refresh_from_db()
    assert (there.state, there.became[0]["kind"]) == (MessageState.SORTED, "question")
    shown = client.get(f"/p/{key}/mail/{there.number}").content.decode()
    assert "Når kommer dere?" in shown
    assert there.sent_at.isoformat() == "2026-11-20T09:00:00+00:00"


def test_what_is_no_mail_is_answered_with_the_form(visit, made):
    junk = SimpleUploadedFile("x.eml", b"\x00\x01")
    assert (
        visit(Role.COORDINATOR).post(f"/p/{made.project.key}/mail", {"file": junk}).status_code
        == 422
    )
    assert not Message.objects.exists()


def test_mail_is_for_those_who_keep_the_registers(visit, made):
    assert visit(Role.MEMBER).get(f"/p/{made.project.key}/mail").status_code == 403
    assert visit(Role.GUEST).get(f"/p/{made.project.key}/mail").status_code == 404
    there = f"/api/v1/projects/{made.project.key}/mail"
    assert visit(Role.MEMBER).get(there).status_code == 403
    assert visit(Role.COORDINATOR).get(there).json()["count"] == 0


def test_more_mail_takes_no_more_queries(visit, made):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counted = visit(Role.COORDINATOR), []
    client.get(f"/p/{made.project.key}/mail")
    for first, last in ((1, 1), (2, 3)):
        for number in range(first, last + 1):
            bringing.bring_in(made.coordinator, made.project, file(number))
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/p/{made.project.key}/mail")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def feed(made, role=Role.MEMBER, **values):
    issued = commands.make_feed(
        made.actor(role), made.people[role], id=new_id(), name="Telefonen", **values
    )
    return issued.secret


def test_a_calendar_program_reads_the_meetings_and_what_became_of_them(client, made):
    meeting = meet.planned(made)
    meetings.call_meeting(made.coordinator, meeting)
    there = f"/ics/{feed(made)}"
    answer = client.get(there)
    [event] = vobject.readOne(answer.content.decode()).vevent_list
    assert (event.summary.value, event.dtstart.value) == (meeting.title, meeting.starts_at)
    same = client.get(there, headers={"If-None-Match": answer["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    meetings.cancel_meeting(made.coordinator, meet.again(meeting), message="Sperret vei")
    changed = client.get(there, headers={"If-None-Match": answer["ETag"]})
    [event] = vobject.readOne(changed.content.decode()).vevent_list
    assert event.status.value == "CANCELLED"


def test_a_revoked_address_and_one_of_somebody_who_left_are_dead(client, made):
    secret = feed(made)
    assert client.get(f"/ics/{secret}").status_code == 200
    assert client.get(f"/ics/{secret}x").status_code == 404
    commands.revoke_feed(made.member, Feed.objects.get())
    assert client.get(f"/ics/{secret}").status_code == 404
    other, person = feed(made, Role.OWNER), made.people[Role.OWNER]
    person.is_active = False
    making.inside(person.save)
    assert client.get(f"/ics/{other}").status_code == 404


def test_a_project_that_is_no_longer_hers_is_gone_from_the_calendar(client, made):
    from tospann.foundation.authority import SYSTEM
    from tospann.projects import commands as projects
    from tospann.projects.models import Membership

    meet.planned(made)
    secret = feed(made, project=made.project.pk)
    assert b"VEVENT" in client.get(f"/ics/{secret}").content
    held = Membership.objects.get(project=made.project, person=made.people[Role.MEMBER])
    projects.release(SYSTEM, held)
    assert b"VEVENT" not in client.get(f"/ics/{secret}").content

"""Invitations and minutes by mail: calendar parts, languages, and who gets which."""

from datetime import timedelta

import pytest
from django.core import mail as sent_mail
from django.utils import timezone
from icalendar import Calendar
from tests import making
from tests.meetings import meet

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.meetings import commands, publishing
from tospann.notifications import outbox
from tospann.notifications.models import Kind, Notification, OutboxMail
from tospann.projects import commands as projects
from tospann.projects.models import Membership

pytestmark = pytest.mark.django_db
KARI = ("Kari Rør", "kari@ror.example", "Rør AS")


@pytest.fixture
def made():
    return making.project("Svømmehall", language="nb")


def called(made, **values):
    meeting = meet.planned(made, externals=(KARI,), **values)
    return commands.call_meeting(made.coordinator, meeting, message="Ta med <tegninger>")


def to_kari():
    carry_out_owed()
    return list(OutboxMail.objects.filter(to=KARI[1]).order_by("pk"))


def event(mail):
    calendar = Calendar.from_ical(mail.calendar)
    [found] = calendar.walk("VEVENT")
    return calendar["method"], found


def test_nobody_is_mailed_before_invitations_are_sent(made):
    meeting = meet.planned(made, externals=(KARI,))
    commands.move_meeting(
        made.manager, meeting, starts_at=timezone.now() + timedelta(days=9), message="Ny tid"
    )
    assert to_kari() == []


def test_everybody_called_is_mailed_once_however_often_the_reaction_runs(made):
    called(made)
    carry_out_owed()
    wanted = {made.people[role].email for role in (Role.COORDINATOR, Role.MANAGER, Role.MEMBER)}
    assert {mail.to for mail in OutboxMail.objects.all()} == wanted | {KARI[1]}
    assert OutboxMail.objects.count() == 4
    told = Notification.objects.filter(kind=Kind.MEETING).values_list("person", flat=True)
    assert set(told) == {made.people[Role.MANAGER].pk, made.people[Role.MEMBER].pk}


def test_the_calendar_part_follows_the_meeting_until_it_is_cancelled(made):
    meeting = called(made)
    carry_out_owed()
    moved = timezone.now().replace(microsecond=0) + timedelta(days=9)
    commands.move_meeting(made.manager, meet.again(meeting), starts_at=moved)
    carry_out_owed()
    commands.cancel_meeting(made.manager, meet.again(meeting), message="Sperret vei")
    mails = to_kari()
    events = [event(mail) for mail in mails]
    assert [method for method, _event in events] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [found["sequence"] for _method, found in events] == [0, 1, 2]
    assert len({str(found["uid"]) for _method, found in events}) == 1
    assert events[1][1].decoded("dtstart") == moved
    assert events[2][1]["status"] == "CANCELLED"
    assert "Sperret vei" in mails[2].body
    assert "attendee" in events[0][1]


def test_a_change_of_place_is_a_new_edition_and_a_new_purpose_is_not(made):
    meeting = called(made)
    same = {"title": meeting.title, "duration_minutes": 60}
    commands.change_meeting(made.manager, meet.again(meeting), **same, purpose="Bare prat")
    assert len(to_kari()) == 1
    commands.change_meeting(made.manager, meet.again(meeting), **same, place="Rom 3")
    assert [event(mail)[1]["sequence"] for mail in to_kari()] == [0, 1]


def test_the_mail_is_plain_html_and_calendar_with_links_to_answer_by(made):
    called(made)
    [mail] = to_kari()
    assert "Ta med <tegninger>" in mail.body
    assert "Ta med &lt;tegninger&gt;" in mail.html
    assert mail.body.count("?answer=") == 3
    OutboxMail.objects.exclude(pk=mail.pk).delete()
    outbox.send_due()
    [message] = sent_mail.outbox
    kinds = [part.get_content_type() for part in message.message().walk()]
    assert {"text/plain", "text/html", "text/calendar", "application/ics"} <= set(kinds)
    calendar = next(
        part for part in message.message().walk() if part.get_content_type() == "text/calendar"
    )
    assert calendar.get_param("method") == "REQUEST"


@pytest.mark.parametrize(("language", "word"), [("nb", "Møte:"), ("en", "Meeting:")])
def test_it_is_written_in_the_language_of_the_reader(made, language, word):
    person = made.people[Role.MEMBER]
    type(person).objects.filter(pk=person.pk).update(language=language)
    called(made)
    carry_out_owed()
    assert OutboxMail.objects.get(to=person.email).subject.startswith(word)


def test_whoever_has_left_the_project_is_not_mailed(made):
    meeting = meet.planned(made)
    gone = Membership.objects.get(project=made.project, person=made.people[Role.MEMBER])
    projects.release(SYSTEM, gone)
    commands.call_meeting(made.coordinator, meeting)
    carry_out_owed()
    assert not OutboxMail.objects.filter(to=made.people[Role.MEMBER].email).exists()
    assert meeting.attendances.filter(person=made.people[Role.MEMBER]).exists(), "nothing is lost"


def test_one_more_is_invited_and_one_taken_off_is_told(made):
    meeting = called(made)
    to_kari()
    OutboxMail.objects.all().delete()
    added = commands.add_attendee(
        made.coordinator, meeting, id=new_id(), name="Ola El", email="ola@el.example"
    )
    carry_out_owed()
    [mail] = OutboxMail.objects.all()
    assert (mail.to, event(mail)[0]) == ("ola@el.example", "REQUEST")
    commands.remove_attendee(made.coordinator, added)
    carry_out_owed()
    last = OutboxMail.objects.order_by("pk").last()
    assert (last.to, event(last)[0]) == ("ola@el.example", "CANCEL")


def test_minutes_are_mailed_with_their_pdf_and_to_external_parties_what_is_theirs(made):
    meeting = meet.under_way(made, days=0, items=("Rør", "Internt"), externals=(KARI,))
    commands.change_item(
        made.coordinator, meet.item(meeting, "Internt"), title="Internt", private=True
    )
    out = publishing.publish(made.coordinator, meeting, timezone.localdate()).result
    carry_out_owed()
    mine = OutboxMail.objects.get(to=made.people[Role.MEMBER].email)
    [theirs] = to_kari()
    assert mine.attached[0]["source"] == f"files:{out.pdf_sha256}"
    assert theirs.attached[0]["source"] != mine.attached[0]["source"]
    OutboxMail.objects.exclude(pk=theirs.pk).delete()
    outbox.send_due()
    [(name, data, kind)] = sent_mail.outbox[0].attachments
    assert (kind, data[:5]) == ("application/pdf", b"%PDF-")
    assert name == f"{made.project.key}-{meeting.number}.pdf"


def test_a_remark_is_told_to_the_minute_taker_and_its_answer_to_whoever_made_it(made):
    meeting = meet.under_way(made, days=0, externals=(KARI,))
    publishing.publish(made.coordinator, meeting, timezone.localdate())
    kari = meet.called(meeting, KARI[0])
    remark = commands.remark_on_minutes(SYSTEM, kari, id=new_id(), text="Feil mengde")
    carry_out_owed()
    asked = Notification.objects.get(kind=Kind.ASKED)
    assert asked.person == made.people[Role.COORDINATOR]
    commands.answer_remark(made.coordinator, remark, answer="Rettes neste gang")
    assert "Rettes neste gang" in to_kari()[-1].body

"""Mail that really travels: out over SMTP, in over IMAP, with servers of their own."""

import smtplib
from datetime import timedelta

import pytest
from tests import making
from tests.mailbox import mails, servers
from tests.meetings import meet

from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.mailbox import commands, imap, queries
from tospann.mailbox.models import Because, Message, MessageState, NotLetIn
from tospann.meetings import commands as meetings
from tospann.meetings.models import Answer, Attendance
from tospann.notifications import outbox
from tospann.rooms.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.once, servers.needs_dovecot]
KARI = ("Kari Rør", mails.KARI, "Rør AS")


@pytest.fixture
def post(settings):
    with servers.mail_servers(settings) as (boxes, port):
        boxes.port = port
        yield boxes


@pytest.fixture
def made(post):
    return making.project("Svømmehall", language="nb")


def send(post, mail):
    with smtplib.SMTP("127.0.0.1", post.port, timeout=10) as client:
        client.send_message(mail)


def sent(post, box=mails.KARI):
    carry_out_owed()
    outbox.send_due()
    return post.read(box)


def kari():
    return Attendance.objects.select_related("meeting__project").get(email=mails.KARI)


def test_an_invitation_accepted_by_mail_updates_attendance_and_the_cancelled_one_is_answered(
    post, made
):
    meeting = meet.planned(made, externals=(KARI,))
    meetings.call_meeting(made.coordinator, meeting)
    [invitation] = sent(post)
    send(post, mails.reply_to(invitation, "ACCEPTED", comment="Tar med tegninger"))
    assert imap.fetch() == 1
    assert (kari().answer, kari().note) == (Answer.YES, "Tar med tegninger")

    send(post, mails.reply_to(invitation, "DECLINED"))
    meetings.cancel_meeting(made.coordinator, meet.again(meeting), message="Sperret vei")
    assert imap.fetch() == 1
    assert kari().answer == Answer.YES
    assert NotLetIn.objects.get().because == Because.CANCELLED
    *_others, told = sent(post)
    assert "avlyst" in told.get_body(("plain",)).get_content()
    [part] = [one for one in told.walk() if one.get_content_type() == "text/calendar"]
    assert "METHOD:CANCEL" in part.get_content()


def test_an_answer_about_the_old_time_is_asked_again(post, made):
    meeting = meet.planned(made, externals=(KARI,))
    meetings.call_meeting(made.coordinator, meeting)
    [invitation] = sent(post)
    later = meeting.starts_at + timedelta(days=1)
    meetings.move_meeting(made.coordinator, meet.again(meeting), starts_at=later)
    send(post, mails.reply_to(invitation, "ACCEPTED"))
    imap.fetch()
    assert kari().answer == Answer.NONE
    *_earlier, again = sent(post)
    send(post, mails.reply_to(again, "TENTATIVE"))
    imap.fetch()
    assert kari().answer == Answer.MAYBE


def test_a_mailed_question_lands_on_a_desk_with_a_deadline_and_is_answered_by_mail(post, made):
    address = commands.open_address(made.coordinator, made.project)
    asked = mails.mail(queries.shown_address(address, made.project))
    asked.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="plan.pdf")
    send(post, asked)
    assert imap.fetch() == 1
    message = Message.objects.get()
    assert (message.state, message.from_email) == (MessageState.UNSORTED, mails.KARI)
    assert [one.name for one in queries.attachments(message)] == ["plan.pdf"]

    question = commands.become_question(made.coordinator, message, id=new_id(), text=message.text)
    assert question.owner_id == made.coordinator.person_id
    assert question.due_on is not None
    assert question.asked_at == message.at
    from tospann.rooms.commands import answer_question

    answer_question(made.coordinator, Question.objects.get(), answer="I uke 48")
    [answer] = sent(post)
    assert answer["In-Reply-To"] == asked["Message-ID"]
    assert "I uke 48" in answer.get_body(("plain",)).get_content()
    assert queries.shown_address(address, made.project) == answer["Reply-To"]


def test_nothing_is_fetched_twice_and_the_mailbox_keeps_everything(post, made):
    address = queries.shown_address(
        commands.open_address(made.coordinator, made.project), made.project
    )
    for number in range(3):
        send(post, mails.mail(address, subject=f"Nr. {number}"))
    assert (imap.fetch(), imap.fetch()) == (3, 0)
    send(post, mails.mail(address, subject="Nr. 3"))
    assert imap.fetch() == 1
    assert max(Message.objects.values_list("subject", flat=True)) == "Nr. 3"
    assert Message.objects.count() == len(post.read(servers.OURS)) == 4
    assert all(r"\Seen" in line for line in post.flags(servers.OURS))


def test_thirty_megabytes_are_refused_by_their_size_and_stay_in_the_mailbox(post, made):
    making.person("Kari Rør", email=mails.KARI)
    address = queries.shown_address(
        commands.open_address(made.coordinator, made.project), made.project
    )
    large = mails.mail(address)
    large.add_attachment(b"x" * 22_000_000, maintype="image", subtype="tiff", filename="stor.tif")
    raw = large.as_bytes()
    assert len(raw) > 29_000_000
    post.put(servers.OURS, raw)
    send(post, mails.mail(address, subject="Bak den store"))
    assert imap.fetch() == 2
    row = NotLetIn.objects.get()
    assert (row.because, row.project, row.is_answered) == (Because.TOO_LARGE, made.project, True)
    assert Message.objects.get().subject == "Bak den store"
    assert "25 MB" in sent(post)[0].get_content()


def test_a_server_that_does_not_answer_is_told_of_and_nothing_is_lost(post, made, settings):
    settings.IMAP_PASSWORD = "feil"
    assert imap.fetch() == 0
    assert queries.fetched()[0].error
    settings.IMAP_PASSWORD = servers.PASSWORD
    imap.fetch()
    assert queries.fetched()[0].error == ""

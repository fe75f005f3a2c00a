"""Mail that is not what it seems: a clear answer, nothing lost, nothing let in."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests import making
from tests.mailbox import mails, outlook
from tests.meetings import meet

from tospann.foundation.errors import Invalid
from tospann.foundation.reactions import carry_out_owed
from tospann.mailbox import bringing, commands, letters, queries, receiving
from tospann.mailbox.models import Because, Message, NotLetIn
from tospann.meetings import commands as meetings
from tospann.meetings.models import Answer, Attendance
from tospann.notifications.models import Notification, OutboxMail

pytestmark = pytest.mark.django_db
KARI = ("Kari Rør", mails.KARI, "Rør AS")
VERDICT = "mx.portal.example; spf={spf}; dkim={dkim}; dmarc={dmarc}"


@pytest.fixture
def made(settings):
    settings.INCOMING_ADDRESS = "post@portal.example"
    settings.INCOMING_AUTHSERV = "mx.portal.example"
    return making.project("Svømmehall", language="nb")


@pytest.fixture
def address(made):
    return queries.shown_address(
        commands.open_address(made.coordinator, made.project), made.project
    )


def came(mail):
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    with letters.on_disk(raw) as file:
        [outcome] = receiving.receive(file)
    return outcome


def with_verdict(mail, **results):
    results = {"spf": "none", "dkim": "none", "dmarc": "none"} | results
    mail["Authentication-Results"] = VERDICT.format(**results)
    return mail


def test_a_forged_sender_is_never_let_in_and_never_answered(made, address):
    making.person("Kari Rør", email=mails.KARI)
    outcome = came(with_verdict(mails.mail(address), spf="fail", dmarc="fail"))
    assert outcome.because == Because.FORGED
    assert not Message.objects.exists()
    assert not OutboxMail.objects.exists()
    assert NotLetIn.objects.get().sha256 == ""


def test_a_verdict_somebody_else_wrote_proves_nothing(made, address):
    mail = mails.mail(address)
    mail["Authentication-Results"] = "mx.evil.example; dmarc=pass"
    assert came(mail).message.trust == "unknown"
    proved = came(with_verdict(mails.mail(address), dkim="pass", dmarc="pass"))
    assert proved.message.trust == "proved"


def test_our_own_mail_that_comes_back_and_machines_are_told_apart(made, address, settings):
    settings.DEFAULT_FROM_EMAIL = "tospann@portal.example"
    loop = mails.mail(address, sender="tospann@portal.example")
    assert came(loop).because == Because.LOOP
    many = mails.mail(address)
    for _hop in range(receiving.MOST_HOPS + 1):
        many.add_header("Received", "from a by b; Mon, 23 Nov 2026 10:00:00 +0100")
    assert came(many).because == Because.LOOP
    away = mails.mail(address, subject="Fravær")
    away["Auto-Submitted"] = "auto-replied"
    assert came(away).because == Because.AUTOMATIC
    assert not Message.objects.exists()
    assert not OutboxMail.objects.exists()


def test_an_automatic_mail_may_be_taken_in_by_hand(made, address):
    notice = mails.mail(address, subject="Sak 12 er mottatt")
    notice["Auto-Submitted"] = "auto-generated"
    came(notice)
    row = NotLetIn.objects.get()
    taken = bringing.take_in(made.project, queries.one_not_let_in(made.project, row.pk))
    assert (taken.subject, NotLetIn.objects.count()) == ("Sak 12 er mottatt", 0)


def test_mail_to_no_project_is_answered_to_those_who_are_known_alone_and_once(made, address):
    wrong = "post+p1-ikkehemmelig@portal.example"
    assert came(mails.mail(wrong)).because == Because.NO_PROJECT
    assert not OutboxMail.objects.exists()
    making.person("Kari Rør", email=mails.KARI)
    came(mails.mail(wrong))
    came(mails.mail(wrong))
    [told] = OutboxMail.objects.all()
    assert told.to == mails.KARI
    assert NotLetIn.objects.filter(project=None).count() == 3


def test_a_closed_address_takes_nothing_and_a_new_one_ends_the_old(made, address):
    commands.open_address(made.coordinator, made.project)
    assert came(mails.mail(address)).because == Because.NO_PROJECT
    found = queries.address(made.project)
    there = queries.shown_address(found, made.project)
    commands.close_address(made.coordinator, found)
    assert came(mails.mail(there)).because == Because.CLOSED


def test_the_same_mail_twice_is_one_message(made, address):
    raw = mails.mail(address).as_bytes()
    assert came(raw).message == came(raw).message


def test_a_flood_from_one_sender_is_stopped(made, address, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_AN_HOUR", 2)
    outcomes = [came(mails.mail(address, subject=f"Nr. {n}")) for n in range(3)]
    assert [one.because for one in outcomes] == [None, None, Because.TOO_MANY]


def test_what_came_back_is_told_to_whoever_sorts_the_mail(made):
    meeting = meet.planned(made, externals=(KARI,))
    meetings.call_meeting(made.coordinator, meeting)
    carry_out_owed()
    ours = OutboxMail.objects.get(to=mails.KARI)
    bounce = mails.bounce(f"<{ours.message_id}@127.0.0.1>", mails.KARI)
    assert came(bounce).because == came(bounce).because == Because.BOUNCE
    row = NotLetIn.objects.get()
    assert (row.project, row.from_email) == (made.project, mails.KARI)
    told = Notification.objects.filter(key=f"bounce:{ours.message_id}")
    assert [one.person_id for one in told] == [made.coordinator.person_id]


def invitation(made):
    meeting = meet.planned(made, externals=(KARI,))
    meetings.call_meeting(made.coordinator, meeting)
    carry_out_owed()
    return mails.as_sent(OutboxMail.objects.get(to=mails.KARI))


def answer():
    return Attendance.objects.get(email=mails.KARI).answer


def test_answers_that_are_not_ours_change_nothing(made):
    sent = invitation(made)
    other = mails.reply_to(sent, "ACCEPTED", sender="ola@ror.example", attendee="ola@ror.example")
    assert came(other).because == Because.NOT_OURS
    forged = mails.reply_to(sent, "ACCEPTED")
    tag = forged["To"].split("@")[0]
    forged.replace_header("To", f"{tag[:-1]}{'a' if tag[-1] != 'a' else 'b'}@portal.example")
    assert came(forged).because == Because.NOT_OURS
    spoofed = with_verdict(mails.reply_to(sent, "ACCEPTED"), spf="fail", dmarc="fail")
    assert came(spoofed).because == Because.FORGED
    assert answer() == Answer.NONE


def test_an_older_answer_never_undoes_a_newer_one(made):
    sent = invitation(made)
    came(mails.reply_to(sent, "DECLINED"))
    early = mails.reply_to(sent, "ACCEPTED", minutes=-30)
    assert came(early).answered
    assert answer() == Answer.NO


def test_another_time_and_words_to_the_organiser_are_for_people(made):
    sent = invitation(made)
    counter = came(mails.reply_to(sent, "TENTATIVE", method="COUNTER", comment="Heller torsdag"))
    assert counter.message.about_label
    said = came(mails.mail(str(sent["Reply-To"]), text="Jeg blir forsinket"))
    assert said.message.text == "Jeg blir forsinket"
    assert answer() == Answer.NONE


def test_an_answer_after_the_meeting_is_told_so(made):
    sent = invitation(made)
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert came(mails.reply_to(sent, "ACCEPTED")).because == Because.OVER
        assert OutboxMail.objects.filter(to=mails.KARI).count() == 2


def test_an_outlook_file_keeps_sender_time_and_attachments(made):
    data = outlook.msg(
        subject="Varsel om endring", sender="Anders Vik", email="anders@bygg.example",
        body="Vi varsler endring.", files={"tegning.pdf": b"%PDF-1.4 " + b"x" * 6000},
    )  # fmt: skip
    upload = SimpleUploadedFile("varsel.msg", data)
    made_of = bringing.bring_in(made.coordinator, made.project, upload)
    assert (made_of.subject, made_of.from_email) == ("Varsel om endring", "anders@bygg.example")
    assert made_of.sent_at == outlook.SENT
    [file] = queries.attachments(made_of)
    assert (file.name, file.size) == ("tegning.pdf", 6009)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02\x03" * 300,
        b"bare tekst",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000,
    ],
)
def test_what_is_no_mail_is_refused_in_words(made, data):
    with pytest.raises(Invalid, match=r"e-post|\.eml|lest"):
        bringing.bring_in(made.coordinator, made.project, SimpleUploadedFile("x.eml", data))


def test_a_mail_nested_a_thousand_times_is_refused(made):
    raw = b"From: a@b.example\r\n"
    for number in range(1000):
        raw += f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n".encode()
    assert came(raw).because == Because.UNREADABLE


def test_spoiled_headers_and_unknown_character_sets_are_read_as_far_as_they_go(made, address):
    raw = (
        f"From: =?x-none?Q?K=E5re?= <kare@ror.example>\r\nTo: {address}\r\nDate: i går\r\n"
        "Subject: =?utf-8?B?w?=\r\nContent-Type: text/plain; charset=finnes-ikke\r\n\r\nHei\x00 d"
    ).encode() + b"\xe5"
    found = came(raw).message
    assert "\x00" not in found.text
    assert found.text.startswith("Hei")
    assert found.sent_at is None


def test_a_mail_server_may_hand_it_over(made, tmp_path, settings):
    """What is too large is refused while it is read, without asking the database."""
    words = [sys.executable, "-m", "tospann", "receive-mail", "--data", str(tmp_path)]
    env = os.environ | {"TOSPANN_INCOMING_MAX_MB": "1", "TOSPANN_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        words, check=False, input=b"x" * 2_000_000, env=env, capture_output=True, timeout=60
    )
    assert (done.returncode, b"MB" in done.stderr) == (69, True)
    done = subprocess.run(
        words, check=False, input=b"From: a@b.c\r\n\r\nHei", env=env, capture_output=True
    )
    assert done.returncode == 75  # there is no database yet: the mail server keeps the mail

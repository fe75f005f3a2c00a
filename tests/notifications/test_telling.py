"""Telling people: once per cause, in their language, by mail only where it is wanted and proved."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as sent_mail
from django.db import transaction
from django.utils import timezone, translation
from tests import making

from tospann.foundation.authority import Sentence
from tospann.foundation.models import AuditEntry
from tospann.jobs.worker import Worker
from tospann.notifications import jobs, outbox
from tospann.notifications.mail import Section, digest_section, queue_mail
from tospann.notifications.models import How, Kind, Notification, OutboxMail, Preference
from tospann.notifications.telling import tell
from tospann.people.models import Deputy

pytestmark = pytest.mark.django_db
WAITS = Sentence("“%(title)s” waits for your decision.", {"title": "Bytte <leverandør> & co"})


def verified(person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def made():
    return making.project("Svømmehall")


@pytest.fixture
def somebody():
    making.organisation()
    return verified(making.person("Kari Nordmann"))


def entry_by(person=None):
    found = AuditEntry.objects.order_by("-id").first()
    found.person_id = person.pk if person else None
    return found


def test_one_cause_gives_one_notification_and_one_mail_however_often_it_is_told(made, somebody):
    for _again in range(3):
        tell([somebody.pk], Kind.DECISION, WAITS, "/p/X/cases/1", entry_by(), project=made.project)
    assert Notification.objects.filter(person=somebody).count() == 1
    assert outbox.send_due() == 1
    assert outbox.send_due() == 0
    (mail,) = sent_mail.outbox
    assert mail.to == [somebody.email]
    assert mail.subject == "Svømmehall: “Bytte <leverandør> & co” waits for your decision."
    assert "Bytte <leverandør> & co" in mail.body, "a text mail is not HTML"
    assert "http://127.0.0.1:8000/p/X/cases/1" in mail.body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_whoever_did_it_is_not_told(somebody):
    assert tell([somebody.pk, None], Kind.ACTION, WAITS, "/", entry_by(somebody)) == 0


def test_inactive_people_are_not_told():
    making.organisation()
    gone = making.person("Borte", is_active=False)
    assert tell([gone.pk], Kind.ACTION, WAITS, "/", key="x") == 0


def test_a_cause_must_be_named(somebody):
    with pytest.raises(ValueError, match="what caused it"):
        tell([somebody.pk], Kind.ACTION, WAITS, "/")


@pytest.mark.parametrize(
    ("kind", "how", "mails"),
    [
        (Kind.DECISION, None, 1),
        (Kind.ASKED, None, 1),
        (Kind.MENTIONED, None, 1),
        (Kind.DUE, None, 1),
        (Kind.ACTION, None, 0),
        (Kind.DONE, None, 0),
        (Kind.DECISION, How.DAILY, 0),
        (Kind.DECISION, How.NONE, 0),
        (Kind.ACTION, How.IMMEDIATE, 1),
    ],
)
def test_mail_at_once_only_for_what_cannot_wait_or_as_the_person_wishes(somebody, kind, how, mails):
    if how:
        Preference.objects.create(person=somebody, kind=kind, how=how)
    tell([somebody.pk], kind, WAITS, "/", key="x")
    assert OutboxMail.objects.count() == mails


def test_no_mail_to_an_address_nobody_has_proved():
    making.organisation()
    unproved = making.person()
    EmailAddress.objects.create(user=unproved, email=unproved.email, verified=False)
    moved = making.person()
    EmailAddress.objects.create(user=moved, email="before@example.org", verified=True)
    assert tell([unproved.pk, moved.pk], Kind.DECISION, WAITS, "/", key="x") == 2
    assert OutboxMail.objects.count() == 0


@pytest.mark.parametrize(("kind", "mails"), [(Kind.ASKED, 1), (Kind.DUE, 0), (Kind.MENTIONED, 0)])
def test_externals_get_mail_only_when_they_are_asked(kind, mails):
    making.organisation()
    guest = verified(making.person("Gjest", is_external=True))
    tell([guest.pk], kind, WAITS, "/", key="x")
    assert OutboxMail.objects.count() == mails


def test_a_deputy_is_told_of_decisions_that_wait_for_the_absent(somebody):
    deputy = making.person("Vikar")
    today = timezone.localdate()
    away = Deputy(person=somebody, deputy=deputy, starts_on=today, ends_on=today)
    making.inside(away.save)
    tell([somebody.pk], Kind.DECISION, WAITS, "/", key="x")
    tell([somebody.pk], Kind.ACTION, WAITS, "/", key="x")
    assert [n.kind for n in Notification.objects.filter(person=deputy)] == ["decision"]


def test_each_reads_in_her_own_language():
    making.organisation()
    norwegian = verified(making.person("Kari"))
    english = verified(making.person("Kate", language="en"))
    overdue = Sentence("Due %(day)s", {"day": "day:2027-03-10"})
    tell([norwegian.pk, english.pk], Kind.DUE, overdue, "/", key="x")
    bodies = {mail.to: mail.body for mail in OutboxMail.objects.all()}
    assert "10.03.2027" in bodies[norwegian.email] or "10. mars" in bodies[norwegian.email]
    assert "Hello Kate" in bodies[english.email]
    notice = Notification.objects.get(person=english)
    with translation.override("en"):
        english_text = str(notice)
    assert "day:" not in english_text
    assert "2027" in english_text


def test_a_mail_that_cannot_be_sent_is_tried_later_and_then_sent_once(somebody, settings):
    tell([somebody.pk], Kind.DECISION, WAITS, "/", key="x")
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.notifications.test_telling.Broken"
    assert outbox.send_due() == 0
    waiting = OutboxMail.objects.get()
    assert (waiting.attempts, waiting.sent_at) == (1, None)
    assert "no route" in waiting.error
    settings.EMAIL_BACKEND = works
    assert outbox.send_due() == 0, "not at once"
    OutboxMail.objects.update(due_at=timezone.now())
    assert outbox.send_due() == 1
    assert len(sent_mail.outbox) == 1
    assert OutboxMail.objects.get().error == ""


class Broken:
    """A mail server that is away."""

    def __init__(self, **_options):
        pass

    def send_messages(self, messages):
        raise OSError("no route to the mail server")


def test_a_mail_another_worker_is_sending_is_left_alone(somebody):
    tell([somebody.pk], Kind.DECISION, WAITS, "/", key="x")
    assert outbox._claim() is not None
    assert outbox.send_due() == 0
    OutboxMail.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert outbox.send_due() == 1, "that worker died"


def test_a_mail_is_not_sent_for_what_was_rolled_back(somebody):
    with pytest.raises(RuntimeError), transaction.atomic():
        told_and_failed(somebody)
    assert OutboxMail.objects.count() == 0
    assert Notification.objects.count() == 0


def told_and_failed(somebody):
    tell([somebody.pk], Kind.DECISION, WAITS, "/", key="x")
    raise RuntimeError


def test_the_worker_sends_what_is_put_in_the_outbox(somebody):
    queue_mail("invitation:1", somebody.email, "Velkommen\ntil\tprosjektet", "Hei")
    assert not queue_mail("invitation:1", somebody.email, "Velkommen", "Hei")
    while Worker().run_one():
        pass
    (mail,) = sent_mail.outbox
    assert mail.subject == "Velkommen til prosjektet", "a header is one line"


def test_the_summary_gathers_what_is_unread_once_a_day(made, somebody):
    tell([somebody.pk], Kind.ACTION, WAITS, "/a", key="1", project=made.project)
    tell([somebody.pk], Kind.DONE, WAITS, "/b", key="2", project=made.project)
    tell([somebody.pk], Kind.DONE, WAITS, "/c", key="3")
    Notification.objects.filter(key="2").update(read_at=timezone.now())
    assert jobs.send_digests.call() == 1
    assert jobs.send_digests.call() == 0
    outbox.send_due()
    (mail,) = sent_mail.outbox
    assert "8000/a" in mail.body
    assert "8000/c" in mail.body
    assert "8000/b" not in mail.body, "it is read already"
    assert "Svømmehall" in mail.body


def test_no_summary_of_what_is_read_already(somebody):
    tell([somebody.pk], Kind.ACTION, WAITS, "/a", key="1")
    Notification.objects.update(read_at=timezone.now())
    assert jobs.send_digests.call() == 0
    assert OutboxMail.objects.count() == 0


def test_capabilities_add_to_the_summary(somebody, monkeypatch):
    monkeypatch.setattr("tospann.notifications.mail._sections", [])
    digest_section(lambda person: Section(f"Hos {person.name}", [("Rydd opp", "/p/X")]))
    digest_section(lambda person: None)
    tell([somebody.pk], Kind.ACTION, WAITS, "/a", key="1")
    jobs.send_digests.call()
    assert "Hos Kari Nordmann" in OutboxMail.objects.get().body


def test_old_mail_and_read_notices_are_thrown_away(somebody):
    tell([somebody.pk], Kind.DECISION, WAITS, "/", key="old")
    tell([somebody.pk], Kind.DECISION, WAITS, "/", key="unread")
    long_ago = timezone.now() - timedelta(days=400)
    Notification.objects.filter(key="old").update(read_at=long_ago)
    OutboxMail.objects.filter(key__contains="old").update(sent_at=long_ago)
    jobs.prune_notifications.call()
    assert [n.key for n in Notification.objects.all()] == ["unread"]
    assert OutboxMail.objects.count() == 1

"""The Monday letter: what stands in it, who gets it, and answering it without signing in."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail as sent_mail
from django.test import Client
from django.utils import timezone, translation
from tests import making
from tests.home import seeing
from tests.home.postbox import postbox

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.cases.models import Case
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.home import jobs
from tospann.home.letter import sending
from tospann.home.letter.content import letter
from tospann.home.letter.links import Link
from tospann.home.models import LetterAnswer
from tospann.jobs.schedule import SCHEDULE
from tospann.notifications import outbox
from tospann.notifications.models import OutboxMail, Preference
from tospann.people import commands as people
from tospann.planning.models import Activity
from tospann.risks.models import Problem

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/answer/[\w:=-]+")


@pytest.fixture
def made():
    return making.project("Svømmehall")


def verified(person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def given(made, to=Role.MEMBER, ahead=-2, title="Bestille <flis>"):
    return actions.add_action(
        made.coordinator,
        made.project,
        id=new_id(),
        title=title,
        owner=made.people[to].pk,
        due_on=seeing.day(ahead),
    )


def links(made, role=Role.MEMBER):
    """The answers in the letter of the one in this role: done, late, stuck of each line."""
    parts = letter(made.people[role]).parts
    return [[urlsplit(to).path for _word, to in line.answers] for p in parts for line in p.lines]


def queued():
    return OutboxMail.objects.order_by("pk")


def test_it_comes_by_itself_on_monday_morning_once_a_week(made):
    _task, when = SCHEDULE["tospann.home.jobs.send_monday_letters"]
    due = when.after(timezone.now())
    assert (due.weekday(), due.hour) == (0, 6)
    given(made)
    with time_machine.travel("2027-03-08T07:00:00+01:00"):
        for _again in range(3):
            jobs.send_monday_letters.func()
        assert queued().filter(to=made.people[Role.MEMBER].email).count() == 1
    with time_machine.travel("2027-03-15T07:00:00+01:00"):
        jobs.send_monday_letters.func()
    assert queued().filter(to=made.people[Role.MEMBER].email).count() == 2


def test_it_is_the_page_as_plain_text_and_html_in_the_readers_language(made):
    given(made)
    given(made, ahead=0, title="Ringe kunden")
    person = made.people[Role.MEMBER]
    for language, words in (("nb", "Forfalt"), ("en", "Overdue")):
        person.language = language
        person.save(update_fields=["language"])
        assert sending.send(person, f"test:{language}")
        written = queued().last()
        assert words in written.body
        assert "- Bestille <flis>\n" in written.body
        assert "Bestille &lt;flis&gt;" in written.html
        assert f'lang="{language}"' in written.html
        assert len(LINK.findall(written.body)) == 7, "three answers a line, and one to stop"
    assert translation.get_language() == "nb"


def test_a_real_mail_server_gets_it_with_both_parts(made, settings):
    given(made)
    with postbox() as (port, kept):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        sending.send(made.people[Role.MEMBER], "test:smtp")
        assert outbox.send_due() == 1
    (got,) = kept
    assert got["To"] == made.people[Role.MEMBER].email
    plain, html = (got.get_body(kind).get_content() for kind in (("plain",), ("html",)))
    found = LINK.findall(plain)
    assert set(found) == set(LINK.findall(html.replace("&amp;", "&")))
    answer = Client().get(found[0])
    assert answer.status_code == 200
    assert "Bestille &lt;flis&gt;" in answer.text


def test_whoever_has_nothing_open_gets_nothing(made):
    assert letter(made.people[Role.MEMBER]) is None
    assert not sending.send(made.people[Role.MEMBER], "test:none")
    assert not sending.send(made.people[Role.GUEST], "test:guest")
    assert not queued().exists()


def test_each_role_reads_its_own_first(made):
    given(made)
    with translation.override("en"):
        parts = letter(made.people[Role.COORDINATOR]).parts
    assert [part.title for part in parts] == ["Overdue with others"]
    assert letter(made.people[Role.OWNER]).parts[0].lines[0].note.startswith("Svømmehall")


def test_who_gets_it_and_who_does_not(made):
    member, outside = verified(made.people[Role.MEMBER]), making.person(is_external=True)
    seeing.appoint(made, outside, Role.MEMBER)
    never_proved = made.people[Role.MANAGER]
    never_proved.last_login = timezone.now()
    never_proved.save(update_fields=["last_login"])
    declined = made.people[Role.OWNER]
    Preference.objects.create(person=declined, kind="monday", how="none")
    got = set(sending.receivers())
    assert {member, outside} <= got
    assert not got & {never_proved, declined, made.people[Role.GUEST], making.person()}
    people.deactivate_person(SYSTEM, outside)
    assert outside not in set(sending.receivers())


def test_looking_answers_nothing_and_pressing_answers_as_the_person(made):
    action = given(made)
    ((done, _late, _stuck),) = links(made)
    visitor = Client(enforce_csrf_checks=True)
    for _again in range(3):
        page = visitor.get(done)
        assert page.status_code == 200
    assert made.people[Role.MEMBER].name in page.text
    action.refresh_from_db()
    assert action.is_open
    assert visitor.post(done).status_code == 200
    action.refresh_from_db()
    assert action.state == "done"
    entry = AuditEntry.objects.order_by("-id").first()
    assert entry.person_id == made.people[Role.MEMBER].pk
    assert "sessionid" not in visitor.cookies
    assert visitor.get("/").status_code == 302, "the link signs nobody in"


def test_late_asks_for_the_days_that_were_chosen(made):
    action = given(made)
    ((_done, late, _stuck),) = links(made)
    assert Client().post(late, {"days": "5"}).status_code == 200
    action.refresh_from_db()
    assert action.proposed_due_on == seeing.day(5)
    assert action.due_on == seeing.day(-2)


@pytest.mark.parametrize("days", ["", "0", "-3", "x", "400"])
def test_odd_days_are_asked_about_again(made, days):
    given(made)
    ((_done, late, _stuck),) = links(made)
    assert Client().post(late, {"days": days}).status_code == 422
    assert not LetterAnswer.objects.exists()


def test_stuck_says_so_with_or_without_a_word(made):
    action = given(made)
    ((_done, _late, stuck),) = links(made)
    assert Client().post(stuck, {"text": "", "version": "1"}).status_code == 200
    action.refresh_from_db()
    assert action.stuck_since


def test_tasks_of_the_plan_are_answered_too(made):
    seeing.fill(made, 1)
    parts = letter(made.people[Role.MEMBER]).parts
    answers = {line.text: line.answers for part in parts for line in part.lines}
    done, late, stuck = (urlsplit(to).path for _word, to in answers["Oppgave 0"])
    assert Client().post(late, {"days": "3"}).status_code == 200
    assert Case.objects.count() == 1, "a member proposes"
    assert Client().post(stuck, {"text": "Vann"}).status_code == 200
    assert Problem.objects.get().description == "Vann"
    assert Client().post(done).status_code == 200
    assert Activity.objects.get(name="Oppgave 0").percent == 100


def test_a_link_is_used_once(made):
    action = given(made)
    ((_done, late, stuck),) = links(made)
    Client().post(late, {"days": "5"})
    again = Client().post(late, {"days": "5"})
    assert again.status_code == 410
    action.refresh_from_db()
    assert action.proposed_due_on == seeing.day(5)
    assert Client().get(late).status_code == 410
    assert Client().get(stuck).status_code == 200, "another answer is still open"


def test_a_link_runs_out(made):
    given(made)
    ((done, _late, _stuck),) = links(made)
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert Client().post(done).status_code == 410
    assert Action.objects.get().is_open


def test_what_is_closed_handed_over_or_out_of_reach_is_said_and_nothing_changes(made):
    closed, handed = given(made), given(made, title="Male")
    (first, second) = (found[0] for found in links(made))
    actions.complete_action(made.coordinator, closed)
    assert Client().post(first).status_code == 410
    manager = made.people[Role.MANAGER]
    actions.hand_over_action(made.coordinator, handed, owner=manager.pk)
    assert Client().post(second).status_code == 410
    handed.refresh_from_db()
    assert handed.is_open
    third = given(made, title="Rydde")
    people.deactivate_person(SYSTEM, made.people[Role.MEMBER], hand_over_to=None)
    gone = Client().get(f"/answer/{link(made, third)}")
    assert gone.status_code == 410
    assert "Rydde" not in gone.text


def link(made, action):
    person = made.people[Role.MEMBER].pk
    return Link(person, "done", "action", made.project.key, action.number).token()


@pytest.mark.parametrize("what", ["x", "a" * 3000, "W10:1tYxyz:abc", "..%2F..%2Fetc", "%00"])
def test_what_is_not_our_link_tells_nothing(client, made, what):
    answer = client.get(f"/answer/{what}")
    assert answer.status_code == 404
    assert made.project.name not in answer.text


def test_a_link_that_was_tampered_with_is_not_ours(client, made):
    token = link(made, given(made))
    assert client.get(f"/answer/{token[:-1]}{'a' if token[-1] != 'a' else 'b'}").status_code == 404


def test_somebody_who_guesses_is_stopped(client):
    with making.within_one_minute():
        found = {client.get(f"/answer/guess{n}").status_code for n in range(130)}
    assert found == {404, 429}


def test_the_letter_is_declined_by_its_own_link_or_in_the_preferences(client, made):
    given(made)
    person = verified(made.people[Role.MEMBER])
    stop = urlsplit(letter(person).stop).path
    assert Client().get(stop).status_code == 200
    assert person in set(sending.receivers())
    assert Client().post(stop).status_code == 200
    assert person not in set(sending.receivers())
    seeing.sign_in(client, person)
    assert "monday" in client.get("/inbox/preferences").text


def test_mail_programs_get_a_button_that_declines_it_however_old_it_is(made):
    given(made)
    person = verified(made.people[Role.MEMBER])
    sending.send(person, "one")
    outbox.send_due()
    headers = sent_mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = urlsplit(headers["List-Unsubscribe"].strip("<>")).path
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        answer = Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert person not in set(sending.receivers())


def test_what_a_link_does_is_logged_as_done_by_a_link(client, made):
    action = given(made)
    client.post(f"/answer/{link(made, action)}")
    entry = AuditEntry.objects.filter(command="actions.complete_action").get()
    assert entry.actor_kind == "link"
    assert entry.person_id == made.people[Role.MEMBER].pk


def test_it_can_be_seen_and_sent_now(client, made):
    given(made)
    seeing.sign_in(client, made.people[Role.MEMBER])
    assert "Bestille &lt;flis&gt;" in client.get("/monday-letter").text
    assert client.post("/monday-letter").url == "/monday-letter"
    outbox.send_due()
    assert [one.to for one in sent_mail.outbox] == [[made.people[Role.MEMBER].email]]
    seeing.sign_in(client, made.people[Role.GUEST])
    assert client.get("/monday-letter").status_code == 200

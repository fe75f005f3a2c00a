"""The link of an invitation: answering, reading and remarking without signing in."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from tests import making
from tests.meetings import meet

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import NotAllowed
from tospann.foundation.models import AuditEntry
from tospann.meetings import commands, links, publishing
from tospann.meetings.models import Attendance, Remark
from tospann.people import audit_trail
from tospann.projects import commands as projects
from tospann.projects.models import Membership

pytestmark = pytest.mark.django_db
KARI = ("Kari <Rør>", "kari@ror.example", "Rør AS")


@pytest.fixture
def made():
    return making.project("Svømmehall")


@pytest.fixture
def meeting(made):
    planned = meet.planned(made, externals=(KARI,))
    return commands.call_meeting(made.coordinator, planned)


@pytest.fixture
def kari(meeting):
    return meet.called(meeting, KARI[0])


def of(name, attendance):
    return reverse(name, args=[links.token(attendance)])


def say(client, attendance, answer, **more):
    return client.post(of("answer_by_link", attendance), {"answer": answer} | more)


def test_opening_the_link_changes_nothing(client, kari):
    before = AuditEntry.objects.count()
    answer = client.get(of("meeting_link", kari) + "?answer=yes")
    assert answer.status_code == 200
    assert "Kari &lt;Rør&gt;" in answer.text
    assert meet.again(kari).answer == "none"
    assert AuditEntry.objects.count() == before


def test_used_twice_it_changes_the_answer(client, kari):
    assert say(client, kari, "yes").status_code == 302
    assert say(client, kari, "no", note="Syk").status_code == 302
    now = meet.again(kari)
    assert (now.answer, now.note) == ("no", "Syk")
    assert "Syk" in client.get(of("meeting_link", kari)).text


def test_the_log_says_that_it_was_done_by_a_signed_link(client, kari):
    say(client, kari, "yes")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor_kind, entry.authority) == ("link", "link")
    row = audit_trail.audit_rows(SYSTEM, kari.project_id).rows[0]
    assert KARI[0] in row.who
    assert row.who != KARI[0]


def test_a_link_answers_for_nobody_else(meeting, kari):
    other = meeting.attendances.exclude(pk=kari.pk).first()
    with pytest.raises(NotAllowed):
        commands.answer_invitation(links.bearer(kari), other, answer="no")


@pytest.mark.parametrize("token", ["x", "eyJ4IjoxfQ:abc", "a:b:c", "%00"])
def test_a_link_that_was_not_made_here_leads_nowhere(client, meeting, token):
    assert client.get(f"/m/{token}").status_code == 404
    assert client.post(f"/m/{token}/answer", {"answer": "yes"}).status_code == 404


def test_one_letter_off_and_it_is_nobodys(client, kari):
    token = links.token(kari)
    wrong = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert client.get(f"/m/{wrong}").status_code == 404


def test_an_answer_that_is_none_is_refused(client, kari):
    assert say(client, kari, "perhaps").status_code == 422
    assert meet.again(kari).answer == "none"


def test_after_its_time_it_says_so(client, kari):
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        text = client.get(of("meeting_link", kari)).text
        assert 'value="yes"' not in text
        assert say(client, kari, "yes").status_code == 422
    assert meet.again(kari).answer == "none"


def test_when_cancelled_it_says_why(client, made, meeting, kari):
    commands.cancel_meeting(made.manager, meet.again(meeting), message="Stengt <vei>")
    text = client.get(of("meeting_link", kari)).text
    assert "Stengt &lt;vei&gt;" in text
    assert 'value="yes"' not in text
    assert say(client, kari, "yes").status_code == 422
    assert meet.again(kari).answer == "none"


def test_whoever_was_taken_off_the_project_sees_nothing_more(client, made, meeting):
    mine = Attendance.objects.get(meeting=meeting, person=made.people[Role.MEMBER])
    projects.release(
        SYSTEM, Membership.objects.get(project=made.project, person=made.people[Role.MEMBER])
    )
    text = client.get(of("meeting_link", mine)).text
    assert "Fremdrift" not in text
    assert say(client, mine, "yes").status_code == 422
    assert meet.again(mine).answer == "none"


def test_the_minutes_are_read_and_remarked_on_by_the_same_link(client, made, meeting, kari):
    commands.start_meeting(made.coordinator, meet.again(meeting))
    hidden = meet.item(meeting, "Forrige møte")
    commands.change_item(made.coordinator, hidden, title="Forrige møte", private=True)
    publishing.publish(made.coordinator, meet.again(meeting), timezone.localdate())
    text = client.get(of("meeting_link", kari)).text
    assert "Fremdrift" in text
    assert "Forrige møte" not in text
    assert client.get(of("pdf_by_link", kari)).content[:5] == b"%PDF-"
    item = str(meet.item(meeting, "Fremdrift").pk)
    sent = {"text": "Det ble <sagt> fredag", "item": item}
    assert client.post(of("remark_by_link", kari), sent).status_code == 302
    assert Remark.objects.get().by_name == KARI[0]
    assert "Det ble &lt;sagt&gt; fredag" in client.get(of("meeting_link", kari)).text
    wrong = {"text": "Skjult", "item": str(hidden.pk)}
    assert client.post(of("remark_by_link", kari), wrong).status_code == 422
    assert Remark.objects.count() == 1


def test_there_are_no_minutes_before_they_are_published(client, kari):
    assert client.get(of("pdf_by_link", kari)).status_code == 404
    assert client.post(of("remark_by_link", kari), {"text": "Hei"}).status_code == 422

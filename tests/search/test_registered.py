"""Test rounds, lessons and mail are found by whoever may read them, and by nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import making
from tests.quality import starting

from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.foundation.reactions import carry_out_owed
from tospann.mailbox import bringing
from tospann.people.actors import actor_for
from tospann.search import queries
from tospann.team import commands as team

pytestmark = pytest.mark.django_db
MAIL = (
    "From: Kari <kari@ror.example>\r\nSubject: Pumpene\r\nDate: Fri, 20 Nov 2026 10:00:00 +0100"
    "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTrykktanken er forsinket."
)
LEARNED = {
    "kind": "keep",
    "text": "Bestill grunnboring tidlig",
    "recommendation": "Bestill før konkurransen",
}


@pytest.fixture
def made(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return making.project("Svømmehall")


def labels(actor, text):
    carry_out_owed()
    return {hit.label for hit in queries.found(actor, text)}


def colleague():
    return actor_for(making.person("Kollega"))


def test_rounds_of_tests_and_their_tests_are_found_by_the_team(made, client):
    starting.all_of_it(made)
    assert labels(made.member, "runde") == {"quality.testround"}
    assert "quality.testcase" in labels(made.member, "send inn")
    assert labels(colleague(), "runde") == labels(made.guest, "runde") == set()


def test_mail_is_found_by_who_keeps_the_registers_only(made, visit):
    file = SimpleUploadedFile("hei.eml", MAIL.encode())
    found = bringing.bring_in(made.coordinator, made.project, file)
    for actor in (made.coordinator, made.manager):
        assert labels(actor, "trykktanken") == {"mailbox.message"}
    for actor in (made.member, made.owner, made.guest, colleague()):
        assert labels(actor, "trykktanken") == set()
    page = visit(Role.COORDINATOR).get("/search", {"q": "trykktanken"}).content.decode()
    assert found.get_absolute_url() in page


def test_a_lesson_is_found_by_the_team_and_once_shared_by_everybody_inside(made, visit, client):
    lesson = team.note_lesson(made.manager, made.project, **LEARNED, id=new_id())
    assert labels(made.member, "grunnboring") == {"team.lesson"}
    assert labels(colleague(), "grunnboring") == labels(made.guest, "grunnboring") == set()
    page = visit(Role.MEMBER).get("/search", {"q": "grunnboring"}).content.decode()
    assert f"/p/{made.project.key}/close/lessons#lesson-{lesson.pk}" in page
    team.publish_lesson(made.manager, lesson)
    other = colleague()
    assert labels(other, "grunnboring") == {"team.lesson"}
    assert labels(made.guest, "grunnboring") == set()
    team.withdraw_lesson(made.manager, type(lesson).objects.get())
    assert labels(other, "grunnboring") == set()


def test_a_shared_lesson_leads_somebody_else_to_the_organisations_lessons(made, client):
    lesson = team.note_lesson(made.manager, made.project, **LEARNED, id=new_id())
    team.publish_lesson(made.manager, lesson)
    carry_out_owed()
    person = making.person("Kollega")
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/search", {"q": "grunnboring"}).content.decode()
    assert "/lessons?q=Bestill+grunnboring+tidlig" in page
    assert "grunnboring" in client.get("/lessons?q=Bestill+grunnboring+tidlig").content.decode()

"""Programs that save by putting a new file in the old one's place; as they do it, step by step."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from tests import making
from tests.dav.asking import Asking, content

from tospann.documents.models import Document
from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    cache.clear()


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def ask(client, made):
    found = Asking(client, made.people[Role.COORDINATOR], made.project)
    found("PUT", "Plan.docx", b"en")
    return found


def the(name):
    return Document.objects.get(name=name, trashed_at=None)


def is_the_same(ask, pk, data=b"to"):
    one = the("Plan.docx")
    assert (one.pk, one.version_number) == (pk, 2)
    assert content(ask("GET", "Plan.docx")) == data
    assert ask.names() == ["Plan.docx"]


def test_thrown_away_and_saved_anew(ask):
    pk = the("Plan.docx").pk
    ask("DELETE", "Plan.docx")
    assert ask("PUT", "Plan.docx", b"to").status_code == 201
    is_the_same(ask, pk)


def test_thrown_away_and_a_temporary_file_gets_its_name(ask):
    pk = the("Plan.docx").pk
    ask("PUT", "5F3A1B00", b"to")
    ask("DELETE", "Plan.docx")
    assert ask.move("5F3A1B00", "Plan.docx").status_code == 201
    is_the_same(ask, pk)


def test_moved_aside_while_a_temporary_file_gets_its_name(ask):
    pk = the("Plan.docx").pk
    ask("PUT", "~WRD0001.tmp", b"to")
    ask.move("Plan.docx", "~WRL0002.tmp")
    assert ask.move("~WRD0001.tmp", "Plan.docx").status_code == 201
    assert content(ask("GET", "~WRL0002.tmp")) == b"en", "as the program expects"
    assert ask("DELETE", "~WRL0002.tmp").status_code == 204
    is_the_same(ask, pk)


def test_moved_aside_and_written_anew(ask):
    pk = the("Plan.docx").pk
    ask.move("Plan.docx", "Plan.docx~")
    assert ask("PUT", "Plan.docx", b"to").status_code == 201
    assert content(ask("GET", "Plan.docx~")) == b"en"
    ask("DELETE", "Plan.docx~")
    is_the_same(ask, pk)


def test_what_a_person_renames_herself_keeps_its_history_under_its_new_name(ask):
    pk = the("Plan.docx").pk
    ask.move("Plan.docx", "Plan 2026.docx")
    ask("PUT", "Plan.docx", b"to")
    assert the("Plan 2026.docx").pk == pk
    assert the("Plan.docx").version_number == 1


def test_after_a_while_or_by_somebody_else_it_is_a_new_document(client, made, ask):
    pk = the("Plan.docx").pk
    ask("DELETE", "Plan.docx")
    Asking(client, made.people[Role.MANAGER], made.project)("PUT", "Plan.docx", b"to")
    assert the("Plan.docx").pk != pk
    ask("PUT", "Annet.docx", b"en")
    pk = the("Annet.docx").pk
    ask("DELETE", "Annet.docx")
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        ask("PUT", "Annet.docx", b"to")
    assert the("Annet.docx").pk != pk

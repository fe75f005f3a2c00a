"""What programs leave behind, save by themselves, and put in each other's place."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from tests import making
from tests.dav.asking import Asking, content

from tospann.documents.commands import autosaving
from tospann.documents.dav import passing
from tospann.documents.models import Document, Folder, PassingFile, Version
from tospann.foundation.authority import Role
from tospann.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db
LEAVINGS = ("._Notat.docx", ".DS_Store", "~$Notat.docx", ".~lock.Notat.odt#", "Thumbs.db")


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def ask(client, made):
    return Asking(client, made.people[Role.COORDINATOR], made.project)


@pytest.mark.parametrize("name", LEAVINGS)
def test_what_a_program_leaves_is_kept_for_it_alone_and_goes(client, made, ask, name):
    ask("MKCOL", "Mappe")
    token = ask.lock(f"Mappe/{name}")
    assert ask("PUT", f"Mappe/{name}", b"mitt", If=f"(<{token}>)").status_code in {201, 204}
    assert ask("UNLOCK", f"Mappe/{name}", Lock_Token=f"<{token}>").status_code == 204
    assert content(ask("GET", f"Mappe/{name}")) == b"mitt"
    assert ask("PROPFIND", f"Mappe/{name}", Depth="0").status_code == 207
    assert ask.names("Mappe") == []
    assert not Document.objects.exists()
    other = Asking(client, made.people[Role.MANAGER], made.project)
    assert other("GET", f"Mappe/{name}").status_code == 404
    with time_machine.travel(timezone.now() + passing.LASTS + timedelta(minutes=1)):
        assert ask("GET", f"Mappe/{name}").status_code == 404
        assert passing.forget_old() == 1
    assert not PassingFile.objects.exists()


def test_leavings_are_thrown_away_renamed_and_never_documents(ask):
    ask("PUT", "._a.txt", b"a")
    assert ask.move("._a.txt", "._b.txt").status_code == 201
    assert content(ask("GET", "._b.txt")) == b"a"
    assert ask.move("._b.txt", "b.txt").status_code == 403
    assert ask("DELETE", "._b.txt").status_code == 204
    assert ask("GET", "._b.txt").status_code == 404
    assert not Document.objects.exists()


def test_whoever_may_not_add_documents_leaves_nothing(client, made):
    guest = Asking(client, made.people[Role.GUEST], made.project)
    assert guest("PUT", "._a.txt", b"a").status_code == 404
    assert not PassingFile.objects.exists()


def saves(ask, token, how_many, minutes):
    """So many saves of one document, with so many minutes between; the numbers that are left."""
    now = timezone.now()
    for number in range(how_many):
        with time_machine.travel(now + timedelta(minutes=minutes * number), tick=False):
            body = f"lagring {number}".encode()
            assert ask("PUT", "Notat.txt", body, If=f"(<{token}>)").status_code == 204
    return sorted(Version.objects.values_list("number", flat=True))


def test_of_saves_close_together_in_one_lock_the_first_and_the_last_are_kept(ask):
    ask("PUT", "Notat.txt", b"for")
    token = ask.lock("Notat.txt", Timeout="Second-86400")
    assert saves(ask, token, 6, 1) == [1, 2, 7]
    one = Document.objects.get()
    assert (one.version_number, content(ask("GET", "Notat.txt"))) == (7, b"lagring 5")


def test_one_save_for_each_ten_minutes_is_kept(ask):
    ask("PUT", "Notat.txt", b"for")
    token = ask.lock("Notat.txt", Timeout="Second-86400")
    assert timedelta(minutes=10) == autosaving.APART
    assert saves(ask, token, 7, 4) == [1, 2, 4, 6, 8]


def test_without_a_lock_every_save_is_kept(ask):
    for number in range(4):
        ask("PUT", "Notat.txt", f"lagring {number}".encode())
    assert sorted(Version.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.parametrize("act", ["copy", "move"])
def test_a_folder_that_takes_anothers_place_does_so_in_one_act(ask, act):
    for name in ("Ny", "Gammel"):
        ask("MKCOL", name)
        ask("PUT", f"{name}/{name}.txt", name.encode())
    before = AuditEntry.objects.filter(parent=None).count()
    assert getattr(ask, act)("Ny", "Gammel").status_code == 204
    assert AuditEntry.objects.filter(parent=None).count() == before + 1
    assert ask.names("Gammel") == ["Ny.txt"]
    assert Folder.objects.get(name="Gammel", trashed_at__isnull=False)

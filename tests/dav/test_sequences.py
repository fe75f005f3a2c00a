"""What programs that cannot be had here send, step by step: Explorer, Word, Finder."""

import pytest
from tests import making
from tests.dav.asking import DAV, LOCK, Asking, content, xml

from tospann.documents.models import Document, Lock
from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db
_TIMES = (
    b'<?xml version="1.0" encoding="utf-8" ?><D:propertyupdate xmlns:D="DAV:" '
    b'xmlns:Z="urn:schemas-microsoft-com:"><D:set><D:prop>'
    b"<Z:Win32CreationTime>Mon, 23 Nov 2026 09:00:00 GMT</Z:Win32CreationTime>"
    b"<Z:Win32FileAttributes>00000020</Z:Win32FileAttributes></D:prop></D:set></D:propertyupdate>"
)


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def ask(client, made):
    return Asking(client, made.people[Role.COORDINATOR], made.project)


def test_explorer_copies_a_file_to_the_drive(client, made, ask):
    root = ask.root.rstrip("/")
    assert client.options(root)["MS-Author-Via"] == "DAV"
    assert client.generic("PROPFIND", root, headers={"Depth": "0"}).status_code == 401
    for address in ("/dav", "/dav/", root, ask.root):
        assert ask("PROPFIND", address, Depth="0").status_code == 207
    assert ask("PROPFIND", "Ny.xlsx", Depth="0").status_code == 404
    assert ask("PUT", "Ny.xlsx").status_code == 201
    locked = ask("LOCK", "Ny.xlsx", LOCK, Timeout="Second-3600", Depth="infinity")
    held = {"If": f"({locked['Lock-Token']})"}
    assert locked.status_code == 200
    assert ask("PROPPATCH", "Ny.xlsx", _TIMES, **held).status_code == 207
    assert ask("HEAD", "Ny.xlsx")["Content-Length"] == "0"
    assert ask("PUT", "Ny.xlsx", b"innhold", **held).status_code == 204
    assert ask("PROPPATCH", "Ny.xlsx", _TIMES, **held).status_code == 207
    assert ask("UNLOCK", "Ny.xlsx", Lock_Token=locked["Lock-Token"]).status_code == 204
    shown = xml(ask("PROPFIND", "", Depth="1"))
    told = {one.findtext(f"{DAV}href"): one for one in shown}
    assert set(told) == {ask.root, f"{ask.root}Ny.xlsx"}
    assert told[f"{ask.root}Ny.xlsx"].findtext(f".//{DAV}getcontentlength") == "7"
    assert ask.move("Ny.xlsx", "Nytt navn.xlsx", Overwrite="F").status_code == 201
    assert not Lock.objects.exists()


def test_word_opens_saves_three_times_and_closes(ask):
    ask("PUT", "Plan.docx", b"en")
    assert ask("HEAD", "Plan.docx").status_code == 200
    locked = ask("LOCK", "Plan.docx", LOCK, Timeout="Second-3600", Depth="0")
    held = {"If": f"({locked['Lock-Token']})"}
    assert content(ask("GET", "Plan.docx")) == b"en"
    for data in (b"to", b"tre", b"fire"):
        assert ask("PUT", "Plan.docx", data, **held).status_code == 204
        renewed = ask("LOCK", "Plan.docx", Timeout="Second-3600", **held)
        assert renewed.status_code == 200
        assert "Lock-Token" not in renewed
        assert b"Second-3600" in renewed.content
    assert ask("UNLOCK", "Plan.docx", Lock_Token=locked["Lock-Token"]).status_code == 204
    assert Document.objects.get().version_number == 4
    assert not Lock.objects.exists()


def test_finder_makes_an_empty_file_then_locks_and_fills_it(ask):
    assert ask("PROPFIND", "Bilde.png", Depth="0").status_code == 404
    assert ask("LOCK", "Bilde.png", LOCK, Timeout="Second-600").status_code == 201
    token = Lock.objects.get().token
    held = {"If": f"(<{token}>)"}
    assert ask("PUT", "Bilde.png", b"PNG", **held).status_code == 204
    names = (
        b'<propfind xmlns="DAV:"><prop><getlastmodified/><getcontentlength/><creationdate/>'
        b"<resourcetype/><quota-available-bytes/></prop></propfind>"
    )
    answer = xml(ask("PROPFIND", "Bilde.png", names, Depth="0"))
    statuses = [one.text for one in answer.iter(f"{DAV}status")]
    assert statuses == ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"]
    assert ask("UNLOCK", "Bilde.png", Lock_Token=f"<{token}>").status_code == 204
    assert Document.objects.get().size == 3


def test_a_lock_that_is_refreshed_must_be_hers_and_must_be_there(client, made, ask):
    ask("PUT", "a.txt", b"x")
    token = ask.lock("a.txt")
    other = Asking(client, made.people[Role.MANAGER], made.project)
    assert other("LOCK", "a.txt", If=f"(<{token}>)").status_code == 403
    assert ask("LOCK", "a.txt", If="(<opaquelocktoken:none>)").status_code == 412
    assert ask("LOCK", "nothing.txt", If=f"(<{token}>)").status_code == 404
    assert ask("UNLOCK", "a.txt", Lock_Token="<opaquelocktoken:none>").status_code == 409
    assert ask("UNLOCK", "a.txt").status_code == 400


@pytest.mark.parametrize(
    ("asked", "lasts"),
    [
        ("Second-10", "Second-60"),
        ("Second-180", "Second-180"),
        ("Infinite, Second-4100000000", "Second-86400"),
        ("Second-4100000000", "Second-86400"),
        ("nonsense", "Second-1800"),
    ],
)
def test_a_lock_lasts_as_long_as_was_asked_within_reason(ask, asked, lasts):
    ask("PUT", "a.txt", b"x")
    answer = ask("LOCK", "a.txt", LOCK, Timeout=asked)
    assert f">{lasts}<" in answer.content.decode()


@pytest.mark.parametrize(
    ("to", "status"),
    [
        ("http://elsewhere.example.org/dav/x", 502),
        ("http://testserver/other/x", 502),
        ("http://testserver/dav/NONE/x", 403),
        ("http://testserver{root}..%2f..%2fx", 400),
        ("http://testserver{root}a%ff", 400),
        ("http://testserver{root}none/x", 409),
        ("http://testserver{root}", 403),
        ("{root}b.txt", 201),
        ("", 400),
    ],
)
def test_where_something_may_be_moved_to(ask, to, status):
    ask("PUT", "a.txt", b"x")
    answer = ask("MOVE", "a.txt", Destination=to.format(root=ask.root))
    assert answer.status_code == status

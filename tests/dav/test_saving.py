"""What comes of saving, moving and deleting on a drive: versions, the trash, and refusals."""

import pytest
from tests import making
from tests.dav.asking import Asking, content, xml

from tospann.documents import commands, locks
from tospann.documents.commands import FolderLine
from tospann.documents.models import Document, Folder, Version
from tospann.foundation.authority import SYSTEM, Role
from tospann.people.commands import give_organisation_role
from tospann.sharing.models import AccessLog

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def ask(client, made):
    return Asking(client, made.people[Role.COORDINATOR], made.project)


@pytest.fixture
def manager(client, made):
    return Asking(client, made.people[Role.MANAGER], made.project)


def the(name):
    return Document.objects.get(name=name, trashed_at=None)


def test_every_save_is_a_version_and_the_same_bytes_again_are_none(ask):
    assert ask("PUT", "Notat.txt", b"en").status_code == 201
    first = ask("PUT", "Notat.txt", b"to")
    assert first.status_code == 204
    assert ask("PUT", "Notat.txt", b"to")["ETag"] == first["ETag"]
    one = the("Notat.txt")
    assert (one.version_number, one.media_type) == (2, "text/plain")
    assert sorted(Version.objects.values_list("number", "size")) == [(1, 2), (2, 2)]
    answer = ask("GET", "Notat.txt")
    assert (content(answer), answer["ETag"]) == (b"to", first["ETag"])
    assert AccessLog.objects.get().what == "downloaded"


def test_what_is_deleted_lies_in_the_trash_and_its_name_is_free(ask):
    ask("MKCOL", "Mappe")
    ask("PUT", "Mappe/a.txt", b"a")
    assert ask("DELETE", "Mappe").status_code == 204
    assert Document.objects.get().trashed_at is not None
    assert ask("MKCOL", "Mappe").status_code == 201
    assert ask.names("Mappe") == []


def test_saving_by_moving_a_temporary_file_over_the_old_one_keeps_its_history(ask):
    ask("PUT", "Plan.docx", b"gammel")
    before = the("Plan.docx").pk
    ask("PUT", "Plan.tmp", b"ny")
    assert ask.move("Plan.tmp", "Plan.docx").status_code == 204
    one = the("Plan.docx")
    assert (one.pk, one.version_number) == (before, 2)
    assert content(ask("GET", "Plan.docx")) == b"ny"
    assert ask.names() == ["Plan.docx"]


def test_without_overwrite_nothing_is_replaced(ask):
    ask("PUT", "a.txt", b"a")
    ask("PUT", "b.txt", b"b")
    assert ask.move("a.txt", "b.txt", Overwrite="F").status_code == 412
    assert ask.copy("a.txt", "b.txt", Overwrite="F").status_code == 412
    assert content(ask("GET", "b.txt")) == b"b"


def test_folders_are_copied_with_what_is_in_them_and_never_into_themselves(ask):
    for name in ("A", "A/B"):
        ask("MKCOL", name)
    ask("PUT", "A/B/x.txt", b"x")
    assert ask.copy("A", "C").status_code == 201
    assert content(ask("GET", "C/B/x.txt")) == b"x"
    assert ask.copy("A", "D", Depth="0").status_code == 201
    assert ask.names("D") == []
    assert ask.copy("A", "A/B/A").status_code == 409
    assert ask.move("A", "A/B/A").status_code == 403
    assert ask.move("A/B", "A").status_code == 403, "it would throw itself away"
    assert ask.move("A/B", "B").status_code == 201
    assert ask.names() == ["A", "B", "C", "D"]


def test_a_name_that_differs_in_case_alone_is_refused_and_nothing_is_overwritten(ask):
    ask("PUT", "Notat.txt", b"en")
    answer = ask("PUT", "NOTAT.txt", b"to")
    assert answer.status_code == 409
    assert "Notat" in answer.content.decode() or "NOTAT" in answer.content.decode()
    assert ask("GET", "NOTAT.txt").status_code == 404
    assert ask.move("Notat.txt", "NOTAT.TXT").status_code == 201, "a new case for itself"
    assert content(ask("GET", "NOTAT.TXT")) == b"en"


def test_letters_composed_in_two_ways_are_one_name(ask):
    ask("PUT", "bla\u030abær.txt", b"macOS")
    assert content(ask("GET", "blåbær.txt")) == b"macOS"
    assert ask("PUT", "bla\u030abær.txt", b"igjen").status_code == 204


@pytest.mark.parametrize("name", ["..", ".", "a\x00b", "a\nb", "x" * 256, "ø" * 128, " "])
def test_names_no_file_system_takes_are_refused(ask, name):
    assert 400 <= ask("PUT", name, b"x").status_code < 500
    assert 400 <= ask("MKCOL", name).status_code < 500
    assert not Document.objects.exists()


def test_a_save_on_top_of_something_newer_is_refused(ask, manager):
    first = ask("PUT", "a.txt", b"1")["ETag"]
    second = manager("PUT", "a.txt", b"2")["ETag"]
    assert ask("PUT", "a.txt", b"3", If_Match=first).status_code == 412
    assert ask("PUT", "a.txt", b"3", If=f"([{first}])").status_code == 412
    assert ask("PUT", "a.txt", b"3", If_None_Match="*").status_code == 412
    assert ask("PUT", "b.txt", b"3", If_Match="*").status_code == 412
    assert ask("PUT", "a.txt", b"3", If_Match=second).status_code == 204
    assert ask("PUT", "b.txt", b"3", If_None_Match="*").status_code == 201


def test_a_lock_keeps_others_out_and_its_token_lets_in(ask, manager):
    ask("PUT", "a.txt", b"1")
    token = ask.lock("a.txt")
    for who in (ask, manager):
        answer = who("PUT", "a.txt", b"2")
        assert answer.status_code == 423
        assert b"lock-token-submitted" in answer.content
    assert manager("PUT", "a.txt", b"2", If=f"(<{token}>)").status_code == 423
    assert manager("UNLOCK", "a.txt", Lock_Token=f"<{token}>").status_code == 403
    assert ask("PUT", "a.txt", b"2", If=f"(<{token}>)").status_code == 204
    assert manager.move("a.txt", "b.txt").status_code == 423
    assert manager("DELETE", "a.txt").status_code == 423
    assert ask("UNLOCK", "a.txt", Lock_Token=f"<{token}>").status_code == 204
    assert manager("PUT", "a.txt", b"3").status_code == 204


def test_the_pages_check_out_is_a_lock_of_the_drive(made, ask, manager):
    ask("PUT", "a.txt", b"1")
    one = the("a.txt")
    commands.check_out(made.coordinator, one)
    assert manager("PUT", "a.txt", b"2").status_code == 423
    assert manager("LOCK", "a.txt", b'<lockinfo xmlns="DAV:"/>').status_code == 423
    shown = manager("PROPFIND", "a.txt", Depth="0").content.decode()
    assert "Coordinator" in shown
    assert "Infinite" in shown
    assert "Coordinator" not in ask("PROPFIND", "a.txt", Depth="0").content.decode()
    token = ask.lock("a.txt")
    assert ask("PUT", "a.txt", b"2", If=f"(<{token}>)").status_code == 204
    assert ask("UNLOCK", "a.txt", Lock_Token=f"<{token}>").status_code == 204
    assert [lock.is_checkout for lock in locks.covering(the("a.txt"))] == [True]
    with pytest.raises(locks.Locked):
        commands.check_out(made.coordinator, the("a.txt"))


def test_a_lock_made_here_is_told_on_the_page_and_released_there(made, ask, manager):
    ask("PUT", "a.txt", b"1")
    ask.lock("a.txt")
    one = the("a.txt")
    with pytest.raises(locks.Locked, match="Coordinator"):
        commands.trash_document(made.manager, one)
    commands.release_check_out(made.manager, one, reason="Hun er på ferie")
    assert manager("PUT", "a.txt", b"2").status_code == 204


def test_who_may_only_look_can_neither_save_nor_lock(client, made, ask):
    ask("PUT", "a.txt", b"1")
    owner = Asking(client, made.people[Role.OWNER], made.project)
    reads = Asking(client, made.people[Role.COORDINATOR], made.project, may_write=False)
    auditor = making.person()
    give_organisation_role(SYSTEM, auditor, role=Role.AUDITOR)
    for who in (reads, Asking(client, auditor, made.project)):
        assert content(who("GET", "a.txt")) == b"1"
        assert who("PUT", "a.txt", b"2").status_code == 403
        assert who("PUT", "b.txt", b"2").status_code == 403
        assert who("LOCK", "a.txt", b'<lockinfo xmlns="DAV:"/>').status_code == 403
        assert who("LOCK", "b.txt", b'<lockinfo xmlns="DAV:"/>').status_code == 403
        assert who("PROPPATCH", "a.txt", PATCH).status_code == 403
        assert who("MKCOL", "Ny").status_code == 403
        assert who("DELETE", "a.txt").status_code == 403
    assert owner("PUT", "a.txt", b"2").status_code == 204
    assert Document.objects.count() == 1


def test_what_is_not_hers_to_see_is_not_there(client, made, ask):
    lines = [
        FolderLine(number="01", name="Åpent"),
        FolderLine(number="02", name="Avtaler", classification="strictly_confidential"),
    ]
    commands.add_folders(SYSTEM, made.project, folders=lines)
    manager = Asking(client, made.people[Role.MANAGER], made.project)
    manager("PUT", "02 Avtaler/pris.xlsx", b"hemmelig")
    member = Asking(client, made.people[Role.MEMBER], made.project)
    assert member.names() == ["01 Åpent"]
    for method in ("GET", "PROPFIND", "DELETE", "PUT", "LOCK"):
        body = b'<lockinfo xmlns="DAV:"/>' if method == "LOCK" else b""
        assert member(method, "02 Avtaler/pris.xlsx", body, Depth="0").status_code in {404, 409}
    assert member.copy("02 Avtaler/pris.xlsx", "min.xlsx").status_code == 404
    elsewhere = making.project()
    stranger = Asking(client, elsewhere.people[Role.MANAGER], made.project)
    guest = Asking(client, made.people[Role.GUEST], made.project)
    for who in (stranger, guest):
        assert who("PROPFIND", "", Depth="0").status_code == 404
        assert who("PUT", "x.txt", b"x").status_code == 404
    assert xml(stranger("PROPFIND", "/dav/", Depth="1")).findtext(".//{DAV:}displayname")


def test_nobody_comes_in_without_an_app_password(client, made):
    client.force_login(made.people[Role.MANAGER])
    address = f"/dav/{made.project.key}/"
    answer = client.get(address)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic ")
    assert client.options(address)["DAV"] == "1, 2"


PATCH = (
    b'<propertyupdate xmlns="DAV:"><set><prop xml:lang="nb"><farge xmlns="urn:x">r\xc3\xb8d'
    b"</farge></prop></set></propertyupdate>"
)


def test_what_programs_leave_goes_along_when_copied_and_moved(ask):
    ask("PUT", "a.txt", b"1")
    assert ask("PROPPATCH", "a.txt", PATCH).status_code == 207
    ask.copy("a.txt", "b.txt")
    ask.move("a.txt", "c.txt")
    for name in ("b.txt", "c.txt"):
        found = xml(ask("PROPFIND", name, Depth="0")).find(".//{urn:x}farge")
        assert (found.text, found.attrib) == (
            "rød",
            {"{http://www.w3.org/XML/1998/namespace}lang": "nb"},
        )


@pytest.mark.parametrize(
    "body",
    [
        b"<propfind xmlns='DAV:'>",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><propfind xmlns='DAV:'><allprop/></propfind>",
        b"<propfind xmlns='DAV:'>" + b"<a>" * 100 + b"</a>" * 100 + b"</propfind>",
        b"<x/>",
        b"\xff\xfe",
        b"<propfind xmlns='DAV:'><prop><a:b xmlns:a=''/></prop></propfind>",
    ],
)
def test_xml_we_do_not_read_is_refused(ask, body):
    assert ask("PROPFIND", "", body, Depth="0").status_code == 400


def test_a_body_beyond_the_limit_is_not_read(ask):
    assert ask("PROPFIND", "", b" " * 300_000, Depth="0").status_code == 413


def test_everything_at_once_is_never_listed(ask):
    answer = ask("PROPFIND", "", Depth="infinity")
    assert answer.status_code == 403
    assert b"propfind-finite-depth" in answer.content


@pytest.mark.parametrize("rows", [1, 3])
def test_a_folder_costs_the_same_for_one_and_for_three(ask, django_assert_num_queries, rows):
    ask("MKCOL", "Mappe")
    for number in range(rows):
        ask("PUT", f"Mappe/{number}.txt", b"x")
        ask("MKCOL", f"Mappe/{number}")
    ask.lock("Mappe/0.txt")
    with django_assert_num_queries(11):
        assert len(ask.names("Mappe")) == 2 * rows


def test_a_folder_of_the_pack_keeps_its_number_when_moved_and_loses_it_when_renamed(ask, made):
    commands.add_folders(SYSTEM, made.project, folders=[FolderLine(number="03", name="Avtaler")])
    assert ask.names() == ["03 Avtaler"]
    assert ask.move("03 Avtaler", "Kontrakter").status_code == 201
    found = Folder.objects.get()
    assert (found.number, found.name) == ("", "Kontrakter")

"""The page of documents and of one document, by what people see and press."""

import io
import json
import zipfile

import pytest
from django.urls import reverse
from tests.documents.conftest import bytes_of

from tospann.demo import files
from tospann.documents import commands, locks, queries
from tospann.documents.contents import examining
from tospann.documents.models import Document, Folder, NeededDocument
from tospann.foundation.authority import Role
from tospann.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, made):
    def as_role(role=Role.COORDINATOR):
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(made.people[role], backend)
        return client

    return as_role


def at(made, name, *rest):
    return reverse(name, args=[made.project.key, *rest])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(
    visit, made, folders, add, rows, django_assert_num_queries
):
    for number in range(rows):
        one = add(f"{number}.txt", folders["01"])
        commands.check_out(made.member, one)
    as_her = visit()
    as_her.get(at(made, "documents"))
    with django_assert_num_queries(12):
        answer = as_her.get(at(made, "documents"))
    assert all(f"{number}.txt".encode() in answer.content for number in range(rows))


@pytest.mark.parametrize("versions", [2, 4])
def test_one_document_costs_the_same_however_many_versions(
    visit, made, folders, add, versions, django_assert_num_queries
):
    one = add(folder=folders["02.1"], actor=made.manager)
    for number in range(versions - 1):
        commands.add_version(made.manager, one, **bytes_of(b"%d" % number))
    as_her = visit()
    as_her.get(at(made, "document", one.number))
    with django_assert_num_queries(20):
        as_her.get(at(made, "document", one.number))


def test_a_folder_shows_what_lies_in_it_and_nothing_else(visit, made, folders, add):
    add("her.txt", folders["01"])
    add("der.txt", folders["02"])
    shown = visit().get(at(made, "documents") + f"?folder={folders['01'].pk}").content.decode()
    assert "her.txt" in shown
    assert "der.txt" not in shown
    assert visit(Role.MEMBER).get(
        at(made, "documents") + f"?folder={folders['02'].pk}"
    ).status_code == 404  # fmt: skip


def test_files_are_dropped_with_their_folders(visit, made, folders):
    as_her, into = visit(), folders["01"]
    body = {"folder": str(into.pk), "paths": ["Bilder/uke 1/å.jpg", "a.txt", "x/" + "å" * 200]}
    answer = as_her.post(
        at(made, "prepare_upload"), json.dumps(body), content_type="application/json"
    )
    photo, text, refused = answer.json()["targets"]
    week = Folder.objects.get(name="uke 1")
    assert (week.parent.name, photo["folder"], photo["taken"]) == ("Bilder", str(week.pk), False)
    assert refused["because"]
    sent = as_her.post(
        at(made, "upload") + f"?folder={photo['folder']}",
        b"\xff\xd8",
        content_type="application/octet-stream",
        headers={"X-File-Name": "%C3%A5.jpg"},
    )
    made_one = Document.objects.get()
    assert (sent.status_code, made_one.name, made_one.folder) == (201, "å.jpg", week)
    assert made_one.media_type == "image/jpeg"
    assert text["folder"] == str(into.pk)


def test_a_taken_name_is_refused_or_becomes_a_version_or_another_name(visit, made, add):
    add("a.txt")
    as_her = visit()

    def send(taken):
        return as_her.post(
            at(made, "upload") + f"?taken={taken}",
            b"ny",
            content_type="application/octet-stream",
            headers={"X-File-Name": "A.txt", "HX-Request": "true"},
        )

    assert send("").status_code == 409
    assert send("version").json()["version"] == 2
    assert send("both").json()["name"] == "A (2).txt"


def test_a_member_drops_files_but_makes_no_folders(visit, made):
    answer = visit(Role.MEMBER).post(
        at(made, "prepare_upload"),
        json.dumps({"folder": "", "paths": ["Ny/a.txt", "b.txt"]}),
        content_type="application/json",
    )
    in_folder, plain = answer.json()["targets"]
    assert in_folder["because"]
    assert not plain["because"]
    assert not Folder.objects.exists()


def test_a_folder_comes_as_a_zip_file_of_what_one_may_see(visit, made, folders, add):
    add("a:b.txt", folders["01"], b"en")
    add("c.txt", folders["02.1"], b"to")
    answer = visit(Role.MEMBER).get(at(made, "zip_documents"))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["01 Styring/a_b.txt"]
    answer = visit().get(at(made, "zip_documents") + f"?folder={folders['02'].pk}")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        assert archive.read("02 Avtaler/02.1 Kontrakter/c.txt") == b"to"


def test_versions_are_fetched_brought_back_and_compared(visit, made, add):
    one = add("liste.txt", data=b"en\nto\ntre\n")
    commands.add_version(made.member, one, **bytes_of(b"en\ntoo\ntre\n"))
    as_her = visit()
    old = as_her.get(at(made, "version_file", one.number, 1))
    assert b"".join(old) == b"en\nto\ntre\n"
    assert "liste (v1).txt" in old["Content-Disposition"]
    shown = as_her.get(at(made, "compare_versions", one.number) + "?old=1&new=2").content.decode()
    assert "<del>to</del>" in shown
    assert "<ins>too</ins>" in shown
    as_her.post(at(made, "document_act", one.number, "restore-version"), {"version": "1"})
    one.refresh_from_db()
    assert (one.version_number, one.size) == (3, 10)


def test_the_page_says_who_has_it_and_lets_only_keepers_release_it(visit, made, add):
    one = add()
    visit(Role.MEMBER).post(at(made, "change_document", one.number, "check-out"), {"comment": "Ja"})
    shown = visit().get(at(made, "document", one.number)).content.decode()
    assert made.people[Role.MEMBER].name in shown
    assert "Ja" in shown
    as_owner = visit(Role.OWNER)
    assert as_owner.get(
        at(made, "change_document", one.number, "release")
    ).status_code == 403  # fmt: skip
    visit().post(at(made, "change_document", one.number, "release"), {"reason": "Borte"})
    assert locks.covering(one) == []


def test_throwing_away_can_be_undone(visit, made, folders, add):
    one = add(folder=folders["01"])
    as_her = visit()
    as_her.post(at(made, "document_act", one.number, "trash"))
    assert b"Notat.txt" in as_her.get(at(made, "documents_trash")).content
    assert as_her.get(at(made, "document_file", one.number)).status_code == 200
    entry = AuditEntry.objects.filter(command="documents.trash_document").get()
    as_her.post(reverse("undo", args=[entry.pk]))
    one.refresh_from_db()
    assert not one.is_trashed


def test_ticked_rows_are_moved_and_thrown_away(visit, made, folders, add):
    chosen = [add("a.txt"), add("b.txt")]
    commands.check_out(made.member, chosen[1])
    picks = [str(one.pk) for one in chosen]
    as_her = visit()
    assert b"a.txt" in as_her.post(at(made, "move_documents"), {"pick": picks}).content
    form = {"pick": picks, "apply": "1", "folder": str(folders["01"].pk)}
    as_her.post(at(made, "move_documents"), form)
    assert [one.name for one in Document.objects.filter(folder=folders["01"])] == ["a.txt"]
    as_her.post(at(made, "trash_documents"), {"pick": picks})
    assert [one.name for one in Document.objects.filter(trashed_at__isnull=True)] == ["b.txt"]


def test_what_the_coordinator_approves_becomes_a_proposal(visit, made, add):
    one = add()
    visit().post(at(made, "change_document", one.number, "ask"), {"comment": ""})
    one.refresh_from_db()
    assert one.state == "for_approval"
    visit().post(at(made, "change_document", one.number, "approve"), {"comment": ""})
    one.refresh_from_db()
    assert one.state == "for_approval"
    visit(Role.MANAGER).post(at(made, "change_document", one.number, "approve"), {"comment": ""})
    one.refresh_from_db()
    assert (one.state, one.approved_version) == ("approved", 1)


def test_a_needed_document_is_asked_for_answered_and_in_place_when_approved(visit, made, add):
    one, as_her = add("Avtale.txt"), visit()
    form = {"title": "Avtale", "owner": str(made.people[Role.MEMBER].pk), "due_on": "1.5.2027"}
    form |= {"approver": str(made.people[Role.MANAGER].pk)}
    as_her.post(at(made, "new_needed"), form)
    needed = NeededDocument.objects.get()
    as_her.post(at(made, "answer_needed", needed.pk), {"document": str(one.pk)})
    (row,) = queries.needed(made.coordinator, made.project)
    assert row.state == "begun"
    assert b"Avtale" in as_her.get(at(made, "needed_documents")).content
    commands.approve_document(made.manager, one, number=1)
    (row,) = queries.needed(made.coordinator, made.project)
    assert (row.state, row.owner) == ("in_place", made.people[Role.MEMBER].name)


def test_a_link_document_leads_elsewhere_and_has_no_bytes(visit, made, add):
    as_her = visit()
    as_her.post(at(made, "new_link"), {"name": "Felles.docx", "url": "https://example.org/a"})
    one = Document.objects.get()
    assert b"https://example.org/a" in as_her.get(at(made, "document", one.number)).content
    assert as_her.get(at(made, "document_file", one.number)).status_code == 404
    wrong = as_her.post(at(made, "new_link"), {"name": "B", "url": "javascript:alert(1)"})
    assert wrong.status_code == 422


def test_word_documents_are_compared_by_what_was_read_of_them(visit, made, add):
    one = add("avtale.docx", data=files.made("a.docx", ("Avtale", "Pris 100", "Varighet fire år")))
    later = files.made("a.docx", ("Avtale", "Pris 120", "Varighet fire år"))
    commands.add_version(made.coordinator, one, **bytes_of(later))
    for version in one.versions.all():
        examining.examined(version.sha256)
    address = at(made, "compare_versions", one.number) + "?old=1&new=2"
    shown = visit().get(address).content.decode()
    assert "<del>Pris 100</del>" in shown
    assert "<ins>Pris 120</ins>" in shown

"""Documents through their commands: names, versions, folders, trash, who sees what."""

import unicodedata
from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone, translation
from tests.documents.conftest import bytes_of

from tospann.documents import access, commands, jobs, locks
from tospann.documents.models import Document, Folder, Version
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Gone, Invalid, NotAllowed, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import InTheWay, undo
from tospann.projects.commands import add_criterion
from tospann.projects.models import Gate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(the_portals_own_language):
    with translation.override("en"):
        yield


def test_a_document_has_versions_and_its_newest_is_what_it_is(made, folders, add):
    one = add(folder=folders["01"], comment="Første")
    commands.add_version(made.member, one, **bytes_of(b"Mer"), comment="Ny tekst")
    one.refresh_from_db()
    assert (one.version_number, one.size, one.changed_by) == (2, 3, made.people[Role.MEMBER])
    listed = Version.objects.filter(document=one).values_list("number", "comment")
    assert list(listed) == [(2, "Ny tekst"), (1, "Første")]
    commands.restore_version(made.coordinator, one, number=1)
    one.refresh_from_db()
    newest = one.versions.first()
    assert (one.version_number, newest.restored_from, one.size) == (3, 1, len(b"Innhold"))


def test_names_differ_by_more_than_case_or_composition(made, folders, add):
    add("Møte å.txt", folders["01"])
    for same in ("MØTE Å.TXT", unicodedata.normalize("NFD", "Møte å.txt")):
        with pytest.raises(commands.NameTaken):
            add(same, folders["01"])
    assert add("Møte å.txt").folder is None
    with pytest.raises(commands.NameTaken):
        add("01 styring")  # a folder is called so, and a drive shows both


@pytest.mark.parametrize("name", ["", " ", ".", "..", "a/b", "a\x00b", "a\nb", "å" * 128])
def test_a_name_that_no_path_can_hold_is_refused(add, name):
    with pytest.raises(Invalid):
        add(name)


def test_bytes_must_be_there_before_they_are_named(made):
    missing = {"sha256": "0" * 64, "size": 3, "media_type": "text/plain"}
    with pytest.raises(Invalid):
        commands.add_document(made.manager, made.project, id=new_id(), name="x", **missing)


def test_trash_frees_the_name_and_restoring_finds_another(made, folders, add):
    first = add(folder=folders["01"])
    commands.trash_document(made.member, first)
    add(folder=folders["01"])
    with pytest.raises(Http404):
        access.document(made.member, made.project, first.pk)
    restored = commands.restore_document(made.member, first)
    assert restored.name == "Notat (2).txt"


def test_a_trashed_folder_takes_and_brings_back_what_lay_in_it(made, folders, add):
    below = commands.add_folder(
        made.coordinator, made.project, id=new_id(), name="Referater", parent=folders["01"].pk
    )
    kept, thrown = add("a.txt", below), add("b.txt", below)
    commands.trash_document(made.coordinator, thrown)
    commands.trash_folder(made.coordinator, folders["01"])
    assert not access.visible(made.coordinator, made.project).exists()
    commands.restore_folder(made.coordinator, Folder.objects.get(number="01"))
    assert list(access.visible(made.coordinator, made.project)) == [kept]
    assert access.trashed(made.coordinator, made.project).get() == thrown


def test_a_held_or_retained_document_is_not_purged(made, add):
    one = add()
    commands.hold_document(made.manager, one, reason="Innsynskrav")
    with pytest.raises(Invalid, match="hold"):
        commands.trash_document(made.manager, one)
    commands.lift_hold(made.manager, one, reason="Avsluttet")
    commands.change_document(made.manager, one, retain_until="2999-01-01")
    commands.trash_document(made.manager, one)
    with pytest.raises(Invalid, match="2999"):
        commands.purge_document(made.manager, one)
    commands.restore_document(made.manager, one)
    commands.change_document(made.manager, one)
    commands.trash_document(made.manager, one)
    commands.purge_document(made.manager, one)
    assert not Document.objects.exists()
    assert not Version.objects.exists()


def test_who_sees_what_follows_the_classification(made, folders, add):
    seen_by = {}
    add("intern.txt", folders["01"])
    add("fortrolig.txt", folders["02.1"])
    add("streng.txt", folders["01"], actor=made.manager, classification="strictly_confidential")
    add("medlems.txt", folders["01"], actor=made.member, classification="strictly_confidential")
    for role in (Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.MEMBER, Role.GUEST):
        found = access.visible(made.actor(role), made.project)
        seen_by[role] = {one.name.partition(".")[0] for one in found}
        assert all(access.may(made.actor(role), one, access.Right.VIEW) for one in found)
    everything = {"intern", "fortrolig", "streng", "medlems"}
    assert seen_by == {
        Role.COORDINATOR: {"intern", "fortrolig"},
        Role.MANAGER: everything,
        Role.OWNER: everything,
        Role.MEMBER: {"intern", "medlems"},
        Role.GUEST: set(),
    }


def test_what_one_does_not_see_cannot_be_changed(made, folders, add):
    secret = add(folder=folders["02"])
    with pytest.raises(Gone):
        commands.rename_document(made.member, secret, name="Mitt.txt")
    with pytest.raises(Invalid):
        commands.move_document(made.member, add("b.txt"), folder=folders["02"].pk)
    with pytest.raises(NotAllowed):
        commands.add_folder(made.member, made.project, id=new_id(), name="Min")


def test_tightening_a_folder_tightens_what_lies_in_it(made, folders, add):
    one = add(folder=folders["01"], classification="open")
    below = commands.add_folder(
        made.manager, made.project, id=new_id(), name="Under", parent=folders["01"].pk
    )
    commands.change_folder(
        made.manager, folders["01"], name="Styring", classification="confidential"
    )
    below.refresh_from_db()
    one.refresh_from_db()
    assert (below.classification, access.effective(one)) == ("confidential", "confidential")


def test_a_folder_is_not_moved_into_itself_and_copies_whole(made, folders, add):
    add("a.txt", folders["02.1"])
    with pytest.raises(Invalid):
        commands.move_folder(made.manager, folders["02"], parent=folders["02.1"].pk)
    copy = commands.copy_folder(
        made.manager, folders["02"], id=new_id(), parent=folders["01"].pk, name="Kopi"
    )
    inside = Folder.objects.get(parent=copy)
    assert (inside.label, inside.documents.get().name) == ("02.1 Kontrakter", "a.txt")


def test_approval_is_of_one_version(made, add):
    one = add()
    commands.ask_approval(made.coordinator, one)
    with pytest.raises(NotAllowed):
        commands.approve_document(made.coordinator, one, number=1)
    commands.approve_document(made.manager, one, number=1)
    commands.add_version(made.member, one, **bytes_of(b"Endret"))
    one.refresh_from_db()
    assert (one.state, one.approved_version) == ("working", 1)
    with pytest.raises(Invalid):
        commands.approve_document(made.manager, one, number=1)
    with pytest.raises(NotAllowed, match="approved"):
        commands.trash_document(made.member, one)


def test_an_approved_document_settles_what_its_gate_asked_for(made, add):
    gate = Gate.objects.filter(project=made.project).first()
    criterion = add_criterion(SYSTEM, gate, text="Styringsdokument", kind="document")
    needed = commands.ask_for_document(
        made.coordinator,
        made.project,
        id=new_id(),
        title="Styringsdokument",
        criterion=criterion.pk,
    )
    one = add()
    commands.answer_needed(made.coordinator, needed, document=one.pk)
    commands.approve_document(made.manager, one, number=1)
    criterion.refresh_from_db()
    assert (criterion.state, criterion.evidence) == ("done", one.get_absolute_url())


def test_undo_is_refused_where_a_lock_or_another_of_its_name_stands_in_the_way(made, add):
    def last(command):
        return AuditEntry.objects.filter(command=f"documents.{command}").latest("id")

    one = add("a.txt")
    commands.rename_document(made.coordinator, one, name="b.txt")
    commands.check_out(made.member, Document.objects.get())
    with pytest.raises((locks.Locked, Stale)):
        undo(made.coordinator, last("rename_document"))
    commands.check_in(made.member, Document.objects.get())
    commands.trash_document(made.coordinator, Document.objects.get())
    thrown = last("trash_document")
    add("b.txt")
    with pytest.raises(InTheWay):
        undo(made.coordinator, thrown)
    assert Document.objects.filter(trashed_at__isnull=True).count() == 1


def test_the_trash_is_emptied_after_thirty_days_but_for_what_has_to_stay(made, folders, add):
    commands.trash_document(made.manager, add("gammel.txt"))
    kept = add("beholdes.txt", folders["01"])
    commands.change_document(made.manager, kept, retain_until="2999-01-01")
    commands.trash_folder(made.manager, folders["01"])
    commands.trash_folder(made.manager, folders["02"])
    assert jobs.empty_the_trash.func() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert jobs.empty_the_trash.func() == 1
        jobs.empty_the_trash.func()
    assert list(Document.objects.all()) == [kept]
    assert [one.number for one in Folder.objects.all()] == ["01"]

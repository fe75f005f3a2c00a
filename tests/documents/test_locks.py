"""Locks: what they cover, who passes, when they end."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation
from tests.documents.conftest import bytes_of

from tospann.documents import commands, locks
from tospann.documents.models import Lock
from tospann.foundation.errors import NotAllowed
from tospann.foundation.ids import new_id
from tospann.notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(the_portals_own_language):
    with translation.override("en"):
        yield


def test_a_check_out_keeps_others_out_until_it_is_checked_in(made, add):
    one = add()
    commands.check_out(made.member, one)
    with pytest.raises(locks.Locked, match="checked out by Member"):
        commands.add_version(made.manager, one, **bytes_of(b"B"))
    commands.add_version(made.member, one, **bytes_of(b"C"))
    with pytest.raises(locks.Locked):
        commands.check_out(made.manager, one)
    commands.check_in(made.member, one, **bytes_of(b"D"), comment="Ferdig")
    commands.add_version(made.manager, one, **bytes_of(b"E"))
    one.refresh_from_db()
    assert one.version_number == 4
    assert not Lock.objects.exists()


def test_a_forgotten_check_out_is_released_with_a_reason(made, add):
    one = add()
    commands.check_out(made.coordinator, one)
    with pytest.raises(NotAllowed):
        commands.release_check_out(made.member, one, reason="Jeg trenger den")
    commands.release_check_out(made.manager, one, reason="Hun er på ferie")
    told = Notification.objects.get()
    assert told.person_id == made.coordinator.person_id
    assert not Lock.objects.exists()


def test_a_drives_lock_asks_for_its_token_also_of_whoever_took_it(made, add):
    one = add()
    lock = locks.take(made.member, one, seconds=600)
    with pytest.raises(locks.Locked, match="open with"):
        commands.add_version(made.member, one, **bytes_of(b"B"))
    with locks.presenting([lock.token]):
        commands.add_version(made.member, one, **bytes_of(b"B"))
        with pytest.raises(locks.Locked):  # a token is no ticket for others
            commands.add_version(made.manager, one, **bytes_of(b"C"))
    with time_machine.travel(timezone.now() + timedelta(seconds=601)):
        assert locks.covering(one) == []
        commands.add_version(made.manager, one, **bytes_of(b"C"))


def test_a_deep_lock_covers_what_lies_in_the_folder(made, folders, add):
    one = add(folder=folders["02.1"])
    lock = locks.take(made.manager, folders["02"], seconds=600, is_deep=True)
    for change in (
        lambda: commands.rename_document(made.coordinator, one, name="b.txt"),
        lambda: add("ny.txt", folders["02.1"]),
        lambda: commands.trash_folder(made.coordinator, folders["02"]),
        lambda: locks.take(made.coordinator, one, seconds=60),
    ):
        with pytest.raises(locks.Locked):
            change()
    locks.release(lock)
    commands.rename_document(made.coordinator, one, name="b.txt")


def test_a_lock_on_a_folder_alone_covers_its_list_and_not_the_documents(made, folders, add):
    one = add(folder=folders["01"])
    locks.take(made.manager, folders["01"], seconds=600)
    commands.add_version(made.member, one, **bytes_of(b"B"))
    for change in (
        lambda: add("ny.txt", folders["01"]),
        lambda: commands.trash_document(made.coordinator, one),
    ):
        with pytest.raises(locks.Locked):
            change()


def test_a_folder_is_not_thrown_away_while_something_in_it_is_locked(made, folders, add):
    commands.check_out(made.member, add(folder=folders["01"]))
    with pytest.raises(locks.Locked):
        commands.trash_folder(made.manager, folders["01"])
    with pytest.raises(locks.Locked):
        locks.take(made.manager, folders["01"], seconds=60, is_deep=True)
    with pytest.raises(locks.Locked):
        locks.take(made.manager, made.project, seconds=60, is_deep=True)


def test_shared_locks_stand_beside_each_other(made, add):
    one = add()
    first = locks.take(made.manager, one, seconds=60, is_shared=True)
    locks.take(made.member, one, seconds=60, is_shared=True)
    with pytest.raises(locks.Locked):
        locks.take(made.coordinator, one, seconds=60)
    with locks.presenting([first.token]):
        commands.add_version(made.manager, one, **bytes_of(b"B"))


def test_moving_a_folder_lets_go_of_its_locks(made, folders):
    lock = locks.take(made.manager, folders["01"], seconds=60)
    with locks.presenting([lock.token]):
        commands.move_folder(made.manager, folders["01"], parent=folders["02"].pk)
    assert locks.find(lock.token) is None
    assert commands.add_folder(made.manager, made.project, id=new_id(), name="01 Styring")

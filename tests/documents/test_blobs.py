"""Bytes kept once under their hash: safe before they are named, nothing half-written."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tospann.documents import blobs
from tospann.documents.blobs import disk, room

PLAIN = b"Referat fra byggem\xc3\xb8tet\n" * 5000


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


def parts(folder):
    return list((folder / "parts").glob("*.tmp"))


def test_what_is_put_is_read_again(folder):
    kept = blobs.put([PLAIN[:10], b"", PLAIN[10:]])
    assert kept == blobs.Blob(hashlib.sha256(PLAIN).hexdigest(), len(PLAIN))
    assert blobs.read(kept.sha256) == PLAIN
    assert (blobs.size(kept.sha256), blobs.exists(kept.sha256)) == (len(PLAIN), True)
    assert [one.sha256 for one in blobs.listed()] == [kept.sha256]
    assert parts(folder) == []


def test_nothing_at_all_is_a_content_too():
    assert blobs.size(blobs.put([]).sha256) == 0


def test_a_range_is_read_without_the_rest():
    sha256 = blobs.put_bytes(PLAIN).sha256
    assert b"".join(blobs.pieces(blobs.opened(sha256), 7, 11)) == PLAIN[7:18]
    assert b"".join(blobs.pieces(blobs.opened(sha256), 7)) == PLAIN[7:]


def test_what_is_not_there_is_missing():
    none = "0" * 64
    assert not blobs.exists(none)
    assert not blobs.delete(none)
    for ask in (blobs.opened, blobs.size, blobs.read):
        with pytest.raises(blobs.Missing):
            ask(none)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63 + "/", "0" * 65])
def test_only_a_hash_is_a_name(name):
    for ask in (blobs.opened, blobs.exists, blobs.delete, blobs.key):
        with pytest.raises(ValueError, match="SHA-256"):
            ask(name)


def test_too_much_is_refused_and_leaves_nothing(folder):
    with pytest.raises(blobs.TooLarge):
        blobs.put([PLAIN, PLAIN], limit=len(PLAIN))
    with pytest.raises(blobs.TooLarge):
        blobs.put(never(), limit=10, expected=11)
    assert list(blobs.listed()) == parts(folder) == []


def test_an_upload_that_breaks_leaves_nothing(folder):
    def breaks():
        yield PLAIN
        raise ConnectionError

    with pytest.raises(ConnectionError):
        blobs.put(breaks())
    assert list(blobs.listed()) == parts(folder) == []


def never():
    raise AssertionError("nothing is read")
    yield b""


def test_below_the_reserve_nothing_is_read_and_with_room_it_goes_on(settings):
    settings.DISK_RESERVE_MEGABYTES = room.free() // blobs.MEGABYTE + 1000
    assert room.is_low()
    with pytest.raises(blobs.NoRoom) as refused:
        blobs.put(never())
    assert refused.value.status == 507
    settings.DISK_RESERVE_MEGABYTES = 1
    assert blobs.put_bytes(PLAIN).size == len(PLAIN)


def test_a_file_larger_than_the_room_is_refused_before_it_is_read():
    with pytest.raises(blobs.NoRoom):
        blobs.put(never(), expected=room.free())


def test_room_that_goes_away_meanwhile_is_noticed(settings, monkeypatch, folder):
    monkeypatch.setattr(room, "LOOK_EVERY", 100)

    def fills_up():
        yield PLAIN
        settings.DISK_RESERVE_MEGABYTES = room.free() // blobs.MEGABYTE + 1000
        yield PLAIN
        yield from never()

    with pytest.raises(blobs.NoRoom):
        blobs.put(fills_up())
    assert parts(folder) == []


def test_a_damaged_content_is_good_again_when_it_is_put_again(folder):
    sha256 = blobs.put_bytes(PLAIN).sha256
    path = folder / blobs.key(sha256)
    path.write_bytes(b"x" + PLAIN[1:])
    blobs.put_bytes(PLAIN)
    assert blobs.read(sha256) == PLAIN


def test_who_reads_is_not_disturbed_by_who_puts_or_removes():
    sha256 = blobs.put_bytes(PLAIN).sha256
    with blobs.opened(sha256) as file:
        blobs.put_bytes(PLAIN)
        assert blobs.delete(sha256)
        assert file.read() == PLAIN


def test_what_was_put_again_is_not_removed_as_old(folder):
    store, before = disk.Disk(), datetime.now(UTC) - timedelta(hours=24)
    sha256 = blobs.put_bytes(PLAIN).sha256
    os.utime(folder / blobs.key(sha256), (0, 0))
    blobs.put_bytes(PLAIN)
    assert not store.delete(sha256, older_than=before)
    os.utime(folder / blobs.key(sha256), (0, 0))
    assert store.delete(sha256, older_than=before)
    assert not blobs.exists(sha256)


def test_every_name_is_on_the_disk_before_it_is_told(folder, monkeypatch):
    """The order itself: bytes, name, folder; a folder that is new, then also the one above."""
    done = []
    real = os.fsync

    def noted(handle):
        done.append(Path(f"/proc/self/fd/{handle}").readlink())
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    sha256 = blobs.put_bytes(PLAIN).sha256
    at = folder / blobs.key(sha256)
    assert done[0].suffix == ".tmp"
    assert done[1:] == [folder, folder.parent, at.parent]
    done.clear()
    blobs.put_bytes(PLAIN)
    assert done[1:] == [at.parent]

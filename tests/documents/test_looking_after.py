"""Kept bytes are read again and mended, and only what nobody needs is ever removed."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making

from tospann.documents import blobs, commands, files, jobs
from tospann.documents.blobs import collecting, scrubbing
from tospann.documents.blobs.disk import Disk
from tospann.documents.models import Attachment
from tospann.foundation.ids import new_id
from tospann.notifications.mail import Attached, queue_mail
from tospann.projects.commands import add_goal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR / "files"


@pytest.fixture
def attached():
    """A file that a record needs; its hash."""
    made = making.project()
    goal = add_goal(
        made.manager, made.project, id=new_id(), level="output_goal", description="Ny hall"
    )
    kept = files.keep(b"the agreement", "agreement.txt")
    commands.attach(
        made.manager, made.project, id=new_id(), born_in=f"projects.goal:{goal.pk}",
        name=kept.name, media_type=kept.media_type, size=kept.size, sha256=kept.sha256,
    )  # fmt: skip
    return kept.sha256


@pytest.fixture
def put(folder):
    """Keeps bytes as if some days ago."""

    def old(data, days=3):
        sha256 = blobs.put_bytes(data).sha256
        age(folder / blobs.key(sha256), days)
        return sha256

    return old


def age(path, days=3):
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def test_what_nobody_needs_goes_and_what_is_needed_or_young_stays(folder, attached, put):
    age(folder / blobs.key(attached))
    unneeded = put(b"its row never came")
    young = blobs.put_bytes(b"its row may come").sha256
    trial = collecting.collect(is_trial=True)
    assert ([one.sha256 for one in trial.unneeded], trial.removed) == ([unneeded], 0)
    assert blobs.exists(unneeded)
    assert collecting.collect().removed == 1
    assert [blobs.exists(one) for one in (attached, unneeded, young)] == [True, False, True]


def test_a_file_that_a_waiting_mail_sends_along_is_needed(attached, put):
    """Any hash in any JSON column counts, wherever it stands."""
    waiting = put(b"sent along")
    to_be_sent(waiting)
    assert collecting.collect().removed == 0


def test_what_the_audit_chain_remembers_is_not_needed(folder, attached):
    age(folder / blobs.key(attached))
    elsewhere = files.keep(b"another", "another.txt")
    Attachment.objects.all()._raw_delete("default")
    to_be_sent(elsewhere.sha256)
    assert collecting.collect().removed == 1
    assert not blobs.exists(attached)


def to_be_sent(sha256):
    """A mail that waits with this file."""
    attached = [Attached("a.pdf", "application/pdf", f"files:{sha256}")]
    assert queue_mail("test", "kari@example.org", "Referat", "Vedlagt", attached=attached)


def test_broken_off_uploads_are_cleared_away(folder, attached):
    left = folder / "parts" / "left.tmp"
    left.write_bytes(b"half a file")
    assert collecting.collect().parts == 0
    age(left)
    assert collecting.collect().parts == 1
    assert not left.exists()


def test_with_a_database_that_names_nothing_nothing_goes(put):
    kept = put(b"of another database")
    with pytest.raises(collecting.Stopped, match="names no file"):
        collecting.collect()
    assert blobs.exists(kept)


def test_very_many_go_only_when_somebody_has_looked(attached, put):
    for number in range(collecting.MANY + 1):
        put(b"%d" % number)
    with pytest.raises(collecting.Stopped, match="more than is likely"):
        collecting.collect()
    assert jobs.remove_unneeded_files.call().startswith("51 of 52")
    assert collecting.collect(even_many=True).removed == collecting.MANY + 1


def test_nothing_goes_while_a_backup_is_made(attached, put):
    unneeded = put(b"unneeded")
    with collecting.quiet(), pytest.raises(collecting.Stopped, match="backup"):
        collecting.collect()
    assert blobs.exists(unneeded)
    collecting.collect()
    assert not blobs.exists(unneeded)


def flip(path, bit=0):
    """One bit of the file is another, and nothing else tells of it."""
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)
    os.utime(path, (before.st_atime, before.st_mtime))


def test_a_flipped_bit_is_found_and_the_rows_that_need_it_are_named(folder, attached, put):
    other = put(b"nobody's")
    assert scrubbing.scrub().is_whole
    for sha256 in (attached, other):
        flip(folder / blobs.key(sha256), 13)
    report = scrubbing.scrub()
    assert set(report.damaged) == {attached, other}
    assert report.damaged[other] == []
    assert "agreement.txt" in report.damaged[attached][0]
    assert scrubbing.last_report()["damaged"] == report.damaged


def test_a_lost_or_cut_file_is_missing(folder, attached):
    path = folder / blobs.key(attached)
    path.unlink()
    assert list(scrubbing.scrub().missing) == [attached]
    assert [row.sha256 for row in scrubbing.missing()] == [attached]
    path.write_bytes(b"the agr")
    report = scrubbing.scrub()
    assert (list(report.damaged), list(report.missing)) == ([attached], []), "told once"


def test_a_month_of_nights_reads_everything_once(attached, put):
    for number in range(40):
        put(b"%d" % number)
    first = timezone.localdate()
    read = [scrubbing.scrub(day=first + timedelta(days=night)).files for night in range(30)]
    assert sum(read) == 41
    assert max(read) < 20
    assert "0 damaged, 0 missing" in jobs.read_files_again.call()


def test_what_is_damaged_is_mended_from_a_backup(folder, attached, put, tmp_path):
    lost, nowhere = put(b"lost"), put(b"nowhere whole")
    backup = tmp_path / "backup"
    copies = Disk(backup / "files" / "files")
    for sha256 in (attached, lost, nowhere):
        path = copies.folder / blobs.key(sha256)
        path.parent.mkdir(parents=True)
        path.write_bytes(blobs.read(sha256))
    flip(copies.folder / blobs.key(nowhere))
    for sha256 in (attached, lost, nowhere):
        flip(folder / blobs.key(sha256))
    report = scrubbing.scrub(backup=backup)
    assert set(report.healed) == {attached, lost}
    assert list(report.damaged) == [nowhere]
    assert scrubbing.scrub().damaged.keys() == {nowhere}
    assert not list((folder / "parts").glob("*.tmp"))


@pytest.mark.long
def test_a_thousand_flipped_bits_are_all_found(folder, attached):
    import random

    luck = random.Random(11)
    kept = [blobs.put_bytes(luck.randbytes(luck.randint(1, 200_000))).sha256 for _n in range(1200)]
    struck = luck.sample(kept, 1000)
    for sha256 in struck:
        path = folder / blobs.key(sha256)
        flip(path, luck.randrange(8 * path.stat().st_size))
    assert set(scrubbing.scrub().damaged) == set(struck)

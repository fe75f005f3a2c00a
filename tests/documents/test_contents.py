"""What is found out about files: the real kind, what is wrong with them, their words."""

import subprocess
import sys

import pytest
from tests.documents import hostile

from tospann.documents import blobs, contents
from tospann.documents.blobs import references
from tospann.documents.models import Content

pytestmark = pytest.mark.django_db


def examined(one):
    return contents.examined(blobs.put_bytes(one.data).sha256)


def codes(one, found):
    return {remark.code for remark in contents.remarks(one.name, found)}


def test_the_corpus_is_large_enough():
    assert len(hostile.ALL) >= 60
    assert len({(one.name, one.data) for one in hostile.ALL}) == len(hostile.ALL)


@pytest.mark.parametrize("one", hostile.GOOD, ids=str)
def test_a_good_file_is_read_and_nothing_is_said_against_it(one):
    found = examined(one)
    assert codes(one, found) == set()
    assert one.says in Content.objects.get(pk=found.pk).text
    assert contents.outside(one.name, found.sha256, len(one.data)) is None


@pytest.mark.parametrize("one", hostile.BAD, ids=str)
def test_a_hostile_file_is_named_and_harms_nobody(one):
    found = examined(one)
    assert one.expects <= codes(one, found)
    assert all(str(remark.sentence) for remark in contents.remarks(one.name, found))
    assert "root:" not in Content.objects.get(pk=found.pk).text


@pytest.mark.parametrize("more", [(), pytest.param(("imports",), marks=pytest.mark.long)], ids=str)
def test_no_hostile_file_takes_a_gigabyte(more):
    """Measured by a program that has no other children; it is small when it begins them."""
    command = [sys.executable, "-m", "tests.documents.peak", *more]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert 10_000 < int(said.stdout) < 1024 * 1024


@pytest.mark.parametrize("name", ["Makro.docm", "Faktura.docx", "Opp.zip", "Mal.docx"])
def test_what_can_run_stays_inside(name):
    one = next(one for one in hostile.BAD if one.name == name)
    kept = blobs.put_bytes(one.data)
    assert contents.outside(one.name, kept.sha256, kept.size) is not None


def test_a_file_is_examined_once(monkeypatch):
    one = hostile.GOOD[0]
    first = examined(one)
    blobs.delete(first.sha256)
    assert contents.examined(first.sha256).kind == "docx"


def test_too_large_a_file_is_only_looked_at_from_outside(monkeypatch):
    from tospann.documents.contents import examining
    from tospann.jobs import confined

    monkeypatch.setattr(examining, "_LIMITS", confined.Limits(input=100))
    found = examined(hostile.GOOD[0])
    assert codes(hostile.GOOD[0], found) == {"large"}
    assert contents.outside("Notat.docx", found.sha256, 1) is None


def test_to_be_known_is_not_to_be_needed(made):
    found = examined(hostile.GOOD[0])
    assert bytes.fromhex(found.sha256) not in references.needed()

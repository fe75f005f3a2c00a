"""Sealed files: genuine as they were made, never otherwise; the check page tells which."""

import json
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from tospann import seals
from tospann.__main__ import main
from tospann.jobs import confined
from tospann.seals import marks
from tospann.seals.models import Seal
from tospann.seals.ring import Ring
from tospann.ui.pdf import typeset

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def made(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    settings.BASE_URL = "https://portal.example.no"
    pdf = typeset("seals/typst/stamp.typ", {"words": "Byggemøte 4"}, standards=())
    return seals.seal(pdf, title="Byggemøte 4 (æøå)", made_at=AT, subject="meetings.minutes:1")


def ring():
    return Ring.of(settings.DATA_DIR)


def test_a_sealed_file_is_genuine_and_says_what_it_is(made):
    verdict = marks.check(made, ring())
    assert verdict.holds
    assert (verdict.mark.title, verdict.mark.made_at) == ("Byggemøte 4 (æøå)", AT)
    given = Seal.objects.get(code=verdict.mark.code)
    assert (given.fingerprint, given.subject) == (verdict.fingerprint, "meetings.minutes:1")
    pdf = typeset("seals/typst/stamp.typ", {"words": "Byggemøte 4"}, standards=())
    later = AT + timedelta(days=1)
    again = seals.seal(pdf, title=given.title, made_at=later, subject=given.subject)
    assert again == made, "the same pages are the same file, so that looking leaves nothing"
    page = PdfReader(BytesIO(made), strict=True).pages[0]
    assert marks.grouped(given.code) in page.extract_text()


def test_pages_of_any_origin_are_not_read_in_this_process(made, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    more = {"title": "Tilbud", "made_at": AT, "subject": "cases.bundle:1"}
    sealed = seals.seal(typeset("seals/typst/stamp.typ", {"words": "A"}, standards=()), **more)
    assert marks.check(sealed, ring()).holds
    said = {"words": "A", "title": "A", "key": "A", "language": "nb"}
    with pytest.raises(ImportError):  # what we have set ourselves is; so the bar does bar
        seals.typeset("seals/typst/stamp.typ", said, standards=())


def test_a_file_that_breaks_its_reader_breaks_the_child_alone(made):
    deep = b"[" * 100_000 + b"]" * 100_000
    pdf = made.replace(b"/Type /Catalog", b"/Type /Catalog /Deep " + deep, 1)
    assert pdf != made
    before = Seal.objects.count()
    with pytest.raises(confined.ConfinedError):
        seals.seal(pdf, title="Dyp", made_at=AT, subject="cases.bundle:2")
    assert Seal.objects.count() == before


def test_one_changed_byte_anywhere_fails(made):
    known = ring()
    for place in {*range(0, len(made), 41), *range(len(made) - 300, len(made))}:
        changed = bytearray(made)
        changed[place] ^= 1
        assert not marks.check(bytes(changed), known).holds, place
    mark = marks.find(made)
    for place in range(mark.start - 60, mark.start + 128):
        changed = bytearray(made)
        changed[place] ^= 0x20  # the other case of a letter
        assert not marks.check(bytes(changed), known).holds, place
    assert not marks.check(made + b"\n", known).holds
    assert not marks.check(made[:-1], known).holds


def test_a_mark_of_another_key_is_not_ours(made, tmp_path):
    theirs = Ring.of(tmp_path / "theirs")
    theirs.current()
    assert marks.check(made, theirs).state == "unknown_key"
    assert marks.check(b"%PDF-1.7 nothing %%EOF", ring()).state == "no_seal"


def test_the_command_needs_the_file_and_the_public_keys_alone(made, tmp_path, capsys, client):
    file, published = tmp_path / "a.pdf", tmp_path / "keys.json"
    file.write_bytes(made)
    published.write_bytes(client.get("/verify/keys").content)
    empty = tmp_path / "empty"
    empty.mkdir()
    asked = ["verify", str(file), "--keys", str(published)]
    assert main(asked) == 0
    assert "GENUINE" in capsys.readouterr().out
    file.write_bytes(made.replace(b"/Type", b"/type", 1))
    assert main(asked) == 1
    assert "CHANGED" in capsys.readouterr().out
    published.write_text(json.dumps({"keys": [{"id": "1", "public_key": "AAAA"}]}))
    assert main(asked) == 1


def test_a_key_is_followed_and_may_be_withdrawn(made):
    known = ring()
    first = known.current().id
    second = known.rotate().id
    assert known.current().id == second != first
    assert marks.check(made, ring()).holds
    assert not (settings.DATA_DIR / "seal-keys" / f"{first}.private").exists()
    known.rotate(withdraw=True)
    assert marks.check(made, ring()).state == "withdrawn"
    assert len(ring().keys) == 3


def test_the_page_judges_files_and_what_a_browser_found(made, client):
    upload = SimpleUploadedFile("a.pdf", made, "application/pdf")
    said = client.post("/verify", {"file": upload}).content.decode()
    assert "Byggemøte 4 (æøå)" in said
    verdict = marks.check(made, ring())
    text = made[made.index(b"tospann-seal-1") :][: verdict.mark.start + 128]
    mark = text[: text.index(b")")].decode()
    found = {"mark": mark, "fingerprint": verdict.fingerprint}
    assert "Byggemøte 4 (æøå)" in client.post("/verify", found).content.decode()
    other = client.post("/verify", found | {"fingerprint": "0" * 64}).content.decode()
    assert "Byggemøte 4 (æøå)" not in other
    assert client.post("/verify", {}).status_code == 422


def test_the_page_knows_codes_as_people_type_them(made, client):
    code = marks.check(made, ring()).mark.code
    typed = marks.grouped(code).lower().replace("0", "o")
    answer = client.get("/verify", {"code": f" {typed} "})
    assert answer.headers["Location"] == f"/verify/{code}"
    assert "Byggemøte 4 (æøå)" in client.get(answer.headers["Location"]).content.decode()
    assert client.get("/verify/ZZZZZZZZZZZZ").status_code == 404
    assert client.get("/verify", {"code": "abc"}).status_code == 422

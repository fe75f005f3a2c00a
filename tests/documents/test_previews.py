"""Pages as pictures: drawn in confined children, kept by hash, shown to who sees the document."""

import io
import shutil

import pytest
from PIL import Image
from tests.documents import hostile
from tests.home.seeing import sign_in

from tospann.documents import blobs, previews
from tospann.documents.previews import jobs, keeping, making, office
from tospann.foundation.authority import Role

pytestmark = pytest.mark.django_db

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: no Office previews"
)


def drawn(data, name=""):
    kept = blobs.put_bytes(data)
    making.draw(kept.sha256, name)
    return kept.sha256, previews.state(kept.sha256)


def test_a_pdf_is_drawn_page_by_page():
    sha256, state = drawn(hostile.pdf())
    assert (state.is_drawn, state.total, len(state.sizes)) == (True, 1, 1)
    with Image.open(io.BytesIO(previews.picture(sha256, 1))) as page:
        assert page.format == "WEBP"
        assert page.size == state.sizes[0]
        assert page.convert("L").getextrema()[0] < 60, "an empty page"
    assert previews.picture(sha256, 2) is None


def test_only_the_first_pages_of_many_are_drawn():
    kids = b" ".join([b"3 0 R"] * 60)
    _sha256, state = drawn(hostile.pdf(pages=b"<</Type/Pages/Kids[%s]/Count 60>>" % kids))
    assert state.total == 60
    assert len(state.sizes) == 20
    assert state.is_cut


def test_a_picture_is_drawn_anew_without_what_else_it_holds():
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Hemmelig kamera"
    Image.new("RGB", (3000, 2000), "green").save(made, "JPEG", exif=exif)
    sha256, state = drawn(made.getvalue())
    assert state.sizes == ((1100, 733),)
    assert b"Hemmelig" not in previews.picture(sha256, 1)


def test_a_mark_is_written_across_the_whole_page():
    sha256, _state = drawn(hostile.pdf(text=" "))
    with Image.open(io.BytesIO(previews.picture(sha256, 1, mark="Gjest 3.2.2027"))) as page:
        grey, quarter = page.convert("L"), (page.width // 2, page.height // 2)
        for left in (0, quarter[0]):
            for top in (0, quarter[1]):
                part = grey.crop((left, top, left + quarter[0], top + quarter[1]))
                assert part.getextrema()[0] < 230, "a quarter of the page is not marked"


@needs_office
@pytest.mark.parametrize(
    ("name", "data"),
    [("Brev.rtf", None), ("Notat.docx", "docx"), ("Tall.xlsx", "xlsx")],
)
def test_office_files_are_drawn_by_libreoffice(name, data):
    if not office.is_here():
        pytest.skip("no user namespaces here: Office previews stay off")
    made = io.BytesIO()
    if data == "docx":
        from docx import Document

        document = Document()
        document.add_heading("Styringsdokument")
        document.save(made)
    elif data == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        book.active.append(["Post", "Sum"])
        book.save(made)
    else:
        made.write(b"{\\rtf1 Hei p\\'e5 deg}")
    _sha256, state = drawn(made.getvalue(), name)
    assert state.is_drawn, state.because
    assert len(state.sizes) == 1


@needs_office
def test_libreoffice_sees_neither_the_data_nor_a_network(settings, tmp_path, monkeypatch):
    if not office.is_here():
        pytest.skip("no user namespaces here: Office previews stay off")
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "hemmelig.txt").write_text("x")
    out = tmp_path / "seen.txt"
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\nls {settings.DATA_DIR} > {out}; ls /sys/class/net >> {out}\n"
                      f"cat /proc/net/dev | wc -l >> {out}\n")  # fmt: skip
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin:/usr/sbin:/sbin")
    with pytest.raises(office.Failed), office.as_pdf(io.BytesIO(b"x"), "docx"):
        pass
    said = out.read_text()
    assert "hemmelig" not in said
    assert said.strip().endswith("3"), "more than two lines of head and the loopback"


def test_what_never_ends_is_killed_with_its_children(tmp_path_factory, monkeypatch):
    if not office.is_here():
        pytest.skip("no user namespaces here: Office previews stay off")
    seen = tmp_path_factory.mktemp("seen")  # the data folder is hidden from it
    script, mark = seen / "soffice", seen / "late"
    script.write_text(f"#!/bin/sh\n(sleep 3; touch {mark}) &\nsleep 60\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{seen}:/usr/bin:/bin:/usr/sbin:/sbin")
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(office.Failed) as failed, office.as_pdf(io.BytesIO(b"x"), "docx"):
        pass
    assert failed.value.because == "heavy"
    import time

    time.sleep(3)
    assert not mark.exists()


DRAWN = [one for one in hostile.BAD if making.can_be_drawn(one.name.rpartition(".")[2].lower())]


@pytest.mark.parametrize("one", [o for o in DRAWN if o.name.endswith((".pdf", ".docx"))], ids=str)
def test_no_hostile_file_harms_whoever_draws_it(one, monkeypatch):
    """LibreOffice is stood in for by nothing: what reaches it is another test's matter."""
    monkeypatch.setattr(office, "is_here", lambda: False)
    _sha256, state = drawn(one.data, one.name)
    assert not state.is_waiting
    assert state.is_drawn or state.why_not


def test_a_huge_picture_is_refused():
    _sha256, state = drawn(hostile.png(60_000, 60_000))
    assert state.because == "heavy"


def test_pages_of_what_is_gone_are_forgotten():
    sha256, _state = drawn(hostile.pdf())
    blobs.delete(sha256)
    assert jobs.forget_the_gone.func() == 1
    assert keeping.kept() == []


def test_the_page_asks_for_it_and_shows_it_when_it_is_drawn(client, made, add):
    one = add("Kontrakt.pdf", data=hostile.pdf())
    sign_in(client, made.people[Role.MEMBER])
    address = f"/p/{made.project.key}/documents/{one.number}"
    assert f'hx-get="{address}/preview"' in client.get(address).text
    waiting = client.get(f"{address}/preview", headers={"HX-Request": "true"}).text
    assert "load delay" in waiting
    jobs.draw.func(one.sha256, one.name)
    shown = client.get(f"{address}/preview").text
    assert f'src="{address}/preview/1?v=1"' in shown
    answer = client.get(f"{address}/preview/1")
    assert answer["Content-Type"] == "image/webp"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert client.get(f"{address}/preview/2").status_code == 404


def test_who_does_not_see_the_document_sees_no_page_of_it(client, made, add, folders):
    one = add("Kontrakt.pdf", folders["02"], hostile.pdf())
    jobs.draw.func(one.sha256, one.name)
    address = f"/p/{made.project.key}/documents/{one.number}/preview"
    for role in (Role.MEMBER, Role.GUEST):
        sign_in(client, made.people[role])
        assert client.get(address).status_code == 404
        assert client.get(f"{address}/1").status_code == 404


def test_words_are_shown_as_words_and_remarks_in_sentences(client, made, add):
    from tospann.documents import contents

    text = add("Les.txt", data="<b>Møte</b>".encode())
    macro = add("Makro.docx", data=hostile.docx_with({"word/vbaProject.bin": "x"}))
    for one in (text, macro):
        contents.examined(one.sha256)
    sign_in(client, made.people[Role.MEMBER])
    at = f"/p/{made.project.key}/documents"
    assert "&lt;b&gt;Møte" in client.get(f"{at}/{text.number}/preview").text
    assert "makro" in client.get(f"{at}/{macro.number}/preview").text.lower()

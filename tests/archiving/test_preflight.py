"""What is signed, published and filled in is PDF/A in the eyes of a program that is not ours.

Debian has Apache PDFBox Preflight (libpdfbox2-java libactivation-java libjaxb-api-java). It knows
PDF/A-1b, our files are PDF/A-2a: what only the former forbids is told apart below, by name.
"""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from tests import making
from tests.archiving import papers

from tospann.archiving import formats

JARS = [
    Path(f"/usr/share/java/{name}.jar")
    for name in (
        *("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io"),
        *("jaxb-api", "javax.activation"),
    )
]
IS_HERE = bool(shutil.which("java")) and all(one.is_file() for one in JARS)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not IS_HERE,
        reason="NOT CHECKED AS PDF/A: no java, or no libpdfbox2-java libactivation-java "
        "libjaxb-api-java",
    ),
]
ALLOWED_IN_A_2 = {
    r"2\.1\.6 : .*Invalid version of the ICCProfile.*": "profiles of version 4",
    r"1\.2\.3 : .*can't convert to Destination COSObject.*": "a place named by a reference",
    r"7\.3 : .*the namespace http://www\.aiim\.org/pdfua/ns/id/": "described in the file itself",
}


def faults(pdf, tmp_path):
    """What Preflight has against it, but what PDF/A-2 allows."""
    path = tmp_path / "looked-at.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        ["java", "-cp", ":".join(map(str, JARS)), "org.apache.pdfbox.preflight.Validator_A1b",
         str(path)],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert "PDF/A-1b file" in done.stdout + done.stderr, done.stderr
    lines = [one for one in (done.stdout + done.stderr).splitlines() if re.match(r"\d\S* : ", one)]
    return [one for one in lines if not any(re.fullmatch(known, one) for known in ALLOWED_IN_A_2)]


@pytest.fixture
def kept(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.BASE_URL = "https://portal.example.no"
    return tmp_path


@pytest.mark.parametrize("made", [papers.report, papers.minutes, papers.filled])
def test_a_paper_of_ours_is_for_archives(made, kept, client):
    pdf = made(client)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/" in pdf
    assert faults(pdf, kept) == []


def _with_script(root):
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('hei')")}
    found = DictionaryObject({NameObject(name): value for name, value in script.items()})
    root[NameObject("/OpenAction")] = found


def _without_profile(root):
    del root["/OutputIntents"]


def _without_metadata(root):
    del root["/Metadata"]


@pytest.mark.parametrize("spoil", [_with_script, _without_profile, _without_metadata])
def test_the_check_notices_what_no_archive_takes(spoil, kept, client):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(papers.minutes(client)))
    spoil(writer.root_object)
    spoilt = io.BytesIO()
    writer.write(spoilt)
    assert faults(spoilt.getvalue(), kept)


def test_a_file_of_a_case_is_not_taken_for_one(kept):
    """Its pages are others' too; the archive has each paper by itself."""
    path = kept / "case.pdf"
    path.write_bytes(papers.bundle(making.project()))
    assert not formats.is_pdfa(path)

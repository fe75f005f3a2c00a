"""A project on its way to the archive: everything is there, proves itself, and is valid Noark."""

import csv
import hashlib
import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from docx import Document as Word
from tests import making, oracles

from tospann.archiving import schemas
from tospann.archiving.models import Package
from tospann.archiving.packing import MANIFEST, pack
from tospann.documents import commands, files
from tospann.documents.blobs import opened
from tospann.documents.commands import FolderLine
from tospann.documents.models import Document, Folder
from tospann.documents.previews import office
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.jobs.models import Progress, ProgressState
from tospann.jobs.worker import Worker
from tospann.people.models import Person
from tospann.seals.ring import Ring

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    made = making.project()
    lines = [FolderLine(number="01", name="Styring & <ledelse>")]
    commands.add_folders(SYSTEM, made.project, folders=lines)
    folder = Folder.objects.get(project=made.project)
    _add(made, "Notat æøå.txt", "Første notat".encode(), folder)
    _add(made, "Løst ark.txt", b"Uten mappe", None)
    return made


def _add(made, name, data, folder, media_type="text/plain"):
    kept = files.keep(data, name)
    return commands.add_document(
        made.coordinator,
        made.project,
        id=new_id(),
        name=name,
        folder=folder.pk if folder else None,
        sha256=kept.sha256,
        size=kept.size,
        media_type=media_type,
    )


def packed(made, tmp_path):
    root = tmp_path / "package"
    root.mkdir()
    told = []
    return root, pack(made.project, root, "Arkivar", lambda *how: told.append(how)), told


def test_the_package_holds_everything_and_proves_itself(made, tmp_path, settings):
    root, came, told = packed(made, tmp_path)
    assert (came.documents, came.faults, came.remarks) == (2, [], [("not_validated", 1)])
    assert told[-1][0] == told[-1][1] > 0
    assert (root / "dokumenter/01 Styring & _ledelse_/Notat æøå.txt").read_text() == "Første notat"
    said = json.loads((root / "package.json").read_text())
    assert said["registers"]["documents.document"] == 2
    assert said["acts"] == len((root / "audit/entries.jsonl").read_text().splitlines()) > 0
    with (root / "registers/documents.document.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert {one["name"] for one in rows} == {"Notat æøå.txt", "Løst ark.txt"}
    assert rows[0]["made_by_name"] == Person.objects.get(pk=rows[0]["made_by_id"]).name
    for line in (root / MANIFEST).read_text().splitlines():
        digest, path = line.split("  ", 1)
        assert hashlib.sha256((root / path).read_bytes()).hexdigest() == digest, path
    seal = json.loads((root / "manifest-seal.json").read_text())
    key = Ring.published((root / "keys.json").read_text()).find(seal["key"])
    text = (root / MANIFEST).read_bytes()
    assert key.verifies(bytes.fromhex(seal["signature"]), text)
    assert not key.verifies(bytes.fromhex(seal["signature"]), text + b" ")


def test_other_versions_lie_beside_the_one_that_counts_unless_the_setting_leaves_them_out(
    made, tmp_path, settings
):
    document = Document.objects.get(name="Notat æøå.txt")
    kept = files.keep(b"Andre notat", "Notat æøå.txt")
    said = {"sha256": kept.sha256, "size": kept.size, "media_type": "text/plain"}
    commands.add_version(made.coordinator, document, comment="Rettet", **said)
    root, came, _told = packed(made, tmp_path)
    assert (came.documents, came.remarks) == (2, [("not_validated", 1)])
    folder = "01 Styring & _ledelse_/Notat æøå.txt"
    assert (root / "dokumenter" / folder).read_text() == "Andre notat"
    assert (root / "versjoner" / folder / "v1.txt").read_text() == "Første notat"
    assert f"versjoner/{folder}/v1.txt" in (root / MANIFEST).read_text()
    told = json.loads((root / "package.json").read_text())
    others = {one["title"]: one["other_versions"] for one in told["documents"]}
    assert [one["path"] for one in others["Notat æøå.txt"]] == [f"versjoner/{folder}/v1.txt"]
    assert (told["versions"], others["Løst ark.txt"]) == ("all", [])
    assert _wrong(root) == []
    settings.ARCHIVE_VERSIONS = "counting"
    (tmp_path / "other").mkdir()
    pack(made.project, tmp_path / "other", "Arkivar", lambda *_how: None)
    assert not (tmp_path / "other/versjoner").exists()
    assert json.loads((tmp_path / "other/package.json").read_text())["versions"] == "counting"


def test_the_journal_says_who_did_what_when_for_every_act(made, tmp_path):
    root, _came, _told = packed(made, tmp_path)
    with (root / "audit/journal.csv").open() as file:
        rows = list(csv.DictReader(file))
    chain = [json.loads(one) for one in (root / "audit/entries.jsonl").read_text().splitlines()]
    assert [int(one["sequence"]) for one in rows] == [one["sequence"] for one in chain]
    added = next(one for one in rows if one["command"] == "documents.add_document")
    assert added["who"] == Person.objects.get(pk=made.coordinator.person_id).name
    assert added["act"] == commands.add_document.title


def test_the_extract_is_valid_by_the_published_schemas_and_they_find_faults(
    made, tmp_path, settings
):
    settings.NOARK_SCHEMAS = str(oracles.there(oracles.NOARK))
    root, came, _told = packed(made, tmp_path)
    assert (came.is_validated, came.faults, came.remarks) == (True, [], [])
    assert (root / "metadatakatalog.xsd").is_file()
    published = schemas.configured()
    path = root / "arkivstruktur.xml"
    good = path.read_text()
    assert "Notat æøå.txt" in good
    assert "Styring &amp; _ledelse_" in good
    for wrong in (
        good.replace("<saksstatus>Avsluttet</saksstatus>", ""),
        good.replace("<tittel>Løst ark.txt</tittel>", "<tittel></tittel>"),
        good.replace("<versjonsnummer>1<", "<versjonsnummer>en<", 1),
    ):
        assert wrong != good
        path.write_text(wrong)
        assert published.faults(root), wrong[:200]


MADE, CLOSED = "opprettetDato opprettetAv", "avsluttetDato avsluttetAv"
DEMANDED = {
    "arkiv": f"systemID tittel arkivstatus dokumentmedium {MADE} {CLOSED} arkivskaper arkivdel",
    "arkivskaper": "arkivskaperID arkivskaperNavn",
    "arkivdel": f"systemID tittel arkivdelstatus dokumentmedium {MADE} {CLOSED} mappe",
    "mappe": f"systemID mappeID tittel {MADE} {CLOSED}( registrering)+",
    "saksmappe": f"systemID mappeID tittel dokumentmedium {MADE} {CLOSED}( mappe)+ saksaar "
    "sakssekvensnummer saksdato administrativEnhet saksansvarlig saksstatus",
    "registrering": f"systemID {MADE} arkivertDato arkivertAv( skjerming)? dokumentbeskrivelse "
    "registreringsID tittel dokumentmedium korrespondansepart",
    "korrespondansepart": "korrespondanseparttype korrespondansepartNavn",
    "dokumentbeskrivelse": f"systemID dokumenttype dokumentstatus tittel {MADE} dokumentmedium "
    "tilknyttetRegistreringSom dokumentnummer tilknyttetDato tilknyttetAv( dokumentobjekt)+",
    "dokumentobjekt": f"systemID versjonsnummer variantformat format {MADE} referanseDokumentfil "
    "sjekksum sjekksumAlgoritme filstoerrelse( konvertering)?",
}
"""What of the standard's elements we write, in the order it asks for."""
KIND = "{http://www.w3.org/2001/XMLSchema-instance}type"


def _wrong(root):
    """What is missing, out of order, or not as the files are."""
    tree = ElementTree.parse(root / "arkivstruktur.xml")
    found = []
    for one in tree.iter():
        name = one.tag.rpartition("}")[2]
        children = " ".join(inner.tag.rpartition("}")[2] for inner in one)
        asked = DEMANDED.get(one.get(KIND, name))
        if asked and not re.fullmatch(asked, children):
            found.append(f"{name}: {children}")
        if name == "dokumentobjekt":
            found += _unlike_its_file(one, root)
    there = [path for top in ("dokumenter", "pdfa") for path in (root / top).rglob("*.*")]
    count = sum(one.tag.endswith("}dokumentobjekt") for one in tree.iter())
    if count != len(there):
        found.append(f"{count} of {len(there)} files")
    if f"<value>{len(there)}</value>" not in (root / "arkivuttrekk.xml").read_text():
        found.append("arkivuttrekk")
    return found


def _unlike_its_file(one, root):
    said = {inner.tag.rpartition("}")[2]: inner.text for inner in one}
    data = (root / said["referanseDokumentfil"]).read_bytes()
    is_so = said.get("sjekksum") == hashlib.sha256(data).hexdigest()
    is_so = is_so and said.get("filstoerrelse") == str(len(data))
    return [] if is_so else [f"unlike {said['referanseDokumentfil']}"]


def test_the_extract_has_what_the_standard_demands_in_its_order_and_agrees_with_the_files(
    made, tmp_path
):
    root, came, _told = packed(made, tmp_path)
    assert not came.is_validated
    assert not list(root.glob("*.xsd"))
    noark = json.loads((root / "package.json").read_text())["noark_5"]
    assert noark["is_validated"] is False
    assert "TOSPANN_NOARK_SCHEMAS" in noark["remark"]
    assert _wrong(root) == []
    path = root / "arkivstruktur.xml"
    good = path.read_text()
    digest = hashlib.sha256(b"Uten mappe").hexdigest()
    for wrong in (
        good.replace("<saksstatus>Avsluttet</saksstatus>", ""),
        good.replace(f"<sjekksum>{digest}</sjekksum>", ""),
        good.replace(digest, digest[::-1]),
        good.replace("<filstoerrelse>10<", "<filstoerrelse>11<"),
        re.sub(r"(<saksaar>.*?</saksaar>)(\s*)(<sakssek.*?>1<.*?>)", r"\3\2\1", good),
        re.sub(r"<registrering>.*?</registrering>", "", good, count=1, flags=re.DOTALL),
    ):
        assert wrong != good
        path.write_text(wrong)
        assert _wrong(root), wrong[:200]


def _our_own(folder, element="arkiv"):
    """Schemas as small as can be, with what release 5.0 says of types nobody defines."""
    folder.mkdir()
    start = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:n/{}"'
    (folder / "metadatakatalog.xsd").write_text(start.format("m") + "/>")
    for name, root in (("arkivstruktur", element), ("endringslogg", "endringslogg")):
        space = f"http://www.arkivverket.no/standarder/noark5/{name}"
        (folder / f"{name}.xsd").write_text(
            start.replace("urn:n/{}", space) + ' xmlns:m="urn:n/m"><xs:import namespace="urn:n/m"'
            ' schemaLocation="metadatakatalog.xsd"'
            f'/><xs:element name="{root}"/><xs:complexType name="saksmappe"><xs:sequence>'
            '<xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>'
            '</xs:complexType><xs:complexType name="more"><xs:sequence>'
            '<xs:element name="pronom" type="m:pronom" minOccurs="0"/></xs:sequence>'
            "</xs:complexType></xs:schema>"
        )
    return str(folder)


def test_a_named_folder_goes_with_the_package_and_a_lacking_file_stops_before_it_is_made(
    made, tmp_path, settings
):
    settings.NOARK_SCHEMAS = _our_own(tmp_path / "schemas")
    root, came, _told = packed(made, tmp_path)
    assert (came.is_validated, came.faults, came.remarks) == (True, [], [])
    assert len(list(root.glob("*.xsd"))) == 3
    (tmp_path / "schemas/metadatakatalog.xsd").unlink()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(schemas.Unusable, match=r"metadatakatalog\.xsd"):
        pack(made.project, empty, "Arkivar", lambda *_how: None)
    assert list(empty.iterdir()) == []
    (tmp_path / "schemas/metadatakatalog.xsd").write_text("no schema")
    with pytest.raises(schemas.Unusable, match="TOSPANN_NOARK_SCHEMAS"):
        schemas.configured()


def test_an_extract_that_is_not_valid_makes_no_package(made, tmp_path, settings, client):
    settings.NOARK_SCHEMAS = _our_own(tmp_path / "schemas", element="noe_annet")
    client.force_login(Person.objects.get(pk=made.owner.person_id))
    client.post(f"/p/{made.project.key}/archive/make")
    while Worker().run_one():
        pass
    assert Progress.objects.get().state == ProgressState.FAILED
    assert not Package.objects.exists()


def test_missing_bytes_are_told_and_left_out(made, tmp_path):
    lost = _add(made, "Borte.txt", b"Snart borte", None)
    from tospann.documents import blobs

    blobs.delete(lost.sha256)
    root, came, _told = packed(made, tmp_path)
    assert came.remarks == [("missing", 1), ("not_validated", 1)]
    assert not (root / "dokumenter/Borte.txt").exists()
    assert came.faults == []


@pytest.mark.long
@pytest.mark.skipif(not office.is_here(), reason="LibreOffice is not installed")
def test_an_office_file_gets_a_copy_that_lasts(made, tmp_path):
    word, sheet = Word(), io.BytesIO()
    word.add_paragraph("Avtale om brua")
    word.save(sheet)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    _add(made, "Avtale.docx", sheet.getvalue(), None, kind)
    root, came, _told = packed(made, tmp_path)
    copy = (root / "pdfa/Avtale.docx.pdf").read_bytes()
    assert b"pdfaid:part" in copy
    assert came.remarks == [("not_validated", 1)]
    assert _wrong(root) == []
    text = (root / "arkivstruktur.xml").read_text()
    assert "<referanseDokumentfil>pdfa/Avtale.docx.pdf</referanseDokumentfil>" in text
    assert hashlib.sha256(copy).hexdigest() in text


def test_the_owner_makes_one_and_fetches_it_and_others_may_not(made, client):
    address = f"/p/{made.project.key}/archive"
    client.force_login(Person.objects.get(pk=made.member.person_id))
    assert client.post(f"{address}/make").status_code == 403
    client.force_login(Person.objects.get(pk=made.owner.person_id))
    assert client.post(f"{address}/make").status_code == 302
    while Worker().run_one():
        pass
    assert Progress.objects.get().state == ProgressState.DONE
    one = Package.objects.get()
    assert one.sha256[:12] in client.get(address).content.decode()
    answer = client.get(f"{address}/{one.pk}")
    data = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert f"{made.project.key}-arkiv/arkivstruktur.xml" in file.namelist()
    with opened(one.sha256) as kept:
        assert kept.read() == data
    assert "TOSPANN_NOARK_SCHEMAS" in client.get(address).content.decode()
    told = client.get(f"/api/v1/projects/{made.project.key}/archive")
    assert told.status_code == 200, told.content
    listed = told.json()
    assert [found["sha256"] for found in listed["items"]] == [one.sha256]
    client.force_login(Person.objects.get(pk=made.member.person_id))
    assert client.get(f"{address}/{one.pk}").status_code == 404

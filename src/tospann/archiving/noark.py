"""The Noark 5 extract: ``arkivstruktur.xml``, ``endringslogg.xml`` and ``arkivuttrekk.xml``.

The project is a case folder; each folder of the portal is a folder in it, each paper a registration
with its document. Names and values are the standard's own, hence Norwegian. What is written is
checked against the published schemas (``schemas.py``), where the portal has them.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from tospann.archiving import formats
from tospann.archiving.papers import Paper
from tospann.archiving.schemas import CHANGES, STRUCTURE
from tospann.projects.models import Project

_SPACE = "http://www.arkivverket.no/standarder/noark5"
_ADDML = "http://www.arkivverket.no/standarder/addml"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Head:
    """What stands at the top of the extract."""

    project: Project
    organisation: str
    by: str
    at: datetime


def write(head: Head, papers: Iterable[Paper], folder: Path) -> int:
    """The three files; how many registrations there are."""
    listed = list(papers)
    _store(_structure(head, listed), folder / f"{STRUCTURE}.xml")
    _store(_changes(head), folder / f"{CHANGES}.xml")
    _store(_extract(head, listed, folder), folder / "arkivuttrekk.xml")
    return len(listed)


def _structure(head: Head, papers: list[Paper]) -> ET.Element:
    project, made = head.project, _moment(head.at)
    root = ET.Element("arkiv", {"xmlns": f"{_SPACE}/{STRUCTURE}", "xmlns:xsi": _INSTANCE})
    _put(root, systemID=_id(project.pk, "arkiv"), tittel=f"Prosjektarkiv {project.name}")
    _put(root, arkivstatus="Avsluttet", dokumentmedium="Elektronisk arkiv", **_begun(head))
    _put(root, avsluttetDato=made, avsluttetAv=head.by)
    maker = ET.SubElement(root, "arkivskaper")
    _put(maker, arkivskaperID=head.organisation, arkivskaperNavn=head.organisation)
    part = ET.SubElement(root, "arkivdel")
    _put(part, systemID=_id(project.pk, "arkivdel"), tittel=project.name)
    _put(part, arkivdelstatus="Avsluttet periode", dokumentmedium="Elektronisk arkiv")
    _put(part, **_begun(head), avsluttetDato=made, avsluttetAv=head.by)
    part.append(_case(head, papers))
    return root


def _case(head: Head, papers: list[Paper]) -> ET.Element:
    project = head.project
    case = ET.Element("mappe", {"xsi:type": "saksmappe"})
    _put(case, systemID=str(project.pk), mappeID=project.key, tittel=project.name)
    _put(case, dokumentmedium="Elektronisk arkiv", **_begun(head))
    _put(case, avsluttetDato=_moment(head.at), avsluttetAv=head.by)
    for name, inside in groupby(papers, key=lambda one: one.folder):
        case.append(_folder(head, name or "Uten mappe", inside))
    begun = project.created_at
    _put(case, saksaar=str(begun.year), sakssekvensnummer="1", saksdato=begun.date().isoformat())
    _put(case, administrativEnhet=head.organisation, saksansvarlig=head.by, saksstatus="Avsluttet")
    return case


def _folder(head: Head, name: str, papers: Iterable[Paper]) -> ET.Element:
    project = head.project
    folder = ET.Element("mappe")
    _put(folder, systemID=_id(project.pk, name), mappeID=f"{project.key}/{name}", tittel=name)
    _put(folder, **_begun(head), avsluttetDato=_moment(head.at), avsluttetAv=head.by)
    for one in papers:
        folder.append(_registration(head, one))
    return folder


def _registration(head: Head, one: Paper) -> ET.Element:
    row, at, by = ET.Element("registrering"), _moment(one.made_at), one.made_by
    _put(row, systemID=_id(one.id, "registrering"), opprettetDato=at, opprettetAv=by)
    _put(row, arkivertDato=_moment(head.at), arkivertAv=head.by)
    if one.is_exempt:
        row.append(_screening())
    row.append(_description(head, one))
    _put(row, registreringsID=one.short_id, tittel=one.title, dokumentmedium="Elektronisk arkiv")
    party = ET.SubElement(row, "korrespondansepart")
    _put(party, korrespondanseparttype="Intern avsender", korrespondansepartNavn=by)
    return row


def _screening() -> ET.Element:
    made = ET.Element("skjerming")
    _put(made, tilgangsrestriksjon="Unntatt offentlighet", skjermingshjemmel="Offentleglova")
    _put(made, skjermingMetadata="Skjerming tittel registrering - utvalgte ord")
    _put(made, skjermingDokument="Skjerming av hele dokumentet")
    return made


def _description(head: Head, one: Paper) -> ET.Element:
    made, at, by = ET.Element("dokumentbeskrivelse"), _moment(one.made_at), one.made_by
    state = "Dokumentet er ferdigstilt" if one.is_settled else "Dokumentet er under redigering"
    _put(made, systemID=str(one.id), dokumenttype=one.kind, dokumentstatus=state, tittel=one.title)
    _put(made, opprettetDato=at, opprettetAv=by, dokumentmedium="Elektronisk arkiv")
    _put(made, tilknyttetRegistreringSom="Hoveddokument", dokumentnummer="1")
    _put(made, tilknyttetDato=at, tilknyttetAv=by)
    made.append(_object(one))
    if one.has_own_copy:
        made.append(_copy(head, one))
    return made


def _object(one: Paper) -> ET.Element:
    made = ET.Element("dokumentobjekt")
    kind = formats.name_of(one)
    lasting = formats.lasts(one) and not one.has_own_copy
    variant = "Arkivformat" if lasting else "Produksjonsformat"
    _put(made, systemID=_id(one.id, "objekt"), versjonsnummer=str(one.version))
    _put(made, variantformat=variant, format=kind, opprettetDato=_moment(one.made_at))
    _put(made, opprettetAv=one.made_by, referanseDokumentfil=f"dokumenter/{one.path}")
    _put(made, sjekksum=one.sha256, sjekksumAlgoritme="SHA-256", filstoerrelse=str(one.size))
    return made


def _copy(head: Head, one: Paper) -> ET.Element:
    made, at = ET.Element("dokumentobjekt"), _moment(head.at)
    _put(made, systemID=_id(one.id, "arkivformat"), versjonsnummer=str(one.version))
    _put(made, variantformat="Arkivformat", format="PDF/A", opprettetDato=at)
    _put(made, opprettetAv=head.by, referanseDokumentfil=one.pdfa, sjekksum=one.copy_sha256)
    _put(made, sjekksumAlgoritme="SHA-256", filstoerrelse=str(one.copy_size))
    done = ET.SubElement(made, "konvertering")
    _put(done, konvertertDato=at, konvertertAv=head.by)
    _put(done, konvertertFraFormat=formats.name_of(one), konvertertTilFormat="PDF/A")
    _put(done, konverteringsverktoey="LibreOffice")
    return made


def _changes(head: Head) -> ET.Element:
    root = ET.Element("endringslogg", {"xmlns": f"{_SPACE}/{CHANGES}"})
    one = ET.SubElement(root, "endring")
    _put(one, referanseArkivenhet=_id(head.project.pk, "arkiv"), referanseMetadata="arkivstatus")
    _put(one, endretDato=_moment(head.at), endretAv=head.by)
    _put(one, tidligereVerdi="Opprettet", nyVerdi="Avsluttet")
    return root


def _extract(head: Head, papers: list[Paper], folder: Path) -> ET.Element:
    """What the extract consists of, with counts and checksums."""
    root = ET.Element("addml", {"xmlns": _ADDML, "name": "arkivuttrekk"})
    content = ET.SubElement(root, "dataset", {"name": head.project.name})
    objects = ET.SubElement(content, "dataObjects")
    whole = ET.SubElement(objects, "dataObject", {"name": "Noark 5-arkivuttrekk"})
    said = ET.SubElement(whole, "properties")
    files = len(papers) + sum(one.has_own_copy for one in papers)
    _property(said, "info", type="Noark 5", version="5.0", antallDokumentfiler=str(files))
    inner = ET.SubElement(whole, "dataObjects")
    for name in (STRUCTURE, CHANGES):
        one = ET.SubElement(inner, "dataObject", {"name": name})
        about = ET.SubElement(one, "properties")
        digest = hashlib.sha256((folder / f"{name}.xml").read_bytes()).hexdigest()
        _property(about, "file", name=f"{name}.xml", format="XML", checksum=digest)
    return root


def _property(into: ET.Element, called: str, /, **values: str) -> None:
    one = ET.SubElement(into, "property", {"name": called})
    inner = ET.SubElement(one, "properties")
    for name, text in values.items():
        ET.SubElement(ET.SubElement(inner, "property", {"name": name}), "value").text = text


def _begun(head: Head) -> dict[str, str]:
    return {"opprettetDato": _moment(head.project.created_at), "opprettetAv": head.organisation}


def _put(into: ET.Element, **values: str) -> None:
    """Elements in the order given; an empty text is a dash, as the schema wants one."""
    for name, text in values.items():
        ET.SubElement(into, name).text = _UNFIT.sub("", text).strip() or "-"


def _id(of: UUID, what: str) -> str:
    return str(uuid5(of, what))


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _store(root: ET.Element, path: Path) -> None:
    ET.indent(root, " ")
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)

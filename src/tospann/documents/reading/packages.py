"""Packages (zip, OOXML, OpenDocument): their limits are checked before anything is unpacked."""

import struct
import zipfile
from collections.abc import Iterator
from typing import IO

from tospann.documents.reading.sniffing import PROGRAMS, ending_of
from tospann.jobs.confinement import Refusal

MOST_ENTRIES = 20_000
MOST_UNPACKED = 2 * 1024**3
MOST_IN_ONE = 200 * 1024**2
MOST_RATIO = 250
RATIO_COUNTS_FROM = 4 * 1024**2
_END = struct.Struct("<4s4H2LH")
_MAIN = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsm",
    "ppt/presentation.xml": "pptx",
}
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.graphics": "odg",
    b"application/epub+zip": "epub",
}
_WITH_MACROS = {"docx": "docm", "xlsx": "xlsm", "pptx": "pptm"}


def opened(file: IO[bytes]) -> zipfile.ZipFile:
    """The package, once its directory is known to be sensible; ``Refusal`` says why not."""
    _count_first(file)
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, RuntimeError):
        raise Refusal({"because": "unreadable"}) from None
    _check(package)
    return package


def _count_first(file: IO[bytes]) -> None:
    """The number of entries stands at the end: a list of millions is not even read."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise Refusal({"because": "unreadable"})
    listed = _END.unpack_from(tail, at)
    if listed[4] > MOST_ENTRIES or listed[5] > 64 * 1024**2 or listed[4] == 0xFFFF:
        raise Refusal({"because": "bomb"})


def _check(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    unpacked = sum(one.file_size for one in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED:
        raise Refusal({"because": "bomb"})
    for one in entries:
        if one.file_size > RATIO_COUNTS_FROM and one.file_size > MOST_RATIO * one.compress_size:
            raise Refusal({"because": "bomb"})
    at = 0
    for one in sorted(entries, key=lambda one: one.header_offset):
        if one.header_offset < at:  # two entries made of the same bytes: only a bomb does that
            raise Refusal({"because": "bomb"})
        at = one.header_offset + 30 + one.compress_size


def kind_of(package: zipfile.ZipFile) -> str:
    """Which kind of package it is, by what it holds."""
    names = set(package.namelist())
    if "mimetype" in names:
        said = package.open("mimetype").read(100).strip()
        return _OPEN.get(said, "zip")
    for main, kind in _MAIN.items():
        if main in names and "[Content_Types].xml" in names:
            has_macros = any(name.endswith("vbaProject.bin") for name in names)
            return _WITH_MACROS.get(kind, kind) if has_macros or _says_macros(package) else kind
    return "zip"


def _says_macros(package: zipfile.ZipFile) -> bool:
    return b"macroEnabled" in part(package, "[Content_Types].xml", 1024**2)


def warnings(package: zipfile.ZipFile, kind: str) -> set[str]:
    """What somebody should know before opening it."""
    found, names = set(), package.namelist()
    lowered = [name.casefold() for name in names]
    if any(
        name.endswith("vbaproject.bin") or "/macrosheets/" in name or name.startswith("basic/")
        for name in lowered
    ):
        found.add("macros")
    if any(_leads_out(one) for one in package.infolist()):
        found.add("unsafe_names")
    if any("/embeddings/oleobject" in name or "/activex/" in name for name in lowered):
        found.add("embedded")
    if kind == "zip" and any(ending_of(name) in PROGRAMS for name in names):
        found.add("programs")
    if any(one.flag_bits & 1 for one in package.infolist()):
        found.add("encrypted")
    if len(set(names)) < len(names):
        found.add("unsafe_names")
    return found | _relations(package)


def _leads_out(one: zipfile.ZipInfo) -> bool:
    name = one.orig_filename.replace("\\", "/")
    is_link = one.external_attr >> 28 == 0o12
    is_elsewhere = name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")
    return is_link or is_elsewhere or "\0" in name


def _relations(package: zipfile.ZipFile) -> set[str]:
    """Templates and objects fetched from elsewhere when the file is opened."""
    found = set()
    for name in package.namelist():
        if name.endswith(".rels"):
            said = part(package, name, 4 * 1024**2)
            if b'TargetMode="External"' in said and any(
                word in said
                for word in (b"attachedTemplate", b"oleObject", b"/frame", b"externalLink")
            ):
                found.add("fetches")
        if name.endswith(("document.xml", ".xml")) and name.startswith("word/"):
            said = part(package, name, 512 * 1024)
            if b"DDEAUTO" in said or b" DDE " in said:
                found.add("fetches")
    return found


def part(package: zipfile.ZipFile, name: str, most: int = MOST_IN_ONE) -> bytes:
    """At most so many bytes of one entry, whatever its directory says of it."""
    try:
        with package.open(name) as entry:
            return entry.read(most)
    except (KeyError, RuntimeError, zipfile.BadZipFile, OSError, EOFError):
        return b""
    except Exception as error:  # zlib, lzma and bz2 each have their own
        if type(error).__name__ in {"error", "LZMAError"}:
            return b""
        raise


def parts(package: zipfile.ZipFile, start: str, end: str) -> Iterator[str]:
    """Names of entries in natural order: slide2 before slide10."""
    found = [n for n in package.namelist() if n.startswith(start) and n.endswith(end)]
    yield from sorted(found, key=lambda name: (len(name), name))

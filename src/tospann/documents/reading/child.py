"""What a file is, what is wrong with it, and its words. Runs in a confined child (jobs/confined).

A PDF is read by ``child_pdf``, so that its library is loaded only then.
"""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import IO, Any
from zipfile import ZipFile

from tospann.documents.reading import marked_up, packages, sniffing
from tospann.jobs.confinement import Refusal

MOST_TEXT = marked_up.MOST_TEXT
_MOST_PLAIN = 8 * 1024**2
_VBA = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
Answer = dict[str, Any]


def read(file: IO[bytes]) -> Answer:
    """``kind``, ``warnings``, ``text`` and ``pages`` (None unless it has any)."""
    head, tail = sniffing.ends_of(file)
    kind = sniffing.kind_of(head)
    warned = {"two_faces"} if sniffing.others_in(head, tail, kind) else set[str]()
    try:
        kind, text, more = _READERS.get(kind, _nothing)(file, kind)
    except Refusal as refusal:
        return answer(kind, warned | {str(refusal.answer["because"])})
    except RecursionError:
        return answer(kind, warned | {"bomb"})
    return answer(kind, warned | more, text)


def answer(kind: str, warned: set[str], text: str = "", pages: int | None = None) -> Answer:
    """The answer as the parent keeps it."""
    return {"kind": kind, "warnings": sorted(warned), "text": plain(text), "pages": pages}


def plain(text: str) -> str:
    """Without runs of space, and without what is no character at all."""
    whole = text[: 2 * MOST_TEXT].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return _LINES.sub("\n", _SPACES.sub(" ", whole)).strip()[:MOST_TEXT]


Found = tuple[str, str, set[str]]


def _nothing(_file: IO[bytes], kind: str) -> Found:
    return kind, "", {"programs"} if kind in {"program", "script"} else set()


def _package(file: IO[bytes], kind: str) -> Found:
    with packages.opened(file) as package:
        kind = packages.kind_of(package)
        warned = packages.warnings(package, kind)
        return kind, _WORDS.get(kind, _names)(package), warned


def _docx(package: ZipFile) -> str:
    names = [
        "word/document.xml",
        *packages.parts(package, "word/header", ".xml"),
        *packages.parts(package, "word/footer", ".xml"),
        *("word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"),
    ]
    return _of_parts(package, names, "t")


def _xlsx(package: ZipFile) -> str:
    shared = _of_parts(package, ["xl/sharedStrings.xml"], "t")
    sheets = " ".join(re.findall(r'<sheet [^>]*name="([^"]{1,60})"', _workbook(package)))
    inline = _of_parts(package, list(packages.parts(package, "xl/worksheets/", ".xml")), "is")
    return f"{sheets}\n{shared}\n{inline}"


def _workbook(package: ZipFile) -> str:
    return packages.part(package, "xl/workbook.xml", 1024**2).decode(errors="replace")


def _pptx(package: ZipFile) -> str:
    slides = packages.parts(package, "ppt/slides/slide", ".xml")
    notes = packages.parts(package, "ppt/notesSlides/", ".xml")
    return _of_parts(package, [*slides, *notes], "t")


def _open_document(package: ZipFile) -> str:
    return _of_parts(package, ["content.xml"], "p", "h")


def _of_parts(package: ZipFile, names: list[str], *inside: str) -> str:
    found, size = [], 0
    for name in names:
        data = packages.part(package, name)
        if data:
            found.append(marked_up.Words(*inside).read(data))
            size += len(found[-1])
        if size > MOST_TEXT:
            break
    return "\n".join(found)


def _names(package: ZipFile) -> str:
    return "\n".join(package.namelist()[:2000])


def _old_office(file: IO[bytes], kind: str) -> Found:
    """Word, Excel and PowerPoint of before 2007: only flags; LibreOffice draws them."""
    data = file.read()
    warned = {"macros"} if _VBA in data else set[str]()
    return kind, "", warned | ({"encrypted"} if _ENCRYPTED_OFFICE in data else set())


def _text(file: IO[bytes], kind: str) -> Found:
    return kind, decoded(file.read(_MOST_PLAIN)), set()


def _xml(file: IO[bytes], kind: str) -> Found:
    data = file.read(_MOST_PLAIN)
    active = {"active"} if kind == "svg" and _acts(data) else set[str]()
    try:
        return kind, marked_up.Words().read(data), active
    except Refusal as refusal:
        return kind, "", active | {str(refusal.answer["because"])}


def _acts(data: bytes) -> bool:
    lowered = data.lower()
    return (
        b"<script" in lowered or b"javascript:" in lowered or bool(re.search(rb"\son\w+=", lowered))
    )


def _html(file: IO[bytes], kind: str) -> Found:
    text, acts = marked_up.html(decoded(file.read(_MOST_PLAIN)))
    return kind, text, {"active"} if acts else set()


def _rtf(file: IO[bytes], kind: str) -> Found:
    data = file.read(_MOST_PLAIN)
    said = re.sub(rb"\\'([0-9a-fA-F]{2})", lambda m: bytes([int(m[1], 16)]), data)
    text = re.sub(rb"\\[a-zA-Z]{1,32}-?\d{0,10} ?|[{}]|\\\*", b" ", said).decode(
        "cp1252", "replace"
    )
    return kind, text, {"embedded"} if b"\\objdata" in data or b"\\objupdate" in data else set()


def _mail(file: IO[bytes], kind: str) -> Found:
    message = message_from_bytes(file.read(_MOST_PLAIN), _class=EmailMessage, policy=policy.default)
    said = [str(message.get(name, "")) for name in ("Subject", "From", "To", "Cc")]
    warned = set[str]()
    for number, part in enumerate(message.walk()):
        if number > 500:
            break
        name = part.get_filename() or ""
        said.append(name)
        if sniffing.ending_of(name) in sniffing.PROGRAMS | sniffing.MACRO_ENDINGS:
            warned.add("programs")
        if part.get_content_maintype() == "text" and not name:
            text = decoded(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]  # bytes of a text part
            said.append(marked_up.html(text)[0] if part.get_content_subtype() == "html" else text)
    return kind, "\n".join(said), warned


def decoded(data: bytes) -> str:
    """Text by its mark, else UTF-8, else the Windows code page of these parts."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


_WORDS: dict[str, Callable[[ZipFile], str]] = {
    **dict.fromkeys(("docx", "docm"), _docx),
    **dict.fromkeys(("xlsx", "xlsm"), _xlsx),
    **dict.fromkeys(("pptx", "pptm"), _pptx),
    **dict.fromkeys(("odt", "ods", "odp", "odg"), _open_document),
}
_READERS: dict[str, Callable[[IO[bytes], str], Found]] = {
    "zip": _package,
    "ole": _old_office,
    "text": _text,
    "xml": _xml,
    "svg": _xml,
    "html": _html,
    "rtf": _rtf,
    "mail": _mail,
}

"""What a file is by its first bytes, and what its name claims that it is.

Only compares bytes, so it may be done anywhere; packages (zip) are looked into by ``packages``.
"""

from typing import IO

HEAD = 64 * 1024
TAIL = 66 * 1024
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"BM", "bmp"),
    (0, b"II*\0", "tiff"),
    (0, b"MM\0*", "tiff"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"{\\rtf", "rtf"),
    (0, b"MZ", "program"),
    (0, b"\x7fELF", "program"),
    (0, b"\xca\xfe\xba\xbe", "program"),
    (0, b"\xcf\xfa\xed\xfe", "program"),
    (0, b"L\0\0\0\x01\x14\x02\0", "program"),
    (0, b"#!", "script"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\0", "xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (257, b"ustar", "tar"),
    (0, b"ID3", "sound"),
    (0, b"\xff\xfb", "sound"),
    (0, b"OggS", "sound"),
    (0, b"\x1aE\xdf\xa3", "film"),
    (0, b"AC10", "drawing"),
)
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
_MARKUP = (
    (b"<svg", "svg"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<script", "html"),
    (b"<body", "html"),
    (b"<iframe", "html"),
)
PACKAGES = {
    "docx": ("docx", "dotx"),
    "docm": ("docm", "dotm"),
    "xlsx": ("xlsx", "xltx"),
    "xlsm": ("xlsm", "xltm", "xlsb"),
    "pptx": ("pptx", "potx", "ppsx"),
    "pptm": ("pptm", "potm", "ppsm"),
    "odt": ("odt", "ott"),
    "ods": ("ods", "ots"),
    "odp": ("odp", "otp"),
    "odg": ("odg",),
    "epub": ("epub",),
    "zip": ("zip", "kmz", "jar"),
}
_ALLOWED = (
    ("pdf", "pdf"),
    ("doc dot xls xlt ppt pps msg mpp vsd", "ole"),
    ("rtf", "rtf"),
    ("png", "png"),
    ("jpg jpeg", "jpeg"),
    ("gif", "gif"),
    ("bmp", "bmp"),
    ("webp", "webp"),
    ("tif tiff", "tiff"),
    ("heic heif", "heic"),
    ("svg", "svg"),
    ("htm html xhtml", "html xml text"),
    ("xml xsd gml ifcxml", "xml text"),
    ("txt csv md json log ics tsv yml", "text xml mail"),
    ("eml", "mail text"),
    ("gz tgz", "gzip"),
    ("7z", "7z"),
    ("rar", "rar"),
    ("tar", "tar"),
    ("dwg", "drawing"),
    ("mp4 m4v mov", "film"),
    ("exe dll com scr msi lnk", "program ole"),
    ("sh py pl", "script text"),
    *((" ".join(endings), kind) for kind, endings in PACKAGES.items()),
)
_CLAIMS = {
    ending: frozenset(kinds.split()) for endings, kinds in _ALLOWED for ending in endings.split()
}
PROGRAMS = frozenset(
    [
        *("exe", "dll", "com", "scr", "msi", "msp", "bat", "cmd", "ps1", "psm1", "vbs", "vbe"),
        *("js", "jse", "wsf", "wsh", "hta", "lnk", "reg", "jar", "cpl", "pif", "sh", "app"),
        *("chm", "scf", "url", "desktop", "appx", "msix", "iso", "img", "vhd", "xll", "iqy"),
    ]
)
"""Endings that some system starts when the file is opened."""
MACRO_ENDINGS = frozenset(
    ["docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"]
)


def ending_of(name: str) -> str:
    """What stands after the last dot, as some systems read it: without trailing dots or spaces."""
    stem, dot, ending = name.rstrip(" .").rpartition(".")
    return ending.casefold() if dot and stem else ""


def kind_of(head: bytes) -> str:
    """What the first bytes are: one of the words above, ``text``, ``empty`` or ``unknown``."""
    if not head:
        return "empty"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIC else "film"
    if head[:1024].lstrip(b"\0\t\n\r\x0c ").startswith(b"%PDF-"):
        return "pdf"
    for offset, sign, kind in _SIGNS:
        if head[offset : offset + len(sign)] == sign and not (
            kind in {"bmp", "program"} and len(sign) == 2 and _is_text(head)
        ):
            return kind
    return _text_kind(head)


def others_in(head: bytes, tail: bytes, kind: str) -> set[str]:
    """Other kinds the same bytes can be opened as: a file of two faces."""
    found = set()
    if kind != "pdf" and b"%PDF-" in head[:1024]:
        found.add("pdf")
    lowered = head[:4096].lower()
    if kind not in {"html", "svg", "xml", "text", "mail"} and any(
        sign in lowered for sign in (b"<script", b"<html", b"<iframe", b"<!doctype html")
    ):
        found.add("html")
    if kind in {"png", "jpeg", "gif", "bmp", "webp", "pdf", "program", "html", "text", "script"}:
        end = tail.rfind(b"PK\x05\x06")
        if end >= 0 and b"PK\x01\x02" in tail[:end] and len(tail) - end < 22 + 65_536:
            found.add("zip")
    return found


def claimed(name: str) -> frozenset[str]:
    """The kinds the ending of the name allows; empty when it promises nothing we know."""
    return _CLAIMS.get(ending_of(name), frozenset())


def is_other_than_named(name: str, kind: str) -> bool:
    """Whether the name promises something else than the bytes are."""
    allowed = claimed(name)
    if kind in {"program", "script"} and not allowed:
        return ending_of(name) not in PROGRAMS | {""}
    return bool(allowed) and kind not in allowed | {"empty"}


def ends_of(file: IO[bytes]) -> tuple[bytes, bytes]:
    """The first and the last bytes; the file is left at its beginning."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(HEAD)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    return head, tail


def _text_kind(head: bytes) -> str:
    if not _is_text(head):
        return "unknown"
    start = head[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for sign, kind in _MARKUP:
        if start.startswith(sign) or (start.startswith((b"<?xml", b"<!--")) and sign in start):
            return kind
    if start.startswith(b"<?xml"):
        return "xml"
    first = start.split(b"\n", 1)[0]
    mail = (b"from:", b"received:", b"return-path:", b"mime-version:", b"delivered-to:", b"date:")
    return "mail" if first.startswith(mail) and b"\nsubject:" in b"\n" + start else "text"


def _is_text(head: bytes) -> bool:
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    part = head[:8192]
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in part)
    return odd == 0

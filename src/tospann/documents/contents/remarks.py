"""What people should know about a file before they open it, and what never leaves the house."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from tospann.documents.contents.examining import examined, known, known_of
from tospann.documents.models import Content
from tospann.documents.reading import sniffing
from tospann.foundation.authority import Sentence

_SAID = {
    "other": gettext_noop("The contents are something else than the name says."),
    "two_faces": gettext_noop("The file can be read as two kinds of file at once."),
    "macros": gettext_noop("The file holds macros, small programs that can run when it is opened."),
    "programs": gettext_noop("The file is or holds a program."),
    "embedded": gettext_noop("The file holds embedded objects that can run when they are opened."),
    "fetches": gettext_noop("The file fetches something from elsewhere when it is opened."),
    "active": gettext_noop("The file holds a script."),
    "unsafe_names": gettext_noop("The archive holds names that lead outside its own folder."),
    "bomb": gettext_noop("The file unpacks to far more than it is, so it was not unpacked."),
    "doctype": gettext_noop("The file declares a document type of its own, so it was not read."),
    "encrypted": gettext_noop("The file is protected by a password, so nothing in it was read."),
    "unreadable": gettext_noop("The file is damaged or could not be read."),
    "heavy": gettext_noop("The file takes too much time or memory to be read."),
    "large": gettext_noop("The file is too large to be looked into."),
}
_STAYS_INSIDE = frozenset(
    ["other", "two_faces", "macros", "programs", "embedded", "fetches", "unsafe_names", "bomb"]
)
_OUTSIDE = gettext_noop("People from outside cannot get this file. %(because)s")
_PACKED = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "odp", "docm", "xlsm", "pptm"})
_UNOPENED = frozenset({"large", "heavy", "bomb", "unreadable", "doctype"})


@dataclass(frozen=True)
class Remark:
    """One thing to know; ``stays_inside`` when it keeps the file from those outside."""

    code: str
    sentence: Sentence
    stays_inside: bool


def remarks(name: str, found: Content) -> list[Remark]:
    """Everything to know about these bytes under that name, the gravest first."""
    codes = set(found.warnings)
    if is_other(name, found):
        codes.add("other")
    if sniffing.ending_of(name) in sniffing.MACRO_ENDINGS:
        codes.add("macros")
    if sniffing.ending_of(name) in sniffing.PROGRAMS:
        codes.add("programs")
    return [
        Remark(code, Sentence(said), code in _STAYS_INSIDE)
        for code, said in _SAID.items()
        if code in codes
    ]


def is_other(name: str, found: Content) -> bool:
    """Whether the name promises another kind. A package nobody could open may still be it."""
    if found.kind == "zip" and sniffing.claimed(name) & _PACKED and _UNOPENED & {*found.warnings}:
        return False
    if found.kind == "ole" and "encrypted" in found.warnings:
        return not sniffing.claimed(name) & (_PACKED | {"ole"})
    return sniffing.is_other_than_named(name, found.kind)


def outside(name: str, sha256: str, size: int) -> Sentence | None:
    """Why a guest or the holder of a link may not have these bytes; None when she may.

    What nobody has examined yet is examined first: nothing leaves unseen.
    """
    return _because(name, examined(sha256)) if size else None


def known_outside(name: str, sha256: str) -> Sentence | None:
    """The same as far as it is known already, for a page that only tells of it."""
    found = known(sha256)
    return _because(name, found) if found else None


def known_outside_of(named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Sentence]:
    """The same of many, by name and hash; only those that stay inside. One query."""
    wanted = list(named)
    known = known_of(sha256 for _name, sha256 in wanted)
    said = {(n, sha256): _because(n, known[sha256]) for n, sha256 in wanted if sha256 in known}
    return {one: because for one, because in said.items() if because is not None}


def _because(name: str, found: Content) -> Sentence | None:
    for one in remarks(name, found):
        if one.stays_inside:
            return Sentence(_OUTSIDE, {"because": str(one.sentence)})
    return None

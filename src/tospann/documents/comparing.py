"""What differs between two versions, line by line, where their text can be read.

Plain text is read here, with limits; of other kinds, what a confined child has read (``contents``).
"""

import difflib
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext

from tospann.documents import blobs
from tospann.documents.contents import examining
from tospann.documents.kinds import PLAIN, SHEET, SLIDES, WORD, ending
from tospann.documents.models import Document, Version

MOST_BYTES = 1_000_000
MOST_LINES = 5_000
CONTEXT = 3
_EXAMINED = WORD | SHEET | SLIDES | {"pdf", "eml"}


@dataclass(frozen=True)
class Line:
    """One line: kept, added or removed; ``gap`` stands for lines left out."""

    kind: str
    text: str


def can_compare(document: Document) -> bool:
    kind = ending(document.name)
    return not document.is_link and (kind in PLAIN or kind in _EXAMINED)


def difference(document: Document, old: Version, new: Version) -> tuple[list[Line], str]:
    """The lines that differ with some around them; or none, and why."""
    before, after = _text(document, old), _text(document, new)
    if before is None or after is None:
        return [], gettext("The text of this kind of file cannot be compared.")
    if before == after:
        return [], gettext("The text of the two versions is the same.")
    return list(_compared(before.splitlines(), after.splitlines())), ""


def _text(document: Document, version: Version) -> str | None:
    kind = ending(document.name)
    if kind in _EXAMINED:
        return examining.words(version.sha256, MOST_BYTES) or None
    if kind not in PLAIN or version.size > MOST_BYTES:
        return None
    data = blobs.read(version.sha256)
    for coding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(coding)
        except UnicodeDecodeError:
            continue
    return None


def _compared(before: list[str], after: list[str]) -> list[Line]:
    found: list[Line] = []
    cut = before[:MOST_LINES], after[:MOST_LINES]
    for line in islice(difflib.unified_diff(*cut, n=CONTEXT, lineterm=""), 2, None):
        kind = {"+": "added", "-": "removed", "@": "gap"}.get(line[:1], "kept")
        found.append(Line(kind, "" if kind == "gap" else line[1:]))
    return found[1:] if found and found[0].kind == "gap" else found

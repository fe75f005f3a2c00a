"""Which office programs open a document, and how a browser hands it to them."""

from dataclasses import dataclass
from pathlib import PurePath

from tospann.documents.models import Document


@dataclass(frozen=True)
class Program:
    """A program on somebody's own machine; ``scheme`` is what it has registered itself for."""

    key: str
    name: str
    scheme: str
    endings: frozenset[str]

    def link(self, address: str) -> str:
        """“Open for editing, this address.”"""
        return f"{self.scheme}:ofe|u|{address}"


_WORD = frozenset(["doc", "docx", "docm", "dot", "dotx", "rtf"])
_EXCEL = frozenset(["xls", "xlsx", "xlsm", "xlsb", "csv"])
_POWERPOINT = frozenset(["ppt", "pptx", "pptm", "ppsx"])
_OPEN_DOCUMENT = frozenset(["odt", "ods", "odp", "odg", "ott", "ots"])
PROGRAMS = (
    Program("word", "Word", "ms-word", _WORD),
    Program("excel", "Excel", "ms-excel", _EXCEL),
    Program("powerpoint", "PowerPoint", "ms-powerpoint", _POWERPOINT),
    Program(
        "libreoffice",
        "LibreOffice",
        "vnd.libreoffice.command",
        _WORD | _EXCEL | _POWERPOINT | _OPEN_DOCUMENT,
    ),
)


def programs_for(document: Document) -> list[Program]:
    """Those that open it, the likeliest first; none for a link to elsewhere."""
    if document.is_link or document.is_trashed:
        return []
    ending = PurePath(document.name).suffix.lower().removeprefix(".")
    return [one for one in PROGRAMS if ending in one.endings]

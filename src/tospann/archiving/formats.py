"""Which files last by themselves, and which get a copy as PDF/A."""

import mmap
from pathlib import Path

from tospann.archiving.papers import Paper
from tospann.documents.previews import office

_LASTING = {
    "text/plain": "TXT",
    "text/csv": "CSV",
    "application/xml": "XML",
    "text/xml": "XML",
    "image/tiff": "TIFF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
}


def ending(path: str) -> str:
    return path.rpartition(".")[2].casefold() if "." in path else ""


def name_of(paper: Paper) -> str:
    """What the standard's catalogue calls it."""
    if paper.pdfa and not paper.has_own_copy:
        return "PDF/A"
    return _LASTING.get(paper.media_type) or ending(paper.path).upper() or paper.media_type


def lasts(paper: Paper) -> bool:
    """Whether the archive takes it as it is, or its copy."""
    return bool(paper.pdfa) or paper.media_type in _LASTING


def wants_copy(paper: Paper) -> bool:
    return ending(paper.path) in office.ENDINGS


def is_pdfa(path: Path) -> bool:
    """Whether the file says it is PDF/A: its description is never compressed in one."""
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held:
        return held[:5] == b"%PDF-" and held.find(b"pdfaid:part") >= 0

"""Making the file of a case: the case itself, the list of papers, and each of them as pages."""

import base64
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import structlog
from django.utils import translation
from django.utils.translation import gettext as _

from tospann.cases import confined_binding, printing
from tospann.cases.models import Case
from tospann.documents import blobs, contents
from tospann.documents.models import Document
from tospann.documents.previews import making, office
from tospann.foundation.authority import Actor
from tospann.jobs import confined
from tospann.jobs.confined import MEGABYTE
from tospann.ui.pdf import typeset

log = structlog.get_logger()
MOST_OFFICE_PAGES = 500
_LIMITS = confined.Limits(
    input=300 * MEGABYTE, memory=3 * 1024 * MEGABYTE, cpu=120, wall=180.0, output=400 * MEGABYTE
)
_CHILD = "tospann.cases.confined_binding"


@dataclass(frozen=True)
class Part:
    """A paper as pages; without them, why it is not in the file."""

    document: Document
    pdf: bytes = b""
    pages: int = 0
    because: str = ""


@dataclass(frozen=True)
class Bound:
    """The file, and what lies in it: each paper with its first page and what it was made of."""

    pdf: bytes
    pages: int
    papers: list[dict[str, Any]]


class TooLong(Exception):
    """More pages than a file may have."""


def part(document: Document) -> Part:
    """A paper as PDF pages. What cannot be is left out, with the reason."""
    try:
        data = _as_pdf(document)
        with _on_disk(data) as file:
            pages = confined.run(f"{_CHILD}:measured", file, _LIMITS)["pages"]
    except _Unfit as unfit:
        return Part(document, because=unfit.because)
    except blobs.Missing:
        return Part(document, because="failed")
    except office.Failed as failed:
        return Part(document, because=failed.because)
    except confined.Refused as refused:
        return Part(document, because=str(refused.answer.get("because", "failed")))
    except confined.ConfinedError as error:
        log.warning("a paper could not be read", document=str(document.pk), error=str(error)[:300])
        return Part(document, because="heavy")
    return Part(document, data, pages)


class _Unfit(Exception):
    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


def _as_pdf(document: Document) -> bytes:
    if document.is_link:
        raise _Unfit("link")
    kind = contents.examined(document.sha256).kind
    with blobs.opened(document.sha256) as file:
        if kind == "pdf":
            return file.read()
        if kind in making.PICTURES:
            said = confined.run(f"{_CHILD}:drawn", file, _LIMITS)
            return base64.b85decode(said["pdf"])
        if kind in office.ENDINGS:
            with office.as_pdf(file, kind, most=MOST_OFFICE_PAGES) as made:
                return made.read()
    raise _Unfit("none")


def bind(case: Case, parts: Sequence[Part], asked_by: Actor) -> Bound:
    """One file of the case and its papers, each page numbered. Raises TooLong, pdf.Busy."""
    with translation.override(case.project.language):
        front, papers = _front(case, parts, asked_by)
        inside = [one for one in parts if one.pdf]
        told = {
            "titles": [str(case), *(one.document.name for one in inside)],
            "footer": f"{_('Page')} {{page}} {_('of')} {{total}}",
            "title": f"{case.project.key}-{case.number} {case.title}",
            "author": case.prepared_by.name,
        }
    with _on_disk(confined_binding.packed(told, [front, *(one.pdf for one in inside)])) as file:
        try:
            made = confined.run(f"{_CHILD}:bound", file, _LIMITS)
        except confined.Refused as refused:
            raise TooLong(str(refused.answer)) from None
    return Bound(base64.b85decode(made["pdf"]), made["pages"], papers)


def _front(
    case: Case, parts: Sequence[Part], asked_by: Actor
) -> tuple[bytes, list[dict[str, Any]]]:
    """The case as pages. Its list says where each paper begins, so it is set until that is so."""
    length, about = 1, printing.printed(case, asked_by)
    for _turn in range(4):
        papers = _listed(parts, length)
        made = typeset("cases/typst/case.typ", {**about, "papers": printing.papers(papers)})
        found = _length(made)
        if found == length:
            break
        length = found
    return made, papers


def _listed(parts: Sequence[Part], before: int) -> list[dict[str, Any]]:
    listed, page = [], before + 1
    for number, one in enumerate(parts, 1):
        listed.append(
            {
                "number": number,
                "document": str(one.document.pk),
                "title": one.document.name,
                "sha256": one.document.sha256,
                "version": one.document.version_number,
                "page": page if one.pdf else 0,
                "pages": one.pages,
                "because": one.because,
                "link": f"/p/{one.document.project.key}/documents/{one.document.number}",
            }
        )
        page += one.pages
    return listed


def _length(made: bytes) -> int:
    """Pages of a file of our own making."""
    import pypdfium2  # slow to import

    return len(pypdfium2.PdfDocument(made))


@contextmanager
def _on_disk(data: bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        file.seek(0)
        yield file

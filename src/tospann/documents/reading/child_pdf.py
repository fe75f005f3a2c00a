"""The words of a PDF. Runs in a confined child, as ``child`` does for everything else."""

import re
from typing import IO

import pypdfium2

from tospann.documents.reading import child, sniffing

MOST_PAGES = 500
_DOES = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")


def read(file: IO[bytes]) -> child.Answer:
    """``kind``, ``warnings``, ``text`` and ``pages``."""
    head, tail = sniffing.ends_of(file)
    warned = {"two_faces"} if sniffing.others_in(head, tail, "pdf") else set[str]()
    data = file.read()
    if _DOES.search(data):
        warned.add("active")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        return child.answer("pdf", warned | {"encrypted" if is_locked else "unreadable"})
    return child.answer("pdf", warned, _text(document), len(document))


def _text(document: pypdfium2.PdfDocument) -> str:
    said, size = [], 0
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            said.append(page.get_textpage().get_text_bounded())
        except pypdfium2.PdfiumError:
            continue
        size += len(said[-1])
        if size > child.MOST_TEXT:
            break
    return "\n".join(said)

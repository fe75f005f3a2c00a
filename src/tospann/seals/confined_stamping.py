"""The code at the foot of each page and the mark in the catalogue of a PDF file.

What is added is an artifact to readers of tagged files, brings its font, and leaves pages, tags
and metadata as they were, so that a file for archives stays one. Also the inside of the child
process in which files with other people's pages are read; knows no database.
"""

import base64
import io
import json
import struct
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import PdfObject

_SIDE = 34.0
"""Points: the square, in the corner no text of ours reaches."""
_EDGE = 12.0


def packed(pdf: bytes, line: bytes, mark: str, address: str) -> bytes:
    """What goes to the child: words with the length of the line, the line, the file."""
    words = json.dumps({"mark": mark, "address": address, "line": len(line)}).encode()
    return b"".join([struct.pack(">Q", len(words)), words, line, pdf])


def stamped_inside(file: IO[bytes]) -> dict[str, str]:
    """In the child: ``{"pdf": base85}``."""
    data = file.read()
    (length,) = struct.unpack(">Q", data[:8])
    told = json.loads(data[8 : 8 + length])
    start = 8 + length + told["line"]
    made = stamped(data[start:], data[8 + length : start], told["mark"], told["address"])
    return {"pdf": base64.b85encode(made).decode("ascii")}


def stamped(pdf: bytes, line: bytes, mark: str, address: str) -> bytes:
    """The file with the line on every page, the square on the first, and the mark."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject

    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    strip = _strip(writer, line)
    for number, page in enumerate(writer.pages):
        square = _square(address, page) if address and number == 0 else b""
        _put(writer, page, strip, square)
    writer.root_object[NameObject("/TSPN_Seal")] = _verbatim(mark)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _verbatim(mark: str) -> "PdfObject":
    """A string that stands in the file as it is, so that its digits are found there."""
    from pypdf.generic import TextStringObject

    class Verbatim(TextStringObject):
        def write_to_stream(self, stream: IO[Any]) -> None:
            stream.write(b"(%b)" % self.encode("ascii"))

    return Verbatim(mark)


def _strip(writer: "PdfWriter", line: bytes) -> Any:
    """One line of text as a form that every page shows."""
    from pypdf import PdfReader
    from pypdf.generic import ArrayObject, DecodedStreamObject, FloatObject, NameObject

    page = PdfReader(io.BytesIO(line)).pages[0]
    form, content = DecodedStreamObject(), page.get_contents()
    form.set_data(content.get_data() if content is not None else b"")
    box = [0, 0, float(page.mediabox.width), float(page.mediabox.height)]
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(one) for one in box),
            NameObject("/Resources"): page.raw_get("/Resources").clone(writer),
        }
    )
    return writer._add_object(form.flate_encode())


def _put(writer: "PdfWriter", page: "PageObject", strip: Any, square: bytes) -> None:
    """Around what the page has: its own state is put back before ours is drawn."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    own = page.get("/Resources")
    resources = DictionaryObject(own.get_object()) if own is not None else DictionaryObject()
    drawn = resources.get("/XObject")
    known = DictionaryObject(drawn.get_object()) if drawn is not None else DictionaryObject()
    known[NameObject("/TSPNSeal")] = strip
    resources[NameObject("/XObject")] = known
    page[NameObject("/Resources")] = resources
    left, bottom = float(page.cropbox.left), float(page.cropbox.bottom)
    ours = b"/Artifact BMC q 1 0 0 1 %.2f %.2f cm /TSPNSeal Do Q %b EMC" % (left, bottom, square)
    present = page.get("/Contents")
    there = present.get_object() if present is not None else []
    parts = list(there) if isinstance(there, list) else [page.raw_get("/Contents")]
    before, after = _stream(writer, b"q\n"), _stream(writer, b"\nQ\n" + ours)
    page[NameObject("/Contents")] = ArrayObject([before, *parts, after])


def _stream(writer: "PdfWriter", content: bytes) -> Any:
    from pypdf.generic import DecodedStreamObject

    made = DecodedStreamObject()
    made.set_data(content)
    return writer._add_object(made)


def _square(address: str, page: "PageObject") -> bytes:
    """The address as a QR code, drawn in the lower right corner."""
    from qrcode.constants import ERROR_CORRECT_L
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_L, border=0)
    code.add_data(address)
    rows = code.get_matrix()
    one = _SIDE / len(rows)
    x = float(page.cropbox.right) - _EDGE - _SIDE
    y = float(page.cropbox.bottom) + _EDGE
    dots = [
        b"%.3f %.3f %.3f %.3f re" % (x + column * one, y + _SIDE - (row + 1) * one, one, one)
        for row, cells in enumerate(rows)
        for column, dark in enumerate(cells)
        if dark
    ]
    return b"q 0 g " + b" ".join(dots) + b" f Q"

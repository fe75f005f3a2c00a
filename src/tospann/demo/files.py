"""Small real files for the demo, made here: documents, sheets, PDF pages, drawings and notes."""

import io
import zlib
from collections.abc import Sequence

Lines = Sequence[str]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"docx": WORD, "xlsx": SHEET, "pdf": "application/pdf", "png": "image/png"}


def made(name: str, lines: Lines) -> bytes:
    """A file of the kind its ending says, that says these lines."""
    ending = name.rpartition(".")[2]
    makers = {"docx": _word, "xlsx": _sheet, "pdf": _pdf, "png": _drawing}
    maker = makers.get(ending)
    return maker(lines) if maker else ("\n".join(lines) + "\n").encode()


def media_type(name: str) -> str:
    return TYPES.get(name.rpartition(".")[2], "text/plain")


def _word(lines: Lines) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(lines[0], 1)
    for line in lines[1:]:
        if line.startswith("# "):
            document.add_heading(line[2:], 2)
        else:
            document.add_paragraph(line)
    return _saved(document)


def _sheet(lines: Lines) -> bytes:
    """Cells are divided by ``|``."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        cells = [part.strip() for part in line.split("|")]
        sheet.append([int(cell) if cell.lstrip("-").isdecimal() else cell for cell in cells])
    return _saved(book)


def _saved(what: object) -> bytes:
    written = io.BytesIO()
    what.save(written)  # type: ignore[attr-defined]  # a document or a workbook
    return written.getvalue()


def _pdf(lines: Lines) -> bytes:
    """One page of plain text."""
    rows = [f"({_escaped(line)}) Tj T*" for line in lines]
    text = "BT /F1 11 Tf 16 TL 60 780 Td\n" + "\n".join(rows) + "\nET"
    content = zlib.compress(text.encode("cp1252", "replace"))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
        font,
    ]
    return _numbered(parts)


def _numbered(parts: Sequence[bytes]) -> bytes:
    """The objects one after the other, and the table of where each begins."""
    whole, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(parts) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(whole))
    return whole + head + table + tail


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _drawing(lines: Lines) -> bytes:
    """A ground plan: every line is a room with its place and size in metres."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (800, 500), "white")
    pen = ImageDraw.Draw(image)
    for line in lines:
        name, *numbers = (part.strip() for part in line.split("|"))
        left, top, width, height = (int(number) * 10 for number in numbers)
        pen.rectangle((left, top, left + width, top + height), outline="black", width=3)
        pen.text((left + 10, top + 10), name, fill="black")
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()

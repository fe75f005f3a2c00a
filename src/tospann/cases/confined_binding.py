"""The inside of the child process that reads other people's PDF files and binds them into one.

What a file could do by itself (scripts, actions, files inside it) is left behind: pages are taken,
and links that lead to a web address.
"""

import base64
import io
import json
import struct
import warnings
from typing import IO, Any

from tospann.jobs.confinement import Refusal

MOST_PAGES = 2_000
MOST_PIXELS = 60_000_000
_PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_A4 = (1240, 1754)


def packed(told: dict[str, Any], files: list[bytes]) -> bytes:
    """What goes to the child: words with the sizes of the files, then the files."""
    words = json.dumps({**told, "sizes": [len(one) for one in files]}).encode()
    return b"".join([struct.pack(">Q", len(words)), words, *files])


def measured(file: IO[bytes]) -> dict[str, int]:
    """How many pages a PDF has: ``{"pages": n}``."""
    return {"pages": len(_opened(file.read()).pages)}


def drawn(file: IO[bytes]) -> dict[str, str]:
    """A picture as a page: ``{"pdf": base85}``."""
    from PIL import Image, ImageOps

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(file.read()), formats=_PICTURES) as opened:
            opened.draft("RGB", _A4)
            upright = ImageOps.exif_transpose(opened).convert("RGB")
            upright.thumbnail(_A4, Image.Resampling.LANCZOS)
            made = io.BytesIO()
            upright.save(made, "PDF", resolution=150)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal({"because": "heavy"}) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Refusal({"because": "failed"}) from None
    return {"pdf": base64.b85encode(made.getvalue()).decode("ascii")}


def bound(file: IO[bytes]) -> dict[str, Any]:
    """All of them as one file with bookmarks and a number on each page: ``{"pdf", "pages"}``."""
    from pypdf import PdfWriter

    told, parts = _unpacked(file.read())
    writer = PdfWriter()
    total = sum(len(one.pages) for one in parts)
    if total > MOST_PAGES:
        raise Refusal({"because": "long", "pages": total})
    for title, part in zip(told["titles"], parts, strict=True):
        first = len(writer.pages)
        for page in part.pages:
            _add(writer, page, told["footer"].format(page=len(writer.pages) + 1, total=total))
        writer.add_outline_item(title=title, page_number=first)
    writer.add_metadata({"/Title": told["title"], "/Author": told["author"]})
    made = io.BytesIO()
    writer.write(made)
    return {"pdf": base64.b85encode(made.getvalue()).decode("ascii"), "pages": total}


def _unpacked(data: bytes) -> tuple[dict[str, Any], list[Any]]:
    (length,) = struct.unpack(">Q", data[:8])
    told: dict[str, Any] = json.loads(data[8 : 8 + length])
    parts, at = [], 8 + length
    for size in told["sizes"]:
        parts.append(_opened(data[at : at + size]))
        at += size
    return told, parts


def _opened(data: bytes) -> Any:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        found = PdfReader(io.BytesIO(data))
        if found.is_encrypted and not found.decrypt(""):
            raise Refusal({"because": "locked"})
        if not found.pages:
            raise Refusal({"because": "failed"})
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        raise Refusal({"because": "failed"}) from None
    return found


def _add(writer: Any, page: Any, words: str) -> None:
    added = writer.add_page(page)
    for name in ("/AA", "/Metadata", "/PieceInfo"):
        added.pop(name, None)
    _keep_harmless(added)
    if added.rotation:
        added.transfer_rotation_to_content()
    added.merge_page(_footer(added.cropbox, words))


def _keep_harmless(page: Any) -> None:
    """Of what lies upon the page: what is seen, and links to the web."""
    from pypdf.generic import ArrayObject, NameObject

    kept = ArrayObject()
    for one in page.get("/Annots") or ():
        found = one.get_object()
        if not hasattr(found, "get"):
            continue
        action = found.get("/A")
        action = action.get_object() if action is not None else None
        is_web = action is not None and str(action.get("/URI", "")).startswith(
            ("https://", "http://", "mailto:")
        )
        if found.get("/Subtype") == "/Link" and not is_web:
            continue
        if not is_web:
            found.pop("/A", None)
        found.pop("/AA", None)
        kept.append(one)
    page[NameObject("/Annots")] = kept


def _footer(box: Any, words: str) -> Any:
    """A page of the same size with nothing on it but the words at the foot, on white."""
    from pypdf import PageObject
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, RectangleObject

    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    left, bottom, right = float(box.left), float(box.bottom), float(box.right)
    wide = 4.4 * len(words)
    x, y = (left + right - wide) / 2, bottom + 9
    text = words.encode("cp1252", "replace").replace(b"\\", b"\\\\")
    text = text.replace(b"(", b"\\(").replace(b")", b"\\)")
    drawn_box = f"1 g {x - 6:.1f} {y - 4:.1f} {wide + 12:.1f} 13 re f 0.2 g".encode()
    stream = DecodedStreamObject()
    stream.set_data(
        b"q " + drawn_box + f" BT /TF 8 Tf {x:.1f} {y:.1f} Td (".encode() + text + b") Tj ET Q"
    )
    made = PageObject.create_blank_page(width=right - left, height=float(box.top) - bottom)
    made.mediabox = RectangleObject((left, bottom, right, float(box.top)))
    fonts = DictionaryObject({NameObject("/TF"): font})
    made[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    made[NameObject("/Contents")] = stream
    return made

"""The pages of a PDF, or a picture, drawn anew as WebP. Runs in a confined child."""

import base64
import io
import warnings
from typing import IO, Any

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from tospann.documents.reading import MOST_DRAWN
from tospann.jobs.confinement import Refusal

WIDTH = 1100
TALLEST = 2400
MOST_PIXELS = 60_000_000
_PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


def pages(file: IO[bytes]) -> dict[str, Any]:
    """``total`` pages, and the first of them as ``pictures`` (base85)."""
    try:
        document = pypdfium2.PdfDocument(file.read())
        total = len(document)
        drawn = [_page(document, number) for number in range(min(total, MOST_DRAWN))]
    except pypdfium2.PdfiumError as error:
        because = "locked" if "password" in str(error).lower() else "failed"
        raise Refusal({"because": because}) from None
    if not drawn:
        raise Refusal({"because": "failed"})
    return {"total": total, "pictures": drawn}


def _page(document: pypdfium2.PdfDocument, number: int) -> dict[str, Any]:
    page = document[number]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1), 4)
    return _webp(page.render(scale=max(scale, 0.01)).to_pil())


def picture(file: IO[bytes]) -> dict[str, Any]:
    """The picture itself, smaller, without what else the file holds."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(io.BytesIO(file.read()), formats=_PICTURES) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refusal({"because": "heavy"})
            opened.draft("RGB", (WIDTH, TALLEST))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((WIDTH, TALLEST), Image.Resampling.LANCZOS)
            return {"total": 1, "pictures": [_webp(upright)]}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal({"because": "heavy"}) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise Refusal({"because": "failed"}) from None


def _webp(image: Image.Image) -> dict[str, Any]:
    layered, plain = image.convert("RGBA"), Image.new("RGB", image.size, "white")
    plain.paste(layered, mask=layered)
    made = io.BytesIO()
    plain.save(made, "WEBP", quality=80, method=2)
    return {
        "webp": base64.b85encode(made.getvalue()).decode("ascii"),
        "width": plain.width,
        "height": plain.height,
    }

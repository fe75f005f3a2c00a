"""Making a photo fit to be kept: upright, of a sensible size, without place or camera.

``prepare`` runs in a confined child (jobs/confined.py): an image is hostile until it is redrawn.
"""

import base64
import io
from typing import IO, Any

from PIL import Image, ImageOps, UnidentifiedImageError

from tospann.jobs.confinement import Refusal

LONGEST_SIDE = 2400
MOST_PIXELS = 60_000_000
_READ = ("JPEG", "PNG", "WEBP")
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
_HAS_NO_SEE_THROUGH = {"RGB", "L"}


def prepare(file: IO[bytes]) -> dict[str, Any]:
    """The photo redrawn as a JPEG (base85), with its width and height."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    data = io.BytesIO(file.read())
    if _is_heic(data.getvalue()[:32]):
        raise Refusal({"because": "heic"})
    try:
        with Image.open(data, formats=_READ) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refusal({"because": "pixels"})
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is read smaller
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            return _redrawn(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refusal({"because": "pixels"}) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise Refusal({"because": "unreadable"}) from None


def _is_heic(head: bytes) -> bool:
    """What iPhones keep by themselves; reading it takes a library under other terms than ours."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC


def _redrawn(image: Image.Image) -> dict[str, Any]:
    """Only the points themselves go into the new file: no EXIF, no colour profile, no comment."""
    plain = Image.new("RGB", image.size, "white")
    if image.mode in _HAS_NO_SEE_THROUGH:
        plain.paste(image.convert("RGB"))
    else:
        layered = image.convert("RGBA")
        plain.paste(layered, mask=layered)
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=85, optimize=True)
    return {
        "jpeg": base64.b85encode(made.getvalue()).decode("ascii"),
        "width": plain.width,
        "height": plain.height,
    }

"""Where drawn pages are kept: files under DATA_DIR/previews that may be deleted at any time."""

import base64
import io
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop
from PIL import Image, ImageDraw, ImageFont

from tospann.foundation.authority import Sentence

FORM = "1"
_LIST = "pages.json"
_SAID = {
    "none": gettext_noop("This kind of file has no preview."),
    "locked": gettext_noop("The file is protected by a password, so it has no preview."),
    "harmful": gettext_noop("The file may do harm, so it has no preview."),
    "large": gettext_noop("The file is too large for a preview."),
    "heavy": gettext_noop("The file takes too much time or memory to be shown."),
    "no_office": gettext_noop("Office files have no preview here: LibreOffice is not set up."),
    "failed": gettext_noop("The file could not be shown. It may be damaged."),
}


@dataclass(frozen=True)
class State:
    """What there is of a preview: pages as (width, height), words, or why there is none."""

    is_drawn: bool = False
    total: int = 0
    sizes: tuple[tuple[int, int], ...] = field(default=())
    because: str = ""

    @property
    def why_not(self) -> str:
        """Why there is nothing to see, in a sentence."""
        return str(Sentence(_SAID[self.because])) if self.because else ""

    @property
    def is_waiting(self) -> bool:
        return not self.is_drawn and not self.because

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.sizes)


def state(sha256: str) -> State:
    """What is kept of it now."""
    try:
        kept = json.loads((_folder(sha256) / _LIST).read_text())
    except (OSError, ValueError):
        return State()
    if kept.get("because"):
        return State(because=kept["because"])
    return State(True, kept["total"], tuple((one[0], one[1]) for one in kept["sizes"]))


def keep(sha256: str, drawn: dict[str, Any]) -> None:
    """Keep drawn pages: all of them, or none."""
    pictures = drawn["pictures"]
    sizes = [[one["width"], one["height"]] for one in pictures]
    files = {
        f"{number}.webp": base64.b85decode(one["webp"]) for number, one in enumerate(pictures, 1)
    }
    _write(sha256, {"total": drawn["total"], "sizes": sizes}, files)


def keep_failure(sha256: str, because: str) -> None:
    """Remember that there is none, and why, so that it is not tried again and again."""
    _write(sha256, {"because": because}, {})


def forget(sha256: str) -> None:
    """For bytes that are gone."""
    shutil.rmtree(_folder(sha256), ignore_errors=True)


def kept() -> list[str]:
    """The hashes something is kept of."""
    place = _root()
    return sorted(one.name for one in place.glob("??/*")) if place.is_dir() else []


def picture(sha256: str, page: int, mark: str = "") -> bytes | None:
    """One page as WebP; with ``mark`` written across it. None when there is no such page."""
    try:
        data = (_folder(sha256) / f"{int(page)}.webp").read_bytes()
    except OSError:
        return None
    return _marked(data, mark) if mark else data


def _marked(data: bytes, mark: str) -> bytes:
    """The words again and again, aslant, so that no part of the page can be cut out without."""
    with Image.open(io.BytesIO(data), formats=("WEBP",)) as opened:
        page = opened.convert("RGBA")
    side = int((page.width**2 + page.height**2) ** 0.5) + 1
    sheet = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=max(14, page.width // 36))
    step = int(pen.textlength(mark, font=font)) + 60
    for row, y in enumerate(range(0, side, page.width // 7 + 1)):
        for x in range(-(row % 2) * step // 2, side, step):
            pen.text((x, y), mark, font=font, fill=(90, 90, 90, 70))
    turned = sheet.rotate(30)
    left, top = (side - page.width) // 2, (side - page.height) // 2
    page.alpha_composite(turned.crop((left, top, left + page.width, top + page.height)))
    made = io.BytesIO()
    page.convert("RGB").save(made, "WEBP", quality=75, method=2)
    return made.getvalue()


def _root() -> Path:
    return Path(settings.DATA_DIR) / "previews" / FORM


def _folder(sha256: str) -> Path:
    return _root() / sha256[:2] / sha256


def _write(sha256: str, listed: dict[str, Any], files: dict[str, bytes]) -> None:
    target = _folder(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        for name, data in files.items():
            (made / name).write_bytes(data)
        (made / _LIST).write_text(json.dumps(listed))
        shutil.rmtree(target, ignore_errors=True)
        made.replace(target)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise

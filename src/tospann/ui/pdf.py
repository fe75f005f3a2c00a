"""From plain data to a tagged PDF. What people wrote is data, never source."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Literal

PACKAGE = Path(__file__).parents[1]
AT_ONCE = 2
"""More renders than this at the same time, in one process, make each other wait."""
PATIENCE = 20.0
_renders = BoundedSemaphore(AT_ONCE)
_CONTROLS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_LONG_WORD = re.compile(r"\S{40}")
_SHOWN = re.compile(
    "[^\u0020-\u007e\u00a0-\u024f\u0300-\u036f\u0370-\u03ff\u0400-\u045f\u0490\u0491\u05d0-\u05ea\u0621-\u063a\u0641-\u064a"
    "\u1e00-\u1eff\u200b\u2010-\u2027\u2030-\u205e\u2070-\u20bf\u2190-\u2193\u2212\u221e\u2260\u2264\u2265]"
)


class Busy(Exception):
    """Others are rendering; try again shortly."""


Standard = Literal["a-2a", "ua-1"]
ACCESSIBLE: tuple[Standard, ...] = ("ua-1",)
ARCHIVABLE: tuple[Standard, ...] = ("a-2a", "ua-1")
"""Kinds of PDF: for every reader; and one that an archive takes as well."""


def typeset(
    template: str,
    data: dict[str, Any],
    drawings: Sequence[str] = (),
    standards: Sequence[Standard] = ACCESSIBLE,
) -> bytes:
    """The template (``reports/typst/status.typ``) with the data, as a tagged PDF file (without
    standards: a part of one, that nobody reads aloud).

    ``drawings`` are SVG documents of our own making; the template finds them in the same order.
    Raises Busy when too many are being made.
    """
    import typst

    with _turn():
        try:
            return _compile(template, _cleaned(data, _plain), drawings, standards)
        except typst.TypstError:
            # A character that no font here can draw; PDF/UA does not allow a blank in its place.
            known = [_SHOWN.sub("\ufffd", one) for one in drawings]
            return _compile(template, _cleaned(data, _drawable), known, standards)


def picture(drawing: str, width: float, pixels_per_inch: float) -> bytes:
    """An SVG document of our own making as a PNG, so many points wide. Raises Busy."""
    import typst

    with _turn():
        made: bytes = typst.compile(
            str(PACKAGE / "ui/typst/picture.typ"),
            root=str(PACKAGE),
            format="png",
            ppi=pixels_per_inch,
            font_paths=_fonts(),
            sys_inputs={"drawing": drawing, "width": f"{width:g}"},
        )
        return made


@contextmanager
def _turn() -> Iterator[None]:
    if not _renders.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _renders.release()


def _compile(
    template: str, data: dict[str, Any], drawings: Sequence[str], standards: Sequence[Standard]
) -> bytes:
    import typst

    said = {"data": json.dumps(data, ensure_ascii=False)}
    if drawings:
        said["drawings"] = json.dumps(list(drawings))
    made: bytes = typst.compile(
        str(PACKAGE / template),
        root=str(PACKAGE),
        format="pdf",
        pdf_standards=[*standards],
        pdf_tags=bool(standards),
        font_paths=_fonts(),
        sys_inputs=said,
    )
    return made


@cache
def _fonts() -> Any:
    """Those in this package alone, so that a report looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(PACKAGE / "ui/fonts")])


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _cleaned(one, clean) for key, one in value.items()}
        case list() | tuple():
            return [_cleaned(one, clean) for one in value]
    return value


def _plain(text: str) -> str:
    """Without characters that steer instead of showing; very long words can be broken."""
    kept = "".join(_visible(character) for character in text)
    return _LONG_WORD.sub(lambda found: found[0] + "\u200b", unicodedata.normalize("NFC", kept))


def _visible(character: str) -> str:
    if character in "\n\t":
        return " "
    return "" if unicodedata.category(character) in _CONTROLS else character


def _drawable(text: str) -> str:
    return _SHOWN.sub("\ufffd", _plain(text))

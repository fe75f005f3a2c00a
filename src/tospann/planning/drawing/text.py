"""Texts in a drawing: how wide they are in Inter, and cut to what there is room for."""

from html import escape

# Hundredths of the size of the text, by character; the widths of the font this portal carries.
_BY_WIDTH = {
    24: "'ijlI",
    28: " !,.:;·",
    36: "()/[\\]ft{}r|",
    45: '"_°-1^',
    50: "*`–?s",
    55: "JkxzLacvyå«»7",
    59: "euFhnEoø",
    62: "25gpq0689ZbdP#",
    66: "$&34RSTXBK+<=>Y~",
    70: "AVÅDC",
    75: "GHUNOQØ",
    82: "%w",
    88: "mM",
    96: "æ@WÆ→—",
}
_WIDTHS = {character: width for width, some in _BY_WIDTH.items() for character in some}
_BOLD = 1.05


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, about, in pixels."""
    hundredths = sum(_WIDTHS.get(character, 66) for character in text)
    return hundredths * size / 100 * (_BOLD if bold else 1)


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning and “…” when there is no room for all of it."""
    if width(text, size, bold=bold) <= room:
        return text
    kept, used = [], width("…", size, bold=bold)
    for character in text:
        used += width(character, size, bold=bold)
        if used > room:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def drawn(text: str) -> str:
    """A text as XML may hold it: escaped, and without what no document allows."""
    return escape("".join(one for one in text if one >= " " and one not in "\x7f\ufffe\uffff"))

"""What bars stand in: days off, hairlines, the two lines of time, the table's headings."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from planengine.instants import DAY
from tospann.planning.drawing import colours as colour
from tospann.planning.drawing.layout import HEAD, PAD, Sheet
from tospann.planning.drawing.shapes import BOLD, HALO, MIDDLE, RIGHT, line, rect, text


def ground(sheet: Sheet) -> str:
    """Behind everything: days off, headings of phases, hairlines."""
    look, scale, bottom = sheet.look, sheet.scale, sheet.bottom
    parts = [rect(0, 0, look.width, bottom, colour.PAPER, "g-paper")]
    if scale.a_day >= 2.2:
        for day in scale.days:
            if day in look.off:
                left, right = scale.inside(day * DAY), scale.inside((day + 1) * DAY)
                parts.append(rect(left, HEAD, right - left, bottom - HEAD, colour.FREE, "g-free"))
    _upper, lower = scale.tiers(look.language)
    parts += [line(one.x, HEAD, one.x, bottom, colour.HAIR, "g-hair") for one in lower]
    for place, one in enumerate(sheet.rows):
        top = HEAD + place * look.row
        if one.is_heading:
            parts.append(rect(0, top, look.width, look.row, colour.BAND, "g-band"))
        parts.append(line(0, top, look.width, top, colour.HAIR, "g-hair"))
    return "".join(parts)


def head(sheet: Sheet) -> str:
    """The two lines of time, and the names of the columns."""
    look, scale = sheet.look, sheet.scale
    upper, lower = scale.tiers(look.language)
    size, middle = look.text - 1, HEAD / 2
    parts = [line(scale.left, middle, look.width, middle, colour.LINE, "g-line")]
    for divisions, y, more in ((upper, middle - 5, BOLD), (lower, HEAD - 5, "")):
        for one in divisions:
            parts.append(line(one.x, y - 12, one.x, y + 5, colour.LINE, "g-line"))
            at = one.x + (4 if more else one.width / 2)
            name = "g-ink" if more else "g-quiet"
            fill = colour.INK if more else colour.QUIET
            parts.append(text(at, y, one.label, size, fill=fill, name=name, more=more or MIDDLE))
    parts.append(text(PAD, HEAD - 6, _("No."), size, fill=colour.QUIET, name="g-quiet"))
    task = _("Task")
    parts.append(text(sheet.numbers, HEAD - 6, task, size, fill=colour.QUIET, name="g-quiet"))
    parts.append(
        cells(sheet, HEAD - 6, [one.label for one, _w in sheet.columns], size, is_head=True)
    )
    parts.append(line(0, HEAD, look.width, HEAD, colour.QUIET, "g-rule"))
    parts.append(line(0, sheet.bottom, look.width, sheet.bottom, colour.QUIET, "g-rule"))
    parts.append(line(scale.left, 0, scale.left, sheet.bottom, colour.LINE, "g-line"))
    return "".join(parts)


def cells(
    sheet: Sheet, y: float, texts: Sequence[str], size: float, *, is_head: bool = False,
    bold: bool = False,
) -> str:  # fmt: skip
    x, parts = sheet.numbers + sheet.names, []
    fill, name = (colour.QUIET, "g-quiet") if is_head else (colour.INK, "g-ink")
    for (column, wide), said in zip(sheet.columns, texts, strict=False):
        at = x + wide - PAD if column.is_number else x + PAD
        more = " ".join(filter(None, [RIGHT if column.is_number else "", BOLD if bold else ""]))
        parts.append(text(at, y, said, size, fill=fill, name=name, more=more))
        x += wide
    return "".join(parts)


def lines_of_time(sheet: Sheet) -> str:
    look, parts = sheet.look, []
    shown = (
        (look.status, _("Status date"), "g-status", 'stroke-width="1.4" stroke-dasharray="2 3"'),
        (look.today, _("Today"), "g-today", 'stroke-width="1.6"'),
    )
    for instant, said, name, more in shown:
        if instant is None or not sheet.scale.shows(instant):
            continue
        x = sheet.scale.x(instant)
        stroke = colour.TODAY if name == "g-today" else colour.INK
        parts.append(line(x, HEAD, x, sheet.bottom, stroke, name, more))
        parts.append(text(x + 3, sheet.bottom - 4, said, look.text - 1.5, fill=stroke, name=name,
                          more=f"{HALO} {BOLD}"))  # fmt: skip
    return "".join(parts)

"""Rows as a Gantt chart: a table at the left, bars in time at the right, what they mean below."""

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tospann.planning.drawing import colours as colour
from tospann.planning.drawing import frame, legend, shapes
from tospann.planning.drawing.bars import Bar, Column, Look
from tospann.planning.drawing.layout import (
    BAR,
    INDENT,
    LEGEND,
    PAD,
    POINT,
    Sheet,
    Spans,
    ends_of,
    laid_out,
    name_of,
    placed,
)
from tospann.planning.drawing.links import lines
from tospann.planning.drawing.shapes import BOLD, HALO, text
from tospann.planning.drawing.text import drawn, shortened
from tospann.planning.models import Kind


def gantt(
    rows: Sequence[Bar],
    *,
    baseline: Spans | None = None,
    overlay: Spans | None = None,
    links: Iterable[tuple[int, int, str]] = (),
    columns: Sequence[Column] = (),
    look: Look | None = None,
    like: Sequence[Bar] = (),
) -> SafeString:
    """The drawing as an SVG document.

    ``baseline`` are the frozen dates by uid, drawn thin under the bars; ``overlay`` those of
    another plan, drawn as outlines over them. ``like`` are all the rows of several drawings that
    should have equal columns.
    """
    how = look or Look()
    sheet = laid_out(rows, columns, how, baseline or {}, overlay or {}, links, like or rows)
    parts = [
        shapes.pattern(how.id),
        frame.ground(sheet),
        _links(sheet),
        *(_row(sheet, place, one) for place, one in enumerate(rows)),
        frame.lines_of_time(sheet),
        frame.head(sheet),
        legend.below(sheet) if how.legend else "",
    ]
    high = sheet.bottom + (LEGEND if how.legend else 1)
    return mark_safe(_document(how, high, "".join(parts)))  # every text is escaped


def _document(look: Look, high: float, inside: str) -> str:
    said = look.title or _("Gantt chart")
    more = f'<desc id="{look.id}-desc">{drawn(look.description)}</desc>' if look.description else ""
    by = f"{look.id}-title {look.id}-desc" if look.description else f"{look.id}-title"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {look.width} {high:.0f}"'
        f' width="{look.width}" height="{high:.0f}" class="gantt" role="img" aria-labelledby="{by}"'
        ' font-family="Inter, sans-serif">'
        f'<title id="{look.id}-title">{drawn(said)}</title>{more}{inside}</svg>'
    )


def _row(sheet: Sheet, place: int, one: Bar) -> str:
    y, look = sheet.y(place), sheet.look
    bold, base = one.kind == Kind.SUMMARY, y + look.text * 0.36
    indent = INDENT * (one.level - 1)
    said = shortened(name_of(one), sheet.names - indent - PAD, look.text, bold=bold)
    gone = 'text-decoration="line-through"' if one.change == "removed" or not one.is_active else ""
    more = " ".join(filter(None, [BOLD if bold else "", gone]))
    return "".join(
        [
            text(PAD, base, one.number, look.text, fill=colour.QUIET, name="g-quiet"),
            text(sheet.numbers + indent, base, said, look.text, more=more),
            frame.cells(sheet, base, one.cells, look.text, bold=bold),
            _bar(sheet, y, one),
            _beside(sheet, y, one),
        ]
    )


def _bar(sheet: Sheet, y: float, one: Bar) -> str:
    scale, high = sheet.scale, sheet.look.row * BAR
    base, other = sheet.baseline.get(one.uid), sheet.overlay.get(one.uid)
    is_point = one.kind == Kind.MILESTONE
    parts = []
    if base is not None and one.kind != Kind.SUMMARY:
        low = y if is_point else y + high / 2 + 2.4
        begins, ends = placed(scale, base, is_point=is_point)
        parts.append(shapes.baseline(begins, ends, low, 3.2 if not is_point else high / 2.2,
                                     milestone=is_point))  # fmt: skip
    if one.span is not None and scale.left < scale.x(one.span.finish):
        begins, ends = placed(scale, one.span, is_point=is_point)
        parts.append(_shape(sheet, y, one, begins, ends, high))
    if other is not None and other != one.span:
        begins, ends = placed(scale, other, is_point=is_point)
        parts.append(shapes.other(begins, ends, y, high + 5, milestone=is_point))
    if one.deadline is not None and scale.shows(one.deadline):
        parts.append(shapes.deadline(scale.x(one.deadline), y, high))
    return "".join(parts)


def _shape(sheet: Sheet, y: float, one: Bar, begins: float, ends: float, high: float) -> str:
    if one.change == "removed":
        return shapes.other(begins, ends, y, high, milestone=one.kind == Kind.MILESTONE)
    if one.kind == Kind.SUMMARY:
        return shapes.summary(begins, ends, y, high * 0.9, critical=one.is_critical)
    if one.kind == Kind.MILESTONE:
        done = one.percent >= 100
        return shapes.milestone(ends, y, high * POINT, critical=one.is_critical, done=done)
    key = sheet.look.id
    return shapes.task(begins, ends, y, high, one.percent, key, critical=one.is_critical)


def _beside(sheet: Sheet, y: float, one: Bar) -> str:
    """What stands to the right of a bar, clear of the line that leaves it."""
    if one.span is None or not one.note:
        return ""
    look, size = sheet.look, sheet.look.text - 1
    reach = look.row * BAR * POINT / 2 if one.kind == Kind.MILESTONE else 0
    x = sheet.scale.inside(one.span.finish) + reach + (11 if one.uid in sheet.left_by_links else 6)
    said = shortened(one.note, look.width - x - 2, size)
    bold = f" {BOLD}" if one.kind == Kind.MILESTONE else ""
    return text(x, y + size * 0.36, said, size, name="g-note", more=HALO + bold)


def _links(sheet: Sheet) -> str:
    found = lines(sheet.links, ends_of(sheet), sheet.look.row)
    parts = []
    for critical, stroke, thick in ((False, colour.QUIET, 0.8), (True, colour.CRITICAL_EDGE, 1.5)):
        some = [one for one in found if one.is_critical is critical]
        if some:
            name = "g-link-critical" if critical else "g-link"
            way = "".join(one.path for one in some)
            tips = "".join(one.arrow for one in some)
            parts.append(f'<path d="{way}" fill="none" stroke="{stroke}" stroke-width="{thick}"'
                         f' class="{name}"/>')  # fmt: skip
            parts.append(f'<path d="{tips}" fill="{stroke}" class="{name}-tip"/>')
    return "".join(parts)

"""Where everything of one drawing goes: the table's columns, the rows, and the axis."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planengine.instants import DAY
from tospann.planning.drawing.bars import Bar, Column, Look, Span
from tospann.planning.drawing.links import Ends
from tospann.planning.drawing.scale import Scale
from tospann.planning.drawing.text import width
from tospann.planning.models import Kind

PAD, INDENT, HEAD, LEGEND = 6.0, 11.0, 34.0, 30.0
BAR, POINT = 0.52, 1.25
"""How high a bar is, of its row; and a milestone, of a bar."""
BESIDE = 96.0
"""Room at the right for what stands beside the last bars."""
_SIGNS = {"added": "+ ", "removed": "\u2212 ", "changed": "\u2022 ", "": ""}
Spans = Mapping[int, Span]
Links = Sequence[tuple[int, int, str]]


@dataclass(frozen=True)
class Sheet:
    """What every part of one drawing needs to know."""

    rows: Sequence[Bar]
    look: Look
    scale: Scale
    columns: tuple[tuple[Column, float], ...]
    numbers: float
    names: float
    baseline: Spans
    overlay: Spans
    links: Links

    def y(self, place: int) -> float:
        """The middle of a row."""
        return HEAD + (place + 0.5) * self.look.row

    @property
    def bottom(self) -> float:
        return HEAD + len(self.rows) * self.look.row

    @cached_property
    def left_by_links(self) -> frozenset[int]:
        """The rows a line leaves."""
        return frozenset(link[0] for link in self.links)


def laid_out(
    rows: Sequence[Bar],
    columns: Sequence[Column],
    look: Look,
    baseline: Spans,
    overlay: Spans,
    links: Iterable[tuple[int, int, str]],
    like: Sequence[Bar],
) -> Sheet:
    """Measure the texts, and give the rest of the width to time."""
    numbers = max([width(one.number, look.text) for one in like] + [12.0]) + PAD * 2
    names = max([_name_width(one, look) for one in like] + [80.0]) + PAD
    names = min(names, float(look.name_width))
    widths = []
    for place, column in enumerate(columns):
        texts = [one.cells[place] for one in like if place < len(one.cells)]
        wide = max([width(said, look.text, bold=True) for said in (*texts, column.label)])
        widths.append((column, wide + PAD * 2))
    left = numbers + names + sum(wide for _column, wide in widths) + 4
    scale = _scale(rows, look, [baseline, overlay], left)
    return Sheet(rows, look, scale, tuple(widths), numbers, names, baseline, overlay, tuple(links))


def _name_width(one: Bar, look: Look) -> float:
    said = name_of(one)
    return width(said, look.text, bold=one.kind == Kind.SUMMARY) + INDENT * (one.level - 1) + PAD


def _scale(rows: Sequence[Bar], look: Look, others: Sequence[Spans], left: float) -> Scale:
    spans = [one.span for one in rows if one.span]
    spans += [some[one.uid] for some in others for one in rows if one.uid in some]
    begin = [one.start for one in spans] or [look.today or 0]
    end = [one.finish for one in spans] or [(look.today or 0) + 30 * DAY]
    first = look.first if look.first is not None else min(begin) - 2 * DAY
    last = look.last if look.last is not None else max(end) + DAY
    first, last = first // DAY * DAY, max(last, first + 7 * DAY)
    return Scale(first, last, left, look.width - BESIDE, look.width)


def ends_of(sheet: Sheet) -> dict[int, Ends]:
    """Where lines may leave and reach the bars."""
    ends: dict[int, Ends] = {}
    high = sheet.look.row * BAR
    for place, one in enumerate(sheet.rows):
        if one.span is None:
            continue
        is_point = one.kind == Kind.MILESTONE
        left, right = placed(sheet.scale, one.span, is_point=is_point)
        half = high * (POINT if is_point else 1) / 2
        drop = left if is_point else left + min(4.0, (right - left) / 2)
        reach = half if is_point else 0.0
        y, critical = sheet.y(place), one.is_critical
        ends[one.uid] = Ends(left - reach, right + reach, y, critical, drop, half, right)
    return ends


def placed(scale: Scale, span: Span, *, is_point: bool) -> tuple[float, float]:
    """The left and the right end of a bar."""
    if is_point:
        x = scale.inside(span.finish)
        return x, x
    return scale.inside(span.start), scale.inside(span.finish)


def name_of(one: Bar) -> str:
    """The name, after a sign that says how it differs."""
    return _SIGNS[one.change] + one.name

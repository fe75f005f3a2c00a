"""Milestones through time: along it the day something was said, up it the date that was said.

A level line keeps its word; one that climbs comes later and later. On the diagonal it is reached.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tospann.planning.drawing import colours as colour
from tospann.planning.drawing.shapes import BOLD, HALO, MIDDLE, RIGHT, diamond, line, rect, text
from tospann.planning.drawing.text import drawn, shortened
from tospann.ui.formats import month

Points = Sequence[tuple[date, date]]
WIDTH, HEIGHT, LEFT, RIGHT_ROOM, TOP, BOTTOM = 960, 420, 64.0, 250.0, 16.0, 34.0
STROKES = (
    ("#0b5cad", ""),
    ("#b35f00", "7 3"),
    ("#137a33", "2 3"),
    ("#7a4fb0", "10 3 2 3"),
    ("#8f1512", "5 2"),
    ("#0f6b75", "1 4"),
    ("#5a4a1f", "12 4"),
    ("#1e2b3c", "4 4 1 4"),
)
SIZE = 11.0


class _Axes:
    def __init__(self, lines: Sequence[tuple[str, Points]]) -> None:
        days = [day for _name, points in lines for day, _said in points]
        said = [one for _name, points in lines for _day, one in points]
        self.first, self.last = min(days), max(*days, min(days) + timedelta(days=14))
        self.low, self.high = min(said), max(*said, min(said) + timedelta(days=14))

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return LEFT + share * (WIDTH - LEFT - RIGHT_ROOM)

    def y(self, day: date) -> float:
        share = (day - self.low).days / (self.high - self.low).days
        return HEIGHT - BOTTOM - 12 - share * (HEIGHT - TOP - BOTTOM - 24)


def trend(lines: Sequence[tuple[str, Points]], *, title: str, language: str) -> SafeString:
    """The chart as an SVG document; each line ends in its name, so that no legend is needed."""
    if not lines:
        return mark_safe("")
    axes = _Axes(lines)
    parts = [rect(0, 0, WIDTH, HEIGHT, colour.PAPER, "g-paper"), _axes(axes, language)]
    places = _places([axes.y(points[-1][1]) for _name, points in lines])
    for number, ((name, points), place) in enumerate(zip(lines, places, strict=True)):
        parts.append(_line(axes, name, points, number, place))
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}" class="gantt trend" role="img" aria-label="{drawn(title)}"'
        f' font-family="Inter, sans-serif">{"".join(parts)}</svg>'
    )


def _line(axes: _Axes, name: str, points: Points, number: int, place: float) -> str:
    number %= len(STROKES)
    stroke, dashes = STROKES[number]
    at = [(axes.x(day), axes.y(said)) for day, said in points]
    (x, y), label = at[0], WIDTH - RIGHT_ROOM + 22
    way = f"M{x:.1f} {y:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in at[1:])
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    shown = shortened(name, RIGHT_ROOM - 28, SIZE)
    drawn_line = (
        f'<path d="{way}" fill="none" stroke="{stroke}" stroke-width="2"{dash}'
        f' class="t-line-{number}"/>'
    )
    parts = [
        drawn_line,
        *(diamond(x, y, 8, stroke, f"t-mark-{number}", stroke) for x, y in at),
        line(at[-1][0] + 5, at[-1][1], label - 4, place, colour.LINE, "g-line"),
        text(label, place + SIZE * 0.36, shown, SIZE, more=HALO, name="g-note"),
    ]
    return "".join(parts)


def _places(wanted: Sequence[float]) -> list[float]:
    """Heights for the names, moved apart where they would lie on each other."""
    places, lowest = [0.0] * len(wanted), HEIGHT - BOTTOM
    for number in sorted(range(len(wanted)), key=lambda one: -wanted[one]):
        places[number] = min(wanted[number], lowest)
        lowest = places[number] - SIZE * 1.45
    return places


def _axes(axes: _Axes, language: str) -> str:
    base = HEIGHT - BOTTOM
    parts = [line(LEFT, base, WIDTH - RIGHT_ROOM, base, colour.QUIET, "g-rule")]
    for day in _months(axes.low, axes.high, 8):
        y = axes.y(day)
        parts.append(line(LEFT, y, WIDTH - RIGHT_ROOM, y, colour.HAIR, "g-hair"))
        said = _short(day, language)
        parts.append(
            text(LEFT - 6, y + 4, said, SIZE - 1, fill=colour.QUIET, name="g-quiet", more=RIGHT)
        )
    for day in _months(axes.first, axes.last, 10):
        x = axes.x(day)
        parts.append(line(x, TOP, x, base, colour.HAIR, "g-hair"))
        said = _short(day, language)
        parts.append(
            text(x, base + 15, said, SIZE - 1, fill=colour.QUIET, name="g-quiet", more=MIDDLE)
        )
    parts.append(_diagonal(axes))
    more = f"{MIDDLE} {BOLD}"
    middle = LEFT + (WIDTH - LEFT - RIGHT_ROOM) / 2
    said = _("The day it was said")
    parts.append(
        text(middle, HEIGHT - 4, said, SIZE - 1, fill=colour.QUIET, name="g-quiet", more=more)
    )
    return "".join(parts)


def _diagonal(axes: _Axes) -> str:
    """Where the day and the date are the same: nothing is said below it."""
    first, last = max(axes.first, axes.low), min(axes.last, axes.high)
    if first >= last:
        return ""
    more = 'stroke-dasharray="2 4"'
    return line(
        axes.x(first), axes.y(first), axes.x(last), axes.y(last), colour.QUIET, "g-rule", more
    )


def _months(first: date, last: date, most: int) -> list[date]:
    """The first days of months between two days, so many at most."""
    count, end = first.year * 12 + first.month, last.year * 12 + last.month
    step = max(1, -(-(end - count) // most))
    return [date(one // 12, one % 12 + 1, 1) for one in range(count, end, step)]


def _short(day: date, language: str) -> str:
    return f"{month(day, language)[:3]} {day.year % 100:02}"

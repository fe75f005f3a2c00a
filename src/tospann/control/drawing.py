"""The S-curve and the cash flow as SVG, made on the server; the tables beside them say the same.

Every line has a stroke of its own as well as a colour. On a page the theme's colours count.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from django.utils.safestring import SafeString, mark_safe

from tospann.control.curves import Period
from tospann.control.measuring import Point

TOP, BOTTOM, LEFT, RIGHT = 14, 30, 62, 14
INK, QUIET, LINE = "#1e2b3c", "#55606e", "#d3dae2"
STROKES = {
    "pv": ("#55606e", "2", "7 4"),
    "ev": ("#0b5cad", "3", ""),
    "ac": ("#b35f00", "2.5", ""),
    "forecast": ("#b35f00", "2.5", "2 4"),
}
"""Colour, width and dashes of each line, in the order they are drawn."""
SIZE = 12
Said = Callable[[int], str]
Day = Callable[[date], str]


@dataclass(frozen=True)
class Words:
    """What stands in a drawing: its name, the names of its lines, amounts, days and today."""

    title: str
    lines: dict[str, str]
    amount: Said
    day: Day
    today: str


class _Field:
    """From days and amounts to places on a drawing."""

    def __init__(
        self, wide: int, high: int, days: tuple[date, date], amounts: tuple[int, int]
    ) -> None:
        self.wide, self.high = wide, high
        self.first, self.last = days[0], max(days[1], days[0] + timedelta(days=1))
        self.low, self.top = amounts[0], max(amounts[1], amounts[0] + 100)

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + share * (self.wide - LEFT - RIGHT), 1)

    def y(self, amount: int) -> float:
        share = (amount - self.low) / (self.top - self.low)
        return round(self.high - BOTTOM - share * (self.high - BOTTOM - TOP), 1)


def s_curve(points: Sequence[Point], on: date, words: Words, wide: int, high: int) -> SafeString:
    """Planned, earned, spent and expected, added up through time."""
    known = [point.pv for point in points]
    for name in ("ev", "ac", "forecast"):
        known += [value for point in points if (value := getattr(point, name)) is not None]
    first = points[0].on - timedelta(days=1)
    field = _Field(wide, high, (first, points[-1].on), (min(0, *known), _rounded_up(max(known))))
    parts = [_amounts(field, words.amount), _days(field, words.day), _today(field, on, words)]
    parts += [_line(field, points, name, words) for name in STROKES]
    return _svg(field, words.title, "".join(parts))


def _rounded_up(most: int) -> int:
    """The next number of two digits and noughts, so that the axis says round numbers."""
    step = int("1" + "0" * max(len(str(most)) - 2, 0))
    return -(-most // (4 * step)) * 4 * step


def _line(field: _Field, points: Sequence[Point], name: str, words: Words) -> str:
    at = [
        (field.x(point.on), field.y(value))
        for point in points
        if (value := getattr(point, name)) is not None
    ]
    if name != "forecast":
        at.insert(0, (field.x(field.first), field.y(0)))
    colour, width, dashes = STROKES[name]
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    way = " ".join(f"{x:g},{y:g}" for x, y in at)
    last = at[-1]
    dot = "" if name in ("pv", "forecast") else _dot(*last, name, colour)
    return (
        f'<polyline class="sc-{name}" fill="none" stroke="{colour}" stroke-width="{width}"{dash}'
        f' points="{way}"><title>{escape(words.lines[name])}</title></polyline>{dot}'
    )


def _dot(x: float, y: float, name: str, colour: str) -> str:
    if name == "ev":
        return f'<circle class="sc-{name}-dot" cx="{x:g}" cy="{y:g}" r="4" fill="{colour}"/>'
    side = f'x="{x - 4:g}" y="{y - 4:g}" width="8" height="8"'
    return f'<rect class="sc-{name}-dot" {side} fill="{colour}"/>'


def _amounts(field: _Field, said: Said) -> str:
    step = (field.top - field.low) // 4
    return "".join(_amount(field, field.low + step * place, said) for place in range(5))


def _amount(field: _Field, value: int, said: Said) -> str:
    y = field.y(value)
    return (
        f'<line class="sc-grid" stroke="{LINE}" x1="{LEFT}" x2="{field.wide - RIGHT}"'
        f' y1="{y:g}" y2="{y:g}"/>{_text(LEFT - 6, y + 4, said(value), "end")}'
    )


def _days(field: _Field, said: Day) -> str:
    room = 76
    most = max((field.wide - LEFT - RIGHT) // room, 2)
    months = _months(field.first, field.last, most)
    base = field.high - BOTTOM
    parts = []
    for day in months:
        x = field.x(day)
        parts.append(
            f'<line class="sc-grid" stroke="{LINE}" x1="{x:g}" x2="{x:g}" y1="{base}"'
            f' y2="{base + 5}"/>'
        )
        anchor = "end" if x > field.wide - RIGHT - 20 else "middle"
        parts.append(_text(x, base + 19, said(day), anchor))
    return "".join(parts)


def _months(first: date, last: date, most: int) -> list[date]:
    """The first days of months between two days, so many at most, clear of both edges."""
    count, end = first.year * 12 + first.month, last.year * 12 + last.month
    step = max(1, -(-(end - count) // most))
    return [date(one // 12, one % 12 + 1, 1) for one in range(count, end, step)]


def _today(field: _Field, on: date, words: Words) -> str:
    x = field.x(on)
    anchor = "end" if x > field.wide * 0.75 else "start"
    shift = -5 if anchor == "end" else 5
    return (
        f'<line class="sc-today" stroke="{INK}" stroke-dasharray="1 3" x1="{x:g}" x2="{x:g}"'
        f' y1="{TOP - 6}" y2="{field.high - BOTTOM}"/>'
        f"{_text(x + shift, TOP, words.today, anchor)}"
    )


def cash_flow(periods: Sequence[Period], words: Words, wide: int, high: int) -> SafeString:
    """What was planned in each period (an outline), and what was or will be paid in it (a bar)."""
    values = [(one.planned, (one.spent or 0), (one.expected or 0)) for one in periods]
    ends = [0, *(plan for plan, _s, _e in values), *(s + e for _p, s, e in values)]
    ends += [spent for _p, spent, _e in values]
    days = (periods[0].first, periods[-1].last + timedelta(days=1))
    field = _Field(wide, high, days, (min(ends), _rounded_up(max(ends))))
    bars = [_bars(field, one, *value) for one, value in zip(periods, values, strict=True)]
    axes = _amounts(field, words.amount) + _days(field, words.day)
    return _svg(field, words.title, axes + "".join(bars))


def _bars(field: _Field, one: Period, planned: int, spent: int, expected: int) -> str:
    left = field.x(one.first) + 1
    wide = max(field.x(one.last + timedelta(days=1)) - left - 1, 1)
    outline = _bar(field, left, wide, 0, planned, f'class="cf-pv" fill="none" stroke="{QUIET}"')
    paid = _bar(field, left + 1, max(wide - 2, 1), 0, spent, 'class="cf-ac" fill="#b35f00"')
    rest = 'class="cf-rest" fill="#f3d9bd" stroke="#b35f00" stroke-dasharray="2 2"'
    more = _bar(field, left + 1, max(wide - 2, 1), spent, spent + expected, rest)
    return outline + paid + more


def _bar(field: _Field, left: float, wide: float, start: int, end: int, look: str) -> str:
    if start == end:
        return ""
    top, bottom = sorted((field.y(start), field.y(end)))
    return f'<rect {look} x="{left:g}" y="{top:g}" width="{wide:.1f}" height="{bottom - top:.1f}"/>'


def _text(x: float, y: float, said: str, anchor: str) -> str:
    return (
        f'<text class="sc-text" fill="{QUIET}" font-size="{SIZE}" x="{x:g}" y="{y:g}"'
        f' text-anchor="{anchor}">{escape(said)}</text>'
    )


def _svg(field: _Field, label: str, inside: str) -> SafeString:
    size = f"{field.wide} {field.high}"
    return mark_safe(  # every text is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sc" viewBox="0 0 {size}"'
        f' width="{field.wide}" height="{field.high}" role="img" aria-label="{escape(label)}"'
        f' font-family="Inter, sans-serif">{inside}</svg>'
    )

"""Curves and tornadoes as SVG, made on the server; the tables beside them say the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from planengine.risk import Samples

WIDE, HIGH = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 14, 34
STEPS = tuple(range(1, 100, 2))
MOST_LETTERS = 24
ROOMY = 15
"""Letters of a label that stands beside three others; of longer ones there are two."""
ROW = 26
NAMES = 170
Said = Callable[[int], str]


@dataclass(frozen=True)
class Curve:
    """One line of an S-curve: its name, what was drawn, and where the plan itself lies."""

    name: str
    samples: Samples
    planned: int
    is_other: bool = False


@dataclass(frozen=True)
class Span:
    """One bar of a tornado."""

    name: str
    early: int
    late: int


def s_curve(curves: Sequence[Curve], said: Said, label: str) -> SafeString:
    """How certain (upwards) each value (to the right) is."""
    ends = [one.samples.percentile(share) for one in curves for share in (0, 100)]
    ends += [one.planned for one in curves]
    scale = _Scale(min(ends), max(ends), LEFT, WIDE - RIGHT)
    parts = [_grid(), _axis(scale, said)]
    parts += [_curve(one, scale) for one in curves]
    parts += [_planned(one, scale) for one in curves]
    return _svg(WIDE, HIGH, label, "".join(parts))


class _Scale:
    """From values to places along the drawing."""

    def __init__(self, first: int, last: int, left: float, right: float) -> None:
        self.first, self.last = first, max(last, first + 1)
        self.left, self.right = left, right

    def at(self, value: float) -> float:
        share = (value - self.first) / (self.last - self.first)
        return round(self.left + share * (self.right - self.left), 1)

    def ticks(self, count: int) -> list[int]:
        step = (self.last - self.first) / (count - 1)
        return [round(self.first + step * place) for place in range(count)]


def _up(share: float) -> float:
    return round(HIGH - BOTTOM - share / 100 * (HIGH - BOTTOM - TOP), 1)


def _grid() -> str:
    parts = []
    for share in (0, 20, 50, 80, 100):
        y, kind = _up(share), "curve-mark" if share in (50, 80) else "curve-line"
        parts.append(f'<line class="{kind}" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(
            f'<text class="curve-text" x="{LEFT - 6}" y="{y + 4}"'
            f' text-anchor="end">{share} %</text>'
        )
    return "".join(parts)


def _axis(scale: _Scale, said: Said) -> str:
    parts, seen = [], set()
    longest = max(len(said(value)) for value in scale.ticks(4))
    anchors = ("start", "middle", "middle", "end") if longest <= ROOMY else ("start", "end")
    for anchor, value in zip(anchors, scale.ticks(len(anchors)), strict=True):
        text = said(value)
        if text in seen:
            continue
        seen.add(text)
        parts.append(
            f'<text class="curve-text" x="{scale.at(value)}" y="{HIGH - 12}"'
            f' text-anchor="{anchor}">{escape(text)}</text>'
        )
    return "".join(parts)


def _curve(one: Curve, scale: _Scale) -> str:
    points = " ".join(
        f"{scale.at(one.samples.percentile(share))},{_up(share)}" for share in (0, *STEPS, 100)
    )
    kind = "curve-other" if one.is_other else "curve-own"
    return (
        f'<polyline class="{kind}" points="{points}"><title>{escape(one.name)}</title></polyline>'
    )


def _planned(one: Curve, scale: _Scale) -> str:
    x, y = scale.at(one.planned), _up(100 * one.samples.chance(one.planned))
    kind = "curve-other" if one.is_other else "curve-own"
    return (
        f'<line class="{kind} curve-drop" x1="{x}" x2="{x}" y1="{y}" y2="{HIGH - BOTTOM}"/>'
        f'<circle class="{kind}" cx="{x}" cy="{y}" r="4"/>'
    )


def tornado(spans: Sequence[Span], middle: int, said: Said, label: str) -> SafeString:
    """How far each row pulls what is drawn, the widest first."""
    ends = [end for one in spans for end in (one.early, one.late)] + [middle]
    scale = _Scale(min(ends), max(ends), NAMES + 8, WIDE - RIGHT)
    high = TOP + ROW * len(spans) + BOTTOM
    x = scale.at(middle)
    parts = [f'<line class="curve-mark" x1="{x}" x2="{x}" y1="4" y2="{high - BOTTOM}"/>']
    for place, one in enumerate(spans):
        parts.append(_span(one, scale, TOP + ROW * place))
    for value, anchor in ((scale.first, "start"), (scale.last, "end")):
        parts.append(
            f'<text class="curve-text" x="{scale.at(value)}" y="{high - 12}"'
            f' text-anchor="{anchor}">{escape(said(value))}</text>'
        )
    return _svg(WIDE, high, label, "".join(parts))


def _span(one: Span, scale: _Scale, top: float) -> str:
    left, right = sorted((scale.at(one.early), scale.at(one.late)))
    return (
        f'<text class="curve-text" x="{NAMES}" y="{top + 13}" text-anchor="end">'
        f"{escape(_short(one.name))}</text>"
        f'<rect class="curve-bar" x="{left}" y="{top}" width="{max(right - left, 2)}"'
        f' height="{ROW - 8}" rx="2"><title>{escape(one.name)}</title></rect>'
    )


def _short(name: str) -> str:
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"


def _svg(wide: int, high: int, label: str, inside: str) -> SafeString:
    return mark_safe(  # every text is escaped
        f'<svg class="curve" viewBox="0 0 {wide} {high}" role="img"'
        f' aria-label="{escape(label)}">{inside}</svg>'
    )

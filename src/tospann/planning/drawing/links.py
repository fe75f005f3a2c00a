"""The lines between bars: out of one end, round what is in the way, into the other."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

OUT, IN, ARROW, NEAR = 5.0, 9.0, 4.0, 9.0
Point = tuple[float, float]


class Ends(NamedTuple):
    """Where a bar begins and ends on the drawing, and the middle of its row."""

    left: float
    right: float
    y: float
    is_critical: bool
    drop: float
    """Where a line may come in from above or below."""
    half: float
    """Half of how high the bar is there."""
    leave: float
    """Where a line that goes straight down or up may leave."""


class Line(NamedTuple):
    """A link on the drawing: its way, and the arrow at its end."""

    path: str
    arrow: str
    is_critical: bool


def lines(
    links: Iterable[tuple[int, int, str]], ends: Mapping[int, Ends], row: float
) -> list[Line]:
    """The links both of whose ends are drawn: ``(predecessor, successor, "FS")``."""
    return [
        _line(ends[first], ends[second], kind, row)
        for first, second, kind in links
        if first in ends and second in ends and first != second
    ]


def _line(one: Ends, other: Ends, kind: str, row: float) -> Line:
    from_right, to_right = kind[:1] == "F", kind[1:] == "F"
    is_critical = one.is_critical and other.is_critical
    if from_right and not to_right and one.leave <= other.drop <= one.right + NEAR:
        return _dropped(one, other, is_critical)
    begin = (one.right if from_right else one.left, one.y)
    end = (other.right if to_right else other.left, other.y)
    points = _way(begin, 1 if from_right else -1, end, 1 if to_right else -1, row)
    return Line(_path(points), _arrow(end, 1 if to_right else -1), is_critical)


def _dropped(one: Ends, other: Ends, is_critical: bool) -> Line:
    """Straight into the bar that follows at once, from above or from below."""
    down = 1 if other.y > one.y else -1
    x, y = other.drop, other.y - other.half * down
    back, wide = y - down * (ARROW + 1), ARROW / 1.5
    arrow = f"M{x:.1f} {y:.1f}L{x - wide:.1f} {back:.1f}H{x + wide:.1f}Z"
    return Line(_path([(one.leave, one.y), (x, one.y), (x, y)]), arrow, is_critical)


def _way(begin: Point, out: int, end: Point, into: int, row: float) -> list[Point]:
    """Corners from one end to the other; ``out`` and ``into`` are the sides, right being 1."""
    (x1, y1), (x2, y2) = begin, end
    leave, arrive = x1 + OUT * out, x2 + IN * into
    if out == into:
        turn = max(leave, arrive) if out > 0 else min(leave, arrive)
        return [begin, (turn, y1), (turn, y2), end]
    if (arrive - leave) * out >= 0:
        return [begin, (leave, y1), (leave, y2), end]
    between = y2 + (-row / 2 if y2 > y1 else row / 2)
    return [begin, (leave, y1), (leave, between), (arrive, between), (arrive, y2), end]


def _path(points: list[Point]) -> str:
    (x, y), *rest = points
    parts = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in rest:
        parts.append(f"V{to_y:.1f}" if abs(to_x - x) < 0.05 else f"H{to_x:.1f}")
        x, y = to_x, to_y
    return "".join(parts)


def _arrow(end: Point, side: int) -> str:
    x, y = end
    back = x + side * (ARROW + 1)
    return f"M{x:.1f} {y:.1f}L{back:.1f} {y - ARROW / 1.5:.1f}V{y + ARROW / 1.5:.1f}Z"

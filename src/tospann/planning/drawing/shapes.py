"""The shapes of a drawing as SVG: every kind of bar has a form of its own, never colour alone."""

from tospann.planning.drawing import colours as colour
from tospann.planning.drawing.text import drawn


def rect(
    left: float, top: float, wide: float, high: float, fill: str, name: str, more: str = ""
) -> str:
    extra = f" {more}" if more else ""
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(wide, 0):.1f}" height="{high:.1f}"'
        f' fill="{fill}" class="{name}"{extra}/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, name: str, more: str = "") -> str:
    extra = f" {more}" if more else ""
    return (
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{stroke}" fill="none"'
        f' class="{name}"{extra}/>'
    )


def text(
    x: float, y: float, said: str, size: float, *, fill: str = colour.INK, name: str = "g-ink",
    more: str = "",
) -> str:  # fmt: skip
    if not said:
        return ""
    extra = f" {more}" if more else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"'
        f' class="{name}"{extra}>{drawn(said)}</text>'
    )


BOLD = 'font-weight="600"'
RIGHT = 'text-anchor="end"'
MIDDLE = 'text-anchor="middle"'
HALO = f'stroke="{colour.PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'


def pattern(key: str) -> str:
    """The stripes of what is critical, so that it is seen in grey too."""
    return (
        f'<defs><pattern id="{key}-stripes" width="5" height="5" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="5" height="5" fill="{colour.CRITICAL}"'
        f' class="g-critical"/><rect width="1.6" height="5" fill="{colour.PAPER}"'
        ' class="g-stripe"/></pattern></defs>'
    )


def task(
    left: float, right: float, y: float, high: float, percent: float, key: str, *, critical: bool
) -> str:
    """A bar; how much is done is a dark line along its middle."""
    wide, top = max(right - left, 2.0), y - high / 2
    fill, edge = (
        (f"url(#{key}-stripes)", colour.CRITICAL_EDGE) if critical else (colour.BAR, colour.EDGE)
    )
    name = "g-bar-critical" if critical else "g-bar"
    thick = 1.5 if critical else 0.8
    shape = rect(
        left, top, wide, high, fill, name, f'rx="2" stroke="{edge}" stroke-width="{thick}"'
    )
    if percent <= 0:
        return shape
    inner = max(2.5, high * 0.32)
    return shape + rect(
        left, y - inner / 2, wide * min(percent, 100) / 100, inner, colour.DONE, "g-done"
    )


def summary(left: float, right: float, y: float, high: float, *, critical: bool) -> str:
    """A bracket: a bar with two feet."""
    right = max(right, left + 4)
    foot = min(high * 0.75, (right - left) / 2)
    top, low, bottom = y - high / 2, y + high * 0.05, y + high / 2
    path = (
        f"M{left:.1f} {top:.1f}H{right:.1f}V{bottom:.1f}L{right - foot:.1f} {low:.1f}"
        f"H{left + foot:.1f}L{left:.1f} {bottom:.1f}Z"
    )
    edge = f' stroke="{colour.CRITICAL_EDGE}" stroke-width="1.2"' if critical else ""
    return f'<path d="{path}" fill="{colour.INK}" class="g-summary"{edge}/>'


def diamond(
    x: float, y: float, size: float, fill: str, name: str, stroke: str, thick: float = 1.0,
    more: str = "",
) -> str:  # fmt: skip
    half = size / 2
    extra = f" {more}" if more else ""
    return (
        f'<path d="M{x:.1f} {y - half:.1f}L{x + half:.1f} {y:.1f}L{x:.1f} {y + half:.1f}'
        f'L{x - half:.1f} {y:.1f}Z" fill="{fill}" stroke="{stroke}" stroke-width="{thick:g}"'
        f' class="{name}"{extra}/>'
    )


def milestone(x: float, y: float, size: float, *, critical: bool, done: bool) -> str:
    """A diamond: hollow with a red edge when it is critical, with a dot when it is reached."""
    if critical:
        return diamond(x, y, size, colour.PAPER, "g-milestone-critical", colour.CRITICAL, 2.6)
    shape = diamond(x, y, size, colour.INK, "g-milestone", colour.INK)
    if not done:
        return shape
    place = f'cx="{x:.1f}" cy="{y:.1f}" r="{size / 7:.1f}"'
    return f'{shape}<circle {place} fill="{colour.PAPER}" class="g-dot"/>'


def deadline(x: float, y: float, size: float) -> str:
    """An arrow down on a bar’s row: it must be done by here."""
    half = size / 2
    return (
        f'<path d="M{x:.1f} {y - half:.1f}V{y + half:.1f}M{x - half / 1.6:.1f} {y:.1f}'
        f'L{x:.1f} {y + half:.1f}L{x + half / 1.6:.1f} {y:.1f}" fill="none" stroke="{colour.INK}"'
        ' stroke-width="1.6" class="g-deadline"/>'
    )


def other(left: float, right: float, y: float, high: float, *, milestone: bool) -> str:
    """The same row in another plan: an outline with dashes."""
    dashes = 'stroke-dasharray="3 2"'
    if milestone:
        return diamond(left, y, high, "none", "g-other", colour.OTHER, 1.4, dashes)
    more = f'rx="2" stroke="{colour.OTHER}" stroke-width="1.4" {dashes}'
    return rect(left, y - high / 2, max(right - left, 2), high, "none", "g-other", more)


def baseline(left: float, right: float, y: float, high: float, *, milestone: bool) -> str:
    """The frozen plan: a thin bar under the bar, or a small empty diamond."""
    if milestone:
        return diamond(left, y, high * 2, colour.PAPER, "g-base-milestone", colour.BASE, 1.2)
    return rect(left, y - high / 2, max(right - left, 2), high, colour.BASE, "g-base")

"""The load of one resource as a small drawing; the table beside it says the same."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tospann.planning.load.weeks import Line, Week
from tospann.ui import formats
from tospann.ui.jinja import language

STEP, BAR = 22, 8
HIGH, TOP, LEFT, BOTTOM = 120, 8, 34, 22
MOST = 26
"""Weeks that are drawn; the table has them all."""


def picture(name: str, before: Line, after: Line | None = None) -> SafeString:
    """Bars for each week, the second where there is an after, and a line at what there is."""
    weeks = before.weeks[:MOST]
    others = after.weeks[:MOST] if after else ()
    top = max([1.0, *(max(w.wanted, w.available) for w in (*weeks, *others))]) * 1.05
    parts = [_grid(top, len(weeks))]
    for place, week in enumerate(weeks):
        parts.append(_bar(place, 0 if after else BAR / 2, week, top, "load-was" if after else ""))
    for place, week in enumerate(others):
        parts.append(_bar(place, BAR + 1, week, top, "load-now"))
    parts.append(_capacity(others or weeks, top))
    parts.append(_axis(weeks))
    wide = LEFT + STEP * len(weeks) + 6
    label = _("Load of %(name)s by week") % {"name": name}
    return mark_safe(  # every text is escaped
        f'<svg class="load-picture" viewBox="0 0 {wide} {HIGH}" width="{wide}" height="{HIGH}"'
        f' role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _y(hours: float, top: float) -> float:
    return round(TOP + (HIGH - TOP - BOTTOM) * (1 - min(hours, top) / top), 1)


def _grid(top: float, count: int) -> str:
    right = LEFT + STEP * count
    parts = []
    for hours in (0.0, top / 1.05):
        y = _y(hours, top)
        parts.append(f'<line class="curve-line" x1="{LEFT}" x2="{right}" y1="{y}" y2="{y}"/>')
        parts.append(
            f'<text class="curve-text" x="{LEFT - 5}" y="{y + 4}" text-anchor="end">'
            f"{round(hours)}</text>"
        )
    return "".join(parts)


def _bar(place: int, shift: float, week: Week, top: float, kind: str) -> str:
    """What there is room for in one colour, what is beyond it in another and hatched."""
    x = round(LEFT + STEP * place + 2 + shift, 1)
    wide = BAR if kind else BAR + 4
    within = max(week.wanted - week.over, 0.0)
    y, split = _y(week.wanted, top), _y(within, top)
    said = escape(_told(week))
    parts = [
        (
            f'<rect class="load-bar {kind}" x="{x}" y="{split}" width="{wide}"'
            f' height="{round(_y(0, top) - split, 1)}"><title>{said}</title></rect>'
        )
    ]
    if week.is_over:
        parts.append(
            f'<rect class="load-over {kind}" x="{x}" y="{y}" width="{wide}"'
            f' height="{max(round(split - y, 1), 2)}"><title>{said}</title></rect>'
        )
    return "".join(parts)


def _told(week: Week) -> str:
    words = {
        "week": formats.week(week.monday, language()),
        "wanted": formats.number(round(week.wanted, 1), language()),
        "available": formats.number(round(week.available, 1), language()),
    }
    return _("%(week)s: %(wanted)s of %(available)s hours") % words


def _capacity(weeks: Sequence[Week], top: float) -> str:
    points = []
    for place, week in enumerate(weeks):
        x, y = LEFT + STEP * place, _y(week.available, top)
        points += [f"{x},{y}", f"{x + STEP},{y}"]
    return f'<polyline class="load-capacity" points="{" ".join(points)}"/>'


def _axis(weeks: Sequence[Week]) -> str:
    every = 2 if len(weeks) <= 14 else 4
    return "".join(
        f'<text class="curve-text" x="{LEFT + STEP * place + STEP / 2}" y="{HIGH - 6}"'
        f' text-anchor="middle">{week.monday.isocalendar().week}</text>'
        for place, week in enumerate(weeks)
        if place % every == 0
    )

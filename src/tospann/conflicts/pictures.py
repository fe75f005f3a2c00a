"""What the projects want of a person by week, one upon the other, and what there is."""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tospann.conflicts.models import Conflict
from tospann.conflicts.queries import Place
from tospann.ui import formats
from tospann.ui.jinja import language

STEP, BAR = 26, 18
HIGH, TOP, LEFT, BOTTOM = 150, 8, 34, 22
KINDS = 4
"""Projects that are told apart; the table has them all."""


def picture(one: Conflict, places: Sequence[Place], weeks: Sequence[dict[str, Any]]) -> SafeString:
    most = max([1.0, *(max(sum(week["wanted"]), week["there"]) for week in weeks)]) * 1.05
    parts = [_line(most, len(weeks))]
    for at, week in enumerate(weeks):
        parts += _stack(at, week, places, most)
    points = []
    for at, week in enumerate(weeks):
        x, y = LEFT + STEP * at, _y(week["there"], most)
        points += [f"{x},{y}", f"{x + STEP},{y}"]
    parts.append(f'<polyline class="load-capacity" points="{" ".join(points)}"/>')
    wide = LEFT + STEP * len(weeks) + 6
    label = escape(_("What the projects want of %(name)s by week") % {"name": one.person.name})
    return mark_safe(  # every text is escaped
        f'<svg class="load-picture" viewBox="0 0 {wide} {HIGH}" width="{wide}" height="{HIGH}"'
        f' role="img" aria-label="{label}">{"".join(parts)}</svg>'
    )


def _y(hours: float, most: float) -> float:
    return round(TOP + (HIGH - TOP - BOTTOM) * (1 - min(hours, most) / most), 1)


def _line(most: float, count: int) -> str:
    y = _y(0, most)
    high = round(most / 1.05)
    return (
        f'<line class="curve-line" x1="{LEFT}" x2="{LEFT + STEP * count}" y1="{y}" y2="{y}"/>'
        f'<text class="curve-text" x="{LEFT - 5}" y="{y + 4}" text-anchor="end">0</text>'
        f'<text class="curve-text" x="{LEFT - 5}" y="{_y(high, most) + 4}"'
        f' text-anchor="end">{high}</text>'
    )


def _stack(at: int, week: dict[str, Any], places: Sequence[Place], most: float) -> list[str]:
    x, below, parts = LEFT + STEP * at + (STEP - BAR) / 2, 0.0, []
    name = formats.week(week["monday"], language())
    for kind, (place, hours) in enumerate(zip(places, week["wanted"], strict=True)):
        if hours <= 0:
            continue
        top, foot = _y(below + hours, most), _y(below, most)
        said = _("%(week)s, %(project)s: %(hours)s hours") % {
            "week": name,
            "project": place.name,
            "hours": formats.number(hours, language()),
        }
        parts.append(
            f'<rect class="wanted-bar" data-side="{kind % KINDS}" x="{x}" y="{top}"'
            f' width="{BAR}" height="{round(foot - top, 1)}"><title>{escape(said)}</title></rect>'
        )
        below += hours
    number = week["monday"].isocalendar().week
    parts.append(
        f'<text class="curve-text" x="{LEFT + STEP * at + STEP / 2}" y="{HIGH - 6}"'
        f' text-anchor="middle">{number}</text>'
    )
    return parts

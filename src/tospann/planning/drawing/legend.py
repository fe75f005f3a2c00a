"""What the shapes of a drawing mean: only those that are in it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from tospann.planning.drawing import colours as colour
from tospann.planning.drawing import shapes
from tospann.planning.drawing.layout import Sheet
from tospann.planning.drawing.text import width
from tospann.planning.models import Kind

Draw = Callable[[float, float], str]
WIDE, HIGH, BETWEEN = 26.0, 10.0, 18.0


def below(sheet: Sheet) -> str:
    """One line under the drawing."""
    x, y, size, parts = 6.0, sheet.bottom + 17, sheet.look.text - 1, []
    for said, draw in _items(sheet):
        parts.append(draw(x, y))
        parts.append(shapes.text(x + WIDE + 6, y + size * 0.36, said, size))
        x += WIDE + 6 + width(said, size) + BETWEEN
    return "".join(parts)


def _items(sheet: Sheet) -> list[tuple[str, Draw]]:
    rows, look = sheet.rows, sheet.look
    tasks = [one for one in rows if one.kind == Kind.TASK]
    points = [one for one in rows if one.kind == Kind.MILESTONE]
    uids = {one.uid for one in rows}
    found: list[tuple[bool, str, Draw]] = [
        (bool(tasks), _("Task"), lambda x, y: _task(x, y, look.id)),
        (any(one.percent for one in tasks), _("Done"), lambda x, y: _task(x, y, look.id, done=60)),
        (any(one.is_critical for one in rows), _("On the critical path"),
         lambda x, y: _task(x, y, look.id, critical=True)),
        (any(one.kind == Kind.SUMMARY for one in rows), _("Phase or group"),
         lambda x, y: shapes.summary(x, x + WIDE, y, HIGH * 0.9, critical=False)),
        (any(not one.is_critical for one in points), _("Milestone"),
         lambda x, y: _point(x, y, critical=False)),
        (any(one.is_critical for one in points), _("Critical milestone"),
         lambda x, y: _point(x, y, critical=True)),
        (bool(uids & sheet.baseline.keys()), _("Baseline"), _base),
        (bool(sheet.overlay), _("In the other plan"), _other),
        (any(one.deadline is not None for one in rows), _("Deadline"),
         lambda x, y: shapes.deadline(x + WIDE / 2, y, HIGH)),
        (bool(sheet.links), _("Dependency"), _link),
        (look.today is not None, _("Today"), _today),
        (look.status is not None, _("Status date"), _status),
    ]  # fmt: skip
    return [(said, draw) for is_in_it, said, draw in found if is_in_it]


def _task(x: float, y: float, key: str, *, done: float = 0, critical: bool = False) -> str:
    return shapes.task(x, x + WIDE, y, HIGH, done, key, critical=critical)


def _point(x: float, y: float, *, critical: bool) -> str:
    return shapes.milestone(x + WIDE / 2, y, HIGH * 1.25, critical=critical, done=False)


def _base(x: float, y: float) -> str:
    return shapes.baseline(x, x + WIDE, y, 3.2, milestone=False)


def _other(x: float, y: float) -> str:
    return shapes.other(x, x + WIDE, y, HIGH, milestone=False)


def _link(x: float, y: float) -> str:
    tip = f"M{x + WIDE:.1f} {y:.1f}l-5 -2.7v5.4Z"
    line = shapes.line(x, y, x + WIDE - 4, y, colour.QUIET, "g-link", 'stroke-width="0.8"')
    return line + f'<path d="{tip}" fill="{colour.QUIET}" class="g-link-tip"/>'


def _today(x: float, y: float) -> str:
    at = x + WIDE / 2
    return shapes.line(at, y - 7, at, y + 7, colour.TODAY, "g-today", 'stroke-width="1.6"')


def _status(x: float, y: float) -> str:
    at = x + WIDE / 2
    more = 'stroke-width="1.4" stroke-dasharray="2 3"'
    return shapes.line(at, y - 7, at, y + 7, colour.INK, "g-status", more)

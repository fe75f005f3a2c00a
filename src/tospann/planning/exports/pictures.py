"""The whole plan as one picture: lines that can be enlarged (SVG), or points (PNG)."""

from dataclasses import replace

from django.utils.translation import gettext as _

from tospann.planning.drawing import Chart, Look, gantt
from tospann.planning.drawing.layout import HEAD, LEGEND
from tospann.planning.drawing.rows import columns
from tospann.planning.exports.taken import Taken
from tospann.planning.exports.words import said
from tospann.ui.pdf import picture

MOST_ROWS = {"svg": 3000, "png": 300}
WIDTH, ROW = 1680, 22
POINTS = 0.75
SHARPNESS = 144.0
MOST_POINTS = 10_000_000
"""Points of the largest picture: a long plan is drawn less sharply rather than in much memory."""


def svg(head: Taken, chart: Chart, look: Look) -> str:
    """One drawing with all the rows, however long."""
    title, description = _("Plan of %(project)s") % {"project": head.project.name}, said(chart.bars)
    how = replace(
        look, width=WIDTH, row=ROW, text=12.0, name_width=420, title=title, description=description
    )
    return gantt(
        chart.bars, baseline=chart.baseline, links=chart.links, columns=columns(), look=how
    )


def png(head: Taken, chart: Chart, look: Look) -> bytes:
    """The same in points; raises ui.pdf.Busy when too many are being made."""
    drawing = svg(head, chart, look)
    high = ROW * len(chart.bars) + HEAD + LEGEND
    scale = SHARPNESS / 72 * POINTS
    sharpness = SHARPNESS * min(1.0, (MOST_POINTS / (WIDTH * high * scale**2)) ** 0.5)
    return picture(drawing, WIDTH * POINTS, sharpness)

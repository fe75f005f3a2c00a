"""A plan drawn on the server, as SVG: for paper, for files, and beside another plan.

Pure: bars in, a drawing out. Nothing is looked up here but words.
"""

from tospann.planning.drawing.bars import Bar, Column, Look, Span
from tospann.planning.drawing.chart import gantt
from tospann.planning.drawing.rows import Chart, chart_of
from tospann.planning.drawing.sheets import sheets

__all__ = ["Bar", "Chart", "Column", "Look", "Span", "chart_of", "gantt", "sheets"]

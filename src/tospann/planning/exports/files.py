"""The files a plan becomes: what each is called, its kind, and how many rows it has room for."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

import planengine as engine
from tospann.foundation.errors import Invalid
from tospann.planning.drawing import Chart, Look
from tospann.planning.exports import msproject, paper, pictures, tables
from tospann.planning.exports.choosing import Choice, chosen, look_of
from tospann.planning.exports.taken import Taken
from tospann.ui import exports

TYPES = {
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "xml": "application/xml",
    **exports.KINDS,
}
MOST = {"pdf": paper.MOST_ROWS, "print": 400, **pictures.MOST_ROWS}


@dataclass(frozen=True)
class Drawn:
    """What a drawing is made from."""

    head: Taken
    chart: Chart
    look: Look
    choice: Choice
    today: date


def drawn(head: Taken, wanted: str, choice: Choice, language: str) -> Drawn:
    """What was chosen; ``Invalid`` when it is more than fits."""
    chart = chosen(head, choice, language)
    if len(chart.bars) > MOST[wanted]:
        said = _(
            "That is %(count)s rows; at most %(most)s fit here. Choose fewer levels or a period."
        )
        raise Invalid(said % {"count": len(chart.bars), "most": MOST[wanted]}, "what")
    today = engine.instant(head.at)
    return Drawn(head, chart, look_of(chart, choice, language, today), choice, head.day)


def drawing(head: Taken, wanted: str, choice: Choice, language: str) -> HttpResponse:
    """The plan as PDF, SVG or PNG. Raises ``Invalid``, and ui.pdf.Busy."""
    one = drawn(head, wanted, choice, language)
    made: str | bytes
    if wanted == "pdf":
        made = paper.pdf(head, one.chart, one.look, paper.PAPERS[choice.paper], one.today)
    else:
        make = pictures.png if wanted == "png" else pictures.svg
        made = make(head, one.chart, one.look)
    return _file(made, head, wanted)


def table(head: Taken, wanted: str, language: str) -> HttpResponse:
    """The plan as a workbook, as text with separators, or as Microsoft Project XML."""
    if wanted == "xml":
        return _file(msproject.xml(head).data, head, wanted)
    title = f"{head.project.key} {_('Plan')}"
    return exports.respond(wanted, title, tables.headings(), tables.rows(head, language))


def _file(content: str | bytes, head: Taken, wanted: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPES[wanted])
    name = f"{head.project.key} {_('Plan')} {head.day}.{wanted}"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "private, no-store"
    return answer

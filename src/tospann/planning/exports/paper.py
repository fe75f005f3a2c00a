"""The plan on paper: as many sheets as it takes, each with the axis, the legend and its number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tospann.people.queries import organisation
from tospann.planning.drawing import Bar, Chart, Look, gantt, sheets
from tospann.planning.drawing.layout import HEAD, LEGEND
from tospann.planning.drawing.rows import columns
from tospann.planning.exports.taken import Taken
from tospann.planning.exports.words import said
from tospann.planning.models import Kind
from tospann.seals import typeset
from tospann.ui.formats import short_date

TEMPLATE = "planning/typst/wall.typ"
PIXELS = 96 / 25.4
MOST_ROWS = 1500
LOWEST, HIGHEST = 17, 42
"""Pixels a row may have: small enough to be useful, large enough to be read from a step away."""


@dataclass(frozen=True)
class Paper:
    """A sheet on its side, in millimetres; ``title`` is in points."""

    width: int
    height: int
    side: int
    top: int
    bottom: int
    title: int

    @property
    def room(self) -> tuple[int, int]:
        """Pixels there are to draw on."""
        wide, high = self.width - 2 * self.side, self.height - self.top - self.bottom
        return int(wide * PIXELS), int(high * PIXELS)


PAPERS = {"a3": Paper(420, 297, 12, 21, 14, 17), "a4": Paper(297, 210, 10, 17, 12, 13)}


def pdf(head: Taken, chart: Chart, look: Look, paper: Paper, today: date) -> bytes:
    """The sheets as one PDF/UA file; raises ui.pdf.Busy when too many are being made."""
    divided, how = fitted(chart.bars, look, paper)
    data = _data(head, divided, paper, today, look.language)
    drawn = drawings(divided, chart, how)
    return typeset(TEMPLATE, data, drawn, project_id=head.project.pk)


def drawings(divided: Sequence[Sequence[Bar]], chart: Chart, look: Look) -> list[SafeString]:
    """The sheets of ``fitted``, each with an id of its own, so that a page can hold them all."""
    return [
        gantt(
            _with_elsewhere(rows, chart),
            baseline=chart.baseline,
            links=chart.links,
            columns=columns(),
            look=replace(look, id=f"sheet-{number}"),
            like=chart.bars,
        )
        for number, rows in enumerate(divided, 1)
    ]


def fitted(bars: Sequence[Bar], look: Look, paper: Paper) -> tuple[list[list[Bar]], Look]:
    """As few sheets as can be read, evenly filled, with rows as high as there is room for."""
    wide, high = paper.room
    room = high - HEAD - LEGEND - 2
    most = int(room // LOWEST)
    count = max(1, -(-len(bars) // most))
    divided = sheets(bars, min(most, -(-len(bars) // count) + count))
    longest = max(len(rows) for rows in divided)
    row = max(LOWEST, min(HIGHEST, int(room // max(1, longest))))
    text = min(15.0, row * 0.56)
    names = int(wide * 0.24)
    return divided, replace(look, width=wide, row=row, text=text, name_width=names)


def _with_elsewhere(rows: Sequence[Bar], chart: Chart) -> list[Bar]:
    """Links that leave the sheet are told in words beside the bar."""
    here, numbers = {one.uid for one in rows}, {one.uid: one.number for one in chart.bars}
    told: dict[int, list[str]] = {}
    for first, second, _kind in chart.links:
        if first in here and second not in here and second in numbers:
            told.setdefault(first, []).append(f"\u2192 {numbers[second]}")
        elif second in here and first not in here and first in numbers:
            told.setdefault(second, []).append(f"\u2190 {numbers[first]}")
    return [
        replace(one, note=" ".join([one.note, *told[one.uid][:3]]).strip())
        if one.uid in told and one.kind != Kind.SUMMARY
        else one
        for one in rows
    ]


def _data(
    head: Taken, divided: Sequence[Sequence[Bar]], paper: Paper, today: date, language: str
) -> dict[str, object]:
    name, by = head.project.name, organisation().name
    drawn = {"day": short_date(today, language), "number": head.revision}
    return {
        "language": language[:2],
        "title": _("Plan of %(project)s") % {"project": name},
        "subject": _("Plan as of %(day)s") % {"day": drawn["day"]},
        "author": by,
        "organisation": by,
        "key": head.project.key,
        "name": name,
        "date": [today.year, today.month, today.day],
        "lead": f"{head.project.key} · " + _("Revision %(number)s") % drawn,
        "paper": {
            field: getattr(paper, field) for field in ("width", "height", "side", "top", "bottom")
        }
        | {"title": paper.title},
        "alts": [said(rows) for rows in divided],
        "words": {"page": _("Page"), "of": _("of")},
    }

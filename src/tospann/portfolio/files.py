"""The tables across projects as Excel or CSV files."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tospann.portfolio.queries.accuracy import Accuracy
from tospann.portfolio.queries.capacity import Capacity
from tospann.portfolio.queries.gates import Row
from tospann.portfolio.queries.money import ProjectMoney, total
from tospann.ui import exports, formats
from tospann.ui.jinja import language


def capacity(kind: str, found: Capacity) -> HttpResponse:
    """The people of the page, a row for what is wanted of each and a row for what there is."""
    months = [(formats.month(day, language()), "number") for day in found.months]
    headings = [(_("Name"), "link"), (_("Title"), "text"), (_("Hours"), "text"), *months]
    table = (
        [row.name, row.title, said, *hours]
        for row in found.people
        for said, hours in (
            (_("Load"), [cell.hours for cell in row.cells]),
            (_("Capacity"), [cell.capacity for cell in row.cells]),
        )
    )
    return exports.respond(kind, _("Capacity in the portfolio"), headings, table)


def money(kind: str, rows: list[ProjectMoney], _without: int) -> HttpResponse:
    """All projects, and their sums below."""
    names = (_("Budget"), _("Committed"), _("Incurred"), _("Forecast"), _("Above budget"))
    headings = [(_("Project"), "link"), (_("Key"), "text")]
    headings += [(name, "money") for name in (*names, _("Reserve left"))]
    ordered = sorted(rows, key=lambda one: one.name.casefold())
    shown = [(one.name, one.key, one.sums) for one in ordered]
    shown.append((_("Together"), "", total(rows)))
    table = (
        [name, key, s.amount, s.committed, s.incurred, s.forecast, s.over, s.reserve]
        for name, key, s in shown
    )
    return exports.respond(kind, _("Money in the portfolio"), headings, table)


def gates(kind: str, rows: Iterable[Row]) -> HttpResponse:
    headings = [
        *((_("Gate"), "link"), (_("Project"), "text"), (_("Due date"), "date")),
        *((_("Points settled"), "number"), (_("Points"), "number"), (_("Data rules"), "number")),
    ]
    table = (
        [
            *(f"{row['code']} {row['name']}", row["project__name"], row["due_on"]),
            *(row["settled"], row["total"], row["rules"]),
        ]
        for row in rows
    )
    return exports.respond(kind, _("Gates in the portfolio"), headings, table)


def accuracy(kind: str, found: Accuracy) -> HttpResponse:
    """Each project, and the whole organisation below."""
    words = (_("As planned"), _("50 per cent certain"), _("80 per cent certain"))
    pairs = [(_("%(what)s: held") % {"what": word}, "number") for word in words]
    counted = [(_("%(what)s: reached") % {"what": word}, "number") for word in words]
    headings = [(_("Project"), "link")]
    for one, two in zip(pairs, counted, strict=True):
        headings += [one, two]
    rows = [(one.name, one.counts) for one in found.rows]
    rows.append((_("The organisation"), found.whole))
    table = ([name, *c.planned, *c.held50, *c.held80] for name, c in rows)
    return exports.respond(kind, _("Forecast accuracy"), headings, table)

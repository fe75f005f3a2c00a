"""The cost report on paper: the same figures as the page, in the language of whoever asks."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tospann.control import queries
from tospann.control.pictures import names, pictures
from tospann.control.report import Group, Report, kroner
from tospann.control.words import two_decimals
from tospann.people.queries import organisation
from tospann.projects.models import Project
from tospann.seals import typeset
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.pdf import Busy

__all__ = ["Busy", "pdf"]
TEMPLATE = "control/typst/cost_report.typ"
Data = dict[str, Any]


def pdf(project: Project, report: Report) -> bytes:
    """The report as a PDF/UA file; raises Busy when too many are being made."""
    drawn = [pictures(report)["wide"]]
    return typeset(TEMPLATE, printed(project, report), drawn, project_id=project.pk)


def printed(project: Project, report: Report) -> Data:
    """The report as plain data in words: nothing is computed after this."""
    words = names()
    title = _("Cost report")
    heads = [_("Budget"), words["pv"], words["ev"], words["ac"], "CPI", words["forecast"]]
    return {
        "language": language()[:2],
        "title": f"{project.name}: {title}",
        "heading": title,
        "key": project.key,
        "name": project.name,
        "organisation": organisation().name,
        "lead": _("At the end of %(day)s") % {"day": formats.long_date(report.on, language())},
        "date": [report.on.year, report.on.month, report.on.day],
        "figures": _figures(report),
        "indices": [
            {"name": f"{one.title} ({one.name})", "value": one.shown, "meaning": one.meaning}
            for one in queries.indices_of(report)
        ],
        "curve": _("Planned, earned and spent through time"),
        "key_of_curve": _key_of_curve(),
        "tables": [
            {
                "title": _("By part of the plan"),
                "heads": [_("Part of the plan"), *heads],
                "rows": [*_parts(report.groups), _row(_("All lines"), report.whole)],
            },
            {
                "title": _("By budget line"),
                "heads": [_("Budget line"), *heads],
                "rows": [
                    *(_row(f"{one.code} {one.name}".strip(), one) for one in report.rows),
                    _row(_("All lines"), report.whole),
                ],
            },
            {
                "title": _("Cash flow"),
                "heads": [_("Period"), words["pv"], words["ev"], words["ac"], _("Still expected")],
                "rows": _periods(report),
            },
        ],
        "words": {"page": _("Page"), "of": _("of"), "unit": _("Amounts in kroner")},
    }


def _key_of_curve() -> str:
    return _("Dashes: planned. Line with a dot: earned. Line with a square: spent. Dots: forecast.")


def _figures(report: Report) -> list[Data]:
    whole = report.whole
    shown = (
        (_("Budget"), whole.bac),
        (_("Earned"), whole.ev),
        (_("Spent"), whole.ac),
        (_("Forecast from the lines"), whole.expected),
    )
    return [{"label": label, "value": amount(value)} for label, value in shown]


def _parts(groups: Iterable[Group]) -> list[list[str]]:
    calendar = _("Follows the calendar")
    return [_row(f"{one.number} {one.name}".strip() or calendar, one) for one in groups]


def _row(name: str, row: Any) -> list[str]:
    index = row.figures.cpi
    shown = "–" if index is None else two_decimals(index)
    return [name, *map(amount, (row.bac, row.pv, row.ev, row.ac)), shown, amount(row.expected)]


def _periods(report: Report) -> list[list[str]]:
    whole = report.whole
    rows = [
        [
            formats.month(one.first, language()),
            *map(amount, (one.planned, one.earned, one.spent, one.expected)),
        ]
        for one in report.periods
    ]
    sums = (whole.bac, whole.ev, whole.ac, whole.expected - whole.ac)
    return [*rows, [_("The whole project"), *map(amount, sums)]]


def amount(hundredths: int | None) -> str:
    """An amount to the øre, without the name of the currency."""
    value = kroner(hundredths)
    return "–" if value is None else formats.number(value, language(), 2)

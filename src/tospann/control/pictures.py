"""The drawings of a report in the reader's words: wide for a screen, narrow for a phone."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tospann.control import drawing
from tospann.control.drawing import Words
from tospann.control.report import Report
from tospann.ui import formats
from tospann.ui.jinja import language

WIDE, NARROW = (960, 380), (380, 300)
FLAT_WIDE, FLAT_NARROW = (960, 220), (380, 200)


def names() -> dict[str, str]:
    """What the lines are called."""
    return {
        "pv": _("Planned value"),
        "ev": _("Earned value"),
        "ac": _("Actual cost"),
        "forecast": _("Forecast"),
    }


def pictures(report: Report) -> dict[str, Any]:
    """The S-curve and the cash flow, each for a screen and for a phone."""
    curve = _words(_("Planned, earned and spent through time"))
    flow = _words(_("Cash flow by period"))
    return {
        "wide": drawing.s_curve(report.points, report.on, curve, *WIDE),
        "narrow": drawing.s_curve(report.points, report.on, curve, *NARROW),
        "flow_wide": drawing.cash_flow(report.periods, flow, *FLAT_WIDE),
        "flow_narrow": drawing.cash_flow(report.periods, flow, *FLAT_NARROW),
    }


def _words(title: str) -> Words:
    return Words(title, names(), _amount, _month, _("today"))


def _amount(hundredths: int) -> str:
    """An amount in the unit that suits it: millions, thousands or kroner, without the unit's name
    where the axis has no room for it.
    """
    value = Decimal(hundredths) / 100
    if abs(value) >= 1_000_000:
        return formats.number(round(value / 1_000_000, 1), language()) + " " + _("mill.")
    return formats.number(round(value), language())


def _month(day: date) -> str:
    return f"{formats.month(day, language())[:3]} {day.year % 100:02}"

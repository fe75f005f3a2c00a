"""The curves and tornadoes of the simulated plan, and of a draft beside it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tospann.planning.projection import day_of
from tospann.planning.simulate import drawing
from tospann.planning.simulate.drawing import Curve, Span
from tospann.planning.simulate.running import Bar, Simulated
from tospann.ui import formats
from tospann.ui.jinja import language


def pictures(own: Simulated, other: Simulated | None) -> dict[str, Any]:
    """The curves and the tornadoes."""
    both = [(_("The plan"), own, False), *([(_("The draft"), other, True)] if other else [])]
    finishes = [
        Curve(name, one.result.finish, one.result.scheduled_finish, is_other)
        for name, one, is_other in both
    ]
    found = {
        "finish": drawing.s_curve(finishes, _day_said, _("How certain each finish is")),
        "tornado": _tornado(own.tornado, own.result.finish.percentile(50), _day_said),
    }
    if any(one.has_cost for _name, one, _other in both):
        costs = [Curve(name, one.cost, one.expected_cost, is_other) for name, one, is_other in both]
        found["cost"] = drawing.s_curve(costs, _money_said, _("How certain each cost is"))
        found["cost_tornado"] = _tornado(
            own.cost_tornado, own.result.cost.percentile(50), _money_said
        )
    return found


def _tornado(bars: list[Bar], middle: int, said: drawing.Said) -> Any:
    if not bars:
        return None
    spans = [Span(one.name, one.early, one.late) for one in bars]
    return drawing.tornado(spans, middle, said, _("What matters most"))


def instant_day(instant: int) -> str:
    """An instant of the engine as the day it lies in."""
    return _day_said(instant)


def _day_said(instant: int) -> str:
    found = day_of(instant)
    return formats.short_date(found, language()) if found else ""


def _money_said(hundredths: int) -> str:
    return formats.millions(Decimal(hundredths) / 100, language())

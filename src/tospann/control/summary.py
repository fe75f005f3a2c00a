"""What a status report and the tolerances are told of earned value, as plain data."""

from datetime import date
from decimal import Decimal
from typing import Any

from tospann.control import queries
from tospann.control.report import kroner
from tospann.control.thresholds import trend
from tospann.control.words import two_decimals
from tospann.projects.models import Project

FEATURE = "earned_value"


def facts(project: Project) -> dict[str, Any] | None:
    """The trend and the indices; None where earned value is not turned on or measures nothing."""
    if FEATURE not in project.modules:
        return None
    report = queries.report(project)
    if report is None or not report.is_measured:
        return None
    seen = trend(project, report)
    return {
        "bac": f"{kroner(report.whole.bac):.2f}",
        "earned": f"{kroner(report.whole.ev):.2f}",
        "spent": f"{kroner(report.whole.ac):.2f}",
        "expected": f"{kroner(report.expected):.2f}",
        "cpi": _index(report.total.cpi),
        "spi_t": _index(report.time.spi_t),
        "eac": _amount(seen.eac),
        "limit": _amount(seen.cost_limit),
        "finish": _day(seen.finish),
        "last_day": _day(seen.last_day),
        "cost_is_beyond": seen.cost_is_beyond,
        "finish_is_beyond": seen.finish_is_beyond,
    }


def _index(value: float | None) -> str | None:
    return None if value is None else f"{value:.4f}"


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def shown(index: str | None) -> str:
    """An index as people read it."""
    return "–" if index is None else two_decimals(float(index))

"""Where it ends if it goes on like this, beside how far the project's tolerances reach."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planengine import Forecast
from tospann.budget.queries import money
from tospann.control.report import Report, hundredths, kroner
from tospann.control.words import EARLY
from tospann.projects.models import Project, Tolerance
from tospann.ui.holidays import add_working_days


@dataclass(frozen=True)
class Trend:
    """What the trend says of cost and finish; a limit is None where no tolerance is set."""

    share: float
    """How much of the budget is earned, 0–1."""
    eac: Decimal | None
    cost_limit: Decimal | None
    finish: date | None
    last_day: date | None

    @property
    def is_early(self) -> bool:
        return self.share < EARLY

    @property
    def is_telling(self) -> bool:
        """Early in a project the indices swing, and say little."""
        return not self.is_early and self.share < 1

    @property
    def cost_is_beyond(self) -> bool:
        """Whether the cost ends beyond its tolerance if it goes on like this."""
        if self.eac is None or self.cost_limit is None:
            return False
        return self.is_telling and self.eac > self.cost_limit

    @property
    def finish_is_beyond(self) -> bool:
        """Whether the finish ends beyond its tolerance if it goes on like this."""
        if self.finish is None or self.last_day is None:
            return False
        return self.is_telling and self.finish > self.last_day


def trend(project: Project, report: Report) -> Trend:
    """The report's trend beside the tolerances for time and cost (five queries)."""
    kept = {one.area: one for one in Tolerance.objects.filter(project=project)}
    return Trend(
        share=report.total.percent_complete or 0.0,
        eac=kroner(hundredths(report.total.eac(Forecast.CPI))),
        cost_limit=_cost_limit(project, kept.get("cost")),
        finish=report.work.forecast_finish if report.is_measured else None,
        last_day=_last_day(report, kept.get("time")),
    )


def _cost_limit(project: Project, tolerance: Tolerance | None) -> Decimal | None:
    """The lines and what is left of the manager's reserve, and so many per cent more."""
    if tolerance is None or tolerance.percent is None:
        return None
    known = money(project)
    return (known.planned + known.manager.left) * (100 + tolerance.percent) / 100


def _last_day(report: Report, tolerance: Tolerance | None) -> date | None:
    planned = report.work.planned_finish
    if tolerance is None or tolerance.days is None or planned is None:
        return None
    return add_working_days(planned, tolerance.days)

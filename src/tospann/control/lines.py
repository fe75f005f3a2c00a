"""The budget's lines as following up needs them: amounts in whole hundredths."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from tospann.budget.ledger import ZERO
from tospann.budget.models import BudgetLine
from tospann.budget.veiling import LIFTED, Veil
from tospann.projects.models import Project

_SAME = (
    *("id", "number", "code", "name", "phase_id", "starts_on", "ends_on", "activity_uid"),
    *("wbs", "cost_type", "is_running"),
)
APART = UUID(int=0)
"""The line that is none: what somebody is shown on no line of the budget."""
_MONEY = ("amount", "approved", "spent", "accrued", "committed", "forecast")


@dataclass(frozen=True)
class Line:
    """A budget line: where it belongs, what it may cost, has cost, and is expected to cost."""

    id: UUID
    number: int
    code: str
    name: str
    amount: int
    phase_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    activity_uid: int | None = None
    wbs: str = ""
    cost_type: str = ""
    is_running: bool = False
    approved: int | None = None
    spent: int = 0
    accrued: int = 0
    committed: int = 0
    forecast: int | None = None

    @property
    def incurred(self) -> int:
        """What has been used, whether or not the invoice has come."""
        return self.spent + self.accrued

    @property
    def expected(self) -> int:
        """What it is expected to cost in the end."""
        return self.amount if self.forecast is None else self.forecast


def ore(amount: Decimal) -> int:
    """Kroner as whole hundredths; kept amounts have no more decimals."""
    return int(amount * 100)


def lines_of(project: Project, seen: Veil = LIFTED) -> list[Line]:
    """All lines of a project's budget in the order of their codes (one query).

    Last comes what somebody is shown on no line, without a number of its own.
    """
    rows = BudgetLine.objects.filter(project=project).order_by("code", "number")
    found = [_line(row) for row in rows.values(*_SAME, *_MONEY)]
    shown = [replace(one, spent=one.spent - ore(seen.off.get(one.id, ZERO))) for one in found]
    if seen.apart:
        said = gettext("Hours, shown on no line")
        shown.append(Line(APART, 0, "", said, 0, spent=ore(seen.apart), forecast=0))
    return shown


def _line(row: dict[str, Any]) -> Line:
    money: dict[str, Any] = {name: None if row[name] is None else ore(row[name]) for name in _MONEY}
    return Line(**{name: row[name] for name in _SAME}, **money)

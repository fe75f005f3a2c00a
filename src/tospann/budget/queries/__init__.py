"""Reading the budget: ``money(project)`` is everything others build on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from tospann.budget import sources, spreading
from tospann.budget.ledger import ZERO, Ledger, Line, Reserve
from tospann.budget.models import Budget, BudgetLine
from tospann.budget.money import rounded
from tospann.budget.reading import ledger_of
from tospann.budget.summing import summed
from tospann.budget.trying import tried
from tospann.budget.veiling import LIFTED, Veil
from tospann.foundation.commands import Operation
from tospann.projects.models import Phase, Project

__all__ = ["Line", "Money", "PhaseSum", "Reserve", "money", "money_after"]

MOST = 2**31


@dataclass(frozen=True)
class PhaseSum:
    """What the lines of a phase (None: of no phase) add up to."""

    phase_id: UUID | None
    name: str
    amount: Decimal
    approved: Decimal
    spent: Decimal
    forecast: Decimal


@dataclass(frozen=True)
class Money:
    """A project's money. ``total`` is the whole frame: the lines and what is left set aside.

    ``forecast`` is what the lines are expected to end at. ``agreed`` and ``phase_start`` are the
    totals that changes count from (None before anything is agreed); ``approved`` is the total last
    approved.
    """

    has_budget: bool
    lines: tuple[Line, ...]
    by_phase: tuple[PhaseSum, ...]
    by_period: Mapping[date, Decimal]
    planned: Decimal
    total: Decimal
    spent: Decimal
    forecast: Decimal
    manager: Reserve
    owner: Reserve
    approved: Decimal | None
    agreed: Decimal | None
    phase_start: Decimal | None
    committed: Decimal = ZERO
    """What is ordered on the lines and not yet booked."""
    accrued: Decimal = ZERO
    running_per_week: Decimal = ZERO
    """What a week more of the project costs, by the lines that grow with time."""

    @property
    def reserves_left(self) -> Decimal:
        return self.manager.left + self.owner.left

    @property
    def reserves_set(self) -> Decimal:
        return self.manager.set_aside + self.owner.set_aside

    @property
    def contingency_left_percent(self) -> Decimal | None:
        """None where nothing is set aside."""
        return 100 * self.reserves_left / self.reserves_set if self.reserves_set else None

    @property
    def change(self) -> Decimal:
        """From what was agreed last."""
        return ZERO if self.agreed is None else self.total - self.agreed

    @property
    def change_in_phase(self) -> Decimal:
        return ZERO if self.phase_start is None else self.total - self.phase_start

    @property
    def overrun(self) -> Decimal:
        """How far the forecast is above the lines; below zero: a saving."""
        return self.forecast - self.planned

    def to_json(self) -> dict[str, Any]:
        """Amounts as text, dates as 2027-01-31: to be stored and compared."""
        stored = _plain(asdict(self))
        stored["contingency_left_percent"] = _plain(self.contingency_left_percent)
        return stored  # type: ignore[no-any-return]  # of a dictionary comes a dictionary


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {_plain(key): _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case Decimal():
            return f"{value:.2f}"
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
    return value


def money(project: Project, seen: Veil = LIFTED) -> Money:
    """The project's money as it is (four queries, one more with lines tied to the plan).

    ``seen``: through whose eyes (``veiling.veil``); whatever is shown is read with it.
    """
    kept = ledger_of(project.pk)
    if seen.is_lifted:
        return _money(project, kept)
    lines = {pk: replace(one, spent=seen.spent(pk, one.spent)) for pk, one in kept.lines.items()}
    found = _money(project, replace(kept, lines=lines))
    return replace(found, spent=found.spent + seen.apart)


def money_after(project: Project, operations: Sequence[Operation]) -> Money:
    """The project's money as it would be after these operations. Nothing is written."""
    return _money(project, tried(ledger_of(project.pk), operations))


def _money(project: Project, ledger: Ledger) -> Money:
    lines = tuple(sorted(ledger.lines.values(), key=_by_code))
    phases = list(Phase.objects.filter(project=project).order_by("position"))
    days = days_of(project, lines, phases)
    return Money(
        has_budget=ledger.is_begun,
        lines=lines,
        by_phase=_by_phase(lines, phases),
        by_period=spreading.by_month(lines, days),
        running_per_week=spreading.per_week(lines, days),
        planned=ledger.planned,
        total=ledger.total,
        spent=ledger.spent,
        committed=sum((line.committed for line in lines), ZERO),
        accrued=sum((line.accrued for line in lines), ZERO),
        forecast=ledger.expected,
        manager=ledger.manager,
        owner=ledger.owner,
        approved=ledger.approved_total,
        agreed=ledger.agreed_total,
        phase_start=ledger.phase_total,
    )


def _by_code(line: Line) -> tuple[str, int]:
    """What has no number yet is the newest."""
    return line.code, line.number or MOST


def days_of(project: Project, lines: Iterable[Line], phases: Iterable[Phase]) -> spreading.Days:
    uids = {line.activity_uid for line in lines if line.activity_uid is not None}
    return spreading.Days(
        project=(project.start, project.finish),
        phases={
            phase.pk: (phase.starts_on, phase.ends_on)
            for phase in phases
            if phase.starts_on and phase.ends_on and phase.starts_on <= phase.ends_on
        },
        activities=sources.dates(project.pk, uids) if uids else {},
    )


def _by_phase(lines: Sequence[Line], phases: Sequence[Phase]) -> tuple[PhaseSum, ...]:
    found = []
    for phase_id, name in [*((phase.pk, phase.name) for phase in phases), (None, "")]:
        mine = [line for line in lines if line.phase_id == phase_id]
        if mine:
            found.append(
                PhaseSum(
                    phase_id,
                    name,
                    amount=sum((line.amount for line in mine), ZERO),
                    approved=sum((line.approved or ZERO for line in mine), ZERO),
                    spent=sum((line.spent for line in mine), ZERO),
                    forecast=sum((line.expected for line in mine), ZERO),
                )
            )
    return tuple(found)


@dataclass(frozen=True)
class Sums:
    """What the lines add up to, from the sums that are kept on them (one query)."""

    amount: Decimal
    spent: Decimal
    committed: Decimal
    accrued: Decimal
    expected: Decimal

    @property
    def incurred(self) -> Decimal:
        return self.spent + self.accrued


def sums(project: Project, seen: Veil = LIFTED) -> Sums:
    expected = Coalesce(F("forecast"), F("amount"), output_field=models.DecimalField())
    found = lines(project).aggregate(
        expected=summed(expected),
        **{name: summed(name) for name in ("amount", "spent", "committed", "accrued")},
    )
    found["spent"] -= seen.withheld
    return Sums(**{name: rounded(value) for name, value in found.items()})


def budget(project: Project) -> Budget | None:
    return Budget.objects.filter(project=project).first()


def lines(project: Project) -> QuerySet[BudgetLine]:
    return BudgetLine.objects.filter(project=project)


def line(project: Project, number: int) -> BudgetLine:
    found = lines(project).filter(number=number).select_related("project", "phase").first()
    if found is None:
        raise Http404
    return found


def months_of(line: BudgetLine) -> Mapping[date, Decimal]:
    """What of a line is to be used in each month."""
    kept = Line(**{field.name: getattr(line, field.name) for field in fields(Line)})
    phases = [line.phase] if line.phase else []
    return spreading.of_line(kept, days_of(line.project, [kept], phases))

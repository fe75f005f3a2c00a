"""What a change does to the money: the budget before and after, by line and by month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from tospann.budget import spreading
from tospann.budget.queries import Line, Money, days_of, money, money_after
from tospann.cases.consequences import Amount, Costs
from tospann.foundation.commands import Operation
from tospann.planning.models import Plan
from tospann.planning.prepare import Prepared
from tospann.planning.projection import Row
from tospann.projects.models import Phase, Project
from tospann.projects.queries import phases as phases_of


def costs(head: Plan, tried: Prepared, operations: Sequence[Operation]) -> Costs | None:
    """The lines and months that differ, and what it all comes to; None without a budget."""
    before = money(head.project)
    after = money_after(head.project, operations) if operations else before
    if not (before.planned or before.total or after.planned or after.total):
        return None
    phases = list(phases_of(head.project)) if before.lines or after.lines else []
    return Costs(
        lines=_lines(before.lines, after.lines),
        periods=_differing(
            _months(head.project, before, phases, tried.before.rows),
            _months(head.project, after, phases, tried.after.rows),
        ),
        total=Amount("", before.total, after.total),
        forecast=Amount("", before.forecast, after.forecast),
        contingency=Amount("", before.reserves_left, after.reserves_left),
    )


def _lines(before: Iterable[Line], after: Iterable[Line]) -> tuple[Amount, ...]:
    was, then = _by_id(before), _by_id(after)
    found = []
    for pk in {**then, **was}:
        one, other = was.get(pk), then.get(pk)
        shown = other or one
        assert shown is not None
        amounts = (one.amount if one else None, other.amount if other else None)
        if amounts[0] != amounts[1]:
            found.append(Amount(shown.name, *amounts, code=shown.code))
    return tuple(sorted(found, key=lambda line: (line.code, line.name)))


def _by_id(lines: Iterable[Line]) -> dict[UUID, Line]:
    return {line.id: line for line in lines}


def _months(
    project: Project, found: Money, phases: Sequence[Phase], rows: Mapping[int, Row]
) -> Mapping[date, Decimal]:
    """What is used in each month, with the dates the plan then has."""
    days = days_of(project, (), phases)
    tied = {line.activity_uid for line in found.lines if line.activity_uid is not None}
    spans = {uid: (row.start, row.finish) for uid, row in rows.items() if uid in tied}
    known = {uid: (a, b) for uid, (a, b) in spans.items() if a is not None and b is not None}
    return spreading.by_month(found.lines, replace(days, activities=known))


def _differing(before: Mapping[date, Decimal], after: Mapping[date, Decimal]) -> tuple[Amount, ...]:
    nothing = Decimal(0)
    found = (
        Amount(f"{month:%Y-%m}", before.get(month, nothing), after.get(month, nothing))
        for month in sorted({*before, *after})
    )
    return tuple(one for one in found if one.before != one.after)

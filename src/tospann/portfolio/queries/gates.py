"""The next gate of each project, by month, with how far its points are; a fixed number of queries.

Points that people settle are counted as they are. What a data rule says of a project is worked out
on the gate's own page; here it counts as it was kept when the gate's case was submitted.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from tospann.cases import gates as points
from tospann.cases.models import OPEN_STATES, Case, CaseState
from tospann.foundation.authority import Actor
from tospann.portfolio.queries.seen import Part, running
from tospann.projects.models import BY_RULE, CriterionState, Gate, GateCriterion, GateState

PER_PAGE = 100
DECIDED = (GateState.PASSED, GateState.STOPPED)
Row = dict[str, Any]
_SHOWN = ("pk", "code", "name", "due_on", "project__key", "project__name")


@dataclass(frozen=True)
class Month:
    """A month of the calendar (None: gates without a date), and how many gates it has."""

    first: date | None
    count: int

    @property
    def key(self) -> str:
        return self.first.isoformat()[:7] if self.first else "none"

    @property
    def is_past(self) -> bool:
        return self.first is not None and self.first < timezone.localdate().replace(day=1)


@dataclass(frozen=True)
class Calendar:
    """The months there are, the one that is shown, and its gates."""

    months: list[Month]
    chosen: Month | None
    rows: list[Row]
    part: Part


def table(actor: Actor) -> QuerySet[Gate]:
    """The first gate of each project that is not decided."""
    undecided = Gate.objects.exclude(state__in=DECIDED)
    earlier = undecided.filter(project=OuterRef("project"), position__lt=OuterRef("position"))
    return undecided.filter(~Exists(earlier), project__in=running(actor).values("pk"))


def months(found: QuerySet[Gate]) -> list[Month]:
    """Gates without a date come last."""
    by_month = found.order_by().annotate(month=TruncMonth("due_on")).values_list("month")
    counted = list(by_month.annotate(n=Count("pk")))
    listed = [Month(first, n) for first, n in counted]
    return sorted(listed, key=lambda one: (one.first is None, one.first or date.max))


def calendar(actor: Actor, asked: Mapping[str, Any]) -> Calendar:
    """The month asked for, else this one, else the first there is: four queries."""
    found = table(actor)
    listed = months(found)
    chosen = _chosen(listed, str(asked.get("month", "")))
    if chosen is None:
        return Calendar([], None, [], Part.of(asked, 0, PER_PAGE))
    part = Part.of(asked, chosen.count, PER_PAGE)
    ordered = _in_month(found, chosen).order_by("due_on", "project__name", "pk")
    rows: list[Row] = list(ordered.values(*_SHOWN)[part.rows])
    complete(rows)
    return Calendar(listed, chosen, rows, part)


def every(actor: Actor, most: int) -> list[Row]:
    """All of them, for a file or a program."""
    rows: list[Row] = list(table(actor).order_by("due_on", "pk").values(*_SHOWN)[:most])
    complete(rows)
    return rows


def _chosen(listed: list[Month], asked: str) -> Month | None:
    this = timezone.localdate().isoformat()[:7]
    by_key = {month.key: month for month in listed}
    coming = next((month for month in listed if month.key >= this), None)
    return by_key.get(asked) or coming or (listed[-1] if listed else None)


def _in_month(found: QuerySet[Gate], month: Month) -> QuerySet[Gate]:
    if month.first is None:
        return found.filter(due_on__isnull=True)
    following = (month.first + timedelta(days=32)).replace(day=1)
    return found.filter(due_on__gte=month.first, due_on__lt=following)


def complete(rows: list[Row]) -> None:
    """Add the points of each gate, and its case when there is one (two queries)."""
    ids, today = [row["pk"] for row in rows], timezone.localdate()
    counted = GateCriterion.objects.filter(gate__in=ids).order_by().values_list("gate_id")
    states: dict[UUID, list[tuple[str, str, int]]] = defaultdict(list)
    for pk, kind, state, n in counted.values_list("gate_id", "kind", "state", Count("pk")):
        states[pk].append((kind, state, n))
    found = Case.objects.filter(gate__in=ids, state__in=OPEN_STATES).order_by("number")
    cases = {one.gate_id: one for one in found.only("gate", "number", "state", "checked")}
    for row in rows:
        row.update(_standing(states[row["pk"]], cases.get(row["pk"])))
        row["is_late"] = row["due_on"] is not None and row["due_on"] < today


def _standing(states: list[tuple[str, str, int]], case: Case | None) -> Row:
    by_hand = [(state, n) for kind, state, n in states if kind not in BY_RULE]
    rules = sum(n for kind, _state, n in states if kind in BY_RULE)
    kept = points.kept(case.checked) if case else []
    return {
        "settled": sum(n for state, n in by_hand if state != CriterionState.OPEN),
        "total": sum(n for _state, n in by_hand),
        "rules": rules,
        "rules_met": sum(one.is_met for one in kept if one.result) if kept else None,
        "case": case.number if case else None,
        "waits": bool(case and case.state == CaseState.SUBMITTED),
    }

"""What a view of a register shows outside: its columns in words, and its rows as they are now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.actions.models import Action, ActionState
from tospann.cases.models import Decision, DecisionOutcome
from tospann.projects.models import Project
from tospann.risks import matrix
from tospann.risks.models import (
    Deviation,
    DeviationState,
    Problem,
    ProblemState,
    Risk,
    RiskKind,
    RiskState,
)
from tospann.rooms.models import Register, RegisterView

Row = dict[str, Any]
MOST = 500
Rows = Callable[[Project], QuerySet[Any]]


@dataclass(frozen=True)
class Column:
    """A column: what it is called, where its value lies, and what kind it is."""

    label: str | Promise
    field: str
    kind: str = "text"
    words: Mapping[str, Any] | None = None
    """Value → its word, for those that are chosen from a list."""


@dataclass(frozen=True)
class Kept:
    """A register that can be viewed outside."""

    rows: Rows
    columns: Mapping[str, Column]
    open_states: tuple[str, ...] = ()
    """The states that are open; none when its rows are never closed."""


_NUMBER = Column(_("No."), "number", "number")
_TITLE = Column(_("What"), "title")
_WHO = Column(_("Owner"), "owner__name")
_DUE = Column(_("Due"), "due_on", "date")


def _state(choices: Sequence[tuple[str, Any]]) -> Column:
    return Column(_("State"), "state", words=dict(choices))


def _columns(state: Column, **more: Column) -> dict[str, Column]:
    """Number, title, what is the register's own, due date, state and who owns it."""
    return {"number": _NUMBER, "title": _TITLE, **more, "due": _DUE, "state": state, "who": _WHO}


REGISTERS: Mapping[str, Kept] = {
    Register.ACTIONS: Kept(
        lambda of: Action.objects.filter(project=of).order_by("due_on", "number"),
        _columns(_state(ActionState.choices)),
        (ActionState.OPEN,),
    ),
    Register.DECISIONS: Kept(
        lambda of: Decision.objects.filter(project=of).order_by("-decided_on", "-number"),
        {
            "number": _NUMBER,
            "title": _TITLE,
            "decided": Column(_("Decided"), "decided_on", "date"),
            "outcome": Column(_("Outcome"), "outcome", words=dict(DecisionOutcome.choices)),
            "reason": Column(_("Reason"), "reason"),
        },
    ),
    Register.RISKS: Kept(
        lambda of: Risk.objects.filter(project=of).order_by("number"),
        _columns(
            _state(RiskState.choices),
            kind=Column(_("Kind"), "kind", words=dict(RiskKind.choices)),
            level=Column(pgettext_lazy("of a risk", "Level"), "level"),
            cause=Column(_("Cause"), "cause"),
            effect=Column(_("Effect"), "effect"),
        ),
        (RiskState.OPEN,),
    ),
    Register.PROBLEMS: Kept(
        lambda of: Problem.objects.filter(project=of).order_by("number"),
        _columns(_state(ProblemState.choices), description=Column(_("Description"), "description")),
        (ProblemState.OPEN,),
    ),
    Register.DEVIATIONS: Kept(
        lambda of: Deviation.objects.filter(project=of).order_by("number"),
        _columns(
            _state(DeviationState.choices),
            consequence=Column(_("Consequence"), "consequence"),
            action=Column(_("Corrective action"), "corrective_action"),
        ),
        (DeviationState.OPEN,),
    ),
}
USUAL = ("number", "title", "due", "decided", "state", "outcome")
"""The columns that are ticked to begin with: names and texts are not."""


def columns(register: str) -> Mapping[str, Column]:
    return REGISTERS[register].columns


@dataclass(frozen=True)
class Shown:
    """A view as it is read: the heads, and the rows' cells in the same order."""

    heads: list[tuple[str, str]]
    rows: list[list[tuple[str, Any]]]
    is_cut: bool = False


def shown(view: RegisterView) -> Shown:
    """The view now: its chosen columns of its chosen (or all, or all open) rows. Two queries."""
    kept = REGISTERS[view.register]
    chosen = [kept.columns[key] for key in view.columns if key in kept.columns]
    found = kept.rows(view.project)
    if view.numbers:
        found = found.filter(number__in=view.numbers)
    elif view.open_only and kept.open_states:
        found = found.filter(state__in=kept.open_states)
    listed = _read(view, found, chosen)
    cells = [[(one.kind, _cell(one, row)) for one in chosen] for row in listed[:MOST]]
    heads = [(str(one.label), one.kind) for one in chosen]
    return Shown(heads, cells, is_cut=len(listed) > MOST)


def _read(view: RegisterView, found: QuerySet[Any], chosen: Sequence[Column]) -> list[Row]:
    fields = {one.field for one in chosen}
    if "level" in fields:
        fields = fields - {"level"} | {"kind", "probability", "impact"}
    rows = [dict(row) for row in found.values(*fields)[: MOST + 1]]
    return _with_levels(view.project, rows) if any(one.field == "level" for one in chosen) else rows


def _with_levels(project: Project, rows: list[Row]) -> list[Row]:
    """The rows of the risks with the word of the cell each lies in."""
    scales = matrix.of_project(project)
    for row in rows:
        level = scales.of(row["kind"]).level(row["probability"], row["impact"])
        row["level"] = level.word if level else ""
    return rows


def _cell(one: Column, row: Row) -> Any:
    value = row[one.field]
    if one.words is not None:
        return str(one.words.get(value, value))
    return value if value is not None else ""

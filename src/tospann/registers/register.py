"""The list of an own register, declared from its columns."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.projects.queries import team
from tospann.registers import columns as typed
from tospann.registers import queries
from tospann.registers.queries import Kept
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice, flag, search

TONES = {
    "neutral": "neutral",
    "green": "success",
    "yellow": "warning",
    "orange": "warning",
    "red": "danger",
}
WIDE = 4
"""Own columns that are shown until the reader chooses others."""
_NUMBERS = frozenset({"number", "money"})


def of(kept: Kept, project: Project, actor: Actor) -> Register:
    """The register with its own columns, states and people."""
    states = {one.key: (one.label, TONES.get(one.tone, "neutral")) for one in kept.states}
    return Register(
        key=f"own_{kept.definition.key}"[:60],
        title=kept.definition.title,
        columns=(
            Column("number", _("No."), "key", value=_short_id(project), sort="number"),
            Column("title", _("Title"), "link"),
            Column("state", _("State"), "state", states=states),
            Column("owner", _("Owner"), "person", field="owner__name"),
            Column("due_on", _("Due date"), "date"),
            *(_own(one, n) for n, one in enumerate(kept.own)),
            Column("created_at", _("Raised"), "date", default=False),
        ),
        empty=Empty(
            _("No rows yet."), _("A title is enough to begin with; the rest can follow."), "list"
        ),
        filters=_filters(kept, project, actor),
        order=queries.BY_URGENCY,  # type: ignore[arg-type]  # expressions order as names do
        row_link=lambda row: f"/p/{project.key}/registers/lines/{row['number']}",
        overdue=lambda row: row["is_open"] and queries.is_past(row["due_on"]),
        also=("number", "is_open", "due_on", "values"),
        complete=lambda rows: _name_people(kept, rows),
        live="registers",
    )


def _short_id(project: Project) -> Any:
    return lambda row: f"{project.key}-{row['number']}"


def _own(column: typed.Column, place: int) -> Column:
    """Numbers and amounts as such, so that a file has them; the rest as it reads."""

    def value(row: Row) -> Any:
        kept = row["values"].get(column.key)
        if column.kind in _NUMBERS:
            return None if kept is None else Decimal(kept)
        return typed.shown(column, kept, row.get("people", {}))

    kind: Any = column.kind if column.kind in _NUMBERS else "text"
    is_shown = place < WIDE and column.kind != "rich_text"
    return Column(f"own-{column.key}", column.label, kind, "values", "", is_shown, value=value)


def _name_people(kept: Kept, rows: list[Row]) -> None:
    people = queries.people_in(kept, rows)
    for row in rows:
        row["people"] = people


def _filters(kept: Kept, project: Project, actor: Actor) -> tuple[Filter, ...]:
    def own(rows: Rows) -> Rows:
        return rows.filter(owner_id=actor.person_id)

    return (
        search(_("Search"), "title"),
        flag("open", _("Only open"), lambda rows: rows.filter(is_open=True), on=True),
        choice("state", _("State"), [(one.key, one.label) for one in kept.states]),
        choice("owner", _("Owner"), lambda: team(project), field="owner_id"),
        *(_chosen(one) for one in kept.own if one.kind == "choice"),
        flag("mine", _("Mine"), own),
        flag("overdue", _("Overdue"), queries.overdue),
    )


def _chosen(column: typed.Column) -> Filter:
    choices = [(one.key, one.label) for one in column.choices]
    return choice(f"own-{column.key}", column.label, choices, field=f"values__{column.key}")

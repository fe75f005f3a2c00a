"""The hours of a project as a list: who, which week, how much; to be approved many at once."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.projects.models import Project
from tospann.projects.queries import team
from tospann.timesheets import kinds, lines, queries
from tospann.timesheets.models import State, monday_of
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, choice

STATES = {
    State.OPEN.value: (State.OPEN.label, "neutral"),
    State.SUBMITTED.value: (State.SUBMITTED.label, "info"),
    State.APPROVED.value: (State.APPROVED.label, "success"),
    State.RETURNED.value: (State.RETURNED.label, "warning"),
}
A_MONDAY = date(2024, 1, 1)


def of(project: Project) -> Register:
    """Made for each request: the days are called as the reader calls them."""
    return Register(
        "hours",
        _("Hours"),
        [
            Column("person", _("Person"), "link", field="person__name"),
            Column("week", _("Week"), value=_week, sort="monday"),
            *(Column(f"d{n}", _day(n), "number", value=_on(n), default=n < 5) for n in range(7)),
            Column("hours", _("Total"), "number"),
            Column("what", _("On"), value=lambda row: row.get("what", "")),
            Column("state", _("State"), "state", states=STATES),
        ],
        Empty(
            _("No hours here"),
            _("Weeks come here when people send them. Choose another state to see the rest."),
            "clock",
        ),
        filters=[
            choice("state", _("State"), State.choices, default=State.SUBMITTED),
            Filter("who", _("Person"), _of_person, partial(team, project)),
            Filter("week", _("Week"), _of_week, kind="hidden"),
        ],
        order=["-monday", "person__name"],
        row_link=lambda row: reverse("team_sheet", args=[project.key, row["pk"]]),
        also=["monday", "lines", "state"],
        pickable=lambda row: row["state"] == State.SUBMITTED,
        lead=_("Weeks that people have sent. What is approved goes into the plan and the costs."),
        live="timesheets",
        complete=partial(_name_work, project),
    )


def _day(step: int) -> str:
    return formats.weekday_name(A_MONDAY + timedelta(days=step), language())[:2].capitalize()


def _on(step: int) -> Callable[[Row], Decimal | str]:
    def hours(row: Row) -> Decimal | str:
        return sum((Decimal(one["hours"][step]) for one in row["lines"]), lines.ZERO)

    return hours


def _week(row: Row) -> str:
    name = formats.week(row["monday"], language())
    year = row["monday"].isocalendar().year
    return name if year == timezone.localdate().year else f"{name} {year}"


def _of_person(rows: Rows, value: str) -> Rows:
    try:
        return rows.filter(person=UUID(value))
    except ValueError:
        return rows


def _of_week(rows: Rows, value: str) -> Rows:
    try:
        return rows.filter(monday=monday_of(date.fromisoformat(value)))
    except ValueError:
        return rows


def _name_work(project: Project, rows: list[Row]) -> None:
    """What the hours of these rows are about (two queries)."""
    pairs = {(project.pk, one["uid"]) for row in rows for one in row["lines"] if one["uid"]}
    tasks, types = queries.task_names(pairs), kinds.of_project(project.pk)
    for row in rows:
        row["what"] = ", ".join(
            dict.fromkeys(_about(project, one, tasks, types) for one in row["lines"])
        )


def _about(project: Project, one: dict[str, Any], tasks: Any, types: Any) -> str:
    _number, task = tasks.get((project.pk, one["uid"] or 0), ("", ""))
    return task or (kinds.name(types, one["kind"]) if one["kind"] else "–")

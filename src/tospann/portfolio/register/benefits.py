"""The indicators of all projects' benefits as a declared list."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.portfolio.queries import benefits
from tospann.portfolio.register.marks import in_project, project_address
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.register import Column, Empty, Filter, Register, Row, search

STANDING = {
    "behind": (pgettext_lazy("benefit", "Behind"), "danger"),
    "ahead": (pgettext_lazy("benefit", "On time"), "success"),
}


def _percent(row: Row) -> int | None:
    percent: int | None = row["reading"].percent
    return percent


def _target(row: Row) -> str:
    return f"{formats.number(row['target'], language())} {row['unit']}".strip()


def _narrowed(rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    if value == "behind":
        return benefits.behind(rows)
    return benefits.due(rows) if value == "due" else rows


BENEFITS = Register(
    key="portfolio_benefits",
    title=_("Benefits in the portfolio"),
    lead=_("What is to be measured next, and the benefits that are behind"),
    columns=(
        Column("name", _("Indicator"), "link"),
        Column("benefit", _("Benefit"), field="benefit__title"),
        Column(
            "project", _("Project"), value=in_project, sort="project__name", href=project_address
        ),
        Column(
            "standing",
            _("State"),
            "state",
            states=STANDING,
            value=lambda row: "behind" if row["is_behind"] else "ahead",
        ),
        Column("percent", _("Of the way"), "percent", value=_percent),
        Column("target", _("Target"), value=_target, sort="target", default=False),
        Column("due_on", _("Measured next"), "date"),
        Column("owner", _("Benefit owner"), "person", field="benefit__owner__name"),
        Column("measures", _("Who measures"), "person", field="responsible__name", default=False),
        Column("full_from", _("Full effect from"), "date", default=False),
    ),
    filters=(
        search(_("Search"), "name", "benefit__title", "project__name"),
        Filter(
            "which",
            _("State"),
            _narrowed,
            [
                ("due", _("Due or behind")),
                ("behind", pgettext_lazy("benefit", "Behind")),
                ("all", _("All")),
            ],
            default="due",
        ),
    ),
    order=("due_on", "project__key", "name"),
    also=(
        *("target", "unit", "due_on", "full_from", "benefit__number"),
        *("project__key", "project__name"),
    ),
    row_link=lambda row: f"/p/{row['project__key']}/benefits/{row['benefit__number']}",
    overdue=lambda row: row["is_behind"],
    complete=benefits.complete,
    empty=Empty(
        _("No benefit is measured yet."),
        _("Indicators come here from the benefits of the projects you may see."),
        icon="goal",
    ),
)

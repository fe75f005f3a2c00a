"""The risks of all projects as a declared list."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.portfolio.queries import risk
from tospann.portfolio.register.marks import Mark, in_project, project_address
from tospann.risks.models import RiskKind
from tospann.risks.queries import is_overdue
from tospann.risks.register import chip
from tospann.ui.register import Column, Empty, Filter, Register, Row, choice, flag, search


def _level(row: Row) -> Any:
    return chip(row["own_matrix"], row["probability"], row["impact"])


def _owner(row: Row) -> str:
    """Who owns it; that nobody does is marked."""
    if row["owner__name"]:
        return str(row["owner__name"])
    said = _now("No owner")
    return Mark.of(said, format_html('<span class="tag" data-tone="danger">{}</span>', said))


def _as_high(rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    return rows.filter(level__gte=risk.HIGH) if value == "high" else rows


def _ownerless(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.filter(owner__isnull=True)


RISK = Register(
    key="portfolio_risk",
    title=_("Risk in the portfolio"),
    lead=_("Open risks of the projects you may see, those with the highest exposure first"),
    columns=(
        Column("title", _("Risk"), "link"),
        Column(
            "project", _("Project"), value=in_project, sort="project__name", href=project_address
        ),
        Column("level", _("Level"), value=_level, sort="level"),
        Column("exposure", _("Exposure"), "number"),
        Column("owner", _("Owner"), value=_owner, sort="owner__name"),
        Column("due_on", _("Next review"), "date"),
        Column("strategy", _("Strategy"), default=False),
        Column(
            "number", _("No."), "key", value=lambda row: f"{row['project__key']}-{row['number']}"
        ),
    ),
    filters=(
        search(_("Search"), "title", "project__name", "project__key"),
        Filter(
            "worst",
            _("Level"),
            _as_high,
            [("high", _("High or worse")), ("all", _("All levels"))],
            default="high",
        ),
        choice("kind", _("Kind"), RiskKind.choices, default=RiskKind.THREAT.value),
        flag("ownerless", pgettext_lazy("risk", "No owner"), _ownerless),
    ),
    order=("-level", "-exposure", "due_on", "project__key", "number"),
    also=(
        *("kind", "probability", "impact", "state", "due_on", "number", "project_id"),
        *("project__key", "project__name", "owner__name"),
    ),
    row_link=lambda row: f"/p/{row['project__key']}/risks/{row['number']}",
    overdue=lambda row: is_overdue(row["due_on"], row["state"]),
    complete=risk.complete,
    empty=Empty(
        _("No open risk."),
        _("Risks come here from the registers of the projects you may see."),
        icon="risk",
    ),
)

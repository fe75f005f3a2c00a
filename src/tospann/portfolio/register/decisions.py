"""What was decided in all projects as a declared list."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.cases.log import OUTCOMES
from tospann.portfolio.register.marks import in_project, project_address
from tospann.ui.register import Column, Empty, Register, Row, choice, search


def _decider(row: Row) -> Any:
    return row["body"] or row["decided_by__name"]


DECISIONS = Register(
    key="portfolio_decisions",
    title=_("Decisions across projects"),
    lead=_("What waits for a decision, and what has been decided"),
    columns=(
        Column("title", _("Decision"), "link"),
        Column(
            "project", _("Project"), value=in_project, sort="project__name", href=project_address
        ),
        Column("outcome", _("Result"), "state", states=OUTCOMES),
        Column("chosen", _("Chosen")),
        Column("decided_on", _("Date"), "date"),
        Column("by", _("Decided by"), value=_decider),
        Column(
            "number", _("No."), "key", value=lambda row: f"{row['project__key']}-{row['number']}"
        ),
    ),
    filters=(
        search(_("Search"), "title", "chosen", "reason", "project__name"),
        choice("outcome", _("Result"), [(key, label) for key, (label, _tone) in OUTCOMES.items()]),
    ),
    order=("-decided_on", "-recorded_at"),
    also=("number", "body", "decided_by__name", "project__key", "project__name"),
    row_link=lambda row: reverse("decision", args=[row["project__key"], row["number"]]),
    empty=Empty(
        _("Nothing has been decided yet."),
        _("Decisions of the projects you may see come here by themselves."),
        icon="decision",
    ),
)

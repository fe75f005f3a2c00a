"""The decision log as a list, declared."""

from dataclasses import replace
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.cases import comparing
from tospann.cases.models import DecisionOutcome
from tospann.projects.models import Project
from tospann.ui.register import Column, Empty, Filter, Register, Row, Rows, search

OUTCOMES = {one.value: (one.label, one.tone) for one in DecisionOutcome}
WAYS = (
    ("case", _("By a case")),
    ("alone", _("Without a case")),
    ("outside", _("Outside the portal")),
)
LOG = Register(
    key="decisions",
    title=_("Decision log"),
    lead=_("Everything that has been decided in the project"),
    columns=(),
    empty=Empty(
        _("Nothing has been decided yet."),
        _("Decisions of cases, gates and meetings come here by themselves."),
        icon="decision",
    ),
    order=("-decided_on", "-number"),
    also=("number", "body", "decided_by__name", "chosen"),
    live="cases",
)


CHANGES = Register(
    key="changes",
    title=_("Change log"),
    lead=_("What was decided to change, with its effect on time and cost"),
    columns=(),
    empty=Empty(
        _("No change has been decided yet."),
        _("A change stands here when its case is approved."),
        icon="decision",
    ),
    order=("-decided_on", "-number"),
    also=("number", "body", "decided_by__name", "evidence"),
    live="cases",
)


def changes_of(project: Project) -> Register:
    """The decisions that changed something, with what it did to the finish and to the cost."""
    columns = (
        Column("number", _("No."), "key", value=lambda row: f"{project.key}-{row['number']}"),
        Column("title", pgettext_lazy("kind of case", "Change"), "link"),
        Column("chosen", _("Chosen")),
        Column("outcome", _("Result"), "state", states=OUTCOMES),
        Column("finish", _("Effect on the finish"), value=_on_finish),
        Column("cost", _("Effect on cost"), value=_on_cost),
        Column("decided_on", _("Date"), "date"),
        Column("by", _("Decided by"), value=_decider),
    )
    return replace(
        CHANGES,
        columns=columns,
        filters=(search(_("Search"), "title", "chosen", "reason"),),
        row_link=lambda row: reverse("decision", args=[project.key, row["number"]]),
    )


def _on_finish(row: Row) -> str:
    found = (row["evidence"] or {}).get("consequences") or {}
    days = (found.get("finish") or {}).get("days")
    return comparing.moved_text(days) or "–" if isinstance(days, int) else ""


def _on_cost(row: Row) -> str:
    found = (row["evidence"] or {}).get("consequences") or {}
    forecast = (found.get("costs") or {}).get("forecast") or {}
    if forecast.get("before") is None or forecast.get("after") is None:
        return ""
    change = Decimal(forecast["after"]) - Decimal(forecast["before"])
    return comparing.change_text(change) or "–"


def of_project(project: Project) -> Register:
    columns = (
        Column("number", _("No."), "key", value=lambda row: f"{project.key}-{row['number']}"),
        Column("title", _("Decision"), "link"),
        Column("outcome", _("Result"), "state", states=OUTCOMES),
        Column("chosen", _("Chosen"), default=False),
        Column("decided_on", _("Date"), "date"),
        Column("by", _("Decided by"), value=_decider),
        Column("body_reference", _("Case reference"), default=False),
        Column("born_label", _("Where it was said"), default=False),
    )
    return replace(
        LOG,
        columns=columns,
        filters=(
            search(_("Search"), "title", "reason", "text", "body", "body_reference"),
            Filter("way", _("How"), _in_that_way, WAYS),
            Filter("outcome", _("Result"), _with_outcome, DecisionOutcome.choices),
        ),
        row_link=lambda row: reverse("decision", args=[project.key, row["number"]]),
    )


def _decider(row: Row) -> str:
    return row["body"] or row["decided_by__name"] or ""


def _with_outcome(rows: Rows, value: str) -> Rows:
    return rows.filter(outcome=value) if value in OUTCOMES else rows


def _in_that_way(rows: Rows, value: str) -> Rows:
    match value:
        case "case":
            return rows.filter(case__isnull=False)
        case "alone":
            return rows.filter(case__isnull=True, body="")
        case "outside":
            return rows.exclude(body="")
    return rows

"""The portfolio as a declared list: columns, filters, export."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tospann.portfolio.queries import NEEDS_ACTION, ON_TRACK, WATCH
from tospann.projects.models import ProjectState
from tospann.ui import formats
from tospann.ui.jinja import language
from tospann.ui.register import Column, Empty, Filter, Register, flag, search

HEALTH = {
    ON_TRACK: (_("On track"), "success"),
    WATCH: (_("Watch"), "warning"),
    NEEDS_ACTION: (_("Needs action"), "danger"),
}
STATES = {
    "founding": (_("Being founded"), "info"),
    "active": (_("Active"), "success"),
    "closed": (_("Closed"), "neutral"),
}


def _ready(row: dict[str, Any]) -> str | None:
    """“3 av 7” of the next gate's checklist."""
    if not row["total"]:
        return None
    settled = row["total"] - row["left"]
    return _now("%(settled)s of %(total)s") % {"settled": settled, "total": row["total"]}


def _gate(row: dict[str, Any]) -> str | None:
    """“G3 · 01.01.2027”."""
    if not row["gate"] or not row["gate_on"]:
        return row["gate"] or None
    return f"{row['gate']} · {formats.short_date(row['gate_on'], language())}"


def _finish(row: dict[str, Any]) -> str:
    """When the plan ends, and by how much that is past the end date; else the end date."""
    day = formats.short_date(row["planned"] or row["finish"], language())
    over = (row["planned"] - row["finish"]).days if row["planned"] else 0
    return _now("%(day)s (+%(n)s d)") % {"day": day, "n": over} if over > 0 else day


def _healthy(rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    return rows.filter(health=int(value)) if value.isdecimal() and len(value) == 1 else rows


def _waiting(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return rows.filter(waiting__gt=0)


def _open_only(rows: QuerySet[Any, Any], value: str) -> QuerySet[Any, Any]:
    if value == "open":
        return rows.exclude(state=ProjectState.CLOSED)
    return rows.filter(state=value) if value in STATES else rows


PORTFOLIO = Register(
    key="portfolio",
    title=_("Portfolio"),
    lead=_("The projects you may see: what needs action first"),
    columns=(
        Column("name", _("Project"), "link"),
        Column("key", _("Key"), "key", default=False),
        Column("health", _("State"), "state", states=HEALTH),  # type: ignore[arg-type]  # by number
        Column("phase", _("Phase")),
        Column("gate", _("Next gate"), value=_gate, sort="gate_on"),
        Column("gate_on", _("Gate date"), "date", default=False),
        Column("ready", _("Checklist"), value=_ready, sort="left"),
        Column("waiting", _("To decide"), "number"),
        Column("planned", _("Finish"), value=_finish, sort="planned"),
        Column("finish", _("End date"), "date", default=False),
        Column("progress", _("Progress"), "percent", default=False),
        Column("manager", _("Project manager"), "person"),
        Column("late", _("Milestones late"), "number", default=False),
        Column("state", _("Project state"), "state", states=STATES, default=False),
    ),
    filters=(
        search(_("Search"), "name", "key"),
        Filter(
            "health",
            _("State"),
            _healthy,
            [(str(value), label) for value, (label, _tone) in reversed(HEALTH.items())],
        ),
        Filter(
            "stage",
            _("Project state"),
            _open_only,
            [("open", _("Not closed")), *((key, label) for key, (label, _t) in STATES.items())],
            default="open",
        ),
        flag("waiting", _("Waits for a decision"), _waiting),
    ),
    order=("-health", "-waiting", "gate_on", "name"),
    row_link=lambda row: reverse("overview", args=[row["key"]]),
    also=("key", "gate", "gate_on", "total", "left", "planned", "finish"),
    empty=Empty(
        _("You see no projects yet"),
        _("Projects come here when you have a role in them."),
        icon="portfolio",
    ),
)

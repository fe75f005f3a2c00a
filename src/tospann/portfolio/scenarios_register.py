"""The list of scenarios, declared: what waits first."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.portfolio.models import ScenarioState
from tospann.ui.register import Column, Empty, Register, choice, search

STATES = {
    "open": (ScenarioState.OPEN.label, "warning"),
    "approved": (ScenarioState.APPROVED.label, "success"),
    "rejected": (ScenarioState.REJECTED.label, "neutral"),
    "withdrawn": (ScenarioState.WITHDRAWN.label, "neutral"),
}
SCENARIOS = Register(
    key="scenarios",
    title=_("Proposals to the portfolio"),
    lead=_("Projects that begin later or stop. The portfolio leader decides once for all of them."),
    columns=(
        Column("number", _("Number"), "key", value=lambda row: f"S-{row['number']}"),
        Column("title", _("Proposal"), "link"),
        Column("state", _("State"), "state", states=STATES),
        Column("proposed_by", _("Proposed by"), "person", field="proposed_by__name"),
        Column("reason", _("Reason"), default=False, sort=""),
    ),
    filters=(
        search(_("Search"), "title", "recommendation"),
        choice("state", _("State"), ScenarioState.choices),
    ),
    order=("-number",),
    row_link=lambda row: reverse("scenario", args=[row["number"]]),
    also=("number",),
    live="portfolio",
    empty=Empty(
        _("No proposals yet."),
        _("Try projects later or stopped in What if, and propose what is best."),
        icon="portfolio",
    ),
)

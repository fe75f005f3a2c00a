"""The list of ideas, declared: the best score first."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.portfolio.models import IdeaState
from tospann.ui.register import Column, Empty, Register, choice, search

STATES = {
    "new": (IdeaState.NEW.label, "info"),
    "review": (IdeaState.REVIEW.label, "warning"),
    "accepted": (IdeaState.ACCEPTED.label, "success"),
    "rejected": (IdeaState.REJECTED.label, "neutral"),
    "project": (IdeaState.PROJECT.label, "success"),
}
IDEAS = Register(
    key="ideas",
    title=_("Ideas"),
    lead=_("What people ask for, the best score first. The portfolio leader answers each of them."),
    columns=(
        Column("number", _("Number"), "key", value=lambda row: f"I-{row['number']}"),
        Column("title", _("Idea"), "link"),
        Column("score", _("Score"), "number"),
        Column("state", _("State"), "state", states=STATES),
        Column("asked_by", _("Who asks"), value=lambda row: row["asked_by"]),
        Column("wished_end", _("Wished end"), "date"),
        Column("rough_cost", _("Rough cost"), "money"),
        Column("handed_in_by", _("Handed in by"), "person", field="handed_in_by__name"),
        Column("reason", _("Reason"), default=False, sort=""),
    ),
    filters=(
        search(_("Search"), "title", "solves", "asked_by"),
        choice("state", _("State"), IdeaState.choices),
    ),
    order=("-score", "number"),
    row_link=lambda row: reverse("idea", args=[row["number"]]),
    also=("number", "asked_by"),
    live="portfolio",
    empty=Empty(
        _("No ideas yet."),
        _("Hand in what should become a project: a title and what it is to solve are enough."),
        icon="portfolio",
    ),
)

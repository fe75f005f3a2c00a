"""The list of projects, declared."""

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Role
from tospann.projects.models import Gate, GateState, Membership, Phase, PhaseState, Project
from tospann.projects.models import ProjectState as State
from tospann.ui.register import Column, Empty, Register, choice, search

STATES = {
    "founding": (State.FOUNDING.label, "warning"),
    "active": (State.ACTIVE.label, "info"),
    "closed": (State.CLOSED.label, "neutral"),
}


def rows(projects: QuerySet[Project]) -> QuerySet[Project]:
    """With the phase under way, the manager and the next gate, all in the one query."""
    here = {"project": OuterRef("pk")}
    phase = Phase.objects.filter(**here, state=PhaseState.CURRENT).order_by("-position")
    manager = Membership.objects.filter(**here, role=Role.MANAGER).order_by("id")
    gate = Gate.objects.filter(**here).exclude(state=GateState.PASSED).order_by("position")
    return projects.annotate(
        phase=Subquery(phase.values("name")[:1]),
        manager=Subquery(manager.values("person__name")[:1]),
        next_gate=Subquery(gate.values("name")[:1]),
        next_gate_on=Subquery(gate.values("due_on")[:1]),
    )


REGISTER = Register(
    key="projects",
    title=_("Projects"),
    lead=_("Where each project stands, who leads it and what is decided next"),
    columns=(
        Column("key", _("Key"), "key"),
        Column("name", _("Project"), "link"),
        Column("phase", _("Phase")),
        Column("state", _("State"), "state", states=STATES),
        Column("manager", _("Project manager"), "person"),
        Column("next_gate", _("Next gate")),
        Column("next_gate_on", _("Gate due"), "date", default=False),
        Column("finish", _("End date"), "date"),
        Column("start", _("Start date"), "date", default=False),
    ),
    empty=Empty(_("You take part in no project yet."), icon="projects"),
    filters=(
        search(_("Search"), "name", "key"),
        choice("state", _("State"), State.choices),
    ),
    order=(F("finish").asc(), "name"),  # type: ignore[arg-type]  # expressions order as names do
    row_link=lambda row: reverse("overview", args=[row["key"]]),
    also=("key",),
)

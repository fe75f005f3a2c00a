"""The lists of benefits, of what is measured, and of changes in the line, declared."""

from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.benefits import queries
from tospann.benefits.models import (
    BenefitKind,
    BenefitState,
    ChangeState,
    Importance,
    Moment,
    Use,
)
from tospann.foundation.authority import Actor
from tospann.projects.models import Project
from tospann.projects.queries import team
from tospann.ui.register import Column, Empty, Register, Row, Rows, choice, flag, search

STATES = {
    "planned": (BenefitState.PLANNED.label, "neutral"),
    "realising": (BenefitState.REALISING.label, "info"),
    "realised": (BenefitState.REALISED.label, "success"),
    "given_up": (BenefitState.GIVEN_UP.label, "warning"),
}
CHANGE_STATES = {
    "planned": (ChangeState.PLANNED.label, "neutral"),
    "under_way": (ChangeState.UNDER_WAY.label, "info"),
    "done": (ChangeState.DONE.label, "success"),
}
KINDS = {value: (label, "neutral") for value, label in BenefitKind.choices}
MOMENTS = {value: (label, "neutral") for value, label in Moment.choices}
_USES, _IMPORTANCE = dict(Use.choices), dict(Importance.choices)
BENEFITS = Register(
    key="benefits",
    title=_("Benefits"),
    lead=_("What the project is worth, how it is seen, and who sees to it that it comes"),
    columns=(),
    empty=Empty(
        _("No benefits yet."),
        _("Start with the goal: what will be better, for whom, and how will you see it?"),
        icon="benefits",
    ),
    order=("kind", "number"),
    also=("number", "currency"),
    live="benefits",
)
MEASUREMENTS = Register(
    key="measurements",
    title=_("Measurements"),
    lead=_("When each indicator is measured, by whom, and what was found"),
    columns=(),
    empty=Empty(
        _("Nothing is to be measured yet."),
        _("Add an indicator to a benefit, with the days it is measured."),
        icon="chart",
    ),
    order=("due_on", "pk"),
    also=("value", "due_on", "indicator__benefit__number"),
    overdue=lambda row: row["value"] is None and row["due_on"] < timezone.localdate(),
    live="benefits",
)
CHANGES = Register(
    key="line_changes",
    title=_("Changes in the line"),
    lead=_("What has to become different before the benefits come"),
    columns=(),
    empty=Empty(
        _("No changes planned yet."),
        _("What will people do differently when the project has delivered?"),
        icon="layers",
    ),
    order=("due_on", "title", "pk"),
    also=("due_on", "state"),
    overdue=lambda row: (
        row["state"] != ChangeState.DONE
        and row["due_on"] is not None
        and row["due_on"] < timezone.localdate()
    ),
    live="benefits",
)


def benefits(project: Project) -> Register:
    columns = (
        Column("code", _("Code"), "key", sort="kind"),
        Column("title", _("Benefit"), "link"),
        Column("attained", _("Attained"), "percent", value=lambda row: row["attained"], sort=""),
        Column("value_per_year", _("Value a year"), "money", currency="currency"),
        Column("owner", _("Benefit owner"), "person", field="owner__name"),
        Column("next", _("Measured next"), "date", value=lambda row: row["next"], sort=""),
        Column("state", _("State"), "state", states=STATES),
        Column("kind", _("Kind of benefit"), "state", states=KINDS, default=False),
        Column("goal", _("Goal"), field="goal__description", default=False),
        Column("full_from", _("Full effect from"), "date", default=False),
        Column(
            "importance",
            _("Importance"),
            value=lambda row: _IMPORTANCE.get(row["importance"], ""),
            sort="importance",
            default=False,
        ),
        Column(
            "use",
            _("What it is used for"),
            value=lambda row: _USES.get(row["use"], ""),
            sort="use",
            default=False,
        ),
        Column("handed_over_at", _("Handed over to the line"), "date", default=False),
    )
    return replace(
        BENEFITS,
        columns=columns,
        also=(*BENEFITS.also, "importance", "use"),
        filters=(
            search(_("Search"), "title", "code", "description"),
            choice("kind", _("Kind of benefit"), BenefitKind.choices),
            choice("state", _("State"), BenefitState.choices),
            choice("owner", _("Benefit owner"), team(project), field="owner_id"),
        ),
        row_link=lambda row: reverse("benefit", args=[project.key, row["number"]]),
        complete=lambda rows: queries.add_standing(project, rows),
    )


def measurements(project: Project, actor: Actor) -> Register:
    def left(rows: Rows) -> Rows:
        return rows.filter(value__isnull=True)

    def due(rows: Rows) -> Rows:
        return left(rows).filter(due_on__lte=timezone.localdate())

    def mine(rows: Rows) -> Rows:
        return rows.filter(queries.whose(actor.person_id)) if actor.person_id else rows.none()

    columns = (
        Column("code", _("Benefit"), "key", field="indicator__benefit__code"),
        Column("indicator", _("Indicator"), "link", field="indicator__name"),
        Column("moment", _("When in the project"), "state", states=MOMENTS),
        Column("due_on", _("Due date"), "date"),
        Column("value", _("Result"), "number"),
        Column("unit", _("Unit"), field="indicator__unit"),
        Column("target", _("Target"), "number", field="indicator__target"),
        Column("measured_on", _("Measured"), "date"),
        Column("who", _("Who measures"), "person", value=_who, sort=""),
        Column("comment", _("Comment"), default=False, sort=""),
        Column("method", _("How it is measured"), field="indicator__method", default=False),
    )
    return replace(
        MEASUREMENTS,
        columns=columns,
        also=(
            *MEASUREMENTS.also,
            "indicator__responsible__name",
            "indicator__benefit__owner__name",
        ),
        filters=(
            search(_("Search"), "indicator__name", "indicator__benefit__title", "comment"),
            choice("moment", _("When in the project"), Moment.choices),
            flag("left", _("Not measured yet"), left),
            flag("due", _("Due now"), due),
            flag("mine", _("Mine"), mine),
        ),
        row_link=lambda row: reverse(
            "benefit", args=[project.key, row["indicator__benefit__number"]]
        ),
    )


def _who(row: Row) -> str:
    return row["indicator__responsible__name"] or row["indicator__benefit__owner__name"] or ""


def changes(project: Project) -> Register:
    columns = (
        Column("title", _("Change"), "link"),
        Column("leads_to", _("Leads to"), value=lambda row: row["leads_to"], sort=""),
        Column("product", _("Made possible by")),
        Column("responsible", _("Responsible"), "person", field="responsible__name"),
        Column("due_on", _("By when"), "date"),
        Column("state", _("State"), "state", states=CHANGE_STATES),
        Column("description", _("Description"), default=False, sort=""),
    )
    return replace(
        CHANGES,
        columns=columns,
        filters=(
            search(_("Search"), "title", "description", "product"),
            choice("state", _("State"), ChangeState.choices),
            choice("who", _("Responsible"), team(project), field="responsible_id"),
        ),
        row_link=lambda row: reverse("line_change", args=[project.key, row["pk"]]),
        complete=queries.add_effects,
    )

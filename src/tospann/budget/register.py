"""The list of budget lines, declared."""

from dataclasses import replace
from typing import Any

from django.db.models import DecimalField, F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.ui.register import Column, Empty, Register, choice, flag, search

LINES = Register(
    key="budget",
    title=_("Money"),
    lead=_("What the project may cost, what it has cost, and where it is heading"),
    columns=(),
    empty=Empty(
        _("No budget lines yet."),
        _("Begin with one line for each phase; they can be divided later."),
        icon="money",
    ),
    order=("code", "number"),
    also=("number", "starts_on", "ends_on", "activity_uid"),
    live="budget",
)


def rows(found: QuerySet[Any]) -> QuerySet[Any]:
    """Lines with what the list works out of them."""
    money: DecimalField[Any, Any] = DecimalField(max_digits=16, decimal_places=2)
    expected = Coalesce(F("forecast"), F("amount"), output_field=money)
    listed: QuerySet[Any] = found.annotate(
        expected_cost=expected,
        over=expected - F("amount"),
        change=F("amount") - F("approved"),
    )
    return listed


def of(project: Project) -> Register:
    """The list with this project's phases and addresses."""
    columns = (
        Column("code", _("Code"), "key"),
        Column("name", _("Line"), "link"),
        Column("phase", _("Phase"), field="phase__name", sort="phase__position"),
        Column("approved", _("Approved"), "money", default=False),
        Column("amount", _("Budget"), "money"),
        Column("change", _("Change since approval"), "money", default=False),
        Column("spent", _("Incurred"), "money"),
        Column("expected_cost", _("Forecast"), "money"),
        Column("over", _("Over or under"), "money"),
        Column("starts_on", _("From"), "date", default=False),
        Column("ends_on", _("To"), "date", default=False),
        Column("short", _("No."), "key", value=_number(project), sort="number", default=False),
    )
    phases = lambda: [(str(one.pk), one.name) for one in projects.phases(project)]  # noqa: E731
    filters = (
        search(_("Search"), "code", "name"),
        choice("phase", _("Phase"), phases, field="phase_id"),
        flag("over", _("Above the budget"), lambda found: found.filter(over__gt=0)),
    )
    link = lambda row: f"/p/{project.key}/money/{row['number']}"  # noqa: E731
    return replace(LINES, columns=columns, filters=filters, row_link=link)


def _number(project: Project) -> Any:
    return lambda row: f"{project.key}-B{row['number']}"

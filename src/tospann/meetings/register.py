"""The lists of a project's meetings, declared: those ahead, and those behind."""

from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.meetings import queries
from tospann.meetings.models import MeetingState
from tospann.projects.models import Project
from tospann.ui.formats import date_and_time, weekday_name
from tospann.ui.jinja import language
from tospann.ui.register import Column, Empty, Register, Row, choice, search

STATES = {
    "planned": (MeetingState.PLANNED.label, "info"),
    "under_way": (MeetingState.UNDER_WAY.label, "warning"),
    "held": (MeetingState.HELD.label, "warning"),
    "published": (MeetingState.PUBLISHED.label, "success"),
    "locked": (MeetingState.LOCKED.label, "neutral"),
    "cancelled": (MeetingState.CANCELLED.label, "neutral"),
}
UPCOMING = Register(
    key="meetings",
    title=_("Meetings"),
    lead=_("Called, held and written down"),
    columns=(),
    empty=Empty(
        _("No meetings ahead."),
        _("Plan one: from a series nearly everything is filled in already."),
        icon="meeting",
    ),
    order=("starts_at", "number"),
    also=("number", "title", "starts_at", "called", "coming"),
)
HELD = replace(
    UPCOMING,
    key="held_meetings",
    empty=Empty(
        _("No meetings held yet."),
        _("Minutes stay here, numbered and never changed, when they are published."),
        icon="meeting",
    ),
    order=("-starts_at", "-number"),
)


def of_project(register: Register, project: Project) -> Register:
    """The register with this project's addresses and series."""
    columns = (
        Column("number", _("No."), "key", value=lambda row: f"{project.key}-{row['number']}"),
        Column("title", _("Meeting"), "link"),
        Column("starts_at", _("When"), value=_when, sort="starts_at"),
        Column("series", _("Series"), field="series__name"),
        Column("place", _("Place")),
        Column("coming", _("Coming"), value=_coming),
        Column("state", _("State"), "state", states=STATES),
        Column("minutes_by", _("Minutes by"), "person", field="minutes_by__name", default=False),
    )
    names = [(str(one.pk), one.name) for one in queries.series(project)]
    filters = [search(_("Search"), "title", "place", "purpose")]
    if names:
        filters.append(choice("series", _("Series"), names, field="series_id"))
    return replace(
        register,
        columns=columns,
        filters=filters,
        row_link=lambda row: reverse("meeting", args=[project.key, row["number"]]),
    )


def _when(row: Row) -> str:
    starts = timezone.localtime(row["starts_at"])
    return f"{weekday_name(starts.date(), language())} {date_and_time(starts, language())}"


def _coming(row: Row) -> str:
    return f"{row['coming']} / {row['called']}" if row["called"] else ""

"""A person's week, its sheet on each project, and the hours as rows to be added up.

The sheet is what was written and decided; ``Hours`` is a projection of it, replaced in bulk.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import OrganisationWide, Person
from tospann.projects.models import Project


class State(models.TextChoices):
    OPEN = "open", _("Not sent")
    SUBMITTED = "submitted", _("Sent for approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")


LOCKED: frozenset[str] = frozenset({State.SUBMITTED, State.APPROVED})
"""What its writer can no longer change."""


class Week(OrganisationWide):
    """One person's ISO week, across projects; named by its Monday."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    monday = models.DateField(_("week"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2, default=Decimal(0))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "monday"], name="one_week_of_person")
        ]

    def __str__(self) -> str:
        return week_name(self.monday)


class Sheet(Record):
    """What a person has worked on one project in one week.

    A line is ``{"uid": activity or null, "kind": type of work or "", "comment": text, "hours":
    [Monday … Sunday, as text]}``.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    week = models.ForeignKey(Week, models.PROTECT, related_name="sheets")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    monday = models.DateField(_("week"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    lines = models.JSONField(_("lines"), default=list)
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2, default=Decimal(0))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    decided_at = models.DateTimeField(_("approved or returned"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.CharField(_("why returned"), max_length=500, blank=True)
    costed = models.PositiveSmallIntegerField(_("times costs were recorded"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "monday", "project"], name="one_sheet")
        ]
        indexes: ClassVar = [
            models.Index(fields=["project", "state", "monday"], name="sheet_of_project"),
            models.Index(
                fields=["project", "monday", "id", "state", "person"], name="sheet_by_week"
            ),
        ]

    def __str__(self) -> str:
        return week_name(self.monday)

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/team/hours/{self.pk}"


class Hours(models.Model):
    """Hours of one day on one task or type of work. Computed from a sheet, replaced whole."""

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    uid = models.PositiveBigIntegerField(null=True)
    kind = models.CharField(max_length=60, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    comment = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["project", "uid"], name="hours_of_task")]

    def __str__(self) -> str:
        return f"{self.day} {self.hours}"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_name(monday: date) -> str:
    """2026-W48, as the address of a week says it."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


class StagedHours(models.Model):
    """A file of hours that was read and waits to be recorded. Working state."""

    id = models.UUIDField(primary_key=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    content_hash = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    """The cells as they were read."""
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.file_name

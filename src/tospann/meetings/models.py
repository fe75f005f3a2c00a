"""The meeting series of a project."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.projects.models import Project


class Cadence(models.TextChoices):
    WEEKLY = "weekly", _("Weekly")
    BIWEEKLY = "biweekly", _("Every second week")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    PER_PHASE = "per_phase", _("Once per phase")
    ONCE = "once", _("Once")


class Series(Record):
    """Meetings of one kind: how often, how long, who takes part, with which agenda."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="meeting_series")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    cadence = models.CharField(max_length=10, choices=Cadence.choices)
    duration_minutes = models.PositiveSmallIntegerField()
    participants = models.JSONField(default=list)
    agenda = models.JSONField(default=list)
    phases = models.JSONField(default=list)
    minutes_template = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="one_series")]

    def __str__(self) -> str:
        return self.name

"""Document templates of a project: what is filled in, by whom, and when it is due."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.projects.models import Project


class BlankKind(models.TextChoices):
    BASELINE = "baseline", _("Baseline document")
    RECORD = "record", _("Register document")
    REPORT = "report", _("Report")


class Blank(Record):
    """A document template as the project has it. Its ``definition`` is in both languages."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="blanks")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=BlankKind.choices)
    gate = models.CharField(max_length=20, blank=True)
    prepared_by = models.CharField(max_length=200, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    definition = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="one_blank")]

    def __str__(self) -> str:
        return self.name

"""The folders a project's documents lie in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.projects.models import Phase, Project


class Classification(models.TextChoices):
    OPEN = "open", _("Open")
    INTERNAL = "internal", _("Internal")
    CONFIDENTIAL = "confidential", _("Confidential")
    STRICTLY_CONFIDENTIAL = "strictly_confidential", _("Strictly confidential")


class Folder(Record):
    """A folder; its number (such as 03.1) says where it stands."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="folders")
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="folders")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="inside")
    classification = models.CharField(
        max_length=30, choices=Classification.choices, default=Classification.INTERNAL
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="one_folder")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

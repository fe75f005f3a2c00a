"""The archive packages that were made of a project."""

from django.db import models
from django.utils import timezone

from tospann.people.models import Person
from tospann.projects.models import Project


class Package(models.Model):
    """One package, as a zip file among the kept bytes. Made from what is recorded, so it may be
    made again; it has no command."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="archive_packages")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    documents = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    remarks = models.JSONField(default=list)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.project.key} {self.made_at:%Y-%m-%d}"

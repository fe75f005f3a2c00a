"""The folders a project's documents lie in, and files attached to other records."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import Person
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


class Attachment(Record):
    """A file kept with the record it was born in. Its bytes lie under DATA_DIR (see ``files``)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="attachments")
    born_in = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["born_in"], name="attachment_born_in"),
            models.Index(fields=["sha256"], name="attachment_sha256"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return self.media_type.startswith("image/")

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/files/{self.pk}"

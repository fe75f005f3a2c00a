"""The seals that were given: what a code on paper stands for."""

from django.db import models


class Seal(models.Model):
    """One file that left the portal sealed. Written beside the file, never changed."""

    code = models.CharField(max_length=12, unique=True)
    key = models.CharField(max_length=16)
    fingerprint = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    subject = models.CharField(max_length=120)
    project_id = models.UUIDField(null=True, blank=True, db_index=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

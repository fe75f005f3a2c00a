"""The organisation's own template packs."""

from django.db import models

from tospann.people.models import OrganisationWide


class OrganisationPack(OrganisationWide):
    """A pack the organisation has copied and may edit; every edit makes a new version."""

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    pack_version = models.PositiveIntegerField(default=1)
    definition = models.JSONField(default=dict)
    based_on = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

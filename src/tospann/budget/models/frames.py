"""Who pays, and what can be left out if the cost frame is threatened."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.projects.models import Project


class Funding(Record):
    """Somebody who pays for a part of the project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    name = models.CharField(_("who pays"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    received = models.DecimalField(
        _("received"), max_digits=16, decimal_places=2, default=Decimal(0)
    )
    is_agreed = models.BooleanField(_("agreed"), default=False)
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name


class CutState(models.TextChoices):
    """Whether a prepared cut can still be made."""

    POSSIBLE = "possible", _("Can be cut")
    MADE = "made", _("Is cut")
    PASSED = "passed", _("Too late to cut")


class CutItem(Record):
    """A prepared reduction: what goes, what it saves, and when it must be decided at the latest."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    name = models.CharField(_("what can be cut"), max_length=200)
    amount = models.DecimalField(_("saves"), max_digits=16, decimal_places=2)
    decide_by = models.DateField(_("decide by"), null=True, blank=True)
    consequence = models.CharField(_("what is lost"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CutState.choices, default=CutState.POSSIBLE
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["decide_by", "created_at", "id"]

    def __str__(self) -> str:
        return self.name

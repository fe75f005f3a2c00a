"""What may happen to the plan, in numbers: drawn in every simulation of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.projects.models import Project


class UncertainEvent(Record):
    """Something that happens with a probability, and then delays a task, costs money, or both.

    ``delay`` is working days and ``cost`` money, each as at least, most likely and at most; empty
    when it does neither. Below zero it is an opportunity.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="uncertain_events")
    name = models.CharField(_("name"), max_length=200)
    probability = models.PositiveSmallIntegerField(
        _("probability"), validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    activity_uid = models.PositiveBigIntegerField(_("plan task"), null=True, blank=True)
    delay = models.JSONField(_("delay"), default=list)
    cost = models.JSONField(_("cost"), default=list)
    risk_number = models.PositiveIntegerField(_("risk"), null=True, blank=True)

    class Meta:
        ordering = ["-probability", "name", "id"]
        indexes = [models.Index(fields=["project", "name"], name="uncertain_event_of_project")]

    def __str__(self) -> str:
        return self.name

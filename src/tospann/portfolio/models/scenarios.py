"""Proposals to the portfolio: projects that begin later or stop, decided once for all of them."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.people.models import OrganisationWide, Person
from tospann.projects.models import Project


class ScenarioState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a scenario", "To be decided")
    APPROVED = "approved", pgettext_lazy("state of a scenario", "Approved")
    REJECTED = "rejected", pgettext_lazy("state of a scenario", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a scenario", "Withdrawn")


class Scenario(OrganisationWide):
    """What is proposed for several projects, with what it does to each, and what was decided.

    ``choices`` is ``[{"project", "weeks"}]``, None being a stop. ``operations`` and ``effects`` are
    computed from them on the plans whose state ``inputs_hash`` names; what was decided is what
    ``content_hash`` names.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    recommendation = models.TextField(_("recommendation"))
    state = models.CharField(
        _("state"), max_length=9, choices=ScenarioState.choices, default=ScenarioState.OPEN
    )
    choices = models.JSONField(_("what is tried"), default=list)
    operations = models.JSONField(default=list)
    effects = models.JSONField(default=list)
    people = models.JSONField(default=list)
    inputs_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)
    computed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    operations_hash = models.CharField(max_length=64, blank=True)

    # Follows from the choices and the plans.
    working_state = frozenset({"operations", "effects", "people", "computed_at", "inputs_hash"})

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["state", "number"], name="scenario_state")]

    def __str__(self) -> str:
        return f"{self.short_id} {self.title}"

    @property
    def short_id(self) -> str:
        """What people call it: S-3."""
        return f"S-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == ScenarioState.OPEN

    @property
    def plain(self) -> dict[str, Any]:
        """What a decision names by its hash."""
        return {"choices": self.choices, "operations": self.operations, "effects": self.effects}


class ScenarioProject(models.Model):
    """A project a scenario is about."""

    id = models.BigAutoField(primary_key=True)
    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="touched")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scenario", "project"], name="once_in_a_scenario")
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} {self.project_id}"

"""Conflicts between projects about a person, and the ways out of them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.people.models import OrganisationWide, Person
from tospann.projects.models import Project


class ConflictState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a conflict", "To be decided")
    DECIDED = "decided", pgettext_lazy("state of a conflict", "Decided")
    GONE = "gone", pgettext_lazy("state of a conflict", "Solved by itself")


class Conflict(OrganisationWide):
    """Somebody whom several projects together want for more than there is, and what was decided.

    It belongs to no project but to those it lies between (``Involved``), so the organisation's
    portfolio leader decides it. ``weeks`` is what was found: for each week what there is and what
    every project wants. What was decided, and what it rested on, is kept with it.
    """

    number = models.PositiveIntegerField(unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=ConflictState.choices, default=ConflictState.OPEN
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    weeks = models.JSONField(default=list)
    hours_over = models.DecimalField(max_digits=8, decimal_places=1, default=Decimal(0))
    found_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True)
    chosen = models.CharField(max_length=200, blank=True)
    chosen_key = models.CharField(max_length=1, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    operations_hash = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField(default=dict)

    # Found anew whenever a plan changes; what was decided upon is kept in ``evidence``.
    working_state = frozenset({"weeks", "hours_over", "starts_on", "ends_on", "computed_at"})

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["state", "starts_on"], name="conflict_state")]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_on} – {self.ends_on}"

    @property
    def short_id(self) -> str:
        """What people call it: K-3."""
        return f"K-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == ConflictState.OPEN

    def need_by(self) -> date:
        """It is decided before the work it is about begins."""
        return self.starts_on


class Involved(models.Model):
    """A project a conflict lies between, and how much of the person it wants. Computed."""

    id = models.BigAutoField(primary_key=True)
    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="involved")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    hours = models.DecimalField(max_digits=8, decimal_places=1, default=Decimal(0))
    tasks = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conflict", "project"], name="one_side_of_a_conflict")
        ]

    def __str__(self) -> str:
        return f"{self.conflict_id} {self.project_id}"


class WayKind(models.TextChoices):
    LEVELLING = "levelling", _("Level between the projects")
    PERSON = "person", _("Another person")
    LATER = "later", _("A later start")


class WayOut(models.Model):
    """One way out of a conflict: commands in every project it changes, and what they cost there.

    Computed, and replaced whenever what it comes from has changed: ``inputs_hash`` says what that
    was. ``effects`` is one entry for every project of the conflict, also those it leaves alone.
    """

    id = models.BigAutoField(primary_key=True)
    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="ways")
    key = models.CharField(max_length=1)
    kind = models.CharField(max_length=10, choices=WayKind.choices)
    words = models.JSONField(default=dict)
    operations = models.JSONField(default=list)
    effects = models.JSONField(default=list)
    cost = models.DecimalField(max_digits=16, decimal_places=2, default=Decimal(0))
    hours_left = models.DecimalField(max_digits=8, decimal_places=1, default=Decimal(0))
    inputs_hash = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["conflict", "key"], name="one_way_out_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.kind}"

    @property
    def plain(self) -> dict[str, Any]:
        """What a decision keeps of it."""
        return {
            "key": self.key,
            "kind": self.kind,
            "effects": self.effects,
            "cost": str(self.cost),
            "hours_left": str(self.hours_left),
            "inputs_hash": self.inputs_hash,
        }

"""Ideas handed in, and what they are scored on."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.people.models import OrganisationWide, Person
from tospann.projects.models import Project


class IdeaState(models.TextChoices):
    NEW = "new", pgettext_lazy("state of an idea", "New")
    REVIEW = "review", pgettext_lazy("state of an idea", "Under review")
    ACCEPTED = "accepted", pgettext_lazy("state of an idea", "Accepted")
    REJECTED = "rejected", pgettext_lazy("state of an idea", "Rejected")
    PROJECT = "project", pgettext_lazy("state of an idea", "Became a project")


class IdeaScale(OrganisationWide):
    """What ideas are scored on: ``[{"key", "name", "weight"}]``. The organisation has one.

    Until somebody has said otherwise there is none, and the criteria are those of ``ideas.scale``.
    """

    criteria = models.JSONField(_("criteria"), default=list)

    def __str__(self) -> str:
        return ", ".join(str(one["name"]) for one in self.criteria)


class Idea(OrganisationWide):
    """Something somebody asks for that may become a project.

    ``scores`` is what it was given from 1 to 5 on each criterion, by the criterion's key;
    ``score`` is their weighted mean, computed anew when the weights change.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    solves = models.TextField(_("what it is to solve"))
    asked_by = models.CharField(_("who asks"), max_length=200, blank=True)
    wished_end = models.DateField(_("wished end"), null=True, blank=True)
    rough_cost = models.DecimalField(
        _("rough cost"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    state = models.CharField(
        _("state"), max_length=8, choices=IdeaState.choices, default=IdeaState.NEW
    )
    scores = models.JSONField(_("scores"), default=dict)
    score = models.DecimalField(_("score"), max_digits=4, decimal_places=2, default=Decimal(0))
    reason = models.TextField(_("reason"), blank=True)
    handed_in_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("handed in by")
    )
    handed_in_at = models.DateTimeField(_("handed in"), default=timezone.now)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, related_name="+", verbose_name=_("project")
    )

    # Follows from the scores and the weights.
    working_state = frozenset({"score"})

    class Meta:
        ordering = ["-score", "number"]
        indexes = [models.Index(fields=["state", "score"], name="idea_state_score")]

    def __str__(self) -> str:
        return f"{self.short_id} {self.title}"

    @property
    def short_id(self) -> str:
        """What people call it: I-3."""
        return f"I-{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state in (IdeaState.NEW, IdeaState.REVIEW)

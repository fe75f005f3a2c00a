"""Reviews: a product is checked against what is required of it, and the result approved."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.quality.models.wanted import Deliverable


class ReviewState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a review", "Planned")
    PERFORMED = "performed", pgettext_lazy("state of a review", "Carried out, to be approved")
    APPROVED = "approved", pgettext_lazy("state of a review", "Approved")


class ReviewResult(models.TextChoices):
    NONE = "none", pgettext_lazy("result of a review", "Not carried out")
    PASSED = "passed", pgettext_lazy("result of a review", "Meets what is required")
    REMARKS = "remarks", pgettext_lazy("result of a review", "Meets it, with remarks")
    FAILED = "failed", pgettext_lazy("result of a review", "Does not meet it")


class Review(Record):
    """A planned check of a product: by what method, by whom, with what result."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="quality_reviews")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("what is reviewed"), max_length=200)
    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    method = models.CharField(_("method"), max_length=200, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("responsible")
    )
    due_on = models.DateField(_("planned for"), null=True, blank=True)
    performed_on = models.DateField(_("carried out"), null=True, blank=True)
    outside = models.CharField(_("reviewers from outside"), max_length=200, blank=True)
    result = models.CharField(
        _("result"), max_length=10, choices=ReviewResult.choices, default=ReviewResult.NONE
    )
    findings = models.TextField(_("findings"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState.choices, default=ReviewState.PLANNED
    )
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_review_number")
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="review_of_project"),
            models.Index(fields=["owner", "state", "due_on"], name="review_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state != ReviewState.APPROVED

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/quality/reviews/{self.number}"


class Reviewer(Record):
    """Somebody who takes part in a review."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("reviewer"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="one_reviewer")]

    def __str__(self) -> str:
        return str(self.person)

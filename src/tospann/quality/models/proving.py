"""What proves which requirement: the coverage matrix, one row a cell."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.projects.models import Project
from tospann.quality.models.reviewing import Review
from tospann.quality.models.testing import TestCase
from tospann.quality.models.wanted import Deliverable, Requirement


class ProofKind(models.TextChoices):
    TEST = "test", _("Test")
    REVIEW = "review", _("Review")
    DELIVERABLE = "deliverable", _("Deliverable")


class Proof(Record):
    """That a test case, a review or a deliverable is to prove a requirement (exactly one)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="proofs")
    test_case = models.ForeignKey(
        TestCase, models.PROTECT, null=True, blank=True, related_name="proofs"
    )
    review = models.ForeignKey(Review, models.PROTECT, null=True, blank=True, related_name="proofs")
    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, null=True, blank=True, related_name="proofs"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement", "test_case"], name="one_proof_by_test"),
            models.UniqueConstraint(fields=["requirement", "review"], name="one_proof_by_review"),
            models.UniqueConstraint(
                fields=["requirement", "deliverable"], name="one_proof_by_deliverable"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(test_case__isnull=False, review=None, deliverable=None)
                    | models.Q(test_case=None, review__isnull=False, deliverable=None)
                    | models.Q(test_case=None, review=None, deliverable__isnull=False)
                ),
                name="one_thing_proves",
            ),
        ]
        indexes = [models.Index(fields=["project"], name="proof_of_project")]

    def __str__(self) -> str:
        return f"{self.requirement} ← {self.test_case or self.review or self.deliverable}"

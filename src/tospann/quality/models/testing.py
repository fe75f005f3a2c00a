"""Rounds of tests: what is tried, by whom, and what came of it each time."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.quality.models.failing import Grade
from tospann.quality.models.wanted import Deliverable


class RoundState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a test round", "Planned")
    RUNNING = "running", pgettext_lazy("state of a test round", "Under way")
    ENDED = "ended", pgettext_lazy("state of a test round", "Ended")


class Outcome(models.TextChoices):
    NONE = "none", pgettext_lazy("outcome of a test", "Not tested")
    PASSED = "passed", pgettext_lazy("outcome of a test", "Passed")
    FAILED = "failed", pgettext_lazy("outcome of a test", "Failed")
    BLOCKED = "blocked", pgettext_lazy("outcome of a test", "Blocked")


class TestRound(Record):
    """Tests that are carried out together, of a deliverable or across several."""

    __test__ = False

    project = models.ForeignKey(Project, models.PROTECT, related_name="test_rounds")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True)
    deliverable = models.ForeignKey(
        Deliverable, models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("responsible")
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    due_on = models.DateField(_("ends"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RoundState.choices, default=RoundState.PLANNED
    )
    conclusion = models.TextField(_("conclusion"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_round_number")
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="round_of_project"),
            models.Index(fields=["owner", "state", "due_on"], name="round_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state != RoundState.ENDED

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/quality/rounds/{self.number}"


class TestCase(Record):
    """One thing that is tried, with what should happen; holds the last outcome."""

    __test__ = False

    project = models.ForeignKey(Project, models.PROTECT, related_name="test_cases")
    round = models.ForeignKey(TestRound, models.PROTECT, related_name="cases")
    position = models.PositiveIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    steps = models.TextField(_("steps"), blank=True)
    expected = models.TextField(_("what should happen"), blank=True)
    tester = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("tester")
    )
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.NONE
    )
    grade = models.CharField(_("fault"), max_length=1, choices=Grade.choices, blank=True)
    tried = models.PositiveIntegerField(_("times tried"), default=0)
    tested_at = models.DateTimeField(_("tested"), null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="one_case_position")
        ]
        indexes = [
            models.Index(fields=["project", "outcome"], name="test_case_of_project"),
            models.Index(fields=["tester", "outcome"], name="test_case_of_tester"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Needs the round and its project."""
        return f"{self.round.get_absolute_url()}/cases/{self.pk}"


class TestResult(Record):
    """What came of trying it once; never changed. ``retest_of`` is the result before it."""

    __test__ = False

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.ForeignKey(TestCase, models.PROTECT, related_name="results")
    tester = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("tester")
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    grade = models.CharField(_("fault"), max_length=1, choices=Grade.choices, blank=True)
    note = models.TextField(_("what happened"), blank=True)
    retest_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="retests"
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["case", "-at"], name="result_of_case")]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_outcome_display()}"

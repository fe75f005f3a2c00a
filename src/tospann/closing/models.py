"""What is written down when a project closes: readiness, evaluation, surveys, forecasts."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.cases.models import Case
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project, SuccessCriterion


class Closing(Record):
    """The closing of a project, from the day it is begun. The project itself says if it is closed.

    ``picture`` is what the decision rested on, as it was then: what was left, and how it went.
    """

    project = models.OneToOneField(Project, models.PROTECT, related_name="closing")
    summary = models.TextField(_("how it went"), blank=True)
    handed_over_to = models.CharField(_("handed over to"), max_length=200, blank=True)
    begun_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    picture = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(_("Closing of %(project)s") % {"project": self.project.name})

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/close"


class CarriedOn(Record):
    """An open case that somebody takes care of after the project is closed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.CASCADE, related_name="carried_on")
    to = models.CharField(_("carried on by"), max_length=200)
    why = models.TextField(_("reason"))

    class Meta:
        ordering = ["case__number"]
        verbose_name_plural = "carried on"

    def __str__(self) -> str:
        return f"{self.case}: {self.to}"


class Evaluation(Record):
    """Why a success criterion counts as met, or not met."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    criterion = models.OneToOneField(
        SuccessCriterion, models.CASCADE, related_name="evaluation", verbose_name=_("criterion")
    )
    reason = models.TextField(_("reason"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    evaluated_at = models.DateTimeField(_("evaluated"), default=timezone.now)

    def __str__(self) -> str:
        return self.reason[:80]


class Audience(models.TextChoices):
    TEAM = "team", _("The team")
    CUSTOMER = "customer", _("The customer")


class SurveyState(models.TextChoices):
    OPEN = "open", pgettext_lazy("survey", "Open")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")


class Survey(Record):
    """A few questions to the team, or to the customer in the room.

    ``questions``: ``{key, text}``, each answered from 1 (not at all) to 5 (fully).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="surveys")
    number = models.PositiveIntegerField(_("number"))
    audience = models.CharField(_("asked"), max_length=8, choices=Audience.choices)
    questions = models.JSONField(_("questions"), default=list)
    closes_on = models.DateField(_("answers by"))
    state = models.CharField(
        _("state"), max_length=6, choices=SurveyState.choices, default=SurveyState.OPEN
    )
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_survey_number")
        ]

    def __str__(self) -> str:
        return str(_("Survey: %(audience)s") % {"audience": self.get_audience_display()})

    @property
    def is_open(self) -> bool:
        return self.state == SurveyState.OPEN and timezone.localdate() <= self.closes_on


class Answered(models.Model):
    """That somebody has answered, so that nobody answers twice. Never what she said.

    A person, or the share by which a guest without an account came.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    share = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"],
                condition=models.Q(person__isnull=False),
                name="one_answer_of_person",
            ),
            models.UniqueConstraint(
                fields=["survey", "share"],
                condition=models.Q(share__isnull=False),
                name="one_answer_of_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}"


class Answer(models.Model):
    """What one said: numbers by question, and words. No person, no time; its id is random."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    scores = models.JSONField(default=dict)
    good = models.CharField(max_length=1000, blank=True)
    better = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Forecast(models.Model):
    """The days a milestone, or the whole plan, was 50 and 80 per cent certain by. Computed.

    Written once for each baseline, as the plan was then; what became of it stands in the plan.
    ``uid`` is 0 for the finish of the plan. Of a plan without anything uncertain only the planned
    day is kept.
    """

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    made_on = models.DateField()
    uid = models.PositiveBigIntegerField(default=0)
    name = models.CharField(max_length=200)
    begins_on = models.DateField()
    planned = models.DateField()
    p50 = models.DateField(null=True)
    p80 = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "revision", "uid"], name="one_forecast")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.planned}"

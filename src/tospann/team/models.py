"""Responsibilities, retrospectives and lessons, the pulse, letters and hand-over memos."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Phase, Project


class Responsibility(Record):
    """A row of the responsibility matrix: one answers for it, others do, are asked or are told.

    That exactly one answers for it is said by the column: it is never empty and holds one person.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="responsibilities")
    position = models.PositiveIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200)
    task_uid = models.PositiveBigIntegerField(_("task in the plan"), null=True, blank=True)
    accountable = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("accountable")
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "responsibilities"
        constraints = [
            models.UniqueConstraint(fields=["project", "task_uid"], name="one_row_of_a_task")
        ]
        indexes = [models.Index(fields=["accountable"], name="accountable_person")]

    def __str__(self) -> str:
        return self.title


class Letter(models.TextChoices):
    """What somebody is to a row beside the one who answers for it."""

    RESPONSIBLE = "R", _("Responsible (R)")
    CONSULTED = "C", _("Consulted (C)")
    INFORMED = "I", _("Informed (I)")


class Duty(Record):
    """Somebody who does the work of a row, is asked about it, or is told."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    responsibility = models.ForeignKey(Responsibility, models.PROTECT, related_name="duties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    letter = models.CharField(_("part"), max_length=1, choices=Letter.choices)

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["responsibility", "person", "letter"], name="one_duty_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.person}"


class ThoughtKind(models.TextChoices):
    KEEP = "keep", _("Keep doing")
    STOP = "stop", _("Stop doing")
    TRY = "try", _("Try")


class RetrospectiveState(models.TextChoices):
    OPEN = "open", _("Collecting thoughts")
    CLOSED = "closed", _("Closed")


class Retrospective(Record):
    """A look back at a phase. What was said lies in ``content`` from the day it is closed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="retrospectives")
    number = models.PositiveIntegerField(_("number"))
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, related_name="+", verbose_name=_("phase")
    )
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(
        _("state"),
        max_length=6,
        choices=RetrospectiveState.choices,
        default=RetrospectiveState.OPEN,
    )
    closes_on = models.DateField(_("thoughts by"), null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    content = models.JSONField(_("what was said"), default=list)
    """``{id, kind, text, by}``; ``by`` is empty for whoever chose not to be named."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_retrospective_number")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == RetrospectiveState.OPEN

    @property
    def ref(self) -> str:
        return f"team.retrospective:{self.pk}"

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/team/retrospectives/{self.number}"


class Thought(models.Model):
    """Something to keep, to stop or to try. Working state until the retrospective is closed.

    Without a person it is anonymous for good: nothing anywhere says whose it is, not even the
    order it came in (its id is random and it has no time).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    retrospective = models.ForeignKey(Retrospective, models.CASCADE, related_name="thoughts")
    kind = models.CharField(max_length=4, choices=ThoughtKind.choices)
    text = models.CharField(max_length=1000)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return self.text[:80]


class LessonPriority(models.TextChoices):
    LOW = "low", pgettext_lazy("priority of a lesson", "Low")
    MEDIUM = "medium", pgettext_lazy("priority of a lesson", "Medium")
    HIGH = "high", pgettext_lazy("priority of a lesson", "High")


class Lesson(Record):
    """Knowledge from the project that is of use to others: of everybody once it is published.

    ``stems`` are the word stems of a published lesson, by which it is found again. Computed.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="lessons")
    number = models.PositiveIntegerField(_("number"))
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, related_name="+", verbose_name=_("phase")
    )
    kind = models.CharField(
        _("kind"), max_length=4, choices=ThoughtKind.choices, default=ThoughtKind.KEEP
    )
    text = models.TextField(_("what was learned"))
    cause = models.TextField(_("cause"), blank=True)
    effect = models.TextField(_("effect"), blank=True)
    early_warning = models.TextField(_("early warning signs"), blank=True)
    was_risk = models.BooleanField(_("had been identified as a risk"), default=False)
    recommendation = models.TextField(_("recommendation"), blank=True)
    priority = models.CharField(
        _("priority"),
        max_length=6,
        choices=LessonPriority.choices,
        default=LessonPriority.MEDIUM,
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    stems = models.TextField(blank=True)
    born_in = models.CharField(max_length=100, blank=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    working_state = frozenset({"stems"})

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_lesson_number")
        ]
        indexes = [
            models.Index(fields=["born_in"], name="lesson_born_in"),
            models.Index(fields=["-published_at"], name="lesson_published"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class PulseVoter(models.Model):
    """That somebody has answered this week: so that nobody answers twice. Never what she said."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    week = models.DateField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "week", "person"], name="one_pulse_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.week}"


class PulseTally(models.Model):
    """How many gave that answer that week. No person, no time: only a number that grows."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    week = models.DateField()
    score = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)
    about = models.CharField(max_length=20, blank=True)
    """The code of the gate that was asked about (BP3)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "week", "about", "score"], name="one_pulse_score"
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=5), name="pulse_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week}: {self.score}"


class DeliveredLetter(Record):
    """What was delivered in a month, as the manager sent it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    message = models.TextField(_("message"), blank=True)
    content = models.JSONField(_("what was delivered"), default=list)
    recipients = models.JSONField(_("sent to"), default=list)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["project", "month"], name="delivered_of_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Memo(Record):
    """A hand-over memo: what somebody holds in the project, as it was when it was made."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="memos")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("hands over")
    )
    to = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("takes over")
    )
    note = models.TextField(_("in one's own words"), blank=True)
    content = models.JSONField(_("open items"), default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["project", "person"], name="memo_of_person")]

    def __str__(self) -> str:
        return str(_("Hand-over memo: %(name)s") % {"name": self.person})

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/team/memos/{self.pk}"

"""The inbox, how each person wants to be told, and mail that is on its way. All working state."""

import uuid
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import Sentence
from tospann.people.models import Person
from tospann.ui.formats import short_date


class Kind(models.TextChoices):
    """What somebody is told about. The first four are worth a mail at once."""

    DECISION = "decision", _("A decision waits for you")
    ASKED = "asked", _("You are asked something")
    MENTIONED = "mentioned", _("You are mentioned")
    DUE = "due", _("Something of yours is due today")
    ACTION = "action", _("You are given an action")
    OUTCOME = "outcome", _("Something you proposed is decided")
    DONE = "done", _("Something you asked for is done")
    ROLE = "role", _("You are given a role")
    REPORT = "report", _("A report is published")
    MEETING = "meeting", _("You are called to a meeting, or its minutes are out")
    NEWS = "news", _("Something else has happened in your projects")
    MONDAY = "monday", _("The Monday letter: your week as a mail")


class How(models.TextChoices):
    IMMEDIATE = "immediate", _("Mail at once")
    DAILY = "daily", _("In the daily summary")
    NONE = "none", _("Only in the inbox")


AT_ONCE = frozenset({Kind.DECISION, Kind.ASKED, Kind.MENTIONED, Kind.DUE, Kind.MONDAY})


def usual(kind: str) -> str:
    """How people are told when they have not said otherwise."""
    if kind == Kind.MEETING:
        return How.NONE  # meetings send mails of their own, with calendar parts and minutes
    return How.IMMEDIATE if kind in AT_ONCE else How.DAILY


class MailState(models.TextChoices):
    NONE = "", ""
    WAITS = "waits"
    SENT = "sent"


class Notification(models.Model):
    """One line in one person's inbox, at most one per cause."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.JSONField()
    link = models.CharField(max_length=500)
    project_id = models.UUIDField(null=True)
    project_key = models.CharField(max_length=10, blank=True)
    project_name = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=120)
    entry_id = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mail_state = models.CharField(max_length=5, choices=MailState.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["person", "-id"], name="inbox_of"),
            models.Index(
                fields=["person"], name="inbox_unread", condition=models.Q(read_at__isnull=True)
            ),
            models.Index(
                fields=["person"], name="waits_for_digest", condition=models.Q(mail_state="waits")
            ),
        ]

    def __str__(self) -> str:
        return sentence_text(Sentence.from_json(self.text))

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class Preference(models.Model):
    """How a person wants to be told about one kind."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    how = models.CharField(max_length=10, choices=How.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_preference")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.how}"


class OutboxMail(models.Model):
    """A mail to be sent, at most once per key, and what became of it."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254)
    project_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    attached = models.JSONField(default=list)
    unsubscribe = models.CharField(max_length=700, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    answers = models.CharField(max_length=250, blank=True)
    """The Message-ID of the mail this one answers."""
    message_id = models.UUIDField(default=uuid.uuid4)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="mail_due", condition=models.Q(sent_at__isnull=True)
            ),
            models.Index(
                fields=["project_id", "to"],
                name="mail_of_project",
                condition=models.Q(project_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


def sentence_text(sentence: Sentence) -> str:
    """The sentence in the reader's language; ``day:2027-03-10`` is shown as a date."""
    values = {name: _shown(value) for name, value in sentence.values.items()}
    return str(Sentence(sentence.msgid, values))


def _shown(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("day:"):
        day = parse_date(value.removeprefix("day:"))
        return short_date(day, get_language() or "nb") if day else value
    return value

"""Notices under a contract, and the log of what became of each, which is never changed."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.contracts.models.signing import Contract
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class NoticeDirection(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("direction of a notice", "Received")
    SENT = "sent", pgettext_lazy("direction of a notice", "From us")


class NoticeKind(models.TextChoices):
    CHANGE = "change", _("Change")
    TIME = "time", _("Extension of time")
    PRICE = "price", _("Adjustment of price")
    DEFECT = "defect", _("Defect")
    OTHER = "other", pgettext_lazy("kind of notice", "Other")


class NoticeState(models.TextChoices):
    TO_SEND = "to_send", _("To be sent")
    TO_ANSWER = "to_answer", _("To be answered")
    WAITING = "waiting", _("Waiting for their answer")
    CLOSED = "closed", pgettext_lazy("state of a notice", "Answered")


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    SITE = "site", _("Shared project site")
    LETTER = "letter", _("Letter")
    MEETING = "meeting", _("In a meeting")
    OTHER = "other", pgettext_lazy("channel", "Other")


class Notice(Record):
    """A notice from one of the parties to the other.

    ``due_on`` is the organisation's own day: contract standards mostly say “without undue delay”.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField(_("number"))
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="notices")
    direction = models.CharField(max_length=8, choices=NoticeDirection.choices)
    kind = models.CharField(max_length=8, choices=NoticeKind.choices)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    known_on = models.DateField(_("known since"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    due_on = models.DateField(_("internal deadline"), null=True, blank=True)
    price_claim = models.DecimalField(
        _("claim for adjustment of price"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    time_claim = models.PositiveSmallIntegerField(
        _("claim for extension of time, working days"), null=True, blank=True
    )
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    raised_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=NoticeState.choices)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_notice_number")
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="notice_of_project"),
            models.Index(fields=["owner", "state", "due_on"], name="notice_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state != NoticeState.CLOSED

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/money/contracts/notices/{self.number}"


class DeliveryEvent(models.TextChoices):
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    RECEIVED = "received", pgettext_lazy("delivery", "Received")
    CONFIRMED = "confirmed", pgettext_lazy("delivery", "Receipt confirmed")
    RETURNED = "returned", pgettext_lazy("delivery", "Came back undelivered")
    ANSWERED = "answered", pgettext_lazy("delivery", "Answered")
    REMINDED = "reminded", pgettext_lazy("delivery", "Reminded")


class Delivery(Record):
    """One line of a notice's delivery log. The database itself refuses changes."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    event = models.CharField(max_length=10, choices=DeliveryEvent.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    at = models.DateTimeField(_("time"))
    whom = models.CharField(_("to or from"), max_length=200, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d}"

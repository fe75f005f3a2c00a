"""Mail that came to a project, what was not let in, and calendars others subscribe to."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import OrganisationWide, Person
from tospann.projects.models import Project


class MailAddress(Record):
    """The address of a project. Its secret part is what makes a mail the project's."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="mail_address")
    token = models.CharField(_("secret part"), max_length=16, unique=True)
    is_open = models.BooleanField(_("takes mail"), default=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("who sorts the mail")
    )

    unaudited = frozenset({"token"})

    def __str__(self) -> str:
        return str(_("The project's mail address"))


class Way(models.TextChoices):
    MAIL = "mail", _("By mail")
    DROPPED = "dropped", _("Brought in as a file")


class Trust(models.TextChoices):
    """What our own mail server says of who sent it."""

    PROVED = "proved", _("The sender is proved")
    UNKNOWN = "unknown", _("The sender is not proved")
    DROPPED = "dropped", _("As the file says")


class MessageState(models.TextChoices):
    UNSORTED = "unsorted", _("To be sorted")
    SORTED = "sorted", _("Sorted")
    ASIDE = "aside", _("Set aside")


class Message(Record):
    """A mail to the project: who sent it and when, what it says, and what it became."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField(_("number"))
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    from_name = models.CharField(_("sender"), max_length=200, blank=True)
    from_email = models.CharField(_("sender's address"), max_length=254, blank=True)
    to = models.TextField(_("to"), blank=True)
    text = models.TextField(_("text"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    message_id = models.CharField(max_length=250, blank=True)
    answers = models.CharField(max_length=250, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    kind_of_file = models.CharField(max_length=3, default="eml")
    way = models.CharField(max_length=8, choices=Way.choices)
    trust = models.CharField(max_length=8, choices=Trust.choices)
    left_out = models.JSONField(default=list)
    """Names of attachments that were not kept."""
    about_label = models.CharField(_("about"), max_length=250, blank=True)
    about_link = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=MessageState.choices, default=MessageState.UNSORTED
    )
    became = models.JSONField(_("became"), default=list)
    """Each with ``kind``, ``ref``, ``label`` and ``link``."""
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    sorted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sorted_at = models.DateTimeField(_("sorted"), null=True, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    unaudited = frozenset({"text"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_message_number"),
            models.UniqueConstraint(fields=["project", "sha256"], name="one_message"),
        ]
        indexes = [
            models.Index(fields=["project", "state", "received_at"], name="message_of_project"),
            models.Index(fields=["project", "from_email"], name="message_from"),
        ]

    def __str__(self) -> str:
        return self.subject or str(_("(no subject)"))

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def sender(self) -> str:
        return self.from_name or self.from_email or str(_("somebody"))

    @property
    def at(self) -> Any:
        """When it was sent, as far as that is believable; else when it came."""
        said = self.sent_at
        return said if said and said <= self.received_at else self.received_at

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/mail/{self.number}"


class Because(models.TextChoices):
    """Why a mail was not let in."""

    FORGED = "forged", _("The sender is forged: our mail server says so")
    TOO_LARGE = "too_large", _("Too large")
    LOOP = "loop", _("Our own mail that came back")
    AUTOMATIC = "automatic", _("An automatic answer or a mailing list")
    BOUNCE = "bounce", _("A mail of ours that could not be delivered")
    NOT_OURS = "not_ours", _("An answer to an invitation that is not ours")
    CANCELLED = "cancelled", _("An answer to a meeting that is cancelled")
    OUTDATED = "outdated", _("An answer to an earlier time of a meeting that was moved")
    OVER = "over", _("An answer to a meeting that is over")
    NO_PROJECT = "no_project", _("Not written to any project's address")
    CLOSED = "closed", _("The project takes no mail")
    TOO_MANY = "too_many", _("Too many from the same sender")
    UNREADABLE = "unreadable", _("It could not be read")


class NotLetIn(models.Model):
    """A mail that changed nothing: from whom, when and why. Working state."""

    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="mail_not_let_in")
    because = models.CharField(max_length=10, choices=Because.choices)
    from_email = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    message_id = models.CharField(max_length=250, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    """Its bytes, for those that may still be taken in; empty for all others."""
    at = models.DateTimeField(default=timezone.now)
    is_answered = models.BooleanField(default=False)
    """Whether the sender was told."""

    class Meta:
        indexes = [
            models.Index(fields=["project", "-at"], name="not_let_in_of"),
            models.Index(fields=["message_id"], name="not_let_in_id"),
            models.Index(fields=["from_email", "at"], name="not_let_in_from"),
        ]

    def __str__(self) -> str:
        return f"{self.because}: {self.from_email}"


class Fetched(models.Model):
    """How far a folder has been read: the highest UID, and what fails there. Working state."""

    place = models.CharField(max_length=200, unique=True)
    validity = models.PositiveBigIntegerField(default=0)
    uid = models.PositiveBigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.place}: {self.uid}"


class Feed(OrganisationWide):
    """A calendar somebody subscribes to: hers, of one project or all. Only the secret's hash is
    kept, so the address is shown once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="calendar_feeds")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, related_name="+", verbose_name=_("project")
    )
    name = models.CharField(_("name"), max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    with_dates = models.BooleanField(_("also deadlines and milestones"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    working_state = frozenset({"last_used_at"})
    unaudited = frozenset({"token_hash"})

    class Meta:
        indexes = [models.Index(fields=["person", "revoked_at"], name="feed_of_person")]

    def __str__(self) -> str:
        return self.name

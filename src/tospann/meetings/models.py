"""Meetings: series, the meetings themselves, agenda and minutes, who was called, what was said."""

from typing import Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.stakeholders.models import Contact


class Cadence(models.TextChoices):
    WEEKLY = "weekly", _("Weekly")
    BIWEEKLY = "biweekly", _("Every second week")
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    PER_PHASE = "per_phase", _("Once per phase")
    ONCE = "once", _("Once")


class Series(Record):
    """Meetings of one kind: how often, how long, who takes part, with which agenda."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="meeting_series")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    cadence = models.CharField(max_length=10, choices=Cadence.choices)
    duration_minutes = models.PositiveSmallIntegerField()
    participants = models.JSONField(default=list)
    agenda = models.JSONField(default=list)
    phases = models.JSONField(default=list)
    minutes_template = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name_plural = "series"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="one_series")]

    def __str__(self) -> str:
        return self.name


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    HELD = "held", _("Held, minutes not published")
    PUBLISHED = "published", _("Minutes published")
    LOCKED = "locked", _("Minutes locked")
    CANCELLED = "cancelled", _("Cancelled")


MINUTES_OPEN = (MeetingState.UNDER_WAY, MeetingState.HELD)
"""The minutes are being written; before it is the agenda, after it they are frozen."""
WRITABLE = (MeetingState.PLANNED, *MINUTES_OPEN)


class ItemKind(models.TextChoices):
    INFORMATION = "information", _("For information")
    DISCUSSION = "discussion", _("For discussion")
    DECISION = "decision", _("For decision")


Kinds = Literal["information", "discussion", "decision"]


class Answer(models.TextChoices):
    NONE = "none", _("Has not answered")
    YES = "yes", _("Comes")
    NO = "no", _("Does not come")
    MAYBE = "maybe", _("May come")


Answers = Literal["yes", "no", "maybe"]


class Meeting(Record):
    """A meeting, single or of a series; its number is the project's own (NF-123)."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="meetings", verbose_name=_("project")
    )
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, related_name="meetings", verbose_name=_("series")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True)
    starts_at = models.DateTimeField(_("starts"))
    duration_minutes = models.PositiveSmallIntegerField(_("duration in minutes"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_link = models.CharField(_("video link"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    called_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("called by")
    )
    minutes_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("minutes by")
    )
    own_points_only = models.BooleanField(
        _("external parties get only their own points"), default=False
    )
    invited_at = models.DateTimeField(_("invitations sent"), null=True, blank=True)
    sequence = models.PositiveIntegerField(_("edition of the invitation"), default=0)
    message = models.TextField(_("message"), blank=True)
    remarks_due_on = models.DateField(_("deadline for remarks"), null=True, blank=True)
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    published_at = models.DateTimeField(_("minutes published"), null=True, blank=True)
    locked_at = models.DateTimeField(_("minutes locked"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_meeting_number")
        ]
        indexes = [
            models.Index(fields=["project", "starts_at"], name="meeting_of_project"),
            models.Index(fields=["series", "starts_at"], name="meeting_of_series"),
            models.Index(fields=["state", "remarks_due_on"], name="meeting_remarks_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_writable(self) -> bool:
        """Whether agenda and minutes may still change."""
        return self.state in WRITABLE

    @property
    def minutes_are_open(self) -> bool:
        return self.state in MINUTES_OPEN

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/meetings/{self.number}"


class AgendaItem(Record):
    """One item: what is to be talked about, and what the minutes say of it.

    ``number`` and ``year`` (12/26) are given when the meeting starts and never used again. What is
    born in the item (actions, decisions, risks …) says so in its ``born_in``.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("time in minutes"), default=0)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("responsible")
    )
    kind = models.CharField(
        _("kind"), max_length=12, choices=ItemKind.choices, default=ItemKind.DISCUSSION
    )
    text = models.TextField(_("minutes"), blank=True)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    about = models.CharField(_("about"), max_length=100, blank=True)
    about_label = models.CharField(max_length=200, blank=True)
    about_link = models.CharField(max_length=500, blank=True)
    private = models.BooleanField(_("not for external parties"), default=False)
    concerns = models.JSONField(_("concerns"), default=list)
    """Ids of the attendances of external parties whose own point this is."""
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "year", "number"], name="one_item_number")
        ]
        indexes = [models.Index(fields=["about"], name="item_about")]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """12/26, or nothing before it has been numbered."""
        return f"{self.number}/{self.year % 100:02}" if self.number and self.year else ""

    @property
    def ref(self) -> str:
        """What is born in the item keeps this as ``born_in``."""
        return f"meetings.agendaitem:{self.pk}"


class Attendance(Record):
    """Somebody called to a meeting: of the project, or an external party by name and address."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendances", verbose_name=_("meeting")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="attendances", verbose_name=_("person")
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, related_name="attendances", verbose_name=_("contact")
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    is_external = models.BooleanField(_("external"), default=False)
    answer = models.CharField(
        _("answer"), max_length=5, choices=Answer.choices, default=Answer.NONE
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_present = models.BooleanField(_("present"), null=True, blank=True)

    class Meta:
        ordering = ["is_external", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="called_once"),
            models.UniqueConstraint(fields=["meeting", "contact"], name="contact_called_once"),
        ]
        indexes = [models.Index(fields=["person", "answer"], name="attendance_of_person")]

    def __str__(self) -> str:
        return self.name


class Remark(Record):
    """A remark to published minutes, by somebody who was called, and the minute-taker's answer."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="remarks", verbose_name=_("meeting")
    )
    attendance = models.ForeignKey(
        Attendance, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, related_name="remarks", verbose_name=_("item")
    )
    by_name = models.CharField(_("by"), max_length=200)
    text = models.TextField(_("remark"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.by_name}: {self.text[:60]}"


class PublishedMinutes(Record):
    """The minutes as they went out: never changed, never removed (triggers see to that).

    ``sha256`` is the fingerprint of the content, ``pdf_sha256`` of the file; both are audited.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="published", verbose_name=_("meeting")
    )
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    pdf_size = models.PositiveIntegerField()
    language = models.CharField(max_length=5)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField()

    unaudited = frozenset({"content"})

    class Meta:
        verbose_name_plural = "published minutes"

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.sha256[:12]}"


# The working state of a meeting under way belongs to the same app.
from tospann.meetings.live import models as live_models  # noqa: E402, F401  # names those above

"""Document templates of a project, what people fill in, and what was approved of it."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import OrganisationWide, Person
from tospann.projects.models import Project


class BlankKind(models.TextChoices):
    BASELINE = "baseline", _("Baseline document")
    RECORD = "record", _("Register document")
    REPORT = "report", _("Report")


class Blank(Record):
    """A document template as the project has it. Its ``definition`` is in both languages."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="blanks")
    position = models.PositiveSmallIntegerField(default=0)
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=BlankKind.choices)
    gate = models.CharField(max_length=20, blank=True)
    prepared_by = models.CharField(max_length=200, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    definition = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "key"], name="one_blank")]

    def __str__(self) -> str:
        return self.name


class FilledState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Waiting for decision")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")


SETTLED = (FilledState.APPROVED, FilledState.PUBLISHED)


class Filled(Record):
    """A template being filled in. What was approved or published of it are its editions."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="filled")
    blank = models.ForeignKey(Blank, models.PROTECT, related_name="filled")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=FilledState.choices, default=FilledState.DRAFT
    )
    prepared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    # Working state: counted up by each saved field; how far the writing has come.
    sequence = models.PositiveIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    answered = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=200, blank=True)

    working_state = frozenset({"sequence", "asked", "answered", "saved_at", "saved_by"})

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_filled_number")
        ]
        indexes = [models.Index(fields=["project", "state"], name="filled_of_project")]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_writable(self) -> bool:
        return self.state == FilledState.DRAFT

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.asked) if self.asked else 0

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/filled/{self.number}"


class EditionState(models.TextChoices):
    SUBMITTED = "submitted", _("Waiting for decision")
    RETURNED = "returned", _("Not approved")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")


class Edition(Record):
    """A version of a filled-in template as it was sent, approved or published. Never rewritten."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    filled = models.ForeignKey(Filled, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=10, choices=EditionState.choices, default=EditionState.SUBMITTED
    )
    comment = models.CharField(_("what is new"), max_length=200, blank=True)
    values = models.JSONField(default=dict)
    live = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    settled_by = models.CharField(_("decided by"), max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)
    # Working state: the case it waits in, and the document its files became.
    case_label = models.CharField(max_length=40, blank=True)
    case_link = models.CharField(max_length=200, blank=True)
    document_id = models.UUIDField(null=True)

    unaudited = frozenset({"values", "live"})  # the entry keeps their checksum instead
    working_state = frozenset({"case_label", "case_link", "document_id"})

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["filled", "number"], name="one_edition_number")
        ]

    def __str__(self) -> str:
        return f"{self.filled.title}, {_('version')} {self.number}"

    @property
    def to_read(self) -> str:
        """Where whoever is to decide it reads it."""
        of = self.filled
        return f"/p/{of.project.key}/filled/{of.number}/versions/{self.number}"


class Comment(Record):
    """What somebody says about a section, until it is settled."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    filled = models.ForeignKey(Filled, models.PROTECT, related_name="comments")
    section = models.CharField(max_length=80)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["said_at"]
        indexes = [models.Index(fields=["filled", "said_at"], name="comment_of_filled")]

    def __str__(self) -> str:
        return self.text[:80]


class WordTemplate(OrganisationWide):
    """The organisation's own Word file for the documents of one template."""

    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    known = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Value(models.Model):
    """What a field holds now, and how often it was changed. Working state: no command."""

    filled = models.ForeignKey(Filled, models.PROTECT, related_name="values")
    field = models.CharField(max_length=130)
    number = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)
    value = models.JSONField(null=True)
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filled", "field"], name="one_value")]

    def __str__(self) -> str:
        return f"{self.field} {self.number}"


class Earlier(models.Model):
    """What a field held before, so that nothing typed is lost. Working state: no command.

    ``is_beside`` is a text that found no room because somebody else wrote in the same place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filled = models.ForeignKey(Filled, models.PROTECT, related_name="earlier")
    field = models.CharField(max_length=130)
    number = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    is_beside = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["filled", "field", "number"], name="earlier_of_field")]

    def __str__(self) -> str:
        return f"{self.field} {self.number}"

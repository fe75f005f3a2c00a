"""Folders and documents of a project, their versions and locks, and files of other records."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tospann.documents.names import key_of
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Phase, Project

_KEPT = Q(trashed_at__isnull=True)


class Classification(models.TextChoices):
    OPEN = "open", _("Open")
    INTERNAL = "internal", _("Internal")
    CONFIDENTIAL = "confidential", _("Confidential")
    STRICTLY_CONFIDENTIAL = "strictly_confidential", _("Strictly confidential")


class DocumentType(models.TextChoices):
    AGREEMENT = "agreement", _("Agreement")
    PLAN = "plan", _("Plan document")
    REPORT = "report", _("Report")
    MINUTES = "minutes", _("Minutes")
    DECISION = "decision", _("Basis for a decision")
    SPECIFICATION = "specification", _("Specification")
    DRAWING = "drawing", _("Drawing or picture")
    LETTER = "letter", _("Letter or e-mail")
    ACCOUNT = "account", _("Invoice or account")
    OTHER = "other", _("Other")


STRICTNESS = tuple(Classification)
"""From what anybody may read to what only a few may."""


class Folder(Record):
    """A folder. Those of a pack have a number (such as 03.1); people's own have none."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="folders")
    number = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=255)
    name_key = models.CharField(max_length=800, editable=False, default="")
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="folders")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="inside")
    classification = models.CharField(
        max_length=30, choices=Classification.choices, default=Classification.INTERNAL
    )
    trashed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number", "name_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], condition=~Q(number=""), name="one_folder"
            ),
            models.UniqueConstraint(
                fields=["parent", "name_key"], condition=_KEPT, name="one_folder_name"
            ),
            models.UniqueConstraint(
                fields=["project", "name_key"],
                condition=_KEPT & Q(parent__isnull=True),
                name="one_top_folder_name",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def set_key(self) -> None:
        """What its name is compared by (saving does this; bulk writes ask for it)."""
        self.name_key = key_of(self.label)

    @property
    def label(self) -> str:
        """“03.1 Avtaler”: what pages and drives show, and what names are compared by."""
        return f"{self.number} {self.name}" if self.number else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_key()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/documents?folder={self.pk}"


class DocumentState(models.TextChoices):
    WORKING = "working", _("In progress")
    FOR_APPROVAL = "for_approval", _("For approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Released")


class Document(Record):
    """A file of the project (or a link to one elsewhere), as its latest version is."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField(_("number"))
    folder = models.ForeignKey(
        Folder, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    name = models.CharField(_("name"), max_length=255)
    name_key = models.CharField(max_length=800, editable=False)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    version_number = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    classification = models.CharField(max_length=30, choices=Classification.choices, blank=True)
    has_personal_data = models.BooleanField(default=False)
    is_exempt = models.BooleanField(default=False)
    state = models.CharField(
        max_length=15, choices=DocumentState.choices, default=DocumentState.WORKING
    )
    approved_version = models.PositiveIntegerField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    document_type = models.CharField(max_length=60, blank=True)
    retain_until = models.DateField(null=True, blank=True)
    is_held = models.BooleanField(default=False)
    hold_reason = models.CharField(max_length=500, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    trashed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    url = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["name_key"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_document_number"),
            models.UniqueConstraint(
                fields=["folder", "name_key"], condition=_KEPT, name="one_document_name"
            ),
            models.UniqueConstraint(
                fields=["project", "name_key"],
                condition=_KEPT & Q(folder__isnull=True),
                name="one_top_document_name",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="document_sha256"),
            models.Index(fields=["source"], name="document_source"),
            models.Index(fields=["project", "trashed_at"], name="document_trashed"),
            models.Index(fields=["project", "-changed_at"], name="document_changed"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_key()
        super().save(*args, **kwargs)

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    def set_key(self) -> None:
        """What its name is compared by (saving does this; bulk writes ask for it)."""
        self.name_key = key_of(self.name)

    @property
    def is_link(self) -> bool:
        """A link document: its contents lie elsewhere."""
        return bool(self.url)

    @property
    def is_trashed(self) -> bool:
        return self.trashed_at is not None

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/documents/{self.number}"


class Version(Record):
    """What a document held, from when this was saved until the next. Never changed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    comment = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    restored_from = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_number")
        ]
        indexes = [models.Index(fields=["sha256"], name="version_sha256")]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"


class Lock(models.Model):
    """Who works on a document or folder now, whether from the page or through a drive.

    Working state. The page's own check-out has no end; a drive's lock runs out by itself. Neither
    folder nor document: the project's whole tree.
    """

    token = models.CharField(max_length=100, unique=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    folder = models.ForeignKey(Folder, models.CASCADE, null=True, related_name="locks")
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="locks")
    is_deep = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)
    is_checkout = models.BooleanField(default=False)
    owner_xml = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    comment = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    seconds = models.PositiveIntegerField(null=True)
    expires_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["project"], name="locks_of_project")]

    def __str__(self) -> str:
        return self.token


class DeadProperty(models.Model):
    """What a program left on a folder, document or project through a drive. Working state."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    folder = models.ForeignKey(Folder, models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=300)
    xml = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "name"],
                condition=Q(document__isnull=False),
                name="one_property_of_document",
            ),
            models.UniqueConstraint(
                fields=["folder", "name"],
                condition=Q(folder__isnull=False),
                name="one_property_of_folder",
            ),
            models.UniqueConstraint(
                fields=["project", "name"],
                condition=Q(document__isnull=True, folder__isnull=True),
                name="one_property_of_project",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OpenAddress(models.Model):
    """A short-lived address an office program opens one document by. Working state."""

    token_hash = models.CharField(max_length=64, unique=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class PassingFile(models.Model):
    """What a program left on a drive for itself (``._x``, ``.DS_Store``). Working state."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    place = models.UUIDField()
    """The folder, or the project where it lies in none."""
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    name_key = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(db_index=True)
    media_type = "application/octet-stream"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "person", "name_key"], name="one_passing_file")
        ]

    def __str__(self) -> str:
        return self.name


class NeededState(models.TextChoices):
    MISSING = "missing", _("Missing")
    BEGUN = "begun", _("Begun")
    FOR_APPROVAL = "for_approval", _("For approval")
    IN_PLACE = "in_place", _("In place")
    NOT_RELEVANT = "not_relevant", _("Not relevant")


class NeededDocument(Record):
    """A document somebody has to provide: by whom, by when, from which template, approved by whom.

    One that a gate asks for names the gate's criterion.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="needed_documents")
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, blank=True, related_name="+")
    criterion = models.OneToOneField(
        "projects.GateCriterion", models.PROTECT, null=True, blank=True, related_name="needed"
    )
    folder = models.ForeignKey(Folder, models.PROTECT, null=True, blank=True, related_name="+")
    template = models.CharField(_("template"), max_length=80, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("due date"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title


class Attachment(Record):
    """A file kept with the record it was born in. Its bytes lie under DATA_DIR (see ``files``)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="attachments")
    born_in = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["born_in"], name="attachment_born_in"),
            models.Index(fields=["sha256"], name="attachment_sha256"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return self.media_type.startswith("image/")

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/files/{self.pk}"


class Content(models.Model):
    """What was found out about some bytes: their real kind, what is wrong with them, their words.

    Working state, made again from the bytes at any time (see ``contents``).
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    form = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    warnings = models.JSONField(default=list)
    pages = models.PositiveIntegerField(null=True)
    examined_at = models.DateTimeField(auto_now=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"

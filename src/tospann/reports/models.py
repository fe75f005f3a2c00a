"""Status reports: drafted as the difference since the last, signed, and from then on immutable."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class ReportForm(models.TextChoices):
    SMALL = "small", _("Small: overall state and five texts")
    FULL = "full", _("Full: with a state for each area")


class Cadence(models.TextChoices):
    NONE = "none", _("No fixed dates")
    WEEKLY = "weekly", _("Every week")
    BIWEEKLY = "biweekly", _("Every other week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")


class Light(models.TextChoices):
    """The state of a project or an area; a word and a shape wherever it is shown."""

    GREEN = "green", _("On track")
    AMBER = "amber", _("Watch")
    RED = "red", _("Needs action")
    NONE = "none", _("Not assessed")


class Trend(models.TextChoices):
    FIRST = "first", _("First report")
    BETTER = "better", _("Better than last time")
    SAME = "same", _("As last time")
    WORSE = "worse", _("Worse than last time")


class Reporting(Record):
    """How a project reports: the form, how often, when next, to whom, and the thresholds."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="reporting")
    form = models.CharField(_("form"), max_length=10, choices=ReportForm.choices)
    cadence = models.CharField(
        _("how often"), max_length=10, choices=Cadence.choices, default=Cadence.NONE
    )
    next_due_on = models.DateField(_("next due date"), null=True, blank=True)
    thresholds = models.JSONField(default=dict)
    recipients = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["next_due_on"], name="reporting_due")]

    def __str__(self) -> str:
        return str(Cadence(self.cadence).label)


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for signature")
    RETURNED = "returned", _("Returned")
    SIGNED = "signed", _("Signed")


OPEN_STATES = (ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED)
WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)


class StatusReport(Record):
    """A status report on its way. What is signed is the SignedReport, which never changes."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="status_reports")
    number = models.PositiveIntegerField(_("number"))
    form = models.CharField(_("form"), max_length=10, choices=ReportForm.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT
    )
    since = models.DateField(_("since"))
    due_on = models.DateField(_("due date"), null=True)
    prepared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    evidence = models.JSONField(default=dict)
    evidence_hash = models.CharField(max_length=64, blank=True)
    return_reason = models.TextField(_("reason"), blank=True)
    # Working state: what is typed until the report is submitted.
    texts = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=200, blank=True)

    working_state = frozenset({"texts", "saved_at", "saved_by"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_report_number"),
            models.UniqueConstraint(
                fields=["project"],
                condition=~models.Q(state="signed"),
                name="one_report_under_way",
            ),
        ]
        indexes = [models.Index(fields=["state", "project"], name="report_state")]

    def __str__(self) -> str:
        return str(_("Status report %(number)s") % {"number": self.number})

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/reports/{self.number}"


class SignedReport(Record):
    """A report as it was signed: its content, its PDF, and their checksums. Never changed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="signed_reports")
    report = models.OneToOneField(StatusReport, models.PROTECT, related_name="signed")
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(max_length=10, choices=Light.choices)
    trend = models.CharField(max_length=10, choices=Trend.choices)
    since = models.DateField()
    figures_on = models.DateField()
    signed_on = models.DateField()
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    pdf = models.BinaryField()
    pdf_size = models.PositiveIntegerField()
    pdf_sha256 = models.CharField(max_length=64, db_index=True)

    unaudited = frozenset({"pdf", "content"})  # the entry keeps their checksums instead

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_signed_number")
        ]

    def __str__(self) -> str:
        return str(_("Status report %(number)s") % {"number": self.number})


class ReportSending(Record):
    """A signed report that was mailed: to whom, by whom and when."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    signed = models.ForeignKey(SignedReport, models.PROTECT, related_name="sendings")
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    message = models.TextField(_("message"), blank=True)
    receivers = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["signed", "sent_at"], name="sending_of_report")]

    def __str__(self) -> str:
        return str(_("%(count)s recipients") % {"count": len(self.receivers)})


class Checkpoint(Record):
    """A checkpoint report: how a work package goes, from whoever answers for it to the manager.

    Sent at once and never rewritten; the manager adds that she has read it, and an answer.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="checkpoints")
    number = models.PositiveIntegerField(_("number"))
    activity_uid = models.PositiveBigIntegerField(_("work package"))
    package = models.CharField(_("work package"), max_length=200)
    sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=Light.choices)
    done = models.TextField(_("done since last time"), blank=True)
    next = models.TextField(_("next period"), blank=True)
    problems = models.TextField(_("problems and risks"), blank=True)
    needs = models.TextField(_("what is needed from the project manager"), blank=True)
    planned_finish = models.DateField(_("finish in the plan"), null=True)
    expected_finish = models.DateField(_("expected finish"), null=True)
    read_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("read by")
    )
    read_at = models.DateTimeField(_("read"), null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_checkpoint_number")
        ]
        indexes = [
            models.Index(fields=["project", "activity_uid", "sent_at"], name="checkpoint_of_work"),
            models.Index(fields=["project", "read_at"], name="checkpoint_unread"),
        ]

    def __str__(self) -> str:
        said = {"number": self.number, "package": self.package}
        return str(_("Checkpoint report %(number)s: %(package)s") % said)

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/reports/checkpoints/{self.number}"


class ExternalEdition(Record):
    """A signed report as it may be read outside: what somebody chose, and nothing besides.

    Never changed. Nobody outside sees it before it is shared with them.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="external_editions")
    number = models.PositiveIntegerField(_("number"))
    signed = models.ForeignKey(SignedReport, models.PROTECT, related_name="editions")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=5)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    pdf_size = models.PositiveIntegerField()
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    unaudited = frozenset({"content"})  # the entry keeps its checksum instead

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="one_external_edition_number"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/reports/editions/{self.number}"


class EditionWithdrawal(Record):
    """An external edition that is not shown outside any more, and why."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    edition = models.OneToOneField(ExternalEdition, models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason"))
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), default=timezone.now)

    def __str__(self) -> str:
        return self.reason[:80]


class Crossing(models.Model):
    """That a tolerance is, or will be, exceeded: from when until it is not. Working state.

    The deviation it raises has its id from here, so that each crossing raises one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    area = models.CharField(max_length=20)
    deviation_id = models.UUIDField()
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "area"],
                condition=models.Q(ended_at__isnull=True),
                name="one_crossing_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.began_at:%Y-%m-%d}"


class StagedSignature(models.Model):
    """Rendered and waiting to be signed in the same moment. Working state: no command, no chain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.pdf_sha256[:12]

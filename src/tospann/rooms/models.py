"""The external room of a project: what is published in it, what is asked there and by whom."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.documents.models import Document
from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project
from tospann.sharing.models import Share


class Room(Record):
    """What the room says and shows. Documents are there by being shared, all else by choice."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="room")
    welcome = models.TextField(_("welcome"), blank=True)
    shows_status = models.BooleanField(
        _("shows the state of the last signed report"), default=False
    )
    logo_sha256 = models.CharField(max_length=64, blank=True)
    logo_size = models.PositiveIntegerField(default=0)
    contact = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("who to ask")
    )

    def __str__(self) -> str:
        return str(_("The external room"))


class ItemKind(models.TextChoices):
    MILESTONE = "milestone", _("Milestone")
    MEETING = "meeting", _("Meeting")


class RoomItem(Record):
    """Something published in the room, one by one: a milestone or a meeting."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="room_items")
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind.choices)
    item = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "item"], name="one_room_item")
        ]

    def __str__(self) -> str:
        return self.title


class Register(models.TextChoices):
    """What a view that is shared outside may be of."""

    ACTIONS = "actions", _("Actions")
    DECISIONS = "decisions", _("Decisions")
    RISKS = "risks", _("Risks and opportunities")
    PROBLEMS = "problems", _("Problems")
    DEVIATIONS = "deviations", _("Deviations")


class RegisterView(Record):
    """A register as somebody outside may read it: some columns, and all open rows or chosen ones.

    Never changed, since whoever it is shared with would see more at once: another is made instead.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="register_views")
    register = models.CharField(_("register"), max_length=12, choices=Register.choices)
    title = models.CharField(_("title"), max_length=200)
    columns = models.JSONField(_("columns"), default=list)
    numbers = models.JSONField(_("chosen rows"), default=list)
    """Empty: every row, as they come and go."""
    open_only = models.BooleanField(_("only what is open"), default=True)
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/room/registers/{self.pk}"


class RequestState(models.TextChoices):
    OPEN = "open", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AcceptanceRequest(Record):
    """A document that somebody outside is asked to accept, as it was when it was asked."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="acceptance_requests")
    share = models.ForeignKey(Share, models.PROTECT, related_name="requests")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    document_version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what is asked"), blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN
    )
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_name = models.CharField(_("answered by"), max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    decision_number = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["project", "state"], name="request_of_project")]

    def __str__(self) -> str:
        return self.title


class Question(Record):
    """Something asked in the room, with who answers it by when."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="room_questions")
    share = models.ForeignKey(Share, models.PROTECT, null=True, related_name="questions")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_name = models.CharField(_("asked by"), max_length=200)
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("due date"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["project", "answered_at"], name="question_of_project")]

    def __str__(self) -> str:
        return self.text[:80]

"""Contacts of a project, notes of telephone calls, and promises wherever they were made."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project


class Contact(Record):
    """Somebody the project deals with, whether or not she signs in here."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="contacts", verbose_name=_("project")
    )
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    email = models.EmailField(_("email"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["project", "is_active", "name"], name="contact_of_project"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/contacts/{self.pk}"


class Note(Record):
    """A telephone note: who called, when, and what was said."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="notes", verbose_name=_("project")
    )
    number = models.PositiveIntegerField(_("number"))
    contact = models.ForeignKey(
        Contact, models.PROTECT, related_name="notes", verbose_name=_("contact")
    )
    text = models.TextField(_("what was said"), blank=True)
    called_at = models.DateTimeField(_("time"), default=timezone.now)
    written_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_note_number")
        ]
        indexes = [
            models.Index(fields=["project", "-called_at"], name="note_of_project"),
        ]

    def __str__(self) -> str:
        return self.text.partition("\n")[0][:80] or self.contact.name

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/notes/{self.number}"


class PromiseState(models.TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", pgettext_lazy("promise", "Kept")
    BROKEN = "broken", pgettext_lazy("promise", "Not kept")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Promise(Record):
    """What has been promised, by whom, to whom, by when, and where it was said."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="promises", verbose_name=_("project")
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.CharField(_("what was promised"), max_length=200)
    by_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="promises", verbose_name=_("promised by")
    )
    by_contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, related_name="made", verbose_name=_("promised by")
    )
    to_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("promised to")
    )
    to_contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, related_name="received", verbose_name=_("promised to")
    )
    to_name = models.CharField(_("promised to"), max_length=200, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PromiseState.choices, default=PromiseState.OPEN
    )
    reason = models.TextField(_("reason"), blank=True)
    activity_uid = models.PositiveBigIntegerField(_("task or milestone"), null=True, blank=True)
    plan_breaks_on = models.DateField(null=True, blank=True)
    born_in = models.CharField(max_length=100, blank=True)
    born_label = models.CharField(max_length=200, blank=True)
    born_link = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # The date the plan was last found to break it: computed, so that each break is told once.
    working_state = frozenset({"plan_breaks_on"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_promise_number"),
            models.CheckConstraint(
                condition=models.Q(by_person__isnull=False, by_contact__isnull=True)
                | models.Q(by_person__isnull=True, by_contact__isnull=False),
                name="promised_by_one",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="promise_of_project"),
            models.Index(fields=["by_person", "state", "due_on"], name="promise_by_person"),
            models.Index(fields=["born_in"], name="promise_born_in"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == PromiseState.OPEN

    @property
    def owner_id(self) -> object:
        """Who among us must see to it: who promised, or whom it was promised to."""
        return self.by_person_id or self.to_person_id

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/promises/{self.number}"


class Category(models.TextChoices):
    MANAGEMENT = "management", _("Management")
    USER = "user", _("Users")
    SUPPLIER = "supplier", _("Supplier")
    AUTHORITY = "authority", _("Sets the terms")
    OTHER = "other", pgettext_lazy("kind of stakeholder", "Others")


class Stakeholder(Record):
    """Somebody the project touches, or who can touch it: a person, a group or an organisation."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="stakeholders", verbose_name=_("project")
    )
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name or role"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    category = models.CharField(
        _("category"), max_length=12, choices=Category.choices, default=Category.OTHER
    )
    relation = models.TextField(_("relation to the project"), blank=True)
    expectation = models.TextField(_("what they expect"), blank=True)
    information_need = models.TextField(_("what they need to know"), blank=True)
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_stakeholder_number")
        ]
        indexes = [
            models.Index(fields=["project", "is_active", "name"], name="stakeholder_of_project")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/stakeholders/{self.number}"


class Degree(models.IntegerChoices):
    """How much influence or interest somebody has."""

    NONE = 0, pgettext_lazy("degree", "None")
    SMALL = 1, pgettext_lazy("degree", "Small")
    MEDIUM = 2, pgettext_lazy("degree", "Medium")
    LARGE = 3, pgettext_lazy("degree", "Large")


class Judgement(Record):
    """What we think of a stakeholder: read by those who keep the register, and nobody else."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    stakeholder = models.OneToOneField(Stakeholder, models.PROTECT, related_name="judgement")
    influence = models.PositiveSmallIntegerField(_("influence"), choices=Degree.choices)
    interest = models.PositiveSmallIntegerField(_("interest"), choices=Degree.choices)
    strategy = models.TextField(_("how we meet them"), blank=True)
    judged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("judged by")
    )
    judged_on = models.DateField(_("judged"))

    def __str__(self) -> str:
        return str(self.judged_on)


class Channel(models.TextChoices):
    MEETING = "meeting", _("Meeting")
    MAIL = "mail", _("Email")
    PHONE = "phone", _("Phone")
    LETTER = "letter", _("Letter")
    ROOM = "room", _("The external room")
    REPORT = "report", _("Status report")
    WEB = "web", _("Web page")
    INTRANET = "intranet", _("Intranet")
    OTHER = "other", pgettext_lazy("channel", "Something else")


class HowOften(models.TextChoices):
    ONCE = "once", _("Once")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every other week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")
    HALF_YEARLY = "half_yearly", _("Twice a year")


class CommunicationItem(Record):
    """A line of the communication plan: what is told to whom, how, how often and by whom."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="communication", verbose_name=_("project")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("what is told"), max_length=200)
    purpose = models.TextField(_("why"), blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    how_often = models.CharField(_("how often"), max_length=12, choices=HowOften.choices)
    next_on = models.DateField(_("next time"), null=True, blank=True)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("responsible")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_communication_number")
        ]
        indexes = [
            models.Index(fields=["project", "next_on"], name="communication_due"),
            models.Index(fields=["responsible", "next_on"], name="communication_of_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/communication/{self.number}"


class Audience(Record):
    """A stakeholder a line of the plan is for."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    item = models.ForeignKey(CommunicationItem, models.PROTECT, related_name="audience")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="audiences")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "stakeholder"], name="one_audience_each")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} → {self.stakeholder_id}"


class Told(Record):
    """One time a line of the plan was carried out."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    item = models.ForeignKey(
        CommunicationItem, models.PROTECT, related_name="times", verbose_name=_("what is told")
    )
    on = models.DateField(_("told on"))
    note = models.TextField(_("what was said or sent"), blank=True)
    link = models.CharField(_("where it lies"), max_length=500, blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("told by")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "told"
        indexes = [models.Index(fields=["project", "-on"], name="told_in_project")]

    def __str__(self) -> str:
        return f"{self.on}"


class Receipt(Record):
    """That a stakeholder was among those who were told."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    told = models.ForeignKey(Told, models.PROTECT, related_name="receipts")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="receipts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["told", "stakeholder"], name="one_receipt_each")
        ]

    def __str__(self) -> str:
        return f"{self.told_id} → {self.stakeholder_id}"

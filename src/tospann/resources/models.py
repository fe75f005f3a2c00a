"""People's time: how much there is, what it is asked for and promised to, and what it costs.

What belongs to a person (skills, employment, absence, rates) is the organisation's; requests,
offers and agreements are a project's. ``Load`` is computed, and replaced whole.
"""

from datetime import date
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.records import Record
from tospann.people.models import OrganisationWide, Person
from tospann.projects.models import Project

FULL_TIME, HOURS_PER_DAY = 100, Decimal("7.5")
NOK = "NOK"


class Unit(OrganisationWide):
    """A part of the organisation, and the line manager whose people work in it."""

    name = models.CharField(_("name"), max_length=200)
    manager = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("line manager")
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Skill(OrganisationWide):
    """Something people know how to do, and projects ask for."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SkillLevel(models.IntegerChoices):
    LEARNING = 1, _("Is learning it")
    ABLE = 2, _("Works on her own")
    LEADING = 3, _("Leads others")


class PersonSkill(OrganisationWide):
    """How well a person knows a skill."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="people")
    level = models.PositiveSmallIntegerField(
        _("level"), choices=SkillLevel.choices, default=SkillLevel.ABLE
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="one_skill_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.skill}"


class Employment(OrganisationWide):
    """How much a person works, in which unit, between two days. Who has none works full time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="employments")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="employments", verbose_name=_("unit")
    )
    percent = models.PositiveSmallIntegerField(_("per cent of full time"), default=FULL_TIME)
    hours_per_day = models.DecimalField(
        _("hours a day"), max_digits=4, decimal_places=2, default=HOURS_PER_DAY
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on"]
        indexes = [models.Index(fields=["unit", "starts_on"], name="employment_of_unit")]

    def __str__(self) -> str:
        return str(self.person)


class AbsenceKind(models.TextChoices):
    """Why nobody needs to know more precisely: the reason is never stored."""

    HOLIDAY = "holiday", _("Holiday")
    LEAVE = "leave", _("Leave")
    ABSENT = "absent", _("Absent")


class Absence(OrganisationWide):
    """Days on which a person is not at work, wholly or in part."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    kind = models.CharField(
        _("kind"), max_length=10, choices=AbsenceKind.choices, default=AbsenceKind.ABSENT
    )
    percent = models.PositiveSmallIntegerField(_("per cent of the day"), default=100)

    class Meta:
        ordering = ["starts_on"]
        indexes = [models.Index(fields=["person", "ends_on"], name="absence_of_person")]

    def __str__(self) -> str:
        return str(self.person)


class Rate(OrganisationWide):
    """What an hour of a person, or of everybody with a title, costs from a day. Guarded."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True)
    amount = models.DecimalField(_("rate"), max_digits=10, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default=NOK)
    valid_from = models.DateField(_("valid from"))

    unaudited = frozenset({"amount"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "valid_from"],
                condition=models.Q(person__isnull=False),
                name="one_rate_of_person",
            ),
            models.UniqueConstraint(
                fields=["title", "valid_from"],
                condition=models.Q(person__isnull=True),
                name="one_rate_of_title",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.person or "")


class RequestState(models.TextChoices):
    OPEN = "open", _("Awaits an answer")
    OFFERED = "offered", _("Offered")
    COUNTERED = "countered", _("Counter-offer made")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


STILL_OPEN = (RequestState.OPEN, RequestState.OFFERED, RequestState.COUNTERED)


class Request(Record):
    """A project asks for somebody: a named person, or anyone who knows something."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="people_requests")
    number = models.PositiveIntegerField(_("number"))
    role = models.CharField(_("role"), max_length=200)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, related_name="+", verbose_name=_("skill")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    percent = models.PositiveSmallIntegerField(_("per cent"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    text = models.TextField(_("what for"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN
    )
    reason = models.TextField(_("reason"), blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_request_number")
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="request_of_unit"),
            models.Index(fields=["person", "state"], name="request_of_person"),
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in STILL_OPEN

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/team/requests/{self.number}"


class Side(models.TextChoices):
    LINE = "line", _("The line manager")
    PROJECT = "project", _("The project")


class OfferState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of an offer", "Open")
    ACCEPTED = "accepted", _("Accepted")
    REPLACED = "replaced", _("Replaced by another offer")
    CLOSED = "closed", pgettext_lazy("state of an offer", "Lapsed")


class Terms(models.Model):
    """Who, how much, when, at what rate, and how it ends: what offers and agreements say alike."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    percent = models.PositiveSmallIntegerField(_("per cent"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    rate = models.DecimalField(
        _("rate an hour"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default=NOK)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=14)
    end_clause = models.TextField(_("end clause"), blank=True)

    class Meta:
        abstract = True


class Offer(Terms, Record):
    """An answer to a request, from the line manager or (a counter-offer) from the project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, models.PROTECT, related_name="offers")
    side = models.CharField(_("offered by"), max_length=10, choices=Side.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=OfferState.choices, default=OfferState.OPEN
    )
    text = models.TextField(_("comment"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    unaudited = frozenset({"rate"})

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.person}: {self.percent} %"

    @property
    def is_counter(self) -> bool:
        return self.side == Side.PROJECT


class Agreement(Terms, Record):
    """A person's time promised to a project, until its last day or until it is ended with notice.

    ``ends_on`` is the last day as it stands; ``agreed_until`` what was agreed at first.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField(_("number"))
    offer = models.OneToOneField(Offer, models.PROTECT, null=True, related_name="agreement")
    agreed_until = models.DateField(_("agreed until"))
    reason = models.TextField(_("reason"), blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    unaudited = frozenset({"rate"})

    class Meta:
        ordering = ["starts_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_agreement_number"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="agreement_has_days"
            ),
        ]
        indexes = [models.Index(fields=["person", "ends_on"], name="agreement_of_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.percent} %"

    def get_absolute_url(self) -> str:
        return f"/p/{self.project.key}/team/agreements/{self.number}"

    @property
    def short_id(self) -> str:
        """NF-124; needs the project."""
        return f"{self.project.key}-{self.number}"

    def is_over(self, today: date) -> bool:
        return self.ends_on < today


class Load(models.Model):
    """What a project wants of a person in a week, in minutes. Computed, and replaced whole.

    ``planned`` is what the plan says, ``agreed`` what the agreements promise; ``minutes`` is the
    larger of the two. ``week`` counts Mondays (see ``weeks``).
    """

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    week = models.PositiveIntegerField()
    planned = models.PositiveIntegerField(default=0)
    agreed = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "person", "week"], name="one_load")
        ]
        indexes = [models.Index(fields=["person", "week"], name="load_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.week}"

"""Goal → change → benefit: what it is worth, what is measured, when, and by whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Goal, Project


class BenefitKind(models.TextChoices):
    """Where a benefit arises and whether it is priced; each has a letter of its own."""

    PRICED = "priced", _("Priced, in our own organisation")
    OTHER_BODIES = "other_bodies", _("In other public bodies")
    OTHERS = "others", _("For citizens and businesses")
    QUALITATIVE = "qualitative", _("Not priced")


LETTERS = {
    BenefitKind.PRICED: "Ø",
    BenefitKind.OTHER_BODIES: "V",
    BenefitKind.OTHERS: "A",
    BenefitKind.QUALITATIVE: "K",
}


class BenefitState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("benefit", "Planned")
    REALISING = "realising", _("Being realised")
    REALISED = "realised", _("Realised")
    GIVEN_UP = "given_up", pgettext_lazy("benefit", "Given up")


class Importance(models.TextChoices):
    LOW = "low", pgettext_lazy("importance", "Low")
    MODERATE = "moderate", pgettext_lazy("importance", "Moderate")
    HIGH = "high", pgettext_lazy("importance", "High")


class Use(models.TextChoices):
    """What a benefit is used for when it is there."""

    BUDGET = "budget", _("Lower budgets")
    QUALITY = "quality", _("Better quality")
    SERVICES = "services", _("Better services")
    COMPETENCE = "competence", _("More competence")
    OTHER = "other", pgettext_lazy("use of a benefit", "Something else")


class Benefit(Record):
    """A positive effect of the project, counted or described, that somebody owns."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="benefits", verbose_name=_("project")
    )
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=8)
    title = models.CharField(_("benefit"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=BenefitKind.choices)
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("goal")
    )
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("benefit owner")
    )
    value_per_year = models.DecimalField(
        _("value a year at full effect"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default="NOK")
    full_from = models.DateField(_("full effect from"), null=True, blank=True)
    importance = models.CharField(
        _("importance"), max_length=10, choices=Importance.choices, blank=True
    )
    use = models.CharField(_("what it is used for"), max_length=12, choices=Use.choices, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=BenefitState.choices, default=BenefitState.PLANNED
    )
    reason = models.TextField(_("reason"), blank=True)
    handed_over_at = models.DateTimeField(_("handed over to the line"), null=True, blank=True)
    handed_over_note = models.TextField(_("what was agreed"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_benefit_number"),
            models.UniqueConstraint(fields=["project", "code"], name="one_benefit_code"),
        ]
        indexes = [
            models.Index(fields=["project", "state"], name="benefit_of_project"),
            models.Index(fields=["owner", "state"], name="benefit_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in (BenefitState.PLANNED, BenefitState.REALISING)

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/benefits/{self.number}"


class ChangeState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("change in the line", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("change in the line", "Under way")
    DONE = "done", pgettext_lazy("change in the line", "Carried out")


class Change(Record):
    """Something that has to become different in the line before benefits come."""

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="line_changes", verbose_name=_("project")
    )
    title = models.CharField(_("change"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    product = models.CharField(_("made possible by"), max_length=200, blank=True)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("responsible")
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.PLANNED
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["project", "due_on"], name="change_of_project")]

    def __str__(self) -> str:
        return self.title


class Effect(Record):
    """A change that leads to a benefit."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    change = models.ForeignKey(Change, models.PROTECT, related_name="effects")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="effects")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "benefit"], name="one_effect_each")
        ]

    def __str__(self) -> str:
        return f"{self.change_id} → {self.benefit_id}"


class Indicator(Record):
    """What is measured to see a benefit, how, and what it is to become."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    benefit = models.ForeignKey(
        Benefit, models.PROTECT, related_name="indicators", verbose_name=_("benefit")
    )
    name = models.CharField(_("indicator"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    method = models.TextField(_("how it is measured"), blank=True)
    target = models.DecimalField(_("target"), max_digits=15, decimal_places=3)
    responsible = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("who measures")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["benefit"], name="indicator_of_benefit")]

    def __str__(self) -> str:
        return self.name


class Moment(models.TextChoices):
    START = "start", _("Start")
    MIDDLE = "middle", _("Midway")
    END = "end", pgettext_lazy("moment", "End")
    AFTER = "after", _("After the project")


class Measurement(Record):
    """A planned measuring of an indicator, and what it showed once somebody has measured."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="measurements", verbose_name=_("indicator")
    )
    moment = models.CharField(_("when in the project"), max_length=8, choices=Moment.choices)
    due_on = models.DateField(_("due date"))
    value = models.DecimalField(_("result"), max_digits=15, decimal_places=3, null=True, blank=True)
    measured_on = models.DateField(_("measured"), null=True, blank=True)
    measured_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("measured by")
    )
    comment = models.TextField(_("comment"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "moment", "due_on"], name="one_measurement_a_day"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, measured_on__isnull=True)
                | Q(value__isnull=False, measured_on__isnull=False),
                name="measured_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "measured_on", "due_on"], name="measurement_due"),
            models.Index(fields=["indicator", "measured_on"], name="measurement_of_indicator"),
        ]

    def __str__(self) -> str:
        return f"{self.get_moment_display()} {self.due_on}"

"""A row of a register the project keeps: its own columns lie in ``values``, by their key."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tospann.foundation.records import Record
from tospann.people.models import Person
from tospann.projects.models import Project, RegisterDefinition


class Line(Record):
    """One row. What every register has are columns of the table; the rest is in ``values``."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="register_lines")
    register = models.ForeignKey(
        RegisterDefinition, models.PROTECT, related_name="lines", verbose_name=_("register")
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=60)
    is_open = models.BooleanField(_("open"), default=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("owner")
    )
    raised_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("raised by")
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    values = models.JSONField(_("values"), default=dict)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_line_number")
        ]
        indexes = [
            models.Index(fields=["register", "is_open", "due_on"], name="line_of_register"),
            models.Index(fields=["owner", "is_open", "due_on"], name="line_of_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short_id(self) -> str:
        """NF-123; needs the project."""
        return f"{self.project.key}-{self.number}"

    def get_absolute_url(self) -> str:
        """Needs the project."""
        return f"/p/{self.project.key}/registers/lines/{self.number}"

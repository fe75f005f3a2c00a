"""What the forms of quality let one choose between."""

from dataclasses import dataclass
from functools import cached_property

from tospann.projects import queries as projects
from tospann.projects.models import Project
from tospann.quality import queries
from tospann.quality.models import Deliverable

Choices = list[tuple[str, str]]


@dataclass
class Offered:
    """Each list is read when a form asks for it."""

    project: Project
    deliverable: Deliverable | None = None

    @cached_property
    def team(self) -> Choices:
        return projects.team(self.project)

    @cached_property
    def phases(self) -> Choices:
        return [(str(one.pk), one.name) for one in projects.phases(self.project)]

    @cached_property
    def deliverables(self) -> Choices:
        return self._numbered(queries.deliverables(self.project).order_by("number"))

    @cached_property
    def requirements(self) -> Choices:
        return self._numbered(queries.requirements(self.project).order_by("number"))

    @cached_property
    def shares(self) -> Choices:
        """Whoever the deliverable is shared with outside."""
        found = queries.shares_of(self.deliverable) if self.deliverable else []
        return [(str(one.pk), one.receiver) for one in found]

    def _numbered(self, rows: queries.Numbered) -> Choices:
        key = self.project.key
        listed = rows.values_list("pk", "number", "title")
        return [(str(pk), f"{key}-{number} {title}") for pk, number, title in listed]

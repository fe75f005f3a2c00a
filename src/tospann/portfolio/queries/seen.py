"""What every page across projects begins with: the projects one may see, closed ones left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tospann.foundation.authority import Actor
from tospann.projects.models import Project, ProjectState
from tospann.projects.queries import SEES_EVERY_PROJECT, visible_projects


def running(actor: Actor) -> QuerySet[Project]:
    """Projects the actor may see that are not closed."""
    return visible_projects(actor).exclude(state=ProjectState.CLOSED).order_by()


def sees_all(actor: Actor) -> bool:
    return actor.kind == "system" or bool(actor.organisation_roles & SEES_EVERY_PROJECT)


@dataclass(frozen=True)
class Part:
    """A page of something long: which one, of how many, and how many rows there are in all."""

    number: int
    pages: int
    total: int
    size: int

    @classmethod
    def of(cls, asked: Mapping[str, Any], total: int, size: int) -> "Part":
        """The page the address asks for, kept within what there is."""
        said = str(asked.get("page", ""))
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1
        pages = max(1, -(-total // size))
        return cls(min(max(number, 1), pages), pages, total, size)

    @property
    def rows(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)

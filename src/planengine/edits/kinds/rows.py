"""Edits of links, resources, assignments and calendars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planengine.edits.kinds.base import Edit
from planengine.model import (
    Assignment,
    Calendar,
    CalendarException,
    Link,
    LinkKey,
    LinkKind,
    Resource,
)


@dataclass(frozen=True, slots=True)
class AddLink(Edit):
    """Add a link."""

    kind: ClassVar[str] = "link.add"
    link: Link


@dataclass(frozen=True, slots=True)
class ChangeLink(Edit):
    """Replace the link of `link_kind` between two activities by one with the same two ends."""

    kind: ClassVar[str] = "link.change"
    predecessor: int
    successor: int
    link_kind: LinkKind
    link: Link

    @property
    def key(self) -> LinkKey:
        """The link that is replaced."""
        return (self.predecessor, self.successor, self.link_kind)


@dataclass(frozen=True, slots=True)
class RemoveLink(Edit):
    """Remove the link of `link_kind` between two activities."""

    kind: ClassVar[str] = "link.remove"
    predecessor: int
    successor: int
    link_kind: LinkKind

    @property
    def key(self) -> LinkKey:
        """The link that is removed."""
        return (self.predecessor, self.successor, self.link_kind)


@dataclass(frozen=True, slots=True)
class AddResource(Edit):
    """Add a resource; the caller chooses the uid."""

    kind: ClassVar[str] = "resource.add"
    resource: Resource


@dataclass(frozen=True, slots=True)
class ChangeResource(Edit):
    """Replace the resource with the same uid."""

    kind: ClassVar[str] = "resource.change"
    resource: Resource


@dataclass(frozen=True, slots=True)
class RemoveResource(Edit):
    """Remove a resource and its assignments."""

    kind: ClassVar[str] = "resource.remove"
    uid: int


@dataclass(frozen=True, slots=True)
class AddAssignment(Edit):
    """Add an assignment; the caller chooses the uid."""

    kind: ClassVar[str] = "assignment.add"
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class ChangeAssignment(Edit):
    """Replace the assignment with the same uid."""

    kind: ClassVar[str] = "assignment.change"
    assignment: Assignment


@dataclass(frozen=True, slots=True)
class RemoveAssignment(Edit):
    """Remove an assignment."""

    kind: ClassVar[str] = "assignment.remove"
    uid: int


@dataclass(frozen=True, slots=True)
class AddCalendar(Edit):
    """Add a calendar; the caller chooses the uid."""

    kind: ClassVar[str] = "calendar.add"
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class ChangeCalendar(Edit):
    """Replace the calendar with the same uid."""

    kind: ClassVar[str] = "calendar.change"
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class RemoveCalendar(Edit):
    """Remove a calendar nothing uses."""

    kind: ClassVar[str] = "calendar.remove"
    uid: int


@dataclass(frozen=True, slots=True)
class SetException(Edit):
    """Add a calendar exception, or replace the one for the same days."""

    kind: ClassVar[str] = "calendar.exception.set"
    calendar: int
    exception: CalendarException


@dataclass(frozen=True, slots=True)
class RemoveException(Edit):
    """Remove the calendar exception for exactly these days."""

    kind: ClassVar[str] = "calendar.exception.remove"
    calendar: int
    first_day: int
    last_day: int

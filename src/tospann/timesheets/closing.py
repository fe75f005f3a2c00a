"""Which days are closed: until when each project has closed its books."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from tospann.budget.closing import closed_untils

Closed = Mapping[UUID, date]
"""The last closed day of each project that has one."""


def closed(projects: Iterable[UUID]) -> Closed:
    """One query."""
    return closed_untils(projects)


def is_closed(known: Closed, project: UUID, day: date) -> bool:
    until = known.get(project)
    return until is not None and day <= until

"""The plan that is taken along: as it is now, or as it was at some point."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from tospann.planning import store
from tospann.planning.models import Plan
from tospann.planning.revisions import points
from tospann.planning.store import Loaded
from tospann.projects.models import Project


@dataclass(frozen=True)
class Taken:
    """A plan's content, the revision it is, and the project's clock for whoever reads it."""

    project: Project
    revision: int
    loaded: Loaded
    at: datetime

    @property
    def day(self) -> date:
        return self.at.date()


def taken(head: Plan, then: points.Point | None = None) -> Taken:
    """The plan now; or then, with the day it was."""
    if then is None:
        now = timezone.localtime().replace(tzinfo=None, microsecond=0)
        return Taken(head.project, head.revision, store.load(head), now)
    at = datetime.combine(then.reader_day, time(12))
    return Taken(head.project, then.number, points.content(head, then), at)

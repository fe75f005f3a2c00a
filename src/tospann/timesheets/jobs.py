"""Every morning whoever has not sent last week's hours is told, once a week."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.models import Membership, Project
from tospann.timesheets import queries
from tospann.timesheets.models import LOCKED, Week, monday_of, week_name

_NOT_SENT = gettext_noop("You have not sent your hours for %(week)s.")


@every("daily 06:20")
@job()
def remind_of_hours() -> int:
    """One notice a person and week; running it again tells nobody twice."""
    monday = monday_of(timezone.localdate()) - timedelta(days=7)
    week = week_name(monday)
    said = Sentence(_NOT_SENT, {"week": week})
    people = _owing(monday)
    return tell(people, Kind.DUE, said, f"/hours?week={week}", key=f"hours:{week}") if people else 0


def _owing(monday: date) -> list[UUID]:
    """Those on a project that kept timesheets that week, who have not sent it (two queries)."""
    sunday = monday + timedelta(days=6)
    begun = queries.using(Project.objects.filter(start__lte=sunday, created_at__date__lte=sunday))
    held = Membership.objects.filter(project__in=begun.values("pk"), person__is_active=True)
    held = held.exclude(role=Role.GUEST).filter(Q(until__isnull=True) | Q(until__gte=monday))
    sent = Week.objects.filter(monday=monday, state__in=LOCKED).values_list("person_id", flat=True)
    wanted = set(held.values_list("person_id", flat=True)) - set(sent)
    return sorted(wanted, key=str)

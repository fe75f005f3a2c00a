"""Once a day: whoever prepares a report is reminded before it is due, and when it is late."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.foundation.authority import Role, Sentence
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell
from tospann.projects.models import Project, ProjectState
from tospann.projects.queries import holders
from tospann.reports.models import Reporting, ReportState, StatusReport
from tospann.reports.tolerances import watch

DAYS_BEFORE = 2
_SOON = gettext_noop("The status report is due %(day)s.")
_LATE = gettext_noop("The status report was due %(day)s.")


@every("daily 06:30")
@job()
def remind_of_reports() -> int:
    """Two days before, and once when it is late; running it again tells nobody twice."""
    today = timezone.localdate()
    due = Reporting.objects.filter(next_due_on__lte=today + timedelta(days=DAYS_BEFORE))
    due = due.exclude(project__state=ProjectState.CLOSED).select_related("project")
    waiting = StatusReport.objects.filter(state=ReportState.SUBMITTED)
    due = due.exclude(project__in=waiting.values("project"))
    late = {kept.pk for kept in due if kept.next_due_on and kept.next_due_on < today}
    return sum(_remind(kept, is_late=kept.pk in late) for kept in due)


@every("daily 06:20")
@job()
def watch_tolerances() -> int:
    """A date may pass without anybody doing anything; running it again raises nothing twice."""
    active = Project.objects.filter(state=ProjectState.ACTIVE).order_by("key")
    return sum(watch.look(project) for project in active.iterator())


def _remind(kept: Reporting, *, is_late: bool) -> int:
    project = kept.project
    people = holders(project.pk, [Role.COORDINATOR]) or holders(project.pk, [Role.MANAGER])
    said = Sentence(_LATE if is_late else _SOON, {"day": f"day:{kept.next_due_on}"})
    key = f"report-{'late' if is_late else 'due'}:{project.pk}:{kept.next_due_on}"
    return tell(people, Kind.DUE, said, f"/p/{project.key}/reports", key=key, project=project)

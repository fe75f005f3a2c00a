"""What planning does at set times."""

from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.planning import staging
from tospann.planning.models import PendingDecision
from tospann.planning.pending.refreshing import refresh


@every("daily 03:40")
@job()
def forget_imports() -> int:
    """Remove files that were read and never applied."""
    return staging.forget_expired()


@every("daily 04:10")
@job()
def compute_pending_decisions() -> int:
    """Dates pass: what is pending is computed anew, where anything is."""
    waiting = PendingDecision.objects.order_by().values_list("project_id", flat=True).distinct()
    return sum(refresh(project) for project in list(waiting))

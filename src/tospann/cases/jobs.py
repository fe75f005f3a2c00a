"""What cases do later: computing what their alternatives would do."""

from uuid import UUID

from django.utils import timezone

from tospann.cases import computing
from tospann.cases.commands import escalate_case
from tospann.cases.models import Case, CaseState
from tospann.foundation.authority import SYSTEM
from tospann.jobs.queue import enqueue_once, job
from tospann.jobs.schedule import every


@job(retries=5, queue="engine")
def compute_consequences(case: str) -> int:
    """Compute what the alternatives of a case would do."""
    return computing.compute_case(UUID(case))


def compute_anew(case_id: UUID) -> None:
    """Have a case computed: its alternatives are other ones."""
    computing.mark_stale(case_id)
    enqueue_once(compute_consequences, case=str(case_id))


def recompute(project_id: UUID) -> None:
    """Have the open cases of a project computed anew: what they come from has changed."""
    for case in computing.computed_cases(project_id):
        compute_anew(case)


@every("daily 05:30")
@job()
def escalate() -> int:
    """Pass on the cases that were not decided in time."""
    waiting = Case.objects.filter(
        state=CaseState.SUBMITTED, decide_by__lt=timezone.now(), escalated_at=None
    )
    late = list(waiting.order_by("decide_by")[:500])
    for case in late:
        escalate_case(SYSTEM, case)
    return len(late)

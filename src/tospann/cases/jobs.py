"""What cases do later: computing what their alternatives would do."""

from uuid import UUID

from tospann.cases import computing
from tospann.jobs.queue import enqueue_once, job


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

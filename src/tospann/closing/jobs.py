"""What closing does beside people: it keeps what plans promised."""

from uuid import UUID

from tospann.closing import forecasting
from tospann.jobs.queue import job
from tospann.projects.models import Project


@job(retries=3, queue="engine")
def keep_forecast(project: str) -> int:
    """Write down what a frozen plan promises."""
    found = Project.objects.filter(pk=UUID(project)).first()
    return forecasting.keep(found) if found else 0

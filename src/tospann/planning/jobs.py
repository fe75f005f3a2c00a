"""What planning does at set times."""

from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.planning import staging


@every("daily 03:40")
@job()
def forget_imports() -> int:
    """Remove files that were read and never applied."""
    return staging.forget_expired()

"""Making the index when there is none of this form yet, and looking it over every night."""

import structlog

from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.search import indexing

log = structlog.get_logger()


@every(minutes=10)
@job()
def complete() -> None:
    """A new portal, or one whose index has another form, gets a whole one."""
    if not indexing.is_complete():
        log.info("search index made", **indexing.rebuild())


@every("daily 02:40")
@job()
def look_over() -> None:
    """Put right what is not as it should be, such as after a restore."""
    log.info("search index looked over", **indexing.rebuild())

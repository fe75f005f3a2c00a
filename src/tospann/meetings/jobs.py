"""Once a day: minutes whose deadline for remarks has passed are locked."""

import structlog
from django.utils import timezone

from tospann.foundation.authority import SYSTEM
from tospann.foundation.errors import CommandError
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.meetings import commands
from tospann.meetings.models import Meeting, MeetingState

log = structlog.get_logger()


@every("daily 00:20")
@job()
def lock_what_is_due() -> int:
    """One at a time: a meeting that cannot be locked stops no other."""
    due = Meeting.objects.filter(
        state=MeetingState.PUBLISHED, remarks_due_on__lt=timezone.localdate()
    )
    locked = 0
    for meeting in due.order_by("remarks_due_on", "pk"):
        try:
            commands.lock_minutes(SYSTEM, meeting)
            locked += 1
        except CommandError:
            log.exception("minutes not locked", meeting=str(meeting.pk))
    return locked

"""What the portal does for itself: the daily anchor, and throwing away what nobody needs."""

from datetime import timedelta
from importlib import import_module

import structlog
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tospann.foundation.models import OwedReaction
from tospann.jobs import anchors
from tospann.jobs.models import Attempt, Progress
from tospann.jobs.queue import job
from tospann.jobs.schedule import every

KEEP_RESULTS = timedelta(days=14)
KEEP_REACTIONS = timedelta(days=30)
KEEP_PROGRESS = timedelta(days=7)
log = structlog.get_logger()


@every("daily 00:05")
@job(retries=8)
def anchor_the_audit_chain() -> str:
    """Keep today's heads outside the database."""
    return anchors.write_anchor().name


@every("daily 03:20")
@job()
def clear_expired_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@every("daily 03:30")
@job()
def prune() -> None:
    """Throw away old results, carried-out reactions and finished progress."""
    now = timezone.now()
    old = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_RESULTS)
    tasks, _by_kind = old.delete()
    Attempt.objects.filter(worker="", lease_until__lt=now - KEEP_RESULTS).exclude(
        task_id__in=DBTaskResult.objects.values("id")
    ).delete()
    reactions, _by_kind = OwedReaction.objects.filter(
        done_at__lt=now - KEEP_REACTIONS, error=""
    ).delete()
    Progress.objects.filter(updated_at__lt=now - KEEP_PROGRESS).delete()
    log.info("pruned", tasks=tasks, reactions=reactions)

"""Work that was asked for, forgotten with what it was about."""

from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tospann.jobs.models import Progress


def forget(about: UUID, place: str) -> None:
    """Tasks that were given this id, waiting or over, and progress that leads to that place."""
    told = DBTaskResult.objects.annotate(told=Cast("args_kwargs", TextField()))
    told.filter(told__contains=str(about)).exclude(status=TaskResultStatus.RUNNING).delete()
    Progress.objects.filter(link__startswith=place).delete()

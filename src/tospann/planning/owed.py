"""What the plan contributes to what people owe: tasks and milestones with somebody responsible."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.actions.sources import Source, owed_rows_come_from, shaped
from tospann.planning.models import Activity, Kind, State


def rows() -> QuerySet[Any, Any]:
    tasks = Activity.objects.filter(responsible__isnull=False, is_active=True)
    return shaped(
        tasks.exclude(kind=Kind.SUMMARY),
        "task",
        ref="uid",
        code="number",
        title="name",
        owner="responsible",
        due="finish",
        state="state",
        is_open=~Q(state=State.DONE),
    )


def _address(key: str, ref: int) -> str:
    return f"/p/{key}/plan/tasks/{ref}"


owed_rows_come_from(Source("task", _("Plan task"), rows, _address))

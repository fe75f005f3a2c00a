"""What meetings contribute to what people owe: minutes that are written and not sent out."""

from typing import Any

from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from tospann.actions.models import Stage
from tospann.actions.sources import Source, owed_rows_come_from, shaped
from tospann.meetings.models import Meeting, MeetingState

_HELD = Q(state=MeetingState.HELD)
_STAGE = Case(
    When(_HELD, then=Value(Stage.UNDER_WAY.value)),
    default=Value(Stage.DONE.value),
    output_field=TextField(),
)


def rows() -> QuerySet[Any, Any]:
    """Due on the day the meeting ended: minutes are best fresh."""
    over = (MeetingState.HELD, MeetingState.PUBLISHED, MeetingState.LOCKED)
    written = Meeting.objects.filter(minutes_by__isnull=False, state__in=over)
    return shaped(
        written.annotate(due_by=TruncDate("ended_at")),
        "minutes",
        ref="number",
        title="title",
        owner="minutes_by",
        given_by="called_by",
        due="due_by",
        state=_STAGE,
        is_open=_HELD,
    )


def _address(key: str, ref: int) -> str:
    return f"/p/{key}/meetings/{ref}"


owed_rows_come_from(Source("minutes", _("Minutes"), rows, _address))

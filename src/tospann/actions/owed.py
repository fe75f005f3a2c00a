"""What actions themselves contribute to what is owed."""

from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from tospann.actions.models import Action, ActionState, Stage
from tospann.actions.sources import Source, owed_rows_come_from, shaped

KIND = "action"
_IS_OPEN = Q(state=ActionState.OPEN)
_STAGE = Case(
    When(_IS_OPEN & Q(began_at__isnull=True), then=Value(Stage.NOT_STARTED.value)),
    When(_IS_OPEN, then=Value(Stage.UNDER_WAY.value)),
    default=F("state"),
    output_field=CharField(),
)


def rows() -> QuerySet[Any, Any]:
    return shaped(
        Action.objects.all(),
        KIND,
        ref="number",
        pick="pk",
        title="title",
        owner="owner",
        given_by="given_by",
        due="due_on",
        state=_STAGE,
        is_open=_IS_OPEN,
        stuck=Q(stuck_since__isnull=False),
        asked="proposed_due_on",
        priority="priority",
        origin="origin_kind",
    )


def _address(key: str, ref: int) -> str:
    return f"/p/{key}/actions/{ref}"


owed_rows_come_from(Source(KIND, _("Action"), rows, _address))

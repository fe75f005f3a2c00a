"""What risks, problems and deviations contribute to what people owe: those with an owner."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.actions.sources import Source, owed_rows_come_from, shaped
from tospann.risks.models import Deviation, DeviationState, Problem, ProblemState, Risk, RiskState


def _rows(model: type[Model], kind: str, open_state: str) -> Callable[[], QuerySet[Any, Any]]:
    def rows() -> QuerySet[Any, Any]:
        return shaped(
            model._default_manager.filter(owner__isnull=False),
            kind,
            ref="number",
            title="title",
            owner="owner",
            given_by="raised_by",
            due="due_on",
            is_open=Q(state=open_state),
        )

    return rows


owed_rows_come_from(
    Source(
        "risk",
        _("Risk"),
        _rows(Risk, "risk", RiskState.OPEN),
        lambda key, ref: f"/p/{key}/risks/{ref}",
    )
)
owed_rows_come_from(
    Source(
        "problem",
        _("Problem"),
        _rows(Problem, "problem", ProblemState.OPEN),
        lambda key, ref: f"/p/{key}/problems/{ref}",
    )
)
owed_rows_come_from(
    Source(
        "deviation",
        _("Deviation"),
        _rows(Deviation, "deviation", DeviationState.OPEN),
        lambda key, ref: f"/p/{key}/deviations/{ref}",
    )
)

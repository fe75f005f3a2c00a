"""What quality contributes to what people owe: things with an owner, and answers waited for."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.actions.sources import Source, owed_rows_come_from, shaped
from tospann.quality.models import Deliverable, DeliverableState, Nonconformity, Review
from tospann.quality.queries import OPEN


def _rows(
    model: type[Model], kind: str, is_open: Q, owner: str = "owner", **more: Any
) -> Callable[[], QuerySet[Any, Any]]:
    def rows() -> QuerySet[Any, Any]:
        return shaped(
            model._default_manager.filter(**{f"{owner}__isnull": False}),
            kind,
            ref="number",
            title="title",
            owner=owner,
            due="due_on",
            is_open=is_open,
            **more,
        )

    return rows


_READY = Q(state=DeliverableState.READY)
for source in (
    Source(
        "nonconformity",
        _("Nonconformity"),
        _rows(Nonconformity, "nonconformity", Q(state="open"), given_by="raised_by"),
        lambda key, ref: f"/p/{key}/quality/nonconformities/{ref}",
    ),
    Source(
        "deliverable",
        _("Deliverable"),
        _rows(Deliverable, "deliverable", OPEN[Deliverable] & ~_READY),
        lambda key, ref: f"/p/{key}/quality/deliverables/{ref}",
    ),
    Source(
        "acceptance",
        _("Deliverable to accept"),
        _rows(Deliverable, "acceptance", _READY, "accepter", given_by="owner"),
        lambda key, ref: f"/p/{key}/quality/deliverables/{ref}",
    ),
    Source(
        "review",
        _("Quality review"),
        _rows(Review, "review", Q(state="planned")),
        lambda key, ref: f"/p/{key}/quality/reviews/{ref}",
    ),
):
    owed_rows_come_from(source)

"""What cases and promises contribute to what people owe.

A case that is prepared or was returned with a question is owed by whoever prepares it; a promise
by the colleague who gave it. Promises lie beside actions and cannot contribute themselves.
"""

from typing import Any

from django.db.models import Case as Choose
from django.db.models import Q, QuerySet, TextField, Value, When
from django.utils.translation import gettext_lazy as _

from tospann.actions.models import Stage
from tospann.actions.sources import Source, owed_rows_come_from, shaped
from tospann.cases.models import Case, CaseState
from tospann.stakeholders.models import Promise, PromiseState

_PREPARED = Q(state__in=[CaseState.DRAFT, CaseState.RETURNED])
_PROMISED = Q(state=PromiseState.OPEN)


def _cases() -> QuerySet[Any, Any]:
    return shaped(
        Case.objects.exclude(state=CaseState.WITHDRAWN),
        "case",
        ref="number",
        title="title",
        owner="prepared_by",
        due="need_by",
        state=_stage(_PREPARED, Stage.UNDER_WAY, Stage.DONE),
        is_open=_PREPARED,
    )


def _promises() -> QuerySet[Any, Any]:
    return shaped(
        Promise.objects.filter(by_person__isnull=False),
        "promise",
        ref="number",
        title="text",
        owner="by_person",
        due="due_on",
        state=Choose(
            When(state=PromiseState.KEPT, then=Value(Stage.DONE.value)),
            When(_PROMISED, then=Value(Stage.NOT_STARTED.value)),
            default=Value(Stage.DROPPED.value),
            output_field=TextField(),
        ),
        is_open=_PROMISED,
    )


def _stage(condition: Q, then: Stage, otherwise: Stage) -> Choose:
    chosen = When(condition, then=Value(then.value))
    return Choose(chosen, default=Value(otherwise.value), output_field=TextField())


def _case_address(key: str, ref: int) -> str:
    return f"/p/{key}/decisions/cases/{ref}"


def _promise_address(key: str, ref: int) -> str:
    return f"/p/{key}/promises/{ref}"


owed_rows_come_from(Source("case", _("Case"), _cases, _case_address))
owed_rows_come_from(Source("promise", _("Promise"), _promises, _promise_address))

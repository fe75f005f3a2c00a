"""Computing what the alternatives of open cases would do, and storing it beside them.

Computed values are working state: they are replaced whenever what they come from has changed. Until
they are in (``computed_at`` is empty) pages say that they are being computed.
"""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tospann.cases import consequences
from tospann.cases.models import OPEN_STATES, Alternative, Case


class Unfinished(Exception):
    """Too much is being computed just now for the percentiles: to be tried again later."""


def open_cases(project_id: UUID) -> QuerySet[Case]:
    return Case.objects.filter(project=project_id, state__in=OPEN_STATES)


def computed_cases(project_id: UUID) -> list[UUID]:
    """The open cases that have figures."""
    computed = Alternative.objects.filter(case__in=open_cases(project_id))
    with_figures = computed.exclude(consequences_hash="").values_list("case_id", flat=True)
    return sorted(set(with_figures))


def has_figures(case_id: UUID) -> bool:
    """Whether there is something to compute for a case, or something computed to put away."""
    rows = Alternative.objects.filter(case=case_id).only("operations", "consequences_hash")
    return any(row.consequences_hash or consequences.concerns(row.operations) for row in rows)


def mark_stale(case_id: UUID) -> None:
    """Say of a case's figures that they are being computed."""
    Alternative.objects.filter(case=case_id).update(computed_at=None)


def compute_case(case_id: UUID) -> int:
    """Compute every alternative of an open case anew; returns how many have new figures."""
    case = Case.objects.select_related("project").filter(pk=case_id, state__in=OPEN_STATES).first()
    rows = list(Alternative.objects.filter(case=case)) if case else []
    if case is None:
        return 0
    if not any(consequences.concerns(row.operations) for row in rows):  # any more
        Alternative.objects.filter(case=case).update(consequences={}, consequences_hash="")
        return 0
    return sum(_compute(case, row) for row in rows)


def _compute(case: Case, row: Alternative) -> int:
    known = row.consequences.get("inputs_hash", "") if row.consequences else ""
    found = consequences.compute(case.project, row.operations, known)
    if found is None and not known:
        return 0
    if found is not None and not found.is_whole:
        raise Unfinished
    values: dict[str, object] = {"computed_at": timezone.now()}
    if found is not None:
        values |= {"consequences": found.to_json(), "consequences_hash": found.fingerprint()}
    # What was prepared anew, or decided, while this was computed is not overwritten.
    still = Alternative.objects.filter(
        pk=row.pk, version=row.version, case__in=open_cases(case.project_id)
    )
    return still.update(**values)

"""The measures of a change to the plan, which the authority matrix sets limits on.

They are counted from what was last agreed: the frozen plan, the last decision about the plan, or
the plan as the current phase began. So a change cannot be split up to stay under a limit. A change
that moves nothing is never measured, and before anything is agreed there is nothing to move.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import measure
from tospann.planning.history import require_current
from tospann.planning.models import Plan, Revision
from tospann.planning.prepare import Prepared, prepare
from tospann.planning.projection import Marks, marks_of
from tospann.projects.models import Phase, PhaseState
from tospann.ui.holidays import working_days_between

FINISH = measure("finish_change_days", _("the change of the plan's finish"), "days").key
MILESTONE = measure("milestone_change_days", _("the largest change of a milestone"), "days").key


def of_edits(head: Plan, arguments: Any) -> Mapping[str, Decimal]:
    """The measures of ``apply_edits``: tried on the plan as it is now."""
    require_current(head, arguments.base_revision)
    return of_change(head, prepare(head, arguments.edits))


def of_change(head: Plan, tried: Prepared) -> Mapping[str, Decimal]:
    """How far the finish and the farthest-moved milestone come from what was agreed."""
    now, then = marks_of(tried.before.rows), marks_of(tried.after.rows)
    if now == then:
        return {FINISH: Decimal(0), MILESTONE: Decimal(0)}
    agreed = agreed_marks(head)
    return {
        FINISH: Decimal(_finish_days(agreed, now, then)),
        MILESTONE: Decimal(_milestone_days(agreed, now, then)),
    }


def _finish_days(agreed: Marks, now: Marks, then: Marks) -> int:
    return 0 if now["finish"] == then["finish"] else _days(agreed["finish"], then["finish"])


def _milestone_days(agreed: Marks, now: Marks, then: Marks) -> int:
    moved = (
        _days(agreed["milestones"].get(uid), day)
        for uid, day in then["milestones"].items()
        if now["milestones"].get(uid) != day
    )
    return max(moved, default=0)


def _days(before: str | None, after: str | None) -> int:
    """Working days from one to the other, whichever way."""
    if before is None or after is None or before == after:
        return 0
    first, last = sorted((date.fromisoformat(before), date.fromisoformat(after)))
    return working_days_between(first, last)


def agreed_marks(head: Plan) -> Marks:
    """The dates last agreed on."""
    begun = (
        # The first phase begins before there is a plan to agree on.
        Phase.objects.filter(project_id=head.project_id, state=PhaseState.CURRENT, position__gt=1)
        .order_by("-started_at")
        .values_list("started_at", flat=True)
        .first()
    )
    agreed = Q(is_decided=True)
    if begun is not None:
        agreed |= Q(created_at__lte=begun)
    revisions = Revision.objects.filter(plan=head)
    last = revisions.filter(agreed).order_by("-number").values_list("number", flat=True).first()
    marked = revisions.filter(number__lte=last or 0, marks__isnull=False)
    found = marked.order_by("-number").values_list("marks", flat=True).first()
    return found or {"finish": None, "milestones": {}}

"""The measures of a change to the plan, which the authority matrix sets limits on.

They are counted from what was last agreed: the frozen plan, the last decision about the plan, or
the plan as the current phase began. So a change cannot be split up to stay under a limit. A limit
of the owner's counts from what was decided that high: what a manager approves bit by bit adds up.
A change that moves nothing is never measured, and before anything is agreed there is nothing to
move.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tospann.foundation.authority import RANK, Role, at_rank, measure
from tospann.foundation.models import AuditEntry
from tospann.planning.history import require_current
from tospann.planning.models import Plan, Revision, RevisionKind
from tospann.planning.prepare import Prepared, prepare
from tospann.planning.projection import Marks
from tospann.projects.models import Phase, PhaseState
from tospann.ui.holidays import working_days_between

FINISH = measure("finish_change_days", _("the change of the plan's finish"), "days").key
OWNERS_RANK = RANK[Role.OWNER]
MILESTONE = measure("milestone_change_days", _("the largest change of a milestone"), "days").key


def of_edits(head: Plan, arguments: Any) -> Mapping[str, Decimal]:
    """The measures of ``apply_edits``: tried on the plan as it is now."""
    require_current(head, arguments.base_revision)
    return of_change(head, prepare(head, arguments.edits))


def of_change(head: Plan, tried: Prepared) -> Mapping[str, Decimal]:
    """How far the finish and the farthest-moved milestone come from what was agreed."""
    now, then = tried.before.marks, tried.after.marks
    if now == then:
        return {FINISH: Decimal(0), MILESTONE: Decimal(0)}
    agreed, agreed_high = _agreed(head)
    found = _since(agreed, now, then)
    high = _since(agreed_high, now, then)
    return {**found, **{at_rank(key, OWNERS_RANK): value for key, value in high.items()}}


def _since(agreed: Marks, now: Marks, then: Marks) -> Mapping[str, Decimal]:
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
    return abs(working_days_between(date.fromisoformat(before), date.fromisoformat(after)))


def agreed_marks(head: Plan) -> Marks:
    """The dates last agreed on."""
    return _agreed(head)[0]


def _agreed(head: Plan) -> tuple[Marks, Marks]:
    """The dates last agreed on: by anybody who could, and by somebody as high as the owner."""
    begun = (
        # The first phase begins before there is a plan to agree on.
        Phase.objects.filter(project_id=head.project_id, state=PhaseState.CURRENT, position__gt=1)
        .order_by("-started_at")
        .values_list("started_at", flat=True)
        .first()
    )
    decided = Q(is_decided=True)
    high = _first_baseline(head) | Q(is_decided=True, sequence__in=_high_acts(head))
    if begun is not None:
        decided |= Q(created_at__lte=begun)
        high |= Q(created_at__lte=begun)
    last = Revision.objects.filter(plan=head).aggregate(
        by_anybody=Max("number", filter=decided), high=Max("number", filter=high)
    )
    found = _marks_at(head, last["by_anybody"])
    same = last["by_anybody"] == last["high"]
    return found, found if same else _marks_at(head, last["high"])


def _first_baseline(head: Plan) -> Q:
    """The first baseline is what an owner counts from, whoever may freeze in this project."""
    made = Revision.objects.filter(plan=head, kind=RevisionKind.BASELINE)
    return Q(number=made.order_by("number").values_list("number", flat=True).first() or 0)


def _high_acts(head: Plan) -> QuerySet[AuditEntry, int]:
    """What was carried out on the authority of an owner, or of somebody as high."""
    by = [str(role) for role, rank in RANK.items() if rank >= OWNERS_RANK]
    deputies = [Q(authority__startswith=f"{role} for ") for role in by]
    authority = reduce(or_, deputies, Q(authority__in=[*by, "system"]))
    acts = AuditEntry.objects.filter(authority, scope_id=head.project_id)
    return acts.values_list("sequence", flat=True)


def _marks_at(head: Plan, number: int | None) -> Marks:
    marked = Revision.objects.filter(plan=head, number__lte=number or 0, marks__isnull=False)
    found = marked.order_by("-number").values_list("marks", flat=True).first()
    return found or {"finish": None, "milestones": {}}

"""The pending decisions of a project, computed anew and stored: pages only read them."""

from collections.abc import Sequence
from datetime import date
from statistics import median
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tospann.budget import queries as budget
from tospann.cases.models import OPEN_STATES, Alternative, Case, Decision
from tospann.planning import store
from tospann.planning.models import PendingDecision, Plan, Waits
from tospann.planning.pending import computing
from tospann.planning.store import Loaded
from tospann.projects.models import Project
from tospann.ui.holidays import working_days_between

USUAL_LEAD = 5
"""Working days that a decision takes where nobody has decided yet."""
MOST_DECISIONS = 50
MOST_LEAD = 60


def refresh(project_id: UUID) -> int:
    """Replace what is stored; how many decisions are pending."""
    found = _computed(project_id)
    with transaction.atomic():
        PendingDecision.objects.filter(project_id=project_id).delete()
        PendingDecision.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def _computed(project_id: UUID) -> list[PendingDecision]:
    open_ = list(Case.objects.filter(project_id=project_id, state__in=OPEN_STATES))
    head = Plan.objects.filter(project_id=project_id).first()
    if not open_ or head is None:
        return []
    project = Project.objects.get(pk=project_id)
    loaded, taken = store.load(head), _taken(project_id)
    running = budget.money(project).running_per_week
    tied = dict(Waits.objects.filter(project_id=project_id).values_list("case_id", "uids"))
    made = []
    for case in open_:
        pending = computing.computed(loaded, tied.get(case.pk) or waits_for(case, loaded))
        lead = lead_days(taken, case.deciders)
        made.append(
            PendingDecision(
                case=case,
                project_id=project_id,
                uids=list(pending.uids),
                need_by=pending.need_by(lead),
                lead_days=lead,
                slip_days=max(pending.slip_days, 0),
                cost_per_week=pending.cost(running),
                computed_at=timezone.now(),
            )
        )
    return made


def waits_for(case: Case, loaded: Loaded) -> set[int]:
    """What the case is about, where nobody has said what waits for it."""
    if case.gate is not None:
        return computing.gate_rows(loaded, case.gate.code)
    stored = Alternative.objects.filter(case=case).order_by("position")
    by_key = dict(stored.values_list("key", "operations"))
    chosen = by_key.get(case.recommended)
    every = [one for operations in by_key.values() for one in operations]
    return computing.touched(chosen or every)


Taken = Sequence[tuple[list[str], date, date]]


def _taken(project_id: UUID) -> Taken:
    """The latest decisions: by whom, when the case was submitted, and when it was decided."""
    found = Decision.objects.filter(project_id=project_id, case__submitted_at__isnull=False)
    rows = found.order_by("-number").values_list(
        "case__deciders", "case__submitted_at", "decided_on"
    )
    return [
        (deciders, timezone.localtime(submitted).date(), decided)
        for deciders, submitted, decided in rows[:MOST_DECISIONS]
        if submitted is not None
    ]


def lead_days(taken: Taken, deciders: Sequence[str]) -> int:
    """The working days it usually takes until these deciders have decided."""
    days = [
        working_days_between(submitted, decided) if decided > submitted else 0
        for by, submitted, decided in taken
        if set(by) == set(deciders)
    ]
    return min(round(median(days)), MOST_LEAD) if days else USUAL_LEAD

"""What cases do later: computing what alternatives would do, asking the rules of gates."""

from contextlib import nullcontext
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from tospann.cases import bundling, computing, gates
from tospann.cases.commands import escalate_case
from tospann.cases.models import OPEN_STATES, Bundle, Case, CaseState
from tospann.foundation.authority import SYSTEM
from tospann.jobs import progress
from tospann.jobs.queue import enqueue_once, job
from tospann.jobs.schedule import every
from tospann.projects import commands as projects
from tospann.projects.models import BY_RULE, Gate, GateCriterion, GateState, ProjectState


@job(retries=5, queue="engine")
def compute_consequences(case: str) -> int:
    """Compute what the alternatives of a case would do."""
    return computing.compute_case(UUID(case))


def compute_anew(case_id: UUID) -> None:
    """Have a case computed: its alternatives are other ones."""
    computing.mark_stale(case_id)
    enqueue_once(compute_consequences, case=str(case_id))


def recompute(project_id: UUID) -> None:
    """Have the open cases of a project computed anew: what they come from has changed."""
    for case in computing.computed_cases(project_id):
        compute_anew(case)


@job(retries=2)
def bind_case(bundle: str) -> int:
    """Put the papers of a case together; send them when their day has come."""
    found = bundling.read(UUID(bundle))
    if found is None or found.case.state not in OPEN_STATES:
        return 0
    with progress.reported(found.work) if found.work else nullcontext():
        made = bundling.make(found)
        if made is not None:
            bundling.send_when_due(made)
            if found.work:
                progress.finish(found.work, f"{_page_of(found)}#papers")
    return 1


def _page_of(bundle: Bundle) -> str:
    return reverse("case", args=[bundle.case.project.key, bundle.case.number])


@every("daily 06:10")
@job()
def send_bundles() -> int:
    """Send the papers whose day has come; those that have changed are put together again first."""
    sent = 0
    for bundle in bundling.due():
        if bundling.is_stale(bundle):
            enqueue_once(bind_case, bundle=str(bundle.pk))
        else:
            sent += bundling.send_when_due(bundle)
    return sent


def bind_due(case_id: UUID) -> None:
    """Have a case's papers put together and sent, when their day has come."""
    for bundle in bundling.due().filter(case=case_id):
        enqueue_once(bind_case, bundle=str(bundle.pk))


@job(retries=2, queue="engine")
def note_rules(gate: str) -> int:
    """Note which data rules of a gate hold, so that lists need not ask each of them."""
    found = Gate.objects.select_related("project").filter(pk=UUID(gate)).first()
    if found is None or found.is_decided:
        return 0
    points = gates.checked(found)
    if not gates.has_turned(points):
        return 0
    projects.note_rules(SYSTEM, found, met=gates.met_rules(points))
    return 1


@every("daily 05:45")
@job()
def note_all_rules() -> int:
    """Days pass without anybody doing anything: ask every open gate's rules once a day."""
    rows = GateCriterion.objects.filter(
        kind__in=BY_RULE, gate__project__state__in=(ProjectState.ACTIVE, ProjectState.FOUNDING)
    )
    undecided = rows.exclude(gate__state__in=(GateState.PASSED, GateState.STOPPED))
    listed = sorted(set(undecided.values_list("gate_id", flat=True)))
    for gate in listed:
        enqueue_once(note_rules, gate=str(gate))
    return len(listed)


@every("daily 05:30")
@job()
def escalate() -> int:
    """Pass on the cases that were not decided in time."""
    waiting = Case.objects.filter(
        state=CaseState.SUBMITTED, decide_by__lt=timezone.now(), escalated_at=None
    )
    late = list(waiting.order_by("decide_by")[:500])
    for case in late:
        escalate_case(SYSTEM, case)
    return len(late)

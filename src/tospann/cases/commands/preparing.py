"""Preparing cases: proposals, gates, other matters; submitting, withdrawing, discussing."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from tospann.cases import gates, verdicts
from tospann.cases.models import (
    OPEN_STATES,
    Alternative,
    Assent,
    Case,
    CaseKind,
    CaseState,
    Decision,
    Remark,
)
from tospann.cases.reversal import reversal
from tospann.foundation.arguments import Line, OptionalLine, OptionalText, Text
from tospann.foundation.authority import (
    SYSTEM,
    Actor,
    Power,
    Role,
    Ruling,
    Sentence,
)
from tospann.foundation.commands import COMMANDS, Operation, command, verdict_on
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.references import find
from tospann.foundation.transactions import next_number
from tospann.projects import commands as projects
from tospann.projects.models import Gate, GateOutcome, GateState, Project

_GATE = gettext_noop("This gate is decided by the %(deciders)s, as the project's gates say.")
_FOLLOWS = {
    GateOutcome.PROCEED: gettext_noop("The phase ends and the next one starts."),
    GateOutcome.REWORK: gettext_noop("The phase goes on; the gate is prepared again."),
    GateOutcome.HOLD: gettext_noop("The project waits; the gate is decided later."),
    GateOutcome.STOP: gettext_noop("The project is closed."),
}
_ANY = gettext_noop("The project manager decides matters without computed consequences.")


def is_preparer(actor: Actor, case: Case) -> Sentence | None:
    """Why the actor does not prepare this case, if she does not."""
    mine = actor.person_id == case.prepared_by_id
    may = actor.roles_in(case.project_id) & {Role.COORDINATOR, Role.MANAGER}
    return None if mine or may else Sentence(gettext_noop("Only those who prepare it may do this."))


def propose(actor: Actor, operation: Operation, subject: Any, ruling: Ruling) -> Case:
    """Make a case of a change the actor may not decide (the portal's proposer)."""
    project = Project.objects.get(pk=subject.scope_id)
    verdict = verdict_on([operation]) or ruling
    return propose_change(
        actor,
        project,
        id=new_id(),
        operation=operation.to_json(),
        deciders=list(verdict.deciders),
        mode=verdict.mode,
        because=verdict.because.to_json(),
        verdict=verdicts.stored(verdict),
    )


@command(needs=Power.PREPARE, undoable=False, exposed=False)
def propose_change(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    operation: dict[str, Any],
    deciders: list[Role],
    mode: str = "any",
    because: dict[str, Any],
    verdict: dict[str, Any] | None = None,
) -> Case:
    """Propose a change"""
    what = COMMANDS[operation["command"]]
    subject = find(operation["subject"])
    title = f"{what.title}: {_gist(operation['arguments']) or subject}"[:200]
    case = _new_case(actor, project, id, CaseKind.CHANGE, title)
    case.deciders, case.mode, case.because = [str(role) for role in deciders], mode, because
    case.recommended = "A"
    kept = verdict or {}
    case.people = kept.get("people", [])
    wait(case, kept.get("within_days"))
    case.save()
    _add(case, "0", gettext("Leave it as it is"), [], verdict=kept)
    _add(case, "A", title, [operation], verdict=kept)
    return case


@command(needs=Power.PREPARE, undoable=False)
def open_case(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    situation: OptionalText = "",
    recommendation: OptionalText = "",
    need_by: date | None = None,
    reverses: UUID | None = None,
) -> Case:
    """Open a case"""
    case = _new_case(actor, project, id, CaseKind.OTHER, title)
    case.situation, case.recommendation, case.need_by = situation, recommendation, need_by
    case.deciders = [str(Role.MANAGER)]
    case.because = Sentence(_ANY).to_json()
    if reverses is not None:
        case.reverses = _decision(project, reverses)
        before = case.reverses.case
        if before is not None and before.deciders:
            case.deciders, case.because = before.deciders, before.because
            case.people, case.mode = before.people, before.mode
    case.save()
    _add(case, "0", gettext("Leave it as it is"), [])
    if case.reverses is None:
        _add(case, "A", gettext("As recommended"), [])
    else:
        _lead_back(case, case.reverses)
    return case


def _lead_back(case: Case, decision: Decision) -> None:
    """Alternative A puts back what the decision carried out, as far as there is a way back."""
    found = reversal(decision)
    said = gettext("Has no way back by itself: %(titles)s.") % {
        "titles": ", ".join(found.left_over)
    }
    title = gettext("Reverse it") if found.operations else gettext("As recommended")
    stored = [operation.to_json() for operation in found.operations]
    _add(case, "A", title, stored, said if found.left_over else "")
    if stored:
        case.kind, case.recommended = CaseKind.CHANGE, "A"
        for one in verdicts.judge(case, Alternative.objects.filter(case=case)):
            one.save()
        case.save()


@command(needs=Power.PREPARE_GATE, undoable=False)
def prepare_gate(
    actor: Actor,
    gate: Gate,
    *,
    id: UUID,
    recommended: GateOutcome,
    situation: OptionalText = "",
    recommendation: OptionalText = "",
    need_by: date | None = None,
) -> Case:
    """Prepare a gate"""
    if gate.state in {GateState.PASSED, GateState.STOPPED}:
        raise Invalid(gettext("This gate is already decided."))
    case = gates.open_case(gate)
    if case is not None and case.state == CaseState.SUBMITTED:
        raise Invalid(gettext("The gate is already submitted. Withdraw it to change it."))
    if case is None:
        case = _new_case(actor, gate.project, id, CaseKind.GATE, str(gate)[:200])
        case.gate = gate
        case.deciders, case.mode = gate.deciders, gate.mode
        roles = "role:" + "+".join(gate.deciders)
        case.because = Sentence(_GATE, {"deciders": roles}).to_json()
    case.situation, case.recommendation, case.need_by = situation, recommendation, need_by
    case.recommended = recommended
    case.save()
    for outcome in gate.outcomes if not case.alternatives.exists() else ():
        title, follows = str(GateOutcome(outcome).label), gettext(_FOLLOWS[GateOutcome(outcome)])
        _add(case, outcome, title, [_passing(gate, outcome)], follows)
    return case


def _passing(gate: Gate, outcome: str) -> dict[str, Any]:
    # No version: the checklist may go on while the case waits; the decision freezes it as it is.
    what = COMMANDS["projects.pass_gate"].operation(gate, {"outcome": outcome})
    return {**what.to_json(), "expected_version": None}


@command(needs=Power.PREPARE, only_if=is_preparer, undoable=False)
def edit_case(
    actor: Actor,
    case: Case,
    *,
    title: Line,
    situation: OptionalText = "",
    recommendation: OptionalText = "",
    recommended: OptionalLine = "",
    need_by: date | None = None,
) -> Case:
    """Edit a case"""
    if case.state not in {CaseState.DRAFT, CaseState.RETURNED}:
        raise Invalid(gettext("A case that is submitted is not changed. Withdraw it first."))
    case.title, case.situation, case.recommendation = title, situation, recommendation
    case.recommended, case.need_by = recommended or case.recommended, need_by
    case.save()
    return case


@command(needs=Power.PREPARE, only_if=is_preparer, undoable=False)
def submit_case(actor: Actor, case: Case) -> Case:
    """Submit a case for decision"""
    if case.state not in {CaseState.DRAFT, CaseState.RETURNED}:
        raise Invalid(gettext("Only a case being prepared can be submitted."))
    if case.kind != CaseKind.CHANGE and not case.recommendation:
        raise Invalid(gettext("Write a recommendation first."), "recommendation")
    if case.gate is not None and not gates.is_next(case.gate):
        raise Invalid(gettext("An earlier gate must be passed first."))
    if case.gate is not None:
        points = gates.checked(case.gate, case)
        projects.note_rules(SYSTEM, case.gate, met=gates.met_rules(points))
        case.checked = gates.frozen(points)
    forget_assents(case)
    alternatives = list(Alternative.objects.filter(case=case))
    for one in verdicts.judge(case, alternatives):
        one.save()
    chosen = next((one for one in alternatives if one.key == case.recommended), None)
    wait(case, chosen.verdict.get("within_days") if chosen else None)
    case.save()
    return case


@command(needs=Power.PREPARE, only_if=is_preparer, undoable=False)
def withdraw_case(actor: Actor, case: Case) -> Case:
    """Withdraw a case"""
    if case.state not in OPEN_STATES:
        raise Invalid(gettext("This case is already closed."))
    case.state = CaseState.WITHDRAWN
    case.save()
    return case


@command(needs=Power.DISCUSS)
def remark(actor: Actor, case: Case, *, id: UUID, text: Text, is_question: bool = False) -> Remark:
    """Say something in a case"""
    if actor.person_id is None:
        raise NotAllowed(gettext("Only people take part in discussions."))
    said = Remark(
        id=id,
        project_id=case.project_id,
        case=case,
        person_id=actor.person_id,
        text=text,
        is_question=is_question,
    )
    said.save()
    return said


@remark.undo
def _undo_remark(actor: Actor, case: Case, entry: AuditEntry) -> None:
    """What was said before a case was closed stays with it."""
    if case.state not in OPEN_STATES:
        raise Invalid(gettext("This case is already closed."))
    made = (entry.detail.arguments or {}).get("id", "")  # an erased detail no longer says which
    said = Remark.objects.filter(case=case, pk=made).first() if made else None
    if said is None:
        raise Gone
    said.delete()


def _new_case(actor: Actor, project: Project, id: UUID, kind: CaseKind, title: str) -> Case:
    if actor.person_id is None:
        raise NotAllowed(gettext("Only people prepare cases."))
    return Case(
        id=id,
        project=project,
        number=next_number(project.pk),
        kind=kind,
        title=title,
        prepared_by_id=actor.person_id,
    )


def forget_assents(case: Case) -> None:
    """A yes was to the case as it was then."""
    for earlier in Assent.objects.filter(case=case):
        earlier.delete()


def wait(case: Case, within_days: int | None) -> None:
    """From now on the case waits for its deciders, who may have been given a number of days."""
    case.state, case.submitted_at = CaseState.SUBMITTED, timezone.now()
    case.escalated_at = None
    case.decide_by = verdicts.last_moment(timezone.now(), within_days)


def _add(
    case: Case,
    key: str,
    title: str,
    operations: list[dict[str, Any]],
    description: str = "",
    *,
    verdict: dict[str, Any] | None = None,
) -> None:
    Alternative(
        project_id=case.project_id,
        case=case,
        position=Alternative.objects.filter(case=case).count(),
        key=key,
        title=title,
        description=description,
        operations=operations,
        verdict=verdict or {},
    ).save()


def _decision(project: Project, id: UUID) -> Decision:
    found = Decision.objects.filter(project=project, pk=id).first()
    if found is None:
        raise Invalid(gettext("There is no such decision."), "reverses")
    return found


def _gist(arguments: dict[str, Any]) -> str:
    """What a proposal is about, when its arguments say so in words."""
    for name in ("title", "name", "description", "text"):
        if isinstance(arguments.get(name), str) and arguments[name]:
            return " ".join(str(arguments[name]).split())
    return ""

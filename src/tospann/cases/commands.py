"""Preparing, discussing and deciding cases; keeping the authority matrix."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict

from tospann.actions import commands as actions
from tospann.cases import gates
from tospann.cases.models import (
    OPEN_STATES,
    Alternative,
    Assent,
    AuthorityRule,
    Case,
    CaseKind,
    CaseState,
    Decision,
    DecisionOutcome,
    Remark,
)
from tospann.foundation.arguments import Key, Line, OptionalLine, OptionalText, Text
from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import (
    Actor,
    Mandate,
    Power,
    Role,
    Ruling,
    Sentence,
    may_decide_for,
)
from tospann.foundation.commands import (
    COMMANDS,
    Operation,
    command,
    next_number,
    perform,
)
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.foundation.references import find
from tospann.projects.models import Gate, GateOutcome, GateState, Project
from tospann.projects.queries import holders

_GATE = gettext_noop("%(deciders)s decides this gate, as the project's gates say.")
_NOT_YOURS = gettext_noop("%(deciders)s decides this, not you.")
_ANY = gettext_noop("The project manager decides matters without computed consequences.")


def _is_decider(actor: Actor, case: Case) -> Sentence | None:
    deciders = [Role(role) for role in case.deciders]
    if may_decide_for(actor.roles_in(case.project_id), deciders):
        return None
    return Sentence(_NOT_YOURS, {"deciders": "role:" + "+".join(case.deciders)})


def _is_preparer(actor: Actor, case: Case) -> Sentence | None:
    mine = actor.person_id == case.prepared_by_id
    may = actor.roles_in(case.project_id) & {Role.COORDINATOR, Role.MANAGER}
    return None if mine or may else Sentence(gettext_noop("Only those who prepare it may do this."))


def propose(actor: Actor, operation: Operation, subject: Any, ruling: Ruling) -> Case:
    """Make a case of a change the actor may not decide (the portal's proposer)."""
    project = Project.objects.get(pk=subject.scope_id)
    return propose_change(
        actor,
        project,
        id=new_id(),
        operation=operation.to_json(),
        deciders=list(ruling.deciders),
        mode=ruling.mode,
        because=ruling.because.to_json(),
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
) -> Case:
    """Propose a change"""
    what = COMMANDS[operation["command"]]
    subject = find(operation["subject"])
    title = f"{what.title}: {subject}"[:200]
    case = _new_case(actor, project, id, CaseKind.CHANGE, title)
    case.deciders, case.mode, case.because = [str(role) for role in deciders], mode, because
    case.recommended = "A"
    case.state, case.submitted_at = CaseState.SUBMITTED, timezone.now()
    case.save()
    _add(case, "0", gettext("Leave it as it is"), [])
    _add(case, "A", title, [operation])
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
    case.save()
    _add(case, "0", gettext("Leave it as it is"), [])
    _add(case, "A", title, [])
    return case


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
        _add(case, outcome, str(GateOutcome(outcome).label), [_passing(gate, outcome)])
    return case


def _passing(gate: Gate, outcome: str) -> dict[str, Any]:
    # No version: the checklist may go on while the case waits; the decision freezes it as it is.
    what = COMMANDS["projects.pass_gate"].operation(gate, {"outcome": outcome})
    return {**what.to_json(), "expected_version": None}


@command(needs=Power.PREPARE, only_if=_is_preparer, undoable=False)
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


@command(needs=Power.PREPARE, only_if=_is_preparer, undoable=False)
def submit_case(actor: Actor, case: Case) -> Case:
    """Submit a case for decision"""
    if case.state not in {CaseState.DRAFT, CaseState.RETURNED}:
        raise Invalid(gettext("Only a case being prepared can be submitted."))
    if case.kind != CaseKind.CHANGE and not case.recommendation:
        raise Invalid(gettext("Write a recommendation first."), "recommendation")
    if case.gate is not None and not gates.is_next(case.gate):
        raise Invalid(gettext("An earlier gate must be passed first."))
    case.state, case.submitted_at = CaseState.SUBMITTED, timezone.now()
    case.save()
    return case


@command(needs=Power.PREPARE, only_if=_is_preparer, undoable=False)
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


@command(needs=Power.DECIDE, only_if=_is_decider, undoable=False)
def return_case(actor: Actor, case: Case, *, question: Text) -> Case:
    """Return a case with a question"""
    _require_submitted(case)
    remark(actor, case, id=new_id(), text=question, is_question=True)
    case.state = CaseState.RETURNED
    case.save()
    return case


class Condition(BaseModel):
    """A condition of an approval: it becomes an action."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line
    owner: UUID | None = None
    due_on: date | None = None


@command(needs=Power.DECIDE, only_if=_is_decider, undoable=False)
def decide(
    actor: Actor,
    case: Case,
    *,
    alternative: Line,
    reason: OptionalText = "",
    conditions: list[Condition] | None = None,
) -> Decision | None:
    """Decide a case"""
    _require_submitted(case)
    chosen = Alternative.objects.filter(case=case, key=alternative).first()
    if chosen is None:
        raise Invalid(gettext("The case has no such alternative."), "alternative")
    if not reason and alternative != case.recommended:
        raise Invalid(
            gettext("Give a reason when you decide otherwise than recommended."), "reason"
        )
    role = may_decide_for(actor.roles_in(case.project_id), [Role(r) for r in case.deciders])
    if role is None:
        raise NotAllowed(str(_is_decider(actor, case)))
    if case.mode == "all" and not _all_agree(actor, case, role, alternative):
        return None
    return _carry_out(actor, case, chosen, role, reason, conditions or [])


def _carry_out(
    actor: Actor,
    case: Case,
    chosen: Alternative,
    role: Role,
    reason: str,
    conditions: list[Condition],
) -> Decision:
    operations = [Operation.from_json(stored) for stored in chosen.operations]
    evidence = gates.evidence(case.gate) if case.gate else {}
    decision = Decision(
        project_id=case.project_id,
        number=next_number(case.project_id),
        case=case,
        title=case.title,
        outcome=_outcome(chosen, conditions),
        chosen=chosen.title,
        reason=reason,
        conditions=[condition.model_dump(mode="json") for condition in conditions],
        decided_by_id=actor.person_id,
        authority=_authority(actor, case, role),
        decided_on=timezone.localdate(),
        operations_hash=digest(canonical(chosen.operations)),
        evidence=evidence,
        evidence_hash=digest(canonical(evidence)) if evidence else "",
    )
    decision.save()
    allowed = frozenset(operation.fingerprint() for operation in operations)
    under = actor.under(Mandate(case.pk, decision.pk, allowed))
    for operation in operations:
        perform(under, operation)
    for condition in conditions:
        actions.add_action(
            actor,
            case.project,
            id=new_id(),
            title=condition.title,
            owner=condition.owner,
            due_on=condition.due_on,
            origin_kind="condition",
            born_in=f"cases.decision:{decision.pk}",
            born_label=f"{case.project.key}-{decision.number}",
        )
    case.state = CaseState.DECIDED
    case.save()
    return decision


def _outcome(chosen: Alternative, conditions: list[Condition]) -> str:
    if chosen.key == "0":
        return DecisionOutcome.REJECTED
    return DecisionOutcome.CONDITIONS if conditions else DecisionOutcome.APPROVED


def _authority(actor: Actor, case: Case, role: Role) -> str:
    deputy = actor.deputises_as(case.project_id, role)
    return f"{role} for {deputy}" if deputy else str(role)


def _all_agree(actor: Actor, case: Case, role: Role, alternative: str) -> bool:
    """Note this decider's yes; whether every role has now said yes to the same alternative."""
    given = {a.role: a for a in Assent.objects.filter(case=case)}
    mine = given.get(role) or Assent(project_id=case.project_id, case=case, role=role)
    mine.person_id, mine.alternative = actor.person_id, alternative  # type: ignore[assignment]  # deciders are people
    mine.save()
    given[role] = mine
    # A role nobody holds is passed over, or a project without a board could decide nothing.
    wanted = {str(r) for r in case.deciders if holders(case.project_id, [Role(r)])}
    return wanted <= {r for r, assent in given.items() if assent.alternative == alternative}


def _require_submitted(case: Case) -> None:
    if case.state != CaseState.SUBMITTED:
        raise Invalid(gettext("This case is not waiting for a decision."))


@command(needs=Power.DECIDE, undoable=False)
def record_decision(
    actor: Actor,
    project: Project,
    *,
    id: UUID,
    title: Line,
    reason: OptionalText = "",
    decided_on: date,
    body: OptionalLine = "",
    body_reference: OptionalLine = "",
) -> Decision:
    """Record a decision"""
    if not body and not actor.roles_in(project.pk) & {Role.MANAGER, Role.OWNER, Role.STEERING}:
        raise NotAllowed(
            gettext("You may record decisions made elsewhere; say which body made it.")
        )
    decision = Decision(
        id=id,
        project=project,
        number=next_number(project.pk),
        title=title,
        outcome=DecisionOutcome.RECORDED,
        reason=reason,
        decided_on=decided_on,
        decided_by_id=None if body else actor.person_id,
        body=body,
        body_reference=body_reference,
    )
    decision.save()
    return decision


@command(needs=Power.SET_LIMITS, kind="authority", undoable=False)
def add_authority_rule(
    actor: Actor,
    project: Project,
    *,
    kind: Key,
    measure: OptionalLine = "",
    operator: Literal[">", "<"] = ">",
    limit: Decimal | None = None,
    deciders: list[Role],
    mode: Literal["any", "all"] = "any",
) -> AuthorityRule:
    """Add a row to the authority matrix"""
    if not deciders:
        raise Invalid(gettext("Say who decides."), "deciders")
    if bool(measure) != (limit is not None):
        raise Invalid(gettext("A limit needs a measure, and a measure a limit."), "limit")
    added = AuthorityRule(
        project=project,
        position=AuthorityRule.objects.filter(project=project).count() + 1,
        kind=kind,
        measure=measure,
        operator=operator,
        limit=limit,
        deciders=[str(role) for role in deciders],
        mode=mode,
    )
    added.save()
    return added


@command(needs=Power.SET_LIMITS, kind="authority")
def change_authority_rule(
    actor: Actor, rule: AuthorityRule, *, limit: Decimal | None = None, deciders: list[Role]
) -> AuthorityRule:
    """Change a row of the authority matrix"""
    if rule.measure and limit is None:
        raise Invalid(gettext("A limit needs a measure, and a measure a limit."), "limit")
    if not deciders:
        raise Invalid(gettext("Say who decides."), "deciders")
    rule.limit = limit if rule.measure else None
    rule.deciders = [str(role) for role in deciders]
    rule.save()
    return rule


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


def _add(case: Case, key: str, title: str, operations: list[dict[str, Any]]) -> None:
    Alternative(
        project_id=case.project_id, case=case, key=key, title=title, operations=operations
    ).save()


def _decision(project: Project, id: UUID) -> Decision:
    found = Decision.objects.filter(project=project, pk=id).first()
    if found is None:
        raise Invalid(gettext("There is no such decision."), "reverses")
    return found

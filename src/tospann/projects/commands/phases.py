"""Phases, the gates between them and the gates' checklists."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tospann.foundation.arguments import Key, Line, Link, OptionalLine, OptionalText
from tospann.foundation.authority import Actor, Power, Role, Sentence
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.records import save_all
from tospann.projects.models import (
    BY_RULE,
    CriterionKind,
    CriterionState,
    Gate,
    GateCriterion,
    GateOutcome,
    GateState,
    Phase,
    PhaseState,
    Project,
    ProjectState,
)

CriterionText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)
]

RuleKey = Annotated[str, StringConstraints(max_length=60, pattern=r"^([a-z][a-z0-9_]*)?$")]
Parameters = Annotated[
    dict[
        Annotated[str, StringConstraints(max_length=40)],
        Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)],
    ],
    Field(max_length=20),
]
RuleCheck = Callable[[Project, str, Mapping[str, str]], None]
_rule_checks: list[RuleCheck] = []
Ask = Callable[[Project], Sentence | None]
_asks: list[Ask] = []
Keep = Callable[[Actor, Project], None]
_keepers: list[Keep] = []


def closing_asks(ask: Ask) -> None:
    """Called once by whoever knows why a project cannot be closed yet (``closing``)."""
    _asks.append(ask)


def closing_is_kept_by(keep: Keep) -> None:
    """Called once by whoever writes down that a gate closed a project (``closing``)."""
    _keepers[:] = [keep]


_DECIDED = gettext_noop("The gate is decided; its checklist can no longer be changed.")


@command(needs=Power.EDIT_PROJECT, undoable=False)
def add_phase(
    actor: Actor,
    project: Project,
    *,
    key: Key,
    name: Line,
    description: OptionalText = "",
    owner: OptionalLine = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Phase:
    """Add a phase"""
    position = Phase.objects.filter(project=project).count() + 1
    phase = Phase(
        project=project,
        position=position,
        key=key,
        name=name,
        description=description,
        owner=owner,
        starts_on=starts_on,
        ends_on=ends_on,
        state=PhaseState.CURRENT if position == 1 else PhaseState.FUTURE,
        started_at=timezone.now() if position == 1 else None,
    )
    phase.save()
    return phase


@command(needs=Power.SET_LIMITS, undoable=False)
def add_gate(
    actor: Actor,
    project: Project,
    *,
    code: Line,
    name: Line,
    ends: UUID | None = None,
    opens: UUID | None = None,
    deciders: list[Role],
    mode: Literal["any", "all"] = "any",
    decider_label: OptionalLine = "",
    is_binding: bool = True,
    outcomes: list[GateOutcome] | None = None,
    due_on: date | None = None,
) -> Gate:
    """Add a gate"""
    gate = Gate(
        project=project,
        position=Gate.objects.filter(project=project).count() + 1,
        code=code,
        name=name,
        ends=_phase(project, ends),
        opens=_phase(project, opens),
        deciders=[str(role) for role in deciders],
        mode=mode,
        decider_label=decider_label,
        is_binding=is_binding,
        outcomes=[str(outcome) for outcome in outcomes or list(GateOutcome)],
        due_on=due_on,
    )
    gate.save()
    return gate


def _phase(project: Project, id: UUID | None) -> Phase | None:
    if id is None:
        return None
    phase = Phase.objects.filter(project=project, pk=id).first()
    if phase is None:
        raise Invalid(gettext("There is no such phase in this project."))
    return phase


def _is_undecided(_actor: Actor, about: Gate | GateCriterion) -> Sentence | None:
    """The checklist of a decided gate is evidence; undo does not change it either."""
    pk = about.gate_id if isinstance(about, GateCriterion) else about.pk
    decided = Gate.objects.filter(pk=pk, state__in=[GateState.PASSED, GateState.STOPPED])
    return Sentence(_DECIDED) if decided.exists() else None


@command(needs=Power.SET_LIMITS, only_if=_is_undecided)
def move_gate(actor: Actor, gate: Gate, *, due_on: date | None) -> Gate:
    """Change the day of a gate"""
    gate.due_on = due_on
    gate.save()
    return gate


def rules_are_checked_by(check: RuleCheck) -> None:
    """Called once by whoever knows the rules; ``check`` raises Invalid for what is none."""
    _rule_checks[:] = [check]


def _check_rule(
    project: Project, kind: CriterionKind, rule: str, parameters: Mapping[str, str]
) -> None:
    if kind not in BY_RULE:
        if rule or parameters:
            raise Invalid(gettext("Only a data rule or a decision has a rule."), "rule")
        return
    if not rule:
        raise Invalid(gettext("Choose which rule must hold."), "rule")
    for check in _rule_checks:
        check(project, rule, parameters)


@command(needs=Power.KEEP_REGISTERS, only_if=_is_undecided)
def add_criterion(
    actor: Actor,
    gate: Gate,
    *,
    text: CriterionText,
    kind: CriterionKind = CriterionKind.CHECK,
    document_key: OptionalLine = "",
    rule: RuleKey = "",
    parameters: Parameters | None = None,
) -> GateCriterion:
    """Add a point to the checklist"""
    _check_rule(gate.project, kind, rule, parameters or {})
    criterion = GateCriterion(
        project_id=gate.project_id,
        gate=gate,
        position=GateCriterion.objects.filter(gate=gate).count() + 1,
        kind=kind,
        text=text,
        document_key=document_key,
        rule=rule,
        parameters=parameters or {},
    )
    criterion.save()
    return criterion


class Point(BaseModel):
    """A point of a checklist, a document that must be there, or a rule that must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: CriterionText
    kind: CriterionKind = CriterionKind.CHECK
    document_key: OptionalLine = ""
    rule: RuleKey = ""
    parameters: Parameters = Field(default_factory=dict)


@command(needs=Power.KEEP_REGISTERS, only_if=_is_undecided)
def add_criteria(
    actor: Actor, gate: Gate, *, points: Annotated[list[Point], Field(min_length=1, max_length=200)]
) -> list[GateCriterion]:
    """Add points to the checklist"""
    before = GateCriterion.objects.filter(gate=gate).count()
    for point in points:
        _check_rule(gate.project, point.kind, point.rule, point.parameters)
    return save_all(
        GateCriterion(
            project_id=gate.project_id,
            gate=gate,
            position=position,
            kind=point.kind,
            text=point.text,
            document_key=point.document_key,
            rule=point.rule,
            parameters=point.parameters,
        )
        for position, point in enumerate(points, before + 1)
    )


@command(needs=Power.SET_LIMITS, only_if=_is_undecided)
def change_criterion(
    actor: Actor,
    criterion: GateCriterion,
    *,
    text: CriterionText,
    rule: RuleKey = "",
    parameters: Parameters | None = None,
) -> GateCriterion:
    """Change a point of the checklist"""
    _check_rule(criterion.project, CriterionKind(criterion.kind), rule, parameters or {})
    criterion.text, criterion.rule, criterion.parameters = text, rule, parameters or {}
    criterion.save()
    return criterion


@command(needs=Power.KEEP_REGISTERS, only_if=_is_undecided)
def settle_criterion(
    actor: Actor,
    criterion: GateCriterion,
    *,
    state: CriterionState,
    reason: OptionalText = "",
    evidence: Link = "",
) -> GateCriterion:
    """Tick off a checklist point"""
    if state == CriterionState.NOT_RELEVANT and not reason:
        raise Invalid(gettext("Say why this point is not relevant."), "reason")
    if criterion.kind in BY_RULE:
        raise Invalid(gettext("The rule answers this itself. It is waived in the gate's case."))
    criterion.state, criterion.reason, criterion.evidence = state, reason, evidence
    is_open = state == CriterionState.OPEN
    criterion.settled_by_id = None if is_open else actor.person_id
    criterion.settled_at = None if is_open else timezone.now()
    criterion.save()
    return criterion


@command(needs=Power.KEEP_REGISTERS, only_if=_is_undecided, undoable=False, exposed=False)
def note_rules(
    actor: Actor, gate: Gate, *, met: Annotated[list[UUID], Field(max_length=500)]
) -> Gate:
    """Note which data rules of the checklist hold"""
    for criterion in GateCriterion.objects.filter(gate=gate, kind__in=BY_RULE):
        state = CriterionState.DONE if criterion.pk in met else CriterionState.OPEN
        if criterion.state != state:
            criterion.state = state
            criterion.settled_at = timezone.now() if state == CriterionState.DONE else None
            criterion.save()
    return gate


@command(needs=Power.DECIDE_GATE, kind="gate", undoable=False, exposed=False)
def pass_gate(actor: Actor, gate: Gate, *, outcome: GateOutcome) -> Gate:
    """Decide a gate"""
    if actor.mandate is None:
        raise NotAllowed(gettext("A gate is decided through its case, which keeps the evidence."))
    if gate.state in {GateState.PASSED, GateState.STOPPED}:
        raise Invalid(gettext("This gate is already decided."))
    if outcome not in gate.outcomes:
        raise Invalid(gettext("This gate does not allow that outcome."), "outcome")
    states = {
        GateOutcome.PROCEED: GateState.PASSED,
        GateOutcome.REWORK: GateState.REWORK,
        GateOutcome.HOLD: GateState.HOLD,
        GateOutcome.STOP: GateState.STOPPED,
    }
    ends = outcome == GateOutcome.PROCEED and gate.opens is None
    if ends and (said := next((one for ask in _asks if (one := ask(gate.project))), None)):
        raise Invalid(str(said))
    gate.state = states[outcome]
    gate.decided_at = timezone.now()
    gate.save()
    if outcome == GateOutcome.PROCEED:
        _change_phase(gate.ends, gate.opens)
    if outcome == GateOutcome.STOP or ends:
        _close(actor, gate.project)
    return gate


def _close(actor: Actor, project: Project) -> None:
    for keep in _keepers:
        keep(actor, project)
    project.state = ProjectState.CLOSED
    project.save()


def _change_phase(ending: Phase | None, opening: Phase | None) -> None:
    now = timezone.now()
    if ending is not None and ending.state != PhaseState.DONE:
        ending.state, ending.finished_at = PhaseState.DONE, now
        ending.started_at = ending.started_at or now
        ending.save()
    if opening is not None and opening.state == PhaseState.FUTURE:
        opening.state, opening.started_at = PhaseState.CURRENT, now
        opening.save()


@command(needs=Power.START_PHASE, kind="phase")
def start_phase(actor: Actor, phase: Phase) -> Phase:
    """Start a phase"""
    if phase.state != PhaseState.FUTURE:
        raise Invalid(gettext("The phase has already started."))
    binding = Gate.objects.filter(opens=phase, is_binding=True).exclude(state=GateState.PASSED)
    if gate := binding.first():
        raise Invalid(gettext("%(gate)s must be passed first.") % {"gate": gate})
    before = Phase.objects.filter(project_id=phase.project_id, position=phase.position - 1).first()
    _change_phase(before, phase)
    return phase

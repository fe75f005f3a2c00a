"""Everything that changes a project, its phases, gates, goals and roles."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import StringConstraints

from tospann.foundation.arguments import Key, Line, Link, OptionalLine, OptionalText, Text
from tospann.foundation.authority import Actor, Power, Role
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.people.models import Organisation, Person
from tospann.projects.models import (
    CriterionKind,
    CriterionResult,
    CriterionState,
    Gate,
    GateCriterion,
    GateOutcome,
    GateState,
    Goal,
    GoalLevel,
    Membership,
    Phase,
    PhaseState,
    Project,
    ProjectState,
    RegisterDefinition,
    SuccessCriterion,
    Tolerance,
)

ProjectKey = Annotated[
    str,
    StringConstraints(
        to_upper=True, strip_whitespace=True, pattern=r"^[A-ZÆØÅa-zæøå][A-ZÆØÅa-zæøå0-9]{1,9}$"
    ),
]


@command(needs=Power.START_PROJECT, undoable=False)
def found_project(
    actor: Actor,
    organisation: Organisation,
    *,
    id: UUID,
    key: ProjectKey,
    name: Line,
    start: date,
    finish: date,
    purpose: OptionalText = "",
    language: str = "nb",
) -> Project:
    """Found a project"""
    if finish < start:
        raise Invalid(gettext("The end date is before the start date."), "finish")
    if Project.objects.filter(key=key).exists():
        raise Invalid(gettext("Another project already has the key %(key)s.") % {"key": key}, "key")
    project = Project(
        id=id, key=key, name=name, purpose=purpose, start=start, finish=finish, language=language
    )
    project.save()
    return project


@command(needs=Power.EDIT_PROJECT)
def edit_project(
    actor: Actor, project: Project, *, name: Line, purpose: OptionalText = "", language: str = "nb"
) -> Project:
    """Edit the project's information"""
    project.name, project.purpose, project.language = name, purpose, language
    project.save()
    return project


@command(needs=Power.CHANGE_BASELINE, kind="baseline")
def set_project_dates(actor: Actor, project: Project, *, start: date, finish: date) -> Project:
    """Change the project's start and end date"""
    if finish < start:
        raise Invalid(gettext("The end date is before the start date."), "finish")
    project.start, project.finish = start, finish
    project.save()
    return project


@command(needs=Power.ACCEPT_FOUNDING, undoable=False)
def accept_founding(actor: Actor, project: Project) -> Project:
    """Accept roles and authority matrix"""
    if project.state != ProjectState.FOUNDING:
        raise Invalid(gettext("The project is already active."))
    project.state = ProjectState.ACTIVE
    project.save()
    return project


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
    mode: str = "any",
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


@command(needs=Power.KEEP_REGISTERS)
def add_criterion(
    actor: Actor,
    gate: Gate,
    *,
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)],
    kind: CriterionKind = CriterionKind.CHECK,
    document_key: OptionalLine = "",
) -> GateCriterion:
    """Add a point to the checklist"""
    criterion = GateCriterion(
        project_id=gate.project_id,
        gate=gate,
        position=GateCriterion.objects.filter(gate=gate).count() + 1,
        kind=kind,
        text=text,
        document_key=document_key,
    )
    criterion.save()
    return criterion


@command(needs=Power.KEEP_REGISTERS)
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
    if Gate.objects.filter(pk=criterion.gate_id, state=GateState.PASSED).exists():
        raise Invalid(gettext("The gate is decided; its checklist can no longer be changed."))
    criterion.state, criterion.reason, criterion.evidence = state, reason, evidence
    is_open = state == CriterionState.OPEN
    criterion.settled_by_id = None if is_open else actor.person_id
    criterion.settled_at = None if is_open else timezone.now()
    criterion.save()
    return criterion


@command(needs=Power.DECIDE_GATE, kind="gate", undoable=False)
def pass_gate(actor: Actor, gate: Gate, *, outcome: GateOutcome) -> Gate:
    """Decide a gate"""
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
    gate.state = states[outcome]
    gate.decided_at = timezone.now()
    gate.save()
    if outcome == GateOutcome.PROCEED:
        _change_phase(gate.ends, gate.opens)
    if outcome == GateOutcome.STOP or (outcome == GateOutcome.PROCEED and gate.opens is None):
        project = gate.project
        project.state = ProjectState.CLOSED
        project.save()
    return gate


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


@command(needs=Power.EDIT_GOALS, kind="goal")
def add_goal(
    actor: Actor, project: Project, *, id: UUID, level: GoalLevel, description: Text
) -> Goal:
    """Add a goal"""
    position = Goal.objects.filter(project=project).count() + 1
    goal = Goal(id=id, project=project, position=position, level=level, description=description)
    goal.save()
    return goal


@command(needs=Power.EDIT_GOALS, kind="goal")
def change_goal(actor: Actor, goal: Goal, *, level: GoalLevel, description: Text) -> Goal:
    """Change a goal"""
    goal.level, goal.description = level, description
    goal.save()
    return goal


@command(needs=Power.EDIT_GOALS, kind="goal")
def remove_goal(actor: Actor, goal: Goal) -> None:
    """Remove a goal"""
    for criterion in SuccessCriterion.objects.filter(goal=goal):
        criterion.delete()
    goal.delete()


@command(needs=Power.EDIT_GOALS, kind="goal")
def add_success_criterion(
    actor: Actor, goal: Goal, *, id: UUID, text: Text, target: OptionalLine = ""
) -> SuccessCriterion:
    """Add a success criterion"""
    added = SuccessCriterion(id=id, project_id=goal.project_id, goal=goal, text=text, target=target)
    added.save()
    return added


@command(needs=Power.EDIT_GOALS, kind="goal")
def change_success_criterion(
    actor: Actor, criterion: SuccessCriterion, *, text: Text, target: OptionalLine = ""
) -> SuccessCriterion:
    """Change a success criterion"""
    criterion.text, criterion.target = text, target
    criterion.save()
    return criterion


@command(needs=Power.KEEP_REGISTERS)
def assess_success_criterion(
    actor: Actor, criterion: SuccessCriterion, *, result: CriterionResult
) -> SuccessCriterion:
    """Assess a success criterion"""
    criterion.result = result
    criterion.save()
    return criterion


@command(needs=Power.EDIT_GOALS, kind="goal")
def remove_success_criterion(actor: Actor, criterion: SuccessCriterion) -> None:
    """Remove a success criterion"""
    criterion.delete()


@command(needs=Power.APPOINT, kind="team")
def appoint(
    actor: Actor, project: Project, *, person: UUID, role: Role, until: date | None = None
) -> Membership:
    """Appoint somebody to a role"""
    somebody = Person.objects.filter(pk=person, is_active=True).first()
    if somebody is None:
        raise Invalid(gettext("There is no such person."), "person")
    if Membership.objects.filter(project=project, person=somebody, role=role).exists():
        raise Invalid(gettext("%(person)s already has this role.") % {"person": somebody}, "person")
    membership = Membership(project=project, person=somebody, role=role, until=until)
    membership.save()
    return membership


@command(needs=Power.APPOINT, kind="team")
def release(actor: Actor, membership: Membership) -> None:
    """Release somebody from a role"""
    last = not (
        Membership.objects.filter(project_id=membership.project_id, role=membership.role)
        .exclude(pk=membership.pk)
        .exists()
    )
    if last and membership.role in {Role.MANAGER, Role.OWNER}:
        raise Invalid(
            gettext("A project needs a project manager and a project owner. Appoint another first.")
        )
    membership.delete()


@command(needs=Power.SET_LIMITS, kind="tolerance")
def set_tolerance(
    actor: Actor,
    project: Project,
    *,
    area: Key,
    allowed: Line,
    days: int | None = None,
    percent: int | None = None,
) -> Tolerance:
    """Set a tolerance"""
    tolerance = Tolerance.objects.filter(project=project, area=area).first()
    tolerance = tolerance or Tolerance(project=project, area=area)
    tolerance.allowed, tolerance.days, tolerance.percent = allowed, days, percent
    tolerance.save()
    return tolerance


@command(needs=Power.EDIT_PROJECT, undoable=False)
def keep_register(
    actor: Actor, project: Project, *, key: Key, title: Line, columns: list[dict[str, Any]]
) -> RegisterDefinition:
    """Keep a register"""
    register = RegisterDefinition(
        project=project,
        position=RegisterDefinition.objects.filter(project=project).count() + 1,
        key=key,
        title=title,
        columns=columns,
    )
    register.save()
    return register

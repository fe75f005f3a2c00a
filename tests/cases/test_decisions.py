"""From a change beyond one's authority to a decision that applies whole, or not at all."""

from datetime import date
from decimal import Decimal

import pytest
from tests import making

from tospann.actions import commands as actions
from tospann.actions.models import Action
from tospann.cases import commands, queries
from tospann.cases.models import Alternative, Case, CaseState, Decision
from tospann.foundation import audit
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import Done, Proposed, submit
from tospann.foundation.errors import CommandError, Invalid, NotAllowed, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.undo import undo
from tospann.projects import commands as projects
from tospann.projects.models import (
    CriterionState,
    Gate,
    GateCriterion,
    GateState,
    Goal,
    GoalLevel,
    Phase,
    PhaseState,
    Project,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def propose_goal(made, description="Ferdig til skolestart"):
    outcome = submit(
        made.coordinator,
        projects.add_goal.on(made.project),
        id=new_id(),
        level=GoalLevel.OUTPUT,
        description=description,
    )
    assert isinstance(outcome, Proposed)
    return outcome.case


def prepared_gate(made, recommended="proceed", recommendation="Alt er på plass."):
    gate = Gate.objects.get(project=made.project)
    case = commands.prepare_gate(
        made.coordinator,
        gate,
        id=new_id(),
        recommended=recommended,
        recommendation=recommendation,
    )
    return commands.submit_case(made.coordinator, case)


def test_a_proposal_waits_for_the_one_who_may_decide_and_says_why(made):
    case = propose_goal(made)
    assert case.state == CaseState.SUBMITTED
    assert case.deciders == ["manager", "owner"]
    assert [row["number"] for row in queries.waiting_for(made.manager)] == [case.number]
    assert queries.waiting_for(made.coordinator) == []
    assert queries.waiting_for(made.member) == []
    assert "project manager" in queries.why(case).lower() or "prosjektleder" in queries.why(case)
    assert Goal.objects.count() == 0


def test_approval_runs_the_very_same_command_under_the_mandate(made):
    case = propose_goal(made)
    decision = commands.decide(made.manager, case, alternative="A")
    goal = Goal.objects.get()
    assert goal.description == "Ferdig til skolestart"
    entries = AuditEntry.objects.filter(scope_id=made.project.pk).order_by("sequence")
    deciding, adding = entries.last(), entries.get(command="projects.add_goal")
    deciding = entries.get(command="cases.decide")
    assert adding.parent == deciding.sequence
    assert adding.person_id == made.people[Role.MANAGER].pk
    assert decision.operations_hash == audit.digest(
        audit.canonical(Alternative.objects.get(case=case, key="A").operations)
    )
    assert list(audit.verify()) == []


def test_an_owner_may_approve_what_she_may_not_type(made):
    plan_power = projects.edit_project
    with pytest.raises(NotAllowed):
        plan_power(made.owner, made.project, name="Eierens navn")
    case = commands.propose_change(
        made.coordinator,
        made.project,
        id=new_id(),
        operation=plan_power.operation(made.project, {"name": "Nytt navn"}).to_json(),
        deciders=[Role.OWNER],
        because={"msgid": "", "values": {}},
    )
    commands.decide(made.owner, case, alternative="A")
    assert Project.objects.get().name == "Nytt navn"


def test_rejecting_changes_nothing_and_needs_a_reason(made):
    case = propose_goal(made)
    with pytest.raises(Invalid) as refused:
        commands.decide(made.manager, case, alternative="0")
    assert refused.value.field == "reason"
    decision = commands.decide(made.manager, case, alternative="0", reason="Ikke vårt mål")
    assert decision.outcome == "rejected"
    assert Goal.objects.count() == 0


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MEMBER, Role.GUEST])
def test_nobody_else_may_decide(made, role):
    case = propose_goal(made)
    with pytest.raises(NotAllowed):
        commands.decide(made.actor(role), case, alternative="A")
    assert Case.objects.get().state == CaseState.SUBMITTED


def test_a_changed_base_is_refused_with_what_changed_and_nothing_applied(made):
    goal = projects.add_goal(
        made.manager, made.project, id=new_id(), level=GoalLevel.OUTPUT, description="Først"
    )
    outcome = submit(
        made.coordinator,
        projects.change_goal.on(goal),
        level=GoalLevel.OUTPUT,
        description="Forslaget",
    )
    projects.change_goal(made.manager, goal, level=GoalLevel.OUTPUT, description="I mellomtiden")
    with pytest.raises(Stale) as refused:
        commands.decide(made.manager, outcome.case, alternative="A")
    assert refused.value.changed[0]["fields"]["description"] == ["Først", "I mellomtiden"]
    assert Goal.objects.get().description == "I mellomtiden"
    assert Decision.objects.count() == 0
    assert Case.objects.get().state == CaseState.SUBMITTED


def test_when_one_of_several_commands_fails_none_is_applied(made):
    good = projects.add_goal.operation(
        made.project, {"id": str(new_id()), "level": "output_goal", "description": "Et"}
    )
    bad = projects.set_project_dates.operation(
        made.project, {"start": "2027-05-01", "finish": "2027-01-01"}
    )
    case = commands.propose_change(
        made.coordinator,
        made.project,
        id=new_id(),
        operation=good.to_json(),
        deciders=[Role.OWNER],
        because={"msgid": "", "values": {}},
    )
    alternative = Alternative.objects.get(case=case, key="A")

    def both():
        alternative.operations = [good.to_json(), bad.to_json()]
        alternative.save()

    making.inside(both, made.project)
    with pytest.raises(Invalid):
        commands.decide(made.owner, case, alternative="A")
    assert (Goal.objects.count(), Decision.objects.count()) == (0, 0)


def test_conditions_become_actions_with_owner_and_date(made):
    case = propose_goal(made)
    decision = commands.decide(
        made.manager,
        case,
        alternative="A",
        reason="Greit, men",
        conditions=[
            {
                "title": "Avklar med skolesjefen",
                "owner": made.people[Role.COORDINATOR].pk,
                "due_on": date(2027, 2, 1),
            }
        ],
    )
    action = Action.objects.get()
    assert decision.outcome == "conditions"
    assert (action.title, action.owner_id, action.due_on) == (
        "Avklar med skolesjefen",
        made.people[Role.COORDINATOR].pk,
        date(2027, 2, 1),
    )
    assert action.born_in == f"cases.decision:{decision.pk}"


def test_a_returned_case_comes_back_to_its_preparer_and_may_be_submitted_again(made):
    case = propose_goal(made)
    commands.return_case(made.manager, case, question="Hvem eier målet?")
    assert [row["number"] for row in queries.to_prepare(made.coordinator)] == [case.number]
    assert queries.waiting_for(made.manager) == []
    commands.remark(made.coordinator, case, id=new_id(), text="Skolesjefen")
    commands.submit_case(made.coordinator, case)
    assert [row["number"] for row in queries.waiting_for(made.manager)] == [case.number]


def test_a_decided_case_is_not_decided_again_and_a_reversal_is_a_new_case(made):
    case = propose_goal(made)
    decision = commands.decide(made.manager, case, alternative="A")
    with pytest.raises(Invalid):
        commands.decide(made.manager, case, alternative="A")
    with pytest.raises(CommandError):
        commands.withdraw_case(made.coordinator, case)
    reversal = commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Omgjør målet", reverses=decision.pk
    )
    assert reversal.deciders == ["manager", "owner"]
    assert list(queries.reversals(decision)) == [reversal]


def test_a_gate_is_prepared_by_one_and_passed_by_another(made):
    case = prepared_gate(made)
    for role in (Role.COORDINATOR, Role.MANAGER, Role.MEMBER):
        with pytest.raises(NotAllowed):
            commands.decide(made.actor(role), case, alternative="proceed")
    commands.decide(made.owner, case, alternative="proceed")
    gate = Gate.objects.get()
    assert gate.state == GateState.PASSED
    states = dict(Phase.objects.values_list("position", "state"))
    assert states == {1: PhaseState.DONE, 2: PhaseState.CURRENT}


def test_the_coordinator_is_told_by_whom_the_gate_can_be_passed(made):
    gate = Gate.objects.get()
    ruling = projects.pass_gate.assess(made.coordinator, gate, {"outcome": "proceed"})
    assert ruling.may_propose
    sentence = queries.who_decides(gate)["sentence"]
    assert made.people[Role.OWNER].name in sentence


def test_the_evidence_of_a_gate_is_frozen_as_it_was(made):
    criterion = GateCriterion.objects.first()
    projects.settle_criterion(
        made.coordinator, criterion, state=CriterionState.DONE, evidence="https://example.org/b"
    )
    decision = commands.decide(made.owner, prepared_gate(made), alternative="proceed")
    points = {c["text"]: c for c in decision.evidence["criteria"]}
    assert points["Behovet er beskrevet"]["state"] == "done"
    assert points["Behovet er beskrevet"]["evidence"] == "https://example.org/b"
    assert points["Planen er klar"]["state"] == "open"
    assert decision.evidence_hash == audit.digest(audit.canonical(decision.evidence))
    with pytest.raises(NotAllowed):
        projects.settle_criterion(made.coordinator, criterion, state=CriterionState.OPEN)


@pytest.mark.parametrize(
    ("outcome", "state", "project_state"),
    [("rework", "rework", "founding"), ("hold", "hold", "founding"), ("stop", "stopped", "closed")],
)
def test_the_other_outcomes_of_a_gate(made, outcome, state, project_state):
    commands.decide(made.owner, prepared_gate(made), alternative=outcome, reason="Ikke nå")
    assert Gate.objects.get().state == state
    assert Project.objects.get().state == project_state
    assert Phase.objects.get(position=1).state == PhaseState.CURRENT


def test_a_joint_decision_waits_until_every_role_that_is_held_agrees(made):
    board = making.person("Styremedlem")
    projects.appoint(SYSTEM, made.project, person=board.pk, role=Role.STEERING)
    gate = Gate.objects.get()

    def jointly():
        gate.deciders, gate.mode = ["owner", "steering", "benefit_responsible"], "all"
        gate.save()

    making.inside(jointly, gate)
    case = prepared_gate(made)
    made.people[Role.STEERING] = board
    assert commands.decide(made.owner, case, alternative="proceed") is None
    assert Gate.objects.get().state == GateState.OPEN
    decision = commands.decide(made.actor(Role.STEERING), case, alternative="proceed")
    assert decision is not None
    assert Gate.objects.get().state == GateState.PASSED


def test_a_limit_sends_the_change_to_the_one_above_and_explains_it(made, monkeypatch):
    commands.add_authority_rule(
        made.owner,
        made.project,
        kind="goal",
        measure="finish_change_days",
        operator=">",
        limit=Decimal(5),
        deciders=[Role.OWNER],
    )
    monkeypatch.setattr(
        projects.add_goal, "measures", lambda _s, _a: {"finish_change_days": Decimal(12)}
    )
    arguments = {"id": new_id(), "level": GoalLevel.OUTPUT, "description": "Mål"}
    ruling = projects.add_goal.assess(made.manager, made.project, arguments)
    assert ruling.may_propose
    assert ruling.deciders == (Role.OWNER,)
    assert "12" in str(ruling)
    assert "5" in str(ruling)
    monkeypatch.setattr(
        projects.add_goal, "measures", lambda _s, _a: {"finish_change_days": Decimal(5)}
    )
    outcome = submit(made.manager, projects.add_goal.on(made.project), **arguments)
    assert isinstance(outcome, Done)


def test_a_decision_needs_no_case(made):
    decision = commands.record_decision(
        made.manager,
        made.project,
        id=new_id(),
        title="Vi kutter opsjon 2",
        reason="Dekkes av opsjon 1",
        decided_on=date(2026, 3, 1),
    )
    assert list(queries.decisions(made.project)) == [decision]
    with pytest.raises(NotAllowed):
        commands.record_decision(
            made.coordinator, made.project, id=new_id(), title="x", decided_on=date(2026, 3, 1)
        )
    elsewhere = commands.record_decision(
        made.coordinator,
        made.project,
        id=new_id(),
        title="Investeringen er vedtatt",
        decided_on=date(2026, 3, 1),
        body="Kommunestyret",
        body_reference="PS 12/27",
    )
    assert elsewhere.decided_by_id is None


def test_what_was_said_can_be_taken_back_until_the_case_is_closed(made):
    case = commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Leie", recommendation="Lei"
    )
    commands.submit_case(made.coordinator, case)
    early, late = (
        submit(made.member, commands.remark.on(case), id=new_id(), text=text)
        for text in ("Feil sak", "Dette blir dyrt")
    )
    undo(made.member, early.entry)
    commands.decide(made.manager, case, alternative="A", reason="Det haster")
    with pytest.raises(Invalid):
        undo(made.member, late.entry)
    assert [remark.text for remark in case.remarks.all()] == ["Dette blir dyrt"]


def test_nobody_forges_a_condition_of_a_decision(made):
    with pytest.raises(NotAllowed):
        actions.add_action(
            made.coordinator,
            made.project,
            id=new_id(),
            title="Som om eieren krevde det",
            origin_kind="condition",
        )
    assert Action.objects.count() == 0

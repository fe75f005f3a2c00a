"""Gates that check themselves: rules asked when shown, submitted and decided; waived in it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from tests import making

from tospann.cases import commands, gates, rules, seeing
from tospann.cases.models import CaseState, Decision, Waiver
from tospann.cases.rules import Parameter, Rule, RuleResult
from tospann.foundation.authority import SYSTEM, Sentence
from tospann.foundation.commands import Proposed, submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.projects.models import (
    CriterionKind,
    CriterionState,
    Gate,
    GateCriterion,
    GateState,
)
from tospann.risks import commands as risks
from tospann.risks.models import Risk, RiskKind

pytestmark = pytest.mark.django_db
HIGH_RISKS = "no_high_risk_without_owner"


@pytest.fixture
def made():
    return making.project()


def add_rule(made, key=HIGH_RISKS, kind=CriterionKind.RULE, **parameters):
    gate = Gate.objects.get(project=made.project)
    return projects.add_criterion(
        made.coordinator, gate, text="Regelen", kind=kind, rule=key, parameters=parameters
    )


def add_high_risk(made, owner=None):
    return risks.raise_risk(
        made.coordinator,
        made.project,
        id=new_id(),
        title="Leverandøren leverer ikke",
        kind=RiskKind.THREAT,
        probability=5,
        impact=5,
        owner=owner,
    )


def prepared(made):
    gate = Gate.objects.get(project=made.project)
    return commands.prepare_gate(
        made.coordinator, gate, id=new_id(), recommended="proceed", recommendation="Klar."
    )


def submitted(made):
    return commands.submit_case(made.coordinator, prepared(made))


def decide(made, case, alternative="proceed", **more):
    return commands.decide(made.owner, case, alternative=alternative, **more)


def test_a_gate_goes_through_when_its_rules_hold_and_keeps_what_they_said(made):
    add_rule(made)
    add_high_risk(made, owner=made.people["manager"].pk)
    decision = decide(made, submitted(made))
    assert Gate.objects.get().state == GateState.PASSED
    kept = decision.evidence["criteria"][-1]
    assert kept["rule"] == HIGH_RISKS
    assert kept["result"]["ok"] is True
    with translation.override("en"):
        assert "has an owner" in gates.decided_points(decision)[-1].result.text


def test_a_rule_that_does_not_hold_stops_the_gate_until_it_is_waived_in_the_case(made):
    point = add_rule(made)
    add_high_risk(made)
    case = submitted(made)
    assert case.checked[-1]["result"]["ok"] is False
    with pytest.raises(Invalid) as refused:
        decide(made, case)
    assert "Leverandøren leverer ikke" in refused.value.message
    assert Gate.objects.get().state == GateState.OPEN
    commands.waive_criterion(
        made.owner, case, id=new_id(), criterion=point.pk, reason="Eier utpekes i morgen."
    )
    decision = decide(made, case)
    waived = decision.evidence["criteria"][-1]["waived"]
    assert waived["reason"] == "Eier utpekes i morgen."
    assert waived["by"] == made.people["owner"].name


def test_other_outcomes_need_no_rule_to_hold(made):
    add_rule(made)
    add_high_risk(made)
    decide(made, submitted(made), "rework", reason="Risikoen må ha en eier.")
    assert Gate.objects.get().state == GateState.REWORK


def test_what_held_when_it_was_submitted_and_holds_no_more_is_told_and_not_decided(made):
    add_rule(made)
    case = submitted(made)
    add_high_risk(made)
    with pytest.raises(commands.HasMoved) as moved:
        decide(made, case)
    assert "Leverandøren leverer ikke" in " ".join(moved.value.changed)
    commands.refresh_case(made.owner, case)
    case.refresh_from_db()
    assert case.state == CaseState.SUBMITTED
    assert case.checked[-1]["result"]["ok"] is False
    with pytest.raises(Invalid):
        decide(made, case)


def test_waiving_belongs_to_whoever_prepares_and_then_to_whoever_decides(made):
    point = add_rule(made)
    add_high_risk(made)
    case = prepared(made)
    typed = {"criterion": point.pk, "reason": "Fordi."}
    with pytest.raises(NotAllowed):
        commands.waive_criterion(made.member, case, id=new_id(), **typed)
    commands.waive_criterion(made.coordinator, case, id=new_id(), **typed)
    case = commands.submit_case(made.coordinator, case)
    with pytest.raises(NotAllowed):
        commands.withdraw_waiver(made.coordinator, case, criterion=point.pk)
    read = seeing.seen(case)
    commands.withdraw_waiver(made.owner, case, criterion=point.pk)
    assert not Waiver.objects.exists()
    with pytest.raises(commands.HasMoved):
        decide(made, case, seen=read)


def test_a_rule_is_never_ticked_off_and_who_loosens_it_needs_the_owner(made):
    point = add_rule(made, level="3")
    with pytest.raises(Invalid):
        projects.settle_criterion(made.manager, point, state=CriterionState.DONE)
    change = projects.change_criterion.on(point)
    typed = {"text": "Regelen", "rule": HIGH_RISKS, "parameters": {"level": "4"}}
    assert isinstance(submit(made.manager, change, **typed), Proposed)
    projects.change_criterion(made.owner, point, **typed)
    point.refresh_from_db()
    assert point.parameters == {"level": "4"}


@pytest.mark.parametrize(
    ("key", "parameters", "field"),
    [
        ("no_such_rule", {}, "rule"),
        (HIGH_RISKS, {"level": "high"}, "level"),
        (HIGH_RISKS, {"colour": "red"}, "colour"),
        ("date_certain", {"share": "180"}, "share"),
        ("date_certain", {"by": "soon"}, "by"),
        ("case_decided", {"number": "x"}, "number"),
    ],
)
def test_rules_and_parameters_that_are_none_are_refused(made, key, parameters, field):
    with pytest.raises(Invalid) as refused:
        add_rule(made, key, **parameters)
    assert refused.value.field == field


def test_a_rule_about_what_is_gone_counts_as_not_met_and_says_so(made):
    add_rule(made, "date_certain", milestone="99")
    gone = rules.evaluate(made.project, "date_certain", {"milestone": "99"})
    unknown = rules.evaluate(made.project, "rule_of_a_removed_module", {})
    case = rules.evaluate(made.project, "case_decided", {"number": "99"})
    assert [gone.ok, unknown.ok, case.ok] == [None, None, None]
    with translation.override("en"):
        assert "rule_of_a_removed_module" in unknown.text
        assert f"{made.project.key}-99" in case.text
    with pytest.raises(Invalid):
        decide(made, submitted(made))


def test_a_decision_as_a_criterion_follows_its_case_even_when_it_is_reversed(made):
    case = commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Kjøpe tomten", recommendation="Ja."
    )
    add_rule(made, "case_decided", CriterionKind.DECISION, number=str(case.number))

    def asked():
        return rules.evaluate(made.project, "case_decided", {"number": str(case.number)})

    assert asked().ok is False
    commands.submit_case(made.coordinator, case)
    decision = commands.decide(made.manager, case, alternative="A", reason="Ja.")
    assert asked().ok is True
    back = commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Likevel ikke", reverses=decision.pk,
        recommendation="Nei.",
    )  # fmt: skip
    commands.submit_case(made.coordinator, back)
    commands.decide(made.manager, back, alternative="A", reason="Nei.")
    assert asked().ok is False


def test_risks_that_are_not_assessed_are_not_within_the_tolerance(made):
    assert rules.evaluate(made.project, "no_risk_over_tolerance", {}).ok is True
    risk = risks.raise_risk(
        made.coordinator, made.project, id=new_id(), title="Ukjent", kind=RiskKind.THREAT
    )
    assert rules.evaluate(made.project, "no_risk_over_tolerance", {}).ok is False
    making.inside(lambda: Risk.objects.get(pk=risk.pk).delete(), made.project)
    add_high_risk(made)
    assert rules.evaluate(made.project, "no_risk_over_tolerance", {"level": "4"}).ok is True
    assert rules.evaluate(made.project, "no_risk_over_tolerance", {"level": "3"}).ok is False


def test_lists_follow_what_the_rules_say_without_asking_them(made):
    from tospann.cases.jobs import note_all_rules, note_rules

    point = add_rule(made)
    assert point.state == CriterionState.OPEN
    assert note_all_rules.func() == 1
    note_rules.func(str(point.gate_id))
    assert GateCriterion.objects.get(pk=point.pk).state == CriterionState.DONE
    add_high_risk(made)
    note_rules.func(str(point.gate_id))
    assert GateCriterion.objects.get(pk=point.pk).state == CriterionState.OPEN
    assert note_rules.func(str(point.gate_id)) == 0


def test_every_kind_of_parameter_is_read_in_its_type(made):
    told = {}

    def evaluate(_project, given):
        told.update(given)
        return RuleResult(True, Sentence("ok"))

    kinds = ("number", "whole", "percent", "amount", "day", "text")
    rule = Rule("tried", "Tried", evaluate, tuple(Parameter(k, k, k) for k in kinds))
    typed = rules.typed(
        rule,
        {"number": "1.5", "whole": "3", "percent": "80", "amount": "12.50", "day": "2027-03-01"}
        | {"text": "a"},
    )
    assert typed["amount"] == Decimal("12.50")
    assert typed["whole"] == 3
    assert typed["day"] + timedelta(days=1) > typed["day"]
    for name, wrong in (("number", "NaN"), ("number", "1e99"), ("whole", "-1"), ("text", "a\0b")):
        with pytest.raises(rules.Unfit):
            rules.typed(Rule("t", "t", evaluate, (Parameter(name, name, name),)), {name: wrong})


def test_the_system_alone_notes_what_rules_say(made):
    gate = Gate.objects.get(project=made.project)
    with pytest.raises(NotAllowed):
        projects.note_rules(made.member, gate, met=[])
    projects.note_rules(SYSTEM, gate, met=[])
    assert not Decision.objects.exists()

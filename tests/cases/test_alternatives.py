"""Alternatives hold lists of operations, and each says itself who decides it."""

from decimal import Decimal

import pytest
from tests import making

from tospann.cases import commands
from tospann.cases.models import Alternative, Case, CaseKind, CaseState
from tospann.foundation.authority import Role
from tospann.foundation.commands import assess_all, submit, verdict_on
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.projects.models import Goal, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def goal(made, description="Et mål"):
    values = {"id": str(new_id()), "level": "output_goal", "description": description}
    return projects.add_goal.operation(made.project, values)


def renaming(made, name="Nytt navn"):
    return projects.edit_project.operation(made.project, {"name": name})


def opened(made, **values):
    return commands.open_case(
        made.coordinator, made.project, id=new_id(), title="Sak", recommendation="B", **values
    )


def with_alternative(made, case, key, operations, title="Et forslag"):
    stored = [operation.to_json() for operation in operations]
    submit(
        made.coordinator,
        commands.set_alternative.on(case),
        id=new_id(),
        key=key,
        title=title,
        operations=stored,
    )
    return Alternative.objects.get(case=case, key=key)


def test_the_strictest_of_several_operations_decides_for_them_all(made):
    assert assess_all(made.coordinator, [renaming(made)]).may_decide
    both = assess_all(made.coordinator, [renaming(made), goal(made)])
    assert both.may_propose
    assert both.deciders == (Role.MANAGER, Role.OWNER)
    assert assess_all(made.manager, [renaming(made), goal(made)]).may_decide
    assert assess_all(made.member, [renaming(made)]).is_refused
    assert assess_all(made.member, []).may_decide


def test_several_operations_of_ones_own_are_applied_whole(made):
    stored = [renaming(made).to_json(), goal(made).to_json()]
    with pytest.raises(NotAllowed):
        commands.apply_at_once(made.coordinator, made.project, operations=stored)
    assert Project.objects.get().name != "Nytt navn"
    commands.apply_at_once(made.manager, made.project, operations=stored)
    assert Project.objects.get().name == "Nytt navn"
    assert Goal.objects.count() == 1


def test_each_alternative_keeps_its_own_verdict(made):
    commands.add_authority_rule(made.owner, made.project, kind="goal", deciders=[Role.OWNER])
    case = opened(made)
    one = with_alternative(made, case, "A", [goal(made)])
    other = with_alternative(made, case, "B", [renaming(made)])
    assert one.verdict["roles"] == ["owner"]
    assert other.verdict["roles"] == ["coordinator", "manager"]
    assert Case.objects.get().kind == CaseKind.CHANGE


def test_an_alternative_is_decided_by_those_its_verdict_names(made):
    commands.add_authority_rule(made.owner, made.project, kind="goal", deciders=[Role.OWNER])
    commands.add_authority_rule(made.owner, made.project, kind="team", deciders=[Role.MANAGER])
    case = opened(made)
    with_alternative(made, case, "A", [goal(made)])
    somebody = making.person("Nykommer")
    appoint = projects.appoint.operation(
        made.project, {"person": str(somebody.pk), "role": "member"}
    )
    with_alternative(made, case, "B", [appoint])
    submit(made.coordinator, commands.edit_case.on(case), title="Sak", recommended="B")
    case = commands.submit_case(made.coordinator, Case.objects.get())
    with pytest.raises(NotAllowed) as refused:
        commands.decide(made.manager, case, alternative="A", reason="Heller det")
    assert "eier" in str(refused.value) or "owner" in str(refused.value)
    decision = commands.decide(made.manager, case, alternative="B")
    assert decision.authority == "manager"


def test_the_same_key_is_set_again_and_may_be_removed(made):
    case = opened(made)
    with_alternative(made, case, "B", [renaming(made, "Først")])
    with_alternative(made, case, "B", [renaming(made, "Så")])
    kept = Alternative.objects.get(case=case, key="B")
    assert kept.operations[0]["arguments"]["name"] == "Så"
    commands.remove_alternative(made.coordinator, case, key="B")
    assert list(case.alternatives.values_list("key", flat=True)) == ["0", "A"]
    with pytest.raises(Gone):
        commands.remove_alternative(made.coordinator, case, key="B")


def test_a_submitted_case_keeps_its_alternatives(made):
    case = opened(made)
    with_alternative(made, case, "B", [renaming(made)])
    commands.submit_case(made.coordinator, case)
    assert Case.objects.get().state == CaseState.SUBMITTED
    with pytest.raises(Invalid):
        with_alternative(made, case, "B", [renaming(made, "Senere")])


@pytest.mark.parametrize(
    "stored",
    [
        {"command": "no.such", "subject": "x", "arguments": {}},
        {"command": "cases.decide", "subject": "x", "arguments": {}},
        {"command": ["a"], "subject": "x", "arguments": {}},
        {"subject": "x", "arguments": {}},
        {"command": "projects.edit_project", "subject": "x", "arguments": {}, "more": 1},
    ],
)
def test_what_is_no_change_of_the_project_is_no_alternative(made, stored):
    case = opened(made)
    with pytest.raises(Invalid):
        commands.set_alternative(
            made.coordinator, case, id=new_id(), key="B", title="x", operations=[stored]
        )


def test_another_projects_records_are_not_reached_through_a_case(made):
    other = making.project()
    case = opened(made)
    with pytest.raises((Invalid, NotAllowed)):
        with_alternative(made, case, "B", [renaming(other)])


def test_a_record_made_in_another_project_meanwhile_is_not_reached(made):
    """What was prepared for a goal that was not there yet does not change somebody else's goal."""
    other, chosen = making.project(), new_id()
    words = {"level": "output_goal", "description": "Kapret"}
    there = projects.change_goal.operation(
        projects.add_goal(made.manager, made.project, id=new_id(), **words), words
    )
    early = type(there)(
        there.command, f"projects.goal:{chosen}", there.arguments, None, there.schema_version
    )
    case = opened(made)
    with_alternative(made, case, "B", [renaming(made), early])
    case.refresh_from_db()
    submit(made.coordinator, commands.edit_case.on(case), title="Sak", recommended="B")
    case = commands.submit_case(made.coordinator, Case.objects.get(pk=case.pk))
    projects.add_goal(
        other.manager, other.project, id=chosen, level="output_goal", description="Vårt eget"
    )
    with pytest.raises(Gone):
        commands.decide(made.owner, case, alternative="B", reason="Ja")
    assert Goal.objects.get(pk=chosen).description == "Vårt eget"


def test_what_cannot_be_measured_yet_counts_as_beyond_every_limit(made, monkeypatch):
    commands.add_authority_rule(
        made.owner,
        made.project,
        kind="goal",
        measure="finish_change_days",
        limit=Decimal(5),
        deciders=[Role.OWNER],
    )
    monkeypatch.setattr(
        projects.change_goal, "measures", lambda _s, _a: {"finish_change_days": Decimal(1)}
    )
    new = goal(made)
    later = projects.change_goal.operation(
        projects.add_goal(
            made.manager, made.project, id=new_id(), level="output_goal", description="x"
        ),
        {"level": "output_goal", "description": "y"},
    )
    assert verdict_on([new, later]).deciders == (Role.MANAGER, Role.OWNER)
    unborn = type(later)(
        later.command, f"projects.goal:{new_id()}", later.arguments, None, later.schema_version
    )
    assert verdict_on([new, unborn]).deciders == (Role.OWNER,)

"""The one path of a write: authority, atomicity, versions, audit, reactions, undo."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making

from tospann.foundation import audit, reactions
from tospann.foundation.authority import Role
from tospann.foundation.commands import Done, submit
from tospann.foundation.errors import CommandError, Invalid, NotAllowed, Stale, WriteOutsideCommand
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail, AuditEntry, OwedReaction
from tospann.foundation.records import reference
from tospann.foundation.undo import undo
from tospann.projects import commands
from tospann.projects.models import CriterionState, Gate, GateCriterion, Goal, GoalLevel, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return making.project()


def add_goal(made, actor, description="Ferdig til skolestart"):
    return commands.add_goal(
        actor, made.project, id=new_id(), level=GoalLevel.OUTPUT, description=description
    )


def test_a_record_refuses_to_be_written_outside_a_command(made):
    made.project.name = "Noe annet"
    with pytest.raises(WriteOutsideCommand):
        made.project.save()
    with pytest.raises(WriteOutsideCommand):
        Project.objects.filter(pk=made.project.pk).update(name="Noe annet")
    with pytest.raises(WriteOutsideCommand):
        Project.objects.all().delete()
    with pytest.raises(WriteOutsideCommand):
        Goal.objects.bulk_create([Goal(project=made.project, description="x")])
    with pytest.raises(WriteOutsideCommand):
        made.project.delete()
    assert Project.objects.get(pk=made.project.pk).name == "Nytt fagsystem"


def test_a_change_leaves_an_entry_with_before_and_after(made):
    goal = add_goal(made, made.manager)
    commands.change_goal(
        made.manager, goal, level=GoalLevel.OUTCOME, description="Kortere ventetid"
    )
    entry = AuditEntry.objects.filter(scope_id=made.project.pk).latest("sequence")
    assert (entry.command, entry.subject) == ("projects.change_goal", reference(goal))
    assert entry.person_id == made.people[Role.MANAGER].pk
    assert entry.authority == "manager"
    fields = entry.detail.changes[reference(goal)]["fields"]
    assert fields == {
        "level": ["output_goal", "outcome_goal"],
        "description": ["Ferdig til skolestart", "Kortere ventetid"],
    }


def test_who_may_only_propose_cannot_carry_out(made):
    before = AuditEntry.objects.count()
    with pytest.raises(NotAllowed):
        add_goal(made, made.coordinator)
    with pytest.raises(NotAllowed):
        add_goal(made, made.guest)
    assert Goal.objects.count() == 0
    assert AuditEntry.objects.count() == before


def test_nothing_remains_of_a_change_that_fails_half_way(made):
    gate = Gate.objects.get(project=made.project)
    entries = AuditEntry.objects.count()

    def fail_late():
        commands.add_criterion(made.coordinator, gate, text="Tatt med")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        making.inside(fail_late, made.project)
    assert not GateCriterion.objects.filter(text="Tatt med").exists()
    assert AuditEntry.objects.count() == entries
    assert list(audit.verify()) == []


def test_a_stale_version_is_refused_with_what_changed(made):
    goal = add_goal(made, made.manager)
    commands.change_goal(made.manager, goal, level=GoalLevel.OUTPUT, description="Endret først")
    with pytest.raises(Stale) as refused:
        submit(
            made.owner,
            commands.change_goal.on(goal, version=1),
            level=GoalLevel.OUTPUT,
            description="Endret etterpå",
        )
    (changed,) = refused.value.changed
    assert changed["by"] == made.manager.name
    assert changed["fields"]["description"][1] == "Endret først"
    assert Goal.objects.get().description == "Endret først"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"level": "output_goal", "description": ""}, "description"),
        ({"level": "output_goal", "description": "x" * 20_001}, "description"),
        ({"level": "no such level", "description": "x"}, "level"),
        ({"level": "output_goal"}, "description"),
        ({"level": "output_goal", "description": "x", "project": "other"}, "project"),
        ({"level": "output_goal", "description": "null\x00byte"}, None),
        ({"level": "output_goal", "description": "lone \ud800 half"}, None),
    ],
)
def test_wrong_arguments_name_the_field_and_change_nothing(made, values, field):
    goal = add_goal(made, made.manager)
    with pytest.raises(Invalid) as refused:
        commands.change_goal(made.manager, goal, **values)
    assert refused.value.field == field
    assert Goal.objects.get().version == 1


def test_a_nested_command_gets_an_entry_with_its_parent(made):
    goal = add_goal(made, made.manager)
    added = commands.add_success_criterion(made.manager, goal, id=new_id(), text="80 % innen juni")
    commands.remove_goal(made.manager, goal)
    entry = AuditEntry.objects.filter(scope_id=made.project.pk).latest("sequence")
    assert entry.command == "projects.remove_goal"
    assert set(entry.detail.changes) == {reference(goal), reference(added)}


def test_undo_puts_back_what_was_changed(made):
    goal = add_goal(made, made.manager)
    outcome = submit(
        made.manager,
        commands.change_goal.on(goal),
        level=GoalLevel.BUSINESS,
        description="Feil mål",
    )
    assert isinstance(outcome, Done)
    undo(made.manager, outcome.entry)
    assert Goal.objects.get().description == "Ferdig til skolestart"
    with pytest.raises(CommandError):
        undo(made.manager, outcome.entry)


def test_undo_of_a_removal_brings_everything_back(made):
    goal = add_goal(made, made.manager)
    commands.add_success_criterion(made.manager, goal, id=new_id(), text="80 % innen juni")
    outcome = submit(made.manager, commands.remove_goal.on(goal))
    assert Goal.objects.count() == 0
    undo(made.manager, outcome.entry)
    assert Goal.objects.get().success_criteria.get().text == "80 % innen juni"


def test_undo_is_refused_when_somebody_has_built_on_the_change(made):
    gate = Gate.objects.get(project=made.project)
    first = gate.criteria.first()
    outcome = submit(
        made.coordinator, commands.settle_criterion.on(first), state=CriterionState.DONE
    )
    commands.settle_criterion(
        made.manager, first, state=CriterionState.NOT_RELEVANT, reason="Dekket i vedlegg"
    )
    with pytest.raises(Stale):
        undo(made.coordinator, outcome.entry)
    assert GateCriterion.objects.get(pk=first.pk).state == CriterionState.NOT_RELEVANT


def test_only_the_one_who_did_it_may_undo_it(made):
    outcome = submit(
        made.manager,
        commands.add_goal.on(made.project),
        id=new_id(),
        level=GoalLevel.OUTPUT,
        description="Mål",
    )
    with pytest.raises(NotAllowed):
        undo(made.owner, outcome.entry)


def test_short_numbers_are_per_project_and_never_reused(made):
    from tospann.foundation.transactions import next_number

    other = making.project("Et annet")
    numbers = [
        making.inside(lambda p=p: next_number(p.pk), p)
        for p in (made.project, other.project, made.project)
    ]
    assert numbers == [1, 1, 2]


def test_a_reaction_is_owed_with_the_commit_and_tried_again_when_it_fails(made, monkeypatch):
    seen, fails = [], [True]

    def react(entry):
        seen.append(entry.command)
        if fails:
            raise RuntimeError(fails.pop())

    monkeypatch.setitem(reactions._REACTIONS, "test.react", react)
    monkeypatch.setitem(reactions._BY_COMMAND, "projects.add_goal", ["test.react"])
    add_goal(made, made.manager)
    owed = OwedReaction.objects.get(name="test.react")
    reactions.carry_out_owed()
    owed.refresh_from_db()
    assert owed.done_at is None
    assert "True" in owed.error
    OwedReaction.objects.filter(pk=owed.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    reactions.carry_out_owed()
    owed.refresh_from_db()
    assert owed.done_at is not None
    assert seen == ["projects.add_goal"] * 2


def test_a_detail_may_be_erased_without_breaking_the_chain(made):
    add_goal(made, made.manager, "Et navn som skal slettes")
    AuditDetail.objects.filter(entry__command="projects.add_goal").update(
        arguments=None, changes=None, erased_at=timezone.now()
    )
    assert list(audit.verify()) == []

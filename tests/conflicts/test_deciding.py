"""One decision changes the plans of several projects, or none of them."""

from dataclasses import replace

import pytest

import planengine as engine
from tospann.cases.models import Decision, DecisionOutcome
from tospann.conflicts import commands
from tospann.conflicts.models import Conflict, ConflictState, WayOut
from tospann.foundation import audit
from tospann.foundation.authority import Role
from tospann.foundation.commands import submit
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.models import AuditEntry
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.planning import commands as planning
from tospann.planning import store
from tospann.planning.models import Plan, Revision
from tospann.projects.models import Membership

pytestmark = pytest.mark.django_db


def decide(found, actor=None, **said):
    what = {"way": "A", "seen": commands.seen_of(found.conflict), **said}
    return submit(actor or found.leader, commands.decide_conflict.on(found.conflict), **what)


def revisions():
    return dict(Plan.objects.values_list("project__key", "revision"))


def test_both_plans_are_changed_in_one_act_and_each_project_can_read_it(found):
    before = revisions()
    decide(found)
    assert revisions() == {key: number + 1 for key, number in before.items()}
    assert all(Revision.objects.order_by("-id")[:2].values_list("is_decided", flat=True))
    conflict = found.conflict
    assert (conflict.state, conflict.chosen_key) == (ConflictState.DECIDED, "A")
    for made in (found.one, found.other):
        decision = Decision.objects.get(project=made.project)
        assert decision.outcome == DecisionOutcome.APPROVED
        assert decision.born_in == f"conflicts.conflict:{conflict.pk}"
        assert len(decision.evidence["effects"]) == 1  # its own, not the other project's
        entry = AuditEntry.objects.filter(scope_id=made.project.pk).latest("sequence")
        assert entry.authority == "portfolio_leader"
    assert list(audit.verify()) == []
    found.look()
    assert Conflict.objects.count() == 1  # nobody is wanted for too much any more


def test_a_crash_between_the_two_plans_changes_neither(found, monkeypatch):
    before, write, written = revisions(), store.write, []

    def dies_at_the_second(head, *rest):
        if written:
            raise RuntimeError("the machine stops here")
        written.append(head)
        return write(head, *rest)

    monkeypatch.setattr(store, "write", dies_at_the_second)
    with pytest.raises(RuntimeError):
        decide(found)
    assert len(written) == 1
    assert revisions() == before
    assert found.conflict.state == ConflictState.OPEN
    assert not Decision.objects.exists()
    assert list(audit.verify()) == []
    monkeypatch.setattr(store, "write", write)
    decide(found)  # nothing was left half done
    assert found.conflict.state == ConflictState.DECIDED


def test_what_has_moved_since_it_was_computed_is_not_decided(found):
    seen, head = commands.seen_of(found.conflict), found.plan(found.other)
    edits = [engine.edit_to_json(engine.RenameActivity(3, "Noe annet"))]
    planning.apply_edits(found.other.manager, head, base_revision=head.revision, edits=edits)
    before = revisions()
    with pytest.raises(commands.HasMoved):
        decide(found, seen=seen)
    assert revisions() == before
    found.look()
    decide(found)
    assert found.conflict.state == ConflictState.DECIDED


def test_what_was_not_read_is_not_decided(found):
    with pytest.raises(commands.HasMoved):
        decide(found, seen="of another day")
    assert found.conflict.state == ConflictState.OPEN


def test_it_is_decided_once(found):
    decide(found)
    with pytest.raises(commands.NotOpen):
        decide(found)
    assert Decision.objects.count() == 2


def test_only_the_portfolio_leader_decides(found):
    for actor in (found.one.manager, found.one.owner, found.one.member, found.other.coordinator):
        with pytest.raises(NotAllowed):
            decide(found, actor)
    assert found.conflict.state == ConflictState.OPEN


def test_nobody_decides_about_a_project_she_may_not_see(found):
    # who decides between projects sees them all; should that ever change, this holds
    with pytest.raises(NotAllowed):
        commands._require_sight(found.one.manager, [found.one.project.pk, found.other.project.pk])


def test_a_way_out_does_nothing_but_what_ways_out_do(found):
    way = WayOut.objects.get(key="A")
    stored = [{**one, "command": "projects.edit_project"} for one in way.operations]
    WayOut.objects.filter(pk=way.pk).update(operations=stored)
    with pytest.raises(NotAllowed):
        decide(found)
    assert not Decision.objects.exists()


def test_everything_stays_as_it_is_with_a_reason(found):
    before = revisions()
    with pytest.raises(Invalid):
        decide(found, way="0")
    decide(found, way="0", reason="Overtid er avtalt.")
    assert revisions() == before
    assert set(Decision.objects.values_list("outcome", flat=True)) == {DecisionOutcome.REJECTED}
    assert found.conflict.reason == "Overtid er avtalt."


def test_another_person_takes_over_and_takes_part(found):
    from tests import making

    free = making.person("Odd Free", title=found.shared.title)
    # a new colleague changes nothing the ways rest on: they are looked for when a plan changes
    WayOut.objects.all().delete()
    found.look()
    way = WayOut.objects.get(kind="person")
    assert way.words["person"] == "Odd Free"
    changed = next(one for one in way.effects if one["changes"])
    decide(found, way=way.key)
    head = Plan.objects.get(project=changed["project"])
    row = next(one for one in store.load(head).plan.activities if one.uid == 1)
    assert row.responsible == str(free.pk)
    assert Membership.objects.filter(
        project=changed["project"], person=free, role=Role.MEMBER
    ).exists()


def test_a_read_only_token_decides_nothing(found):
    boss = Person.objects.get(pk=found.leader.person_id)
    with pytest.raises(NotAllowed):
        decide(found, replace(actor_for(boss), scopes=frozenset({"read"})))

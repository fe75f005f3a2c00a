"""A decision across projects: only an act of the organisation, only the projects it names."""

import pytest
from tests import making

from tospann.foundation import audit, transactions
from tospann.foundation.authority import SYSTEM, Mandate
from tospann.foundation.commands import perform_all
from tospann.foundation.errors import Gone, NotAllowed, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditEntry
from tospann.foundation.transactions import run
from tospann.projects import commands as projects
from tospann.projects.models import Goal

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return making.project("Det ene"), making.project("Det andre")


def goal(made, description="Et mål"):
    values = {"id": str(new_id()), "level": "output_goal", "description": description}
    return projects.add_goal.operation(made.project, values)


def decided(subject, operations, scopes, *, held=None):
    """Carry the operations out under a mandate, inside an act on ``subject``."""
    allowed = frozenset(one.fingerprint() for one in operations)
    mandate = Mandate(new_id(), new_id(), allowed, frozenset(scopes))

    def body(act, _subject):
        act.authority = "portfolio_leader"
        if held is not None:
            transactions.hold(held)
        perform_all(SYSTEM.under(mandate), operations)

    run(SYSTEM, "test.decide", subject, None, body)


def test_it_changes_the_projects_it_names_and_each_chain_tells_its_own(pair):
    one, other = pair
    scopes = {one.project.pk, other.project.pk}
    decided(making.organisation(), [goal(one), goal(other)], scopes, held=scopes)
    assert set(Goal.objects.values_list("project_id", flat=True)) == scopes
    for made in pair:
        entry = AuditEntry.objects.get(scope_id=made.project.pk, command="projects.add_goal")
        assert (entry.authority, entry.parent) == ("portfolio_leader", None)
    assert list(audit.verify()) == []


def test_a_project_that_is_not_named_stays_as_it_is(pair):
    one, other = pair
    with pytest.raises(Gone):
        decided(
            making.organisation(),
            [goal(one), goal(other)],
            {one.project.pk},
            held={one.project.pk, other.project.pk},
        )
    assert not Goal.objects.exists()


def test_an_ordinary_decision_never_reaches_another_project(pair):
    one, other = pair
    scopes = {one.project.pk, other.project.pk}
    with pytest.raises(Gone):
        decided(one.project, [goal(one), goal(other)], ())
    with pytest.raises(NotAllowed):  # even when its mandate says it may
        decided(one.project, [goal(one), goal(other)], scopes)
    assert not Goal.objects.exists()


def test_the_projects_are_locked_before_anything_is_decided(pair):
    one, other = pair
    scopes = {one.project.pk, other.project.pk}
    with pytest.raises(NotAllowed):
        decided(making.organisation(), [goal(one), goal(other)], scopes)
    with pytest.raises(NotAllowed):
        decided(making.organisation(), [goal(one)], scopes, held={one.project.pk})


def test_heads_are_locked_in_the_order_of_their_ids(pair, monkeypatch):
    locked, head_of = [], audit.head_of
    monkeypatch.setattr(
        audit, "head_of", lambda scope_id: locked.append(scope_id) or head_of(scope_id)
    )
    scopes = [one.project.pk for one in pair]
    decided(making.organisation(), [goal(pair[1])], scopes, held=reversed(scopes))
    assert locked == sorted(locked)
    assert len(locked) == 3
    with pytest.raises(RuntimeError):  # a later project first, then an earlier one
        run(
            SYSTEM, "test.out_of_order", making.organisation(), None,
            lambda _act, _subject: [transactions.hold([pk]) for pk in sorted(scopes)[::-1]],
        )  # fmt: skip


def test_when_the_second_project_has_changed_the_first_is_not_changed_either(pair):
    one, other = pair
    stale = projects.edit_project.operation(other.project, {"name": "Nytt"}, version=99)
    scopes = {one.project.pk, other.project.pk}
    with pytest.raises(Stale):
        decided(making.organisation(), [goal(one), stale], scopes, held=scopes)
    missing = {"level": "output_goal", "description": "x", "id": str(new_id())}
    again = projects.add_goal.operation(other.project, missing)
    wrong = projects.change_goal.operation(
        Goal(id=new_id(), project=other.project), {"level": "output_goal", "description": "y"}
    )
    with pytest.raises(Gone):  # the third fails, after two were carried out
        decided(making.organisation(), [goal(one), again, wrong], scopes, held=scopes)
    assert not Goal.objects.exists()
    assert not AuditEntry.objects.filter(command="projects.add_goal").exists()

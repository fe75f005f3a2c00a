"""Tampering with the chain is refused by triggers, and found at its number without them."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests import making

from tospann.foundation import audit, triggers
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail, AuditEntry, AuditHead, OwedReaction
from tospann.projects import commands
from tospann.projects.models import GoalLevel

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """A project whose chain ends in ten goals; returns its id and its last number."""
    made = making.project()
    for number in range(10):
        commands.add_goal(
            made.manager,
            made.project,
            id=new_id(),
            level=GoalLevel.OUTPUT,
            description=f"Mål {number}",
        )
    OwedReaction.objects.all().delete()  # what the goals would set off is no matter here
    return made.project.pk, AuditHead.objects.get(pk=made.project.pk).sequence


@pytest.fixture
def without_triggers():
    """As somebody with access to the database itself would do."""
    triggers.drop()
    yield
    triggers.ensure()


def fault(scope_id, anchors=None):
    found = [f for f in audit.verify(anchors) if f.scope_id == scope_id]
    return found[0] if found else None


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_triggers_refuse_every_change(chain):
    scope_id, _last = chain
    assert triggers.missing() == []
    tries = [
        lambda: AuditEntry.objects.filter(scope_id=scope_id).update(authority="owner"),
        lambda: AuditDetail.objects.filter(entry__scope_id=scope_id).update(actor_name="x"),
        lambda: execute("DELETE FROM foundation_auditentry"),
        lambda: execute("DELETE FROM foundation_auditdetail"),
    ]
    if connection.vendor == "postgresql":
        # Checks that wait for the commit would forbid a TRUNCATE before any trigger could.
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        tries.append(lambda: execute("TRUNCATE foundation_auditentry CASCADE"))
    for attempt in tries:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert list(audit.verify()) == []


@pytest.mark.usefixtures("without_triggers")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("authority", "owner"),
        ("command", "projects.other"),
        ("subject", "projects.goal:x"),
        ("actor_kind", "system"),
        ("parent", 1),
        ("detail_hash", "0" * 64),
        ("hash", "0" * 64),
        ("previous_hash", "0" * 64),
    ],
)
def test_a_changed_entry_is_found_at_its_number(chain, column, value):
    scope_id, last = chain
    AuditEntry.objects.filter(scope_id=scope_id, sequence=last - 4).update(**{column: value})
    assert fault(scope_id).sequence == last - 4


@pytest.mark.usefixtures("without_triggers")
def test_a_changed_detail_is_found_at_its_number(chain):
    scope_id, last = chain
    AuditDetail.objects.filter(entry__scope_id=scope_id, entry__sequence=last - 2).update(
        changes={"nothing": "happened"}
    )
    assert fault(scope_id).sequence == last - 2


@pytest.mark.usefixtures("without_triggers")
def test_a_deleted_entry_is_found_at_its_number(chain):
    scope_id, last = chain
    AuditDetail.objects.filter(entry__scope_id=scope_id, entry__sequence=last - 3).delete()
    AuditEntry.objects.filter(scope_id=scope_id, sequence=last - 3).delete()
    assert (fault(scope_id).sequence, fault(scope_id).what) == (last - 3, "missing")


@pytest.mark.usefixtures("without_triggers")
def test_two_entries_that_changed_places_are_found(chain):
    scope_id, last = chain
    rows = AuditEntry.objects.filter(scope_id=scope_id)
    rows.filter(sequence=last - 5).update(sequence=10_000)
    rows.filter(sequence=last - 4).update(sequence=last - 5)
    rows.filter(sequence=10_000).update(sequence=last - 4)
    assert fault(scope_id).sequence == last - 5


@pytest.mark.usefixtures("without_triggers")
def test_a_cut_tail_is_found_even_when_the_head_was_rewritten(chain):
    scope_id, last = chain
    head = AuditHead.objects.get(pk=scope_id)
    anchors = {scope_id: [(head.sequence, head.hash)]}
    AuditDetail.objects.filter(entry__scope_id=scope_id, entry__sequence__gt=last - 3).delete()
    AuditEntry.objects.filter(scope_id=scope_id, sequence__gt=last - 3).delete()
    assert fault(scope_id).sequence == last - 2
    newest = AuditEntry.objects.get(scope_id=scope_id, sequence=last - 3)
    AuditHead.objects.filter(pk=scope_id).update(sequence=last - 3, hash=newest.hash)
    assert fault(scope_id) is None
    assert fault(scope_id, anchors).sequence == last - 2


@pytest.mark.usefixtures("without_triggers")
def test_a_chain_rewritten_from_the_middle_differs_from_its_anchor(chain):
    scope_id, last = chain
    anchors = {scope_id: [(last - 1, AuditHead.objects.get(pk=scope_id).hash)]}
    assert fault(scope_id, anchors).sequence == last - 1


def test_a_detail_is_erased_and_the_name_in_it_later_but_nothing_comes_back(chain):
    scope_id, last = chain
    details = AuditDetail.objects.filter(entry__scope_id=scope_id, entry__sequence=last - 3)
    details.update(arguments=None, changes=None, erased_at=timezone.now())
    details.update(actor_name="Slettet person")
    assert fault(scope_id) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        details.update(changes={"written": "later"})


@pytest.mark.sqlite_only
def test_a_trigger_of_an_earlier_version_is_made_anew(db):
    execute("DROP TRIGGER foundation_auditdetail_no_update")
    execute(
        "CREATE TRIGGER foundation_auditdetail_no_update BEFORE UPDATE ON foundation_auditdetail "
        "BEGIN SELECT RAISE(ABORT, 'older'); END"
    )
    before = trigger_sql()
    triggers.ensure()
    assert trigger_sql() != before
    unchanged = trigger_sql()
    triggers.ensure()
    assert trigger_sql() == unchanged


def trigger_sql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql, rootpage FROM sqlite_master WHERE type = 'trigger'")
        return sorted(cursor.fetchall())

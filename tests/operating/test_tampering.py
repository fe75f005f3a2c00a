"""Somebody with the database's password changes history: the log says where.

The triggers only stop mistakes; whoever can drop them must be found by the chain and the anchors.
"""

import pytest
from django.db import connection
from tests import making

from tospann.config.operating.verify import audit_faults
from tospann.foundation import triggers
from tospann.jobs import anchors
from tospann.projects import commands

pytestmark = pytest.mark.django_db
CHAIN = "foundation_auditentry"
DETAIL = "foundation_auditdetail"


@pytest.fixture
def scope(settings, tmp_path):
    """A project with some history, its head anchored, and the attacker past the triggers."""
    settings.DATA_DIR = tmp_path
    made = making.project()
    for number in range(5):
        commands.add_phase(making.SYSTEM, made.project, key=f"later_{number}", name="Later")
    assert audit_faults() == []
    anchors.write_anchor()
    _settle()
    triggers.drop()
    return made.project.pk


def tamper(statement, scope):
    key = scope.hex if connection.vendor == "sqlite" else str(scope)
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])


def _settle():
    """PostgreSQL changes no table whose references it still has to check."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def faults_after(scope):
    _settle()
    triggers.ensure()
    found = audit_faults()
    assert found
    return [fault.removeprefix(f"{scope} ") for fault in found]


WHERE = "scope_id = %s AND sequence"


@pytest.mark.parametrize(
    "column", ["command = 'x'", "authority = 'owner'", "subject = 'x'", "actor_kind = 'x'"]
)
def test_a_changed_entry_is_found_at_its_number(scope, column):
    tamper(f"UPDATE {CHAIN} SET {column} WHERE {WHERE} = 4", scope)
    assert faults_after(scope) == ["entry 4: changed"]


def test_a_changed_detail_is_found_at_its_number(scope):
    entry = f"(SELECT id FROM {CHAIN} WHERE {WHERE} = 4)"
    tamper(f"UPDATE {DETAIL} SET actor_name = 'Nobody' WHERE entry_id IN {entry}", scope)
    assert faults_after(scope) == ["entry 4: detail changed"]


def test_a_removed_entry_is_found_at_its_number(scope):
    entry = f"(SELECT id FROM {CHAIN} WHERE {WHERE} = 4)"
    for table in ("foundation_owedreaction", DETAIL):
        tamper(f"DELETE FROM {table} WHERE entry_id IN {entry}", scope)
    tamper(f"DELETE FROM {CHAIN} WHERE {WHERE} = 4", scope)
    assert faults_after(scope) == ["entry 4: missing"]


def test_entries_in_another_order_are_found(scope):
    for old, new in ((4, 900), (5, 4), (900, 5)):
        tamper(
            f"UPDATE {CHAIN} SET sequence = {new} WHERE sequence = {old} AND scope_id = %s", scope
        )
    assert faults_after(scope) == ["entry 4: out of line"]


def test_a_tail_cut_before_the_anchor_is_found_even_with_a_repaired_head(scope):
    _cut(scope, after=4)
    assert faults_after(scope) == ["entry 5: cut before the anchor"]


def test_a_tail_cut_is_found_by_the_head_when_nothing_is_anchored(scope):
    for anchor in anchors.folder().glob("*.json"):
        anchor.unlink()
    _cut(scope, after=4, repair_head=False)
    assert faults_after(scope) == ["entry 5: head does not match"]


def test_a_whole_chain_written_anew_is_found_by_the_anchor(scope):
    """The cleverest attacker recomputes every hash; the anchor outside remembers the old one."""
    from tospann.foundation import audit
    from tospann.foundation.models import AuditEntry, AuditHead

    previous = ""
    for entry in AuditEntry.objects.filter(scope_id=scope).order_by("sequence"):
        if entry.sequence == 4:
            entry.authority = "owner"
        entry.previous_hash = previous
        entry.hash = previous = audit.entry_hash(entry)
        entry.save()
    AuditHead.objects.filter(pk=scope).update(hash=previous)
    assert any("differs from the anchor" in fault for fault in faults_after(scope))


def test_missing_triggers_are_a_fault_of_their_own(scope):
    assert [fault for fault in audit_faults() if fault.startswith("triggers")]


def test_an_anchor_that_cannot_be_read_is_a_fault(scope):
    next(anchors.folder().glob("*.json")).write_text("{}")
    assert faults_after(scope)[0].startswith("anchors: cannot read")


def _cut(scope, after, *, repair_head=True):
    from tospann.foundation.models import AuditDetail, AuditEntry, AuditHead, OwedReaction

    cut = AuditEntry.objects.filter(scope_id=scope, sequence__gt=after)
    OwedReaction.objects.filter(entry__in=cut).delete()
    AuditDetail.objects.filter(entry__in=cut).delete()
    cut.delete()
    if repair_head:
        last = AuditEntry.objects.get(scope_id=scope, sequence=after)
        AuditHead.objects.filter(pk=scope).update(sequence=after, hash=last.hash)

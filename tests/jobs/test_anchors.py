"""Anchors outside the database catch what the chain alone cannot: a tail that was cut off."""

import json

import pytest
from django.db import connection
from tests import making

from tospann.foundation import audit, triggers
from tospann.foundation.models import AuditDetail, AuditEntry, AuditHead
from tospann.jobs import anchors
from tospann.jobs.jobs import anchor_the_audit_chain


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_an_anchor_holds_the_head_of_every_chain(data_folder):
    made = making.project()
    name = anchor_the_audit_chain.call()
    stored = json.loads((data_folder / "anchors" / name).read_text())
    assert str(made.project.pk) in {scope for scope, _sequence, _hash in stored["heads"]}
    assert list(audit.verify(anchors.read_anchors())) == []
    assert [path.suffix for path in (data_folder / "anchors").iterdir()] == [".json"]


@pytest.mark.django_db
def test_the_job_may_run_twice_and_an_anchor_is_never_overwritten():
    making.project()
    path = anchors.write_anchor()
    before = path.read_text()
    making.project()
    assert anchors.write_anchor() == path
    assert path.read_text() == before


@pytest.mark.django_db
def test_a_tail_cut_before_the_anchor_is_found():
    scope = making.project().project.pk
    anchors.write_anchor()
    last = AuditEntry.objects.filter(scope_id=scope).order_by("-sequence").first()
    cut(last)
    assert list(audit.verify()) == [], "the chain alone looks whole"
    found = list(audit.verify(anchors.read_anchors()))
    assert [(fault.scope_id, fault.sequence) for fault in found] == [(scope, last.sequence)]


def cut(entry):
    """Remove the last entry, with the head set back, as somebody with the database would."""
    triggers.drop()
    with connection.cursor() as cursor:
        pk, table = entry.pk, AuditEntry._meta.db_table
        cursor.execute("DELETE FROM foundation_owedreaction WHERE entry_id = %s", [pk])
        cursor.execute(f"DELETE FROM {AuditDetail._meta.db_table} WHERE entry_id = %s", [pk])
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])
    AuditHead.objects.filter(pk=entry.scope_id).update(
        sequence=entry.sequence - 1, hash=entry.previous_hash
    )


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"heads": [[1]]}', '{"heads": null}'])
def test_a_damaged_anchor_is_named(data_folder, text):
    (data_folder / "anchors").mkdir()
    (data_folder / "anchors/2027-01-01.json").write_text(text)
    with pytest.raises(anchors.AnchorUnreadable, match=r"2027-01-01\.json"):
        anchors.read_anchors()

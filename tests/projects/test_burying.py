"""A project that is deleted: all of it goes, signed rows too; a tombstone and the chain stay."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from tests import making

from tospann.cases import commands as cases
from tospann.cases.models import Decision
from tospann.documents import blobs
from tospann.documents import commands as documents
from tospann.documents.blobs.references import named
from tospann.documents.models import Document, Version
from tospann.foundation import audit, triggers
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Invalid, NotAllowed
from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
from tospann.foundation.models import AuditDetail, AuditEntry
from tospann.foundation.reactions import carry_out_owed
from tospann.people.actors import actor_for
from tospann.people.commands import give_organisation_role
from tospann.projects import burying
from tospann.projects.commands import delete_project
from tospann.projects.models import Project, ProjectState, Tombstone
from tospann.search.models import Entry
from tospann.sharing import commands as sharing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def made():
    """A closed project with a document, shared with somebody, and a decision."""
    made = making.project("Svømmehall")
    made.project.state = ProjectState.ACTIVE
    making.inside(made.project.save, made.project)
    document = _document(made)
    sharing.share(
        made.manager,
        made.project,
        id=new_id(),
        reference=f"documents.document:{document.pk}",
        person=made.people[Role.MEMBER].pk,
    )
    cases.record_decision(
        made.owner,
        made.project,
        id=new_id(),
        title="Bygge",
        decided_on=date(2026, 1, 5),
    )
    carry_out_owed()
    made.project.refresh_from_db()
    made.project.state = ProjectState.CLOSED
    making.inside(made.project.save, made.project)
    return made


def _document(made, **values):
    kept = blobs.put_bytes(b"Innhold " + made.project.key.encode())
    return documents.add_document(
        made.manager,
        made.project,
        id=new_id(),
        name="Avtale.txt",
        sha256=kept.sha256,
        size=kept.size,
        media_type="text/plain",
        **values,
    )


@pytest.fixture
def administrator():
    person = making.person("Ada Admin")
    give_organisation_role(SYSTEM, person, role=Role.ADMINISTRATOR)
    return actor_for(person)


def delete(actor, project, **values):
    values = {"typed": project.key, "reason": "Opprettet ved en feil"} | values
    return delete_project(actor, making.organisation(), id=new_id(), project=project.pk, **values)


def test_all_of_it_goes_and_a_tombstone_stays(made, administrator):
    other = making.project("Biblioteket")
    theirs, head = _document(other), audit.head_of
    with transaction.atomic():
        before = head(made.project.pk)
    sha256 = Document.objects.get(project=made.project).sha256
    assert Entry.objects.filter(project_id=made.project.pk).exists()
    left = delete(administrator, made.project)
    kept = Tombstone.objects.get()
    assert (kept.buried, kept.project_key, kept.name) == (
        made.project.pk,
        left.project_key,
        "Svømmehall",
    )
    assert (kept.by, kept.reason) == (administrator.person_id, "Opprettet ved en feil")
    assert (kept.chain_sequence, kept.chain_hash) == (before.sequence, before.hash)
    assert kept.removed["documents.document"] == 1
    assert kept.removed["cases.decision"] == 1
    assert not kept.is_open
    assert not any(rows.exists() for rows in burying.belonging(made.project.pk).values())
    assert not Entry.objects.filter(project_id=made.project.pk).exists()
    wanted = {one.sha256 for one in named()}
    assert sha256 not in wanted
    assert theirs.sha256 in wanted
    assert Version.objects.get().document_id == theirs.pk


def test_the_chain_proves_itself_and_tells_nothing_any_more(made, administrator):
    entries = AuditEntry.objects.filter(scope_id=made.project.pk)
    number = entries.count()
    delete(administrator, made.project)
    assert list(audit.verify()) == []
    assert entries.count() == number
    told = AuditDetail.objects.filter(entry__in=entries)
    assert not told.filter(erased_at=None).exists()
    act = AuditEntry.objects.filter(scope_id=ORGANISATION_SCOPE).latest("sequence")
    assert act.command == "projects.delete_project"
    assert act.detail.arguments["reason"] == "Opprettet ved en feil"


def test_signed_rows_leave_with_their_project_only(made, administrator):
    assert triggers.missing() == []
    refusing = pytest.raises(DatabaseError, match="append-only")
    with refusing, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_decision")
    delete(administrator, made.project)
    assert not Decision.objects.exists()
    for words in ("DELETE FROM projects_tombstone", "UPDATE projects_tombstone SET reason = ''"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(words)


def test_only_what_is_closed_and_may_go_is_deleted(made, administrator):
    with pytest.raises(Invalid, match=made.project.key):
        delete(administrator, made.project, typed="SVOM")
    with pytest.raises(NotAllowed):
        delete(made.owner, made.project)
    active = making.project("Aktivt")
    active.project.state = ProjectState.ACTIVE
    making.inside(active.project.save, active.project)
    with pytest.raises(Invalid):
        delete(administrator, active.project)
    document = Document.objects.get(project=made.project)
    document.retain_until = date.today() + timedelta(days=400)  # noqa: DTZ011  # years from now
    making.inside(document.save, made.project)
    with pytest.raises(Invalid, match="1"):
        delete(administrator, made.project)
    assert Project.objects.filter(pk=made.project.pk).exists()
    assert not Tombstone.objects.exists()

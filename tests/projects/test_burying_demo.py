"""Deleting each project of a demo with everything in it: all of it goes, and nothing else."""

import json

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, JSONField, QuerySet, TextField, UUIDField
from tests import making
from tests.projects.test_burying import delete

from tospann.demo.seed import seed
from tospann.documents.blobs.references import named
from tospann.documents.models import Document
from tospann.foundation import audit
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.models import AuditDetail
from tospann.foundation.reactions import carry_out_owed
from tospann.people.actors import actor_for
from tospann.people.commands import give_organisation_role
from tospann.projects import burying
from tospann.projects.models import Project, ProjectState, Tombstone

pytestmark = [pytest.mark.django_db, pytest.mark.long]
REMAINS = {
    *("projects.tombstone.buried", "projects.tombstone.name", "projects.tombstone.project_key"),
    *("foundation.auditentry.scope_id", "foundation.auditentry.subject"),
    "foundation.audithead.scope_id",
}
"""The tombstone, the chain that still proves itself, and the act that removed it."""


def project_rows(project):
    """Every row that is the project's, as it stands in the database."""
    return {
        (model._meta.label_lower, str(row["pk"])): row
        for model, rows in burying.belonging(project.pk).items()
        for row in rows.order_by().values("pk", *[f.attname for f in model._meta.concrete_fields])
    }


def holding(*texts):
    """Every column of every table that holds one of the texts or is that id; but not the acts."""
    found = set()
    for model in apps.get_models():
        if not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField | UUIDField):
                rows = model._base_manager.all()
                acts = {"entry__command": "projects.delete_project"}
                rows = rows.exclude(**acts) if model is AuditDetail else rows
                for value in rows.values_list(field.attname, flat=True).iterator():
                    read = json.dumps(value, default=str, ensure_ascii=False)
                    if any(text in read for text in texts):
                        found.add(f"{model._meta.label_lower}.{field.attname}")
                        break
    return found


def may_go(project):
    """Closed, with nothing in it that has to be kept."""
    project.refresh_from_db()
    project.state = ProjectState.CLOSED
    making.inside(project.save, project)
    kept = Document.objects.filter(project=project)
    QuerySet.update(kept, is_held=False, retain_until=None)


def test_each_project_of_the_demo_goes_whole_and_the_others_stay(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    seed()
    carry_out_owed(most=20_000)
    ada = making.person("Ada Admin")
    give_organisation_role(SYSTEM, ada, role=Role.ADMINISTRATOR)
    for project in Project.objects.order_by("key"):
        others = Project.objects.exclude(pk=project.pk)
        may_go(project)
        hers = {one.sha256 for one in _blobs_of(project)}
        before = {one.key: project_rows(one) for one in others}
        assert len(project_rows(project)) > 200
        delete(actor_for(ada), project)
        carry_out_owed(most=20_000)
        after = {one.key: project_rows(one) for one in others}
        for key, rows in before.items():
            changed = {at for at, row in rows.items() if after[key].get(at) != row}
            assert changed == set(), (project.key, key, sorted(changed)[:10])
        left = holding(str(project.pk), project.pk.hex, f"/p/{project.key}/", project.name)
        assert left <= REMAINS, sorted(left - REMAINS)
        assert Tombstone.objects.filter(buried=project.pk, is_open=False).exists()
        assert list(audit.verify()) == []
        assert not hers & {one.sha256 for one in named()} - _shared(others)
        connection.check_constraints()
    assert not Project.objects.exists()


def _blobs_of(project):
    return Document.objects.filter(project=project).exclude(sha256="")


def _shared(others):
    return {one.sha256 for other in others for one in _blobs_of(other)}

"""A backup holds everything, is proven by restoring it, and refuses to destroy anything."""

import json
from pathlib import Path

import pytest

CHANGES = """
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.people.models import Organisation
from tospann.projects import commands
from datetime import date
for number in range(5):
    project = commands.found_project(
        SYSTEM, Organisation.objects.get(), id=new_id(), key=f"P{number}", name="Hall",
        start=date(2027, 1, 1), finish=date(2027, 12, 31))
    for _ in range(3):
        commands.add_goal(SYSTEM, project, id=new_id(), level="output_goal", description="Øl & æ")
from tospann.jobs.anchors import write_anchor
write_anchor()
"""


def with_changes(portal):
    portal.python(CHANGES)
    (portal.folder / "blobs").mkdir(exist_ok=True)
    (portal.folder / "blobs" / "drawing").write_bytes(b"\x00a drawing" * 1000)
    return portal


def manifest_of(backup):
    return json.loads((backup / "manifest.json").read_text())


def test_what_is_restored_equals_what_was_saved(portal, new_portal, tmp_path):
    with_changes(portal)
    portal.run("backup", tmp_path / "first")
    other = new_portal()
    other.run("restore", tmp_path / "first")
    other.run("backup", tmp_path / "second")
    first, second = manifest_of(tmp_path / "first"), manifest_of(tmp_path / "second")
    assert first["counts"] == second["counts"]
    assert first["counts"]["projects_goal"] == 15
    assert first["heads"] == second["heads"]
    assert len(first["heads"]) == 6
    files = {name for name in first["files"] if name.startswith("files/")}
    assert {"files/blobs/drawing", "files/secret_key.txt"} <= files
    assert any(name.startswith("files/anchors/") for name in files)
    assert all(first["files"][name] == second["files"][name] for name in files)
    assert "The audit log is whole" in other.run("verify-audit").stdout
    other.python(CHANGES.replace('f"P{', 'f"Q{'))  # the numbers the database gives out go on


@pytest.mark.once
def test_a_backup_is_verified_by_restoring_it_elsewhere(portal, tmp_path):
    with_changes(portal).run("backup", tmp_path / "b")
    report = portal.run("verify-backup", tmp_path / "b").stdout
    assert report.startswith("VERIFIED")
    assert json.loads((portal.folder / "verified-restore.json").read_text())["audit_heads"]


@pytest.mark.once
def test_a_damaged_backup_is_found(portal, tmp_path):
    with_changes(portal).run("backup", tmp_path / "b")
    drawing = tmp_path / "b" / "files" / "blobs" / "drawing"
    drawing.write_bytes(drawing.read_bytes()[:-1] + b"?")
    done = portal.run("verify-backup", tmp_path / "b", check=False)
    assert done.returncode == 1
    assert "files/blobs/drawing: changed" in done.stdout


def test_a_backup_with_rewritten_figures_is_found(portal, tmp_path):
    with_changes(portal).run("backup", tmp_path / "b")
    written = manifest_of(tmp_path / "b")
    written["counts"]["projects_goal"] -= 1
    (tmp_path / "b" / "manifest.json").write_text(json.dumps(written))
    done = portal.run("verify-backup", tmp_path / "b", check=False)
    assert done.returncode == 1
    assert "projects_goal: 15 rows instead of 14" in done.stdout


@pytest.mark.once
def test_nothing_is_restored_over_anything(portal, tmp_path):
    portal.run("backup", tmp_path / "b")
    done = portal.run("restore", tmp_path / "b", check=False)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert portal.run("verify-audit").returncode == 0


@pytest.mark.once
def test_an_earlier_backup_is_never_overwritten(portal, tmp_path):
    portal.run("backup", tmp_path / "b")
    before = manifest_of(tmp_path / "b")
    assert portal.run("backup", tmp_path / "b", check=False).returncode == 1
    assert manifest_of(tmp_path / "b") == before


def test_a_backup_of_a_newer_version_is_refused(portal, new_portal, tmp_path):
    portal.run("backup", tmp_path / "b")
    written = manifest_of(tmp_path / "b")
    written["migrations"]["projects"].append("9999_from_the_future")
    (tmp_path / "b" / "manifest.json").write_text(json.dumps(written))
    done = new_portal().run("restore", tmp_path / "b", check=False)
    assert done.returncode == 1
    assert "newer version" in done.stderr


ATTACHED = """
from tospann.documents import blobs, commands, files
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.projects.models import Goal
goal = Goal.objects.select_related("project").first()
kept = files.keep(b"the agreement", "agreement.txt")
commands.attach(
    SYSTEM, goal.project, id=new_id(), born_in=f"projects.goal:{goal.pk}", name=kept.name,
    media_type=kept.media_type, size=kept.size, sha256=kept.sha256)
from django.conf import settings
print(settings.DATA_DIR / "files" / blobs.key(kept.sha256))
"""


@pytest.mark.once
def test_attached_files_are_in_the_backup_and_a_lost_one_is_noticed(portal, tmp_path):
    with_changes(portal)
    written = Path(portal.python(ATTACHED).splitlines()[-1])
    portal.run("backup", tmp_path / "b")
    inside = written.relative_to(portal.folder)
    assert (tmp_path / "b" / "files" / inside).read_bytes() == b"the agreement"
    assert portal.run("verify-backup", tmp_path / "b").stdout.startswith("VERIFIED")
    written.unlink()
    portal.run("backup", tmp_path / "c")
    lost = portal.run("verify-backup", tmp_path / "c", check=False)
    assert lost.returncode == 1
    assert "agreement.txt" in lost.stdout

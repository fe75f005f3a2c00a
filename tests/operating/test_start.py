"""Starting: first and second time, only what should be reachable, and nothing left behind."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.operating.portal import PASSWORD

OTHER_SCHEMA = "from tospann.config.operating.database import remember; remember('schema', 'older')"
RECORD = "from django.db.migrations.recorder import MigrationRecorder as R\n"


def fetch(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def children(pid):
    parents = {int(entry.name): _parent(entry.name) for entry in Path("/proc").glob("[0-9]*")}
    ours = {pid}
    while more := {p for p, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return ours - {pid}


def alive(pids):
    return {pid for pid in pids if _facts(pid)[0] not in {"", "Z"}}


def _parent(pid):
    return int(_facts(pid)[1] or 0)


def _facts(pid):
    """Its state and its parent, as the kernel tells; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    except OSError:
        return "", ""


def test_a_new_folder_becomes_a_portal_that_answers_and_ends_cleanly(new_portal):
    portal = new_portal()
    with portal.started("--workers", "2") as (address, process):
        status, headers, _text = fetch(f"{address}/readyz")
        assert status == 200
        assert headers["X-Request-ID"]
        assert fetch(f"{address}/api/v1/openapi.json")[0] == 200
        portal.python(OTHER_SCHEMA)
        assert fetch(f"{address}/readyz")[0] == 503, "the database is another version's"
        ours = children(process.pid)
        assert len(ours) >= 3, "two web processes and the jobs"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert not alive(ours)


@pytest.mark.once
def test_children_do_not_outlive_a_killed_parent(portal):
    with portal.started() as (_address, process):
        ours = children(process.pid)
        process.kill()
        process.wait(10)
        until = time.monotonic() + 20
        while alive(ours) and time.monotonic() < until:
            time.sleep(0.1)
        assert not alive(ours)


@pytest.mark.once
def test_a_child_that_comes_too_late_to_know_its_parent_ends_at_once():
    code = (
        "from tospann.config.operating.processes import end_with_parent as end; end({}); print(1)"
    )
    for parent, said in ((os.getpid(), "1"), (os.getppid(), "")):
        done = subprocess.run(
            [sys.executable, "-c", code.format(parent)], capture_output=True, text=True, check=False
        )
        assert done.stdout.strip() == said, done.stderr


@pytest.mark.once
def test_jobs_that_die_are_started_again_and_end_with_the_portal(portal):
    with portal.started("--workers", "1") as (_address, process):
        before = children(process.pid)
        jobs = min(before)  # the first child; the web process comes after it
        os.kill(jobs, signal.SIGKILL)
        until = time.monotonic() + 20
        while not (new := children(process.pid) - before) and time.monotonic() < until:
            time.sleep(0.1)
        assert len(new) == 1, "the jobs came back"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert not alive(new | before)


@pytest.mark.once
def test_demo_mode_never_opens_other_data(new_portal):
    portal = new_portal(TOSPANN_DEMO="1")
    done = portal.run("start", check=False)
    assert done.returncode == 1
    assert "not a demo's data folder" in done.stderr


@pytest.mark.once
def test_a_demo_is_never_made_of_existing_data(portal):
    done = portal.run("demo", check=False)
    assert done.returncode == 1
    assert "already holds data" in done.stderr


@pytest.mark.once
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "example.org"])
def test_a_demo_answers_on_this_machine_only(new_portal, host):
    portal = new_portal()
    for command in ("demo", "start"):  # made by the first, refused again by the second
        done = portal.run(command, "--host", host, check=False)
        assert done.returncode == 1
        assert "this machine only" in done.stderr


def test_a_newer_database_is_refused(portal):
    portal.python(
        RECORD
        + "from django.db import connection\n"
        + "R(connection).record_applied('projects', '9999_future')\n"
        + "from tospann.config.operating import database\n"
        + "database.remember('schema', 'other')"
    )
    for command in ("start", "upgrade"):
        done = portal.run(command, check=False)
        assert done.returncode == 1
        assert "newer version" in done.stderr


def test_an_older_database_waits_for_upgrade_which_backs_up_first(portal):
    code = (
        RECORD
        + """
from django.db import connection
from django.core.management import call_command
from tospann.config.operating import database
call_command("migrate", "usersessions", "zero", verbosity=0)
call_command("migrate", "reports", "zero", verbosity=0)  # tables with triggers come later, too
database.remember("schema", "older")
"""
    )
    portal.python(code)
    done = portal.run("start", check=False)
    assert done.returncode == 1
    assert "tospann upgrade" in done.stderr
    done = portal.run("upgrade")
    assert "Backup made first" in done.stdout
    backups = list(portal.folder.parent.glob(f"{portal.folder.name}-before-*"))
    assert len(backups) == 1
    manifest = json.loads((backups[0] / "manifest.json").read_text())
    assert "usersessions" not in manifest["migrations"]
    assert "already that of version" in portal.run("upgrade").stdout


def test_a_locked_out_administrator_gets_back_in(portal):
    done = portal.run("recover-admin", "--email", "ADA@example.org", "--password-file", "-",
                      given="another long password\n")  # fmt: skip
    assert "administrator with the new password" in done.stdout
    code = """
from tospann.people.models import Person
person = Person.objects.get(email="ada@example.org")
print(person.check_password("another long password"), person.organisation_roles.count())
"""
    assert portal.python(code).split() == ["True", "1"]


@pytest.mark.once
def test_weak_passwords_and_unknown_people_are_refused(portal):
    words = ("--email", "bo@example.org", "--name", "Bo", "--password-file", "-")
    assert portal.run("create-admin", *words, given="short\n", check=False).returncode == 1
    unknown = ("recover-admin", "--email", "no@example.org", "--password-file", "-")
    assert portal.run(*unknown, given=PASSWORD, check=False).returncode == 1
    assert portal.run("api-token", "no@example.org", check=False).returncode == 1


def test_a_token_from_the_command_line_opens_the_api(portal):
    token = portal.run("api-token", "ada@example.org").stdout.strip()
    with portal.started() as (address, _process):
        request = urllib.request.Request(
            f"{address}/api/v1/me", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert json.load(answer)["email"] == "ada@example.org"


@pytest.mark.once
def test_help_needs_no_django():
    command = [sys.executable, "-X", "importtime", "-m", "tospann", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "verify-audit" in done.stdout
    assert "tospann" in done.stderr
    assert "django" not in done.stderr

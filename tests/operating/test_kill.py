"""`kill -9` in the middle of writing: nothing acknowledged is lost, nothing is half done."""

import random
import subprocess
import sys
import time

import pytest

WRITER = """
import django; django.setup()
import sys
from datetime import date
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.people.models import Organisation
from tospann.projects import commands
from tospann.projects.models import Project
project = Project.objects.filter(key="KILL").first() or commands.found_project(
    SYSTEM, Organisation.objects.get(), id=new_id(), key="KILL", name="Hall",
    start=date(2027, 1, 1), finish=date(2027, 12, 31))
while True:
    id = new_id()
    commands.add_goal(SYSTEM, project, id=id, level="output_goal", description="Warm water")
    sys.stdout.write(f"{id}\\n")  # said only after the command returned
    sys.stdout.flush()
"""
CHECK = """
import json
from tospann.config.operating.verify import audit_faults
from tospann.foundation.models import AuditEntry
from tospann.projects.models import Goal
entries = AuditEntry.objects.filter(command="projects.add_goal").select_related("detail")
print(json.dumps({
    "goals": [str(pk) for pk in Goal.objects.order_by("position").values_list("pk", flat=True)],
    "positions": list(Goal.objects.order_by("position").values_list("position", flat=True)),
    "entries": sorted(entry.detail.arguments["id"] for entry in entries),
    "faults": audit_faults(),
}))
"""


@pytest.mark.sqlite_only  # on PostgreSQL the long one
def test_a_few_kills(portal):
    kill_until(portal, commands=60, kills=3)


@pytest.mark.long
def test_a_thousand_commands(portal):
    kill_until(portal, commands=1000, kills=25)


def kill_until(portal, commands, kills):
    luck = random.Random(7)
    acknowledged = []
    killed = 0
    while len(acknowledged) < commands or killed < kills:
        acknowledged += _write_and_die(portal, luck.randint(5, max(6, 2 * commands // kills)), luck)
        killed += 1
        _check(portal, acknowledged)
    assert killed >= kills


def _write_and_die(portal, many, luck):
    """Start writing, kill within the command after the last one counted; what was acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], env=portal.surroundings, stdout=subprocess.PIPE, text=True
    ) as writer:
        said = []
        for line in writer.stdout:
            said.append(line.strip())
            if len(said) == many:
                time.sleep(luck.random() * 0.01)
                writer.kill()
                break
        said += [line.strip() for line in writer.stdout if line.endswith("\n")]
    assert len(said) >= many
    return said


def _check(portal, acknowledged):
    import json

    found = json.loads(portal.python(CHECK))
    assert found["faults"] == []
    assert set(acknowledged) <= set(found["goals"]), "an acknowledged command was lost"
    assert sorted(found["goals"]) == found["entries"], "a command is half applied"
    assert found["positions"] == list(range(1, len(found["goals"]) + 1))
    # At most the one command that was under way when the process died, once for each death.
    assert len(found["goals"]) >= len(acknowledged)


@pytest.mark.long
def test_the_check_notices_a_lost_command(portal):
    """A negative control: a write whose commit was rolled back is not taken for done."""
    said = _write_and_die(portal, 5, random.Random(1))
    with pytest.raises(AssertionError, match="lost"):
        _check(portal, [*said, "00000000-0000-7000-8000-000000000000"])

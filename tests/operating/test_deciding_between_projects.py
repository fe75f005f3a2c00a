"""One decision for two plans, by real processes: killed between them, and raced for."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.sqlite_only  # a process apart costs seconds, and the lock is the same
MAKE = """
import time_machine
from tests.conflicts.scene import NOW, scene
time_machine.travel(NOW, tick=True).start()
found = scene()
found.look()
"""
READ = """
import json, os, sys, threading
import time_machine
from tests.conflicts.scene import NOW
time_machine.travel(NOW, tick=True).start()
from django.db import connections
from tospann.cases.models import Decision
from tospann.conflicts import commands
from tospann.conflicts.models import Conflict
from tospann.foundation import audit
from tospann.foundation.commands import submit
from tospann.people.actors import actor_for
from tospann.people.models import Person
from tospann.planning import store
from tospann.planning.models import Plan
leader = actor_for(Person.objects.get(name="Liv Solberg"))
def decide(way):
    return submit(leader, commands.decide_conflict.on(Conflict.objects.get()), way=way)
def state():
    return {
        "revisions": sorted(Plan.objects.values_list("revision", flat=True)),
        "decisions": Decision.objects.count(),
        "state": Conflict.objects.get().state,
        "faults": len(list(audit.verify())),
    }
"""
DIE = (
    READ
    + """
write, written = store.write, []
def dies_at_the_second(*given):
    if written:
        os._exit(9)
    written.append(1)
    return write(*given)
store.write = dies_at_the_second
decide("A")
"""
)
RACE = (
    READ
    + """
start, answers = threading.Barrier(2), []
def one(way):
    start.wait()
    try:
        decide(way)
        answers.append(200)
    except commands.NotOpen as error:
        answers.append(error.status)
    connections.close_all()
threads = [threading.Thread(target=one, args=(way,)) for way in "AA"]
[each.start() for each in threads]
[each.join() for each in threads]
print(json.dumps({"answers": sorted(answers), **state()}))
"""
)


def test_a_process_that_dies_between_two_plans_changes_neither_and_two_deciders_decide_once(portal):
    portal.python(MAKE)
    before = json.loads(portal.python(READ + "print(json.dumps(state()))"))
    assert before == {"revisions": [1, 1], "decisions": 0, "state": "open", "faults": 0}
    died = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{DIE}"],
        env=portal.surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert died.returncode == 9, died.stderr
    assert json.loads(portal.python(READ + "print(json.dumps(state()))")) == before
    after = json.loads(portal.python(RACE))
    assert after == {
        "answers": [200, 409], "revisions": [2, 2], "decisions": 2, "state": "decided", "faults": 0,
    }  # fmt: skip

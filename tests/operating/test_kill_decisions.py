"""`kill -9` while decisions are carried out: each is whole or absent, none once said is lost."""

import json
import random
import subprocess
import sys
import time

import pytest
from tests.operating.deciding import FAULTS, SETTING

WRITER = (
    "import django; django.setup()"
    + SETTING
    + """
for case in Case.objects.filter(state=CaseState.SUBMITTED):
    cases.return_case(manager, case, question="?")
while True:
    case = prepared()
    print("deciding", case.number, flush=True)
    cases.decide(manager, case, alternative="A", conditions=[{"title": "Sjekk"}])
    print("decided", case.number, flush=True)  # said only after the command returned
"""
)
CHECK = (
    SETTING
    + FAULTS
    + """
print(json.dumps({
    "decided": list(Decision.objects.values_list("case__number", flat=True)),
    "faults": faults(),
}))
"""
)


@pytest.mark.sqlite_only  # on PostgreSQL the long one
def test_a_few_kills_during_decisions(portal):
    _kill(portal, 3)


@pytest.mark.long
def test_sixty_kills_during_decisions(portal):
    _kill(portal, 60)


@pytest.mark.long
def test_the_check_notices_half_a_decision(portal):
    """A negative control: a goal without its decision, and a decision that is said but absent."""
    said = _decide_and_die(portal, random.Random(1))
    found = _found(portal)
    assert found["faults"] == []
    portal.python(
        SETTING
        + "\ncase = prepared()\n"
        + "projects.add_goal(SYSTEM, project, id=new_id(), level='output_goal', "
        + "description=f'Goal {case.number}')"
    )
    assert len(_found(portal)["faults"]) == 1
    assert not {*said, 999_999} <= set(found["decided"])


def _kill(portal, times):
    luck, said = random.Random(11), []
    for _time in range(times):
        said += _decide_and_die(portal, luck)
        found = _found(portal)
        assert found["faults"] == []
        assert set(said) <= set(found["decided"]), "a decision that was said is lost"
    assert len(said) >= times
    assert len(found["decided"]) <= len(said) + times


def _decide_and_die(portal, luck):
    """Decide case after case and be killed inside a decision; what was said to be decided."""
    fatal = luck.randint(2, 4)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER], env=portal.surroundings, stdout=subprocess.PIPE, text=True
    ) as writer:
        said, begun = [], 0
        for line in writer.stdout:
            word, number = line.split()
            if word == "decided":
                said.append(int(number))
                continue
            begun += 1
            if begun == fatal:
                time.sleep(luck.random() * 0.06)
                writer.kill()
                break
        said += [
            int(line.split()[1])
            for line in writer.stdout
            if line.startswith("decided") and line.endswith("\n")
        ]
    assert said
    return said


def _found(portal):
    return json.loads(portal.python(CHECK))

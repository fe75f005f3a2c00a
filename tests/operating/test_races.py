"""Two deciders at the same moment, each on their own connection: one decision each time."""

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import pytest
from tests.operating.deciding import FAULTS, SETTING

TOKENS = (
    SETTING
    + """
from django.utils import timezone
def token(actor):
    person = Person.objects.get(pk=actor.person_id)
    return create_api_token(SYSTEM, person, id=new_id(), name="race", scopes=["read", "write"],
        expires_on=timezone.localdate() + timedelta(days=2)).secret
print(json.dumps([token(manager), token(owner)]))
"""
)
ONE = SETTING + "\nprint(prepared().number)"
CHECK = (
    SETTING
    + FAULTS
    + """
print(json.dumps({"decided": Decision.objects.count(), "faults": faults()}))
"""
)
PREPARER = (
    "import django; django.setup()"
    + SETTING
    + """
for line in sys.stdin:
    print(prepared().number, flush=True)
"""
)


@pytest.mark.sqlite_only  # on PostgreSQL the long one
def test_a_few_races(portal):
    _race(portal, 10)


@pytest.mark.long
def test_two_hundred_races(portal):
    _race(portal, 200)


def _race(portal, times):
    tokens = json.loads(portal.python(TOKENS))
    with (
        portal.started("--workers", "2") as (address, _process),
        subprocess.Popen(
            [sys.executable, "-c", PREPARER], env=portal.surroundings,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as preparer,
    ):  # fmt: skip
        won = {0: 0, 1: 0}
        for _time in range(times):
            preparer.stdin.write("next\n")
            preparer.stdin.flush()
            number = preparer.stdout.readline().strip()
            answers = _both(f"{address}/api/v1/projects/RACE/cases/{number}/decision", tokens)
            assert sorted(answers) == [200, 409], answers
            won[answers.index(200)] += 1
        preparer.stdin.close()
    found = json.loads(portal.python(CHECK))
    assert found == {"decided": times, "faults": []}
    return won


def _both(address, tokens):
    """The statuses of two decisions sent at the same moment."""
    start, found = threading.Barrier(2), [0, 0]

    def decide(place):
        said = {"alternative": "A", "conditions": [{"title": "Sjekk"}]}
        asked = urllib.request.Request(
            address,
            json.dumps(said).encode(),
            {"Authorization": f"Bearer {tokens[place]}", "Content-Type": "application/json"},
        )
        start.wait()
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                found[place] = answer.status
        except urllib.error.HTTPError as refused:
            found[place] = refused.code

    threads = [threading.Thread(target=decide, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found

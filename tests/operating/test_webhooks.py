"""Webhooks and `kill -9`: none is lost, and what comes twice is the same message."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from tests.webhooks.receiver import is_signed, receiving

START = """
from datetime import date
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.people.actors import actor_for
from tospann.people.models import Organisation, Person
from tospann.projects import commands
from tospann.webhooks import commands as webhooks
person = Person.objects.get()
project = commands.found_project(SYSTEM, Organisation.objects.get(), id=new_id(), key="HOOK",
    name="Hall", start=date(2027, 1, 1), finish=date(2027, 12, 31))
for role in (Role.MANAGER, Role.OWNER):
    commands.appoint(SYSTEM, project, person=person.pk, role=role)
commands.accept_founding(actor_for(person), project)
project.refresh_from_db()
print(webhooks.add_webhook(actor_for(person), project, id=new_id(), name="Intranettet",
    address={address!r}, kinds=["projects.add_goal"]).secret)
"""
FILL = """
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.projects import commands
from tospann.projects.models import Project
project = Project.objects.get(key="HOOK")
for number in range({number}):
    commands.add_goal(SYSTEM, project, id=new_id(), level="output_goal", description="Varmt vann")
"""
# The worker as it is, but whatever is in flight when it dies need not wait two minutes.
WORKER = """
import os, signal
import django; django.setup()
from datetime import timedelta
from tospann.jobs import worker
from tospann.webhooks import jobs, reading, sending
sending.LEASE = timedelta(seconds=2)
{change}
jobs.look.enqueue()
worker.main()
"""
DIES_READING = """
move = reading._move
def _move(*of):
    move(*of)
    os.kill(os.getpid(), signal.SIGKILL)
reading._move = _move
"""
TICKED_FIRST = """
send = sending._send
def _send(webhook, delivery):
    sending.Delivery.objects.filter(pk=delivery.pk).update(**sending._taken())
    return send(webhook, delivery)
sending._send = _send
"""
MOVED_FIRST = """
from contextlib import nullcontext
from types import SimpleNamespace
reading.transaction = SimpleNamespace(atomic=nullcontext)
"""
LEFT = """
import json
from tospann.foundation.models import AuditEntry, AuditHead
from tospann.webhooks.models import Delivery, Position
print(json.dumps({
    "entries": list(AuditEntry.objects.filter(command="projects.add_goal")
                    .values_list("pk", flat=True)),
    "delivered": {f"msg_{pk.hex}": entry for pk, entry in
                  Delivery.objects.filter(state="delivered").values_list("pk", "entry")},
    "left": Delivery.objects.exclude(state="delivered").count(),
    "unread": sum(AuditHead.objects.get(scope_id=one.chain).sequence - one.sequence
                  for one in Position.objects.all()),
}))
"""


class Run:
    """A portal whose webhook leads to a receiver that kills the worker now and then."""

    def __init__(self, portal, receiver):
        self.portal, self.receiver = portal, receiver
        portal.environment["TOSPANN_WEBHOOK_HOSTS"] = receiver.host
        self.secret = portal.python(START.format(address=receiver.address)).split()[-1]
        self.kills = 0

    def fill(self, number):
        self.portal.python(FILL.format(number=number))

    def found(self):
        return json.loads(self.portal.python(LEFT))

    def work(self, change="", kill_after=0, is_kept=True):
        """One worker, until it dies or nothing has come for a while; it gets a minute to begin."""
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER.format(change=change)],
            env=self.portal.surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        got = self.receiver.got
        dying = _Deadly(got, worker, kill_after, is_kept=is_kept)
        self.receiver.got = dying
        try:
            quiet_since, came = time.monotonic(), 0
            while worker.poll() is None:
                if dying.seen > came:
                    came, quiet_since = dying.seen, time.monotonic()
                if time.monotonic() - quiet_since > (4 if came else 60):
                    break
                time.sleep(0.05)
        finally:
            self.receiver.got = got
            self.kills += worker.poll() == -signal.SIGKILL
            with contextlib.suppress(ProcessLookupError):
                worker.terminate()
            worker.wait(timeout=60)

    def finish(self, change="", patience=600):
        """Workers, one after another, until nothing is left."""
        until = time.monotonic() + patience
        while (found := self.found())["left"] or found["unread"]:
            assert time.monotonic() < until, f"not all was sent: {found['left']} left"
            self.work(change)
        return found

    def came(self):
        """How often each message came; each must be signed."""
        for headers, _message, raw in self.receiver.got:
            assert is_signed(headers, raw, self.secret)
        return Counter(headers["webhook-id"] for headers, _message, _raw in self.receiver.got)


class _Deadly:
    """What came; at one message the worker dies, before it is kept or after, never answered."""

    def __init__(self, kept, worker, at, *, is_kept):
        self.kept, self.worker, self.at, self.is_kept, self.seen = kept, worker, at, is_kept, 0

    def append(self, one):
        self.seen += 1
        is_fatal = self.seen == self.at
        if self.is_kept or not is_fatal:
            self.kept.append(one)
        if is_fatal:
            os.kill(self.worker.pid, signal.SIGKILL)
            self.worker.wait()


@pytest.fixture
def started(portal):
    with receiving() as receiver:
        yield Run(portal, receiver)


def check(run, number):
    """All recorded, all arrived, and only under the ids that are recorded."""
    found, came = run.found(), run.came()
    assert found["left"] == found["unread"] == 0
    assert len(found["entries"]) == number
    assert sorted(found["delivered"].values()) == sorted(found["entries"]), "lost in the portal"
    lost = set(found["delivered"]) - set(came)
    assert not lost, f"{len(lost)} of {number} recorded as delivered never came"
    assert set(came) == set(found["delivered"])
    told = {h["webhook-id"]: m["data"]["entry"] for h, m, _raw in run.receiver.got}
    assert told == found["delivered"]
    return sum(came.values()) - number


def deliver(run, number):
    """Acts in five parts, a worker killed in each: on the way, before its tick, and reading."""
    part = number // 5
    moments = [
        {"kill_after": 1, "is_kept": False},
        {"kill_after": part // 2},
        {"change": DIES_READING},
        {"kill_after": part, "is_kept": False},
        {"kill_after": part + part // 3},
    ]
    for moment in moments:
        run.fill(part)
        run.work(**moment)
    assert run.kills == 5
    run.finish()
    return check(run, number)


def test_one_kill(started):
    """Not a long one: the worker dies after the message came and before it was ticked."""
    started.fill(10)
    started.work(kill_after=4)
    started.finish()
    assert started.kills == 1
    assert check(started, 10) == 1


@pytest.mark.long
def test_a_thousand_and_five_kills(started):
    again = deliver(started, 1000)
    sys.stdout.write(f"1000 webhooks, 5 kills, 0 lost, {again} came twice\n")
    assert again == 2, "only what came and was not answered comes again"


@pytest.mark.long
@pytest.mark.parametrize("wrong", ["ticked first", "read outside a transaction"])
def test_the_check_notices_a_lost_one(started, wrong):
    """Negative controls: workers that note first and act afterwards lose what is in flight."""
    started.fill(20)
    if wrong == "ticked first":
        started.work(TICKED_FIRST, kill_after=5, is_kept=False)
    else:
        started.work(MOVED_FIRST + DIES_READING)
    started.finish()
    with pytest.raises(AssertionError, match=r"lost|never came"):
        check(started, 20)

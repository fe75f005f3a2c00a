#!/usr/bin/env python3
"""Webhooks by a real worker to a real server on this machine, and what is left when it is killed.

bench/webhooks.py [--sizes N,…] [--number N]   limits: 0 lost; 40 ms CPU a delivery, growing no
faster than their number; duplicates no more than kills
"""

import argparse
import contextlib
import math
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

KILLS = 5
PATIENCE = 600
# The worker as it is, but whatever is in flight when it dies need not wait two minutes.
WORKER = """
import django; django.setup()
from datetime import timedelta
from tospann.jobs import worker
from tospann.webhooks import jobs, sending
sending.LEASE = timedelta(seconds=2)
jobs.look.enqueue()
worker.main()
"""


class Receiver(ThreadingHTTPServer):
    """Counts what comes, and kills the worker, unanswered, at the message it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.came: Counter[str] = Counter()
        self.fatal, self.kills = 0, 0
        self.first = self.last = 0.0
        self.worker: subprocess.Popen[bytes] | None = None

    def take(self, message: str) -> bool:
        self.last = time.perf_counter()
        self.first = self.first or self.last
        self.came[message] += 1
        if self.fatal and len(self.came) >= self.fatal and self.worker is not None:
            self.fatal, self.kills = 0, self.kills + 1
            self.worker.kill()
            return False
        return True


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        server: Any = self.server
        if server.take(self.headers["webhook-id"]):
            self.send_response(204)
            self.end_headers()

    def log_message(self, *_words: Any) -> None:
        pass


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="250,1000")
    parser.add_argument("--number", type=int, default=1_000)
    asked = parser.parse_args()
    sizes = [int(one) for one in asked.sizes.split(",")]
    with portal.folder() as data, _receiving() as receiver:
        data.mkdir(parents=True)
        portal.use(data)
        return _measure(data, receiver, sizes, asked.number)


def _measure(data: Path, receiver: Receiver, sizes: list[int], number: int) -> int:
    project = _project(receiver)
    found = {size: _undisturbed(data, receiver, project, size) for size in sizes}
    lost, again = _killed(data, receiver, project, number)
    first, last = sizes[0], sizes[-1]
    ratio = found[last]["cpu_ms"] / found[first]["cpu_ms"]
    checks: dict[str, tuple[float, float]] = {
        "lost": (lost, 0),
        "duplicates": (again, receiver.kills),
        "cpu_ms": (found[last]["cpu_ms"], 40.0),
    }
    exponent = 1 + math.log(ratio) / math.log(last / first) if last > first else 1.0
    checks["exponent"] = (exponent, 1.1)
    more = {"kills": receiver.kills, "delivered": number, "sizes": found}
    return portal.result("webhooks", checks, per_second=found[last]["per_second"], **more)


def _undisturbed(data: Path, receiver: Receiver, project: Any, size: int) -> dict[str, float]:
    """So many that wait, by one worker: how many a second, and its CPU for each."""
    from tospann.foundation import reactions

    _act(project, size)
    while reactions.carry_out_owed():
        pass  # what else the acts owed is not what is measured
    receiver.came.clear()
    receiver.first = receiver.last = 0.0
    with _working(data, receiver) as worker:
        _until(lambda: len(receiver.came) >= 1)
        before = portal.cpu_seconds({worker.pid})
        _until(lambda: len(receiver.came) >= size)
        cpu = portal.cpu_seconds({worker.pid}) - before
        _until(lambda: _left() == 0)
    rate = (size - 1) / (receiver.last - receiver.first)
    return {"per_second": round(rate, 1), "cpu_ms": round(cpu * 1000 / size, 2)}


def _killed(data: Path, receiver: Receiver, project: Any, number: int) -> tuple[int, int]:
    """The same while its worker is killed five times: lost, and come twice."""
    receiver.came.clear()
    for turn in range(KILLS):
        _act(project, number // KILLS)
        receiver.fatal = len(receiver.came) + number // KILLS * (turn + 2) // (KILLS + 2)
        with _working(data, receiver) as worker:
            _until(lambda now=worker: now.poll() is not None)  # type: ignore[misc]
    with _working(data, receiver):
        _until(lambda: _left() == 0)
    from tospann.webhooks.models import Delivery

    ids = Delivery.objects.order_by("-pk").values_list("pk", flat=True)[:number]
    lost = sum(f"msg_{pk.hex}" not in receiver.came for pk in ids)
    return lost, sum(receiver.came.values()) - len(receiver.came)


@contextlib.contextmanager
def _working(data: Path, receiver: Receiver) -> Iterator[subprocess.Popen[bytes]]:
    receiver.worker = worker = subprocess.Popen(
        [sys.executable, "-c", WORKER], env=portal.surroundings(data) | _reaching(receiver),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


@contextlib.contextmanager
def _receiving() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _reaching(receiver: Receiver) -> dict[str, str]:
    return {"TOSPANN_WEBHOOK_HOSTS": f"127.0.0.1:{receiver.server_address[1]}"}


def _until(is_so: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("not all was delivered")
        time.sleep(0.05)


def _left() -> int:
    from tospann.foundation.models import AuditHead
    from tospann.webhooks.models import Delivery, Position

    heads = dict(AuditHead.objects.values_list("scope_id", "sequence"))
    unread = sum(heads[one.chain] - one.sequence for one in Position.objects.all())
    return unread + Delivery.objects.exclude(state="delivered").count()


def _act(project: Any, number: int) -> None:
    """So many acts, each of which the webhook is told."""
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.projects import commands as projects

    for _one in range(number):
        goal = {"id": new_id(), "level": "output_goal", "description": "Varmt vann"}
        projects.remove_goal(SYSTEM, projects.add_goal(SYSTEM, project, **goal))


def _project(receiver: Receiver) -> Any:
    from datetime import timedelta

    from django.conf import settings
    from django.utils import timezone

    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.people import commands as people
    from tospann.people.actors import actor_for
    from tospann.people.administration import found_organisation
    from tospann.projects import commands as projects
    from tospann.webhooks import commands

    host = f"127.0.0.1:{receiver.server_address[1]}"
    settings.WEBHOOK_HOSTS = frozenset({host})
    organisation, today = found_organisation("Bench"), timezone.localdate()
    person = people.invite_person(
        SYSTEM, organisation, id=new_id(), email="manager@example.org", name="Manager"
    )
    project = projects.found_project(
        SYSTEM, organisation, id=new_id(), key="HOOK", name="Varslet",
        start=today, finish=today + timedelta(days=200),
    )  # fmt: skip
    for role in (Role.MANAGER, Role.OWNER):
        projects.appoint(SYSTEM, project, person=person.pk, role=role)
    projects.accept_founding(actor_for(person), project)
    project.refresh_from_db()
    commands.add_webhook(
        actor_for(person), project, id=new_id(), name="Intranettet",
        address=f"http://{host}/told", kinds=["projects.add_goal"],
    )  # fmt: skip
    return project


if __name__ == "__main__":
    sys.exit(main())

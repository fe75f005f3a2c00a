#!/usr/bin/env python3
"""Files up and down: one of 1 GiB, and very many of 100 KB, each on the disk before it is told.

bench/files.py [--times N] [--many N]   limits: 1 GiB up in 6 s, down in 2 s; 700 × 100 KB a second

What is measured: ``up`` and ``down`` are PUT and GET of the drive (/dav), from the first byte sent
to the answer, through two web processes, with permission, version and audit entry. ``store`` is
what every upload waits for: bytes hashed, written, fsync of file and folder, by two processes with
eight threads each. ``uploads`` is many small files through the whole path, eight connections.
"""

import argparse
import base64
import http.client
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

GIB, SMALL, PIECE = 1 << 30, 100_000, 1 << 20
PREPARE = """
import django; django.setup()
from tospann.config.operating import database, static
database.prepare(); static.collect()
from datetime import date
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.people.commands import create_app_password, invite_person
from tospann.people.models import Organisation
from tospann.projects import commands
company = Organisation.objects.get()
person = invite_person(SYSTEM, company, id=new_id(), email="bench@example.org", name="Bench Bensen")
made = commands.found_project(SYSTEM, company, id=new_id(), key="BENCH", name="Bench",
    start=date(2027, 1, 1), finish=date(2027, 12, 31))
commands.appoint(SYSTEM, made, person=person.pk, role=Role.COORDINATOR)
print(create_app_password(SYSTEM, person, id=new_id(), name="bench").secret)
"""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--many", type=int, default=1000)
    asked = parser.parse_args()
    with portal.folder() as data:
        data.mkdir(parents=True)
        signed = _signed(data)
        with portal.serving(data, "", "--workers", "2", "--no-jobs") as (address, pid, _seconds):
            before = portal.cpu_seconds(portal.tree(pid))
            up, down = zip(*(_large(address, signed, n) for n in range(asked.times)), strict=True)
            large = (portal.cpu_seconds(portal.tree(pid)) - before) / asked.times
            before = portal.cpu_seconds(portal.tree(pid))
            per_second, errors = _many(address, signed, asked.many)
            cpu = (portal.cpu_seconds(portal.tree(pid)) - before) / asked.many
    with portal.folder() as data:
        data.mkdir(parents=True)
        stored = _stored(data, asked.many)
    return portal.result(
        "files",
        {
            "up_gib_s": (min(up), 6),
            "down_gib_s": (min(down), 2),
            "store_ms_each": (1000 / stored, 1000 / 700),
            "errors": (errors, 0),
        },
        up_each_s=up, down_each_s=down, store_per_second=stored,
        uploads_per_second=per_second, uploads_cpu_ms=cpu * 1000, up_and_down_cpu_s=large,
    )  # fmt: skip


def _signed(data: Path) -> dict[str, str]:
    """A person with an app password, as a program signs in."""
    done = subprocess.run(
        [sys.executable, "-c", PREPARE],
        env=portal.surroundings(data), capture_output=True, text=True, check=True,
    )  # fmt: skip
    secret = done.stdout.split()[-1]
    word = base64.b64encode(f"bench@example.org:{secret}".encode()).decode()
    return {"Authorization": f"Basic {word}"}


def _large(address: str, signed: dict[str, str], number: int) -> tuple[float, float]:
    """Seconds up and down of a file of 1 GiB that no other is like."""
    connection = _connected(address)
    piece = os.urandom(PIECE)
    body = (piece for _piece in range(GIB // PIECE))
    length = {"Content-Length": str(GIB), "Content-Type": "application/octet-stream"}
    path = f"/dav/BENCH/large-{number}.bin"
    started = time.perf_counter()
    connection.request("PUT", path, body, {**signed, **length})
    answer = connection.getresponse()
    answer.read()
    up = time.perf_counter() - started
    assert answer.status == 201, answer.status
    started = time.perf_counter()
    connection.request("GET", path, headers=signed)
    answer = connection.getresponse()
    size = 0
    while came := answer.read(PIECE):
        size += len(came)
    assert size == GIB, size
    return up, time.perf_counter() - started


def _many(address: str, signed: dict[str, str], many: int) -> tuple[float, int]:
    """Small files a second through eight connections, and how many were not taken."""
    failed: list[int] = []

    def send(worker: int) -> None:
        connection = _connected(address)
        for number in range(many // 8):
            path = f"/dav/BENCH/small-{worker}-{number}.bin"
            connection.request("PUT", path, os.urandom(SMALL), signed)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 201:
                failed.append(answer.status)

    threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return many // 8 * 8 / (time.perf_counter() - started), len(failed)


def _connected(address: str) -> http.client.HTTPConnection:
    found = urlsplit(address)
    return http.client.HTTPConnection(
        found.hostname or "", found.port, timeout=120, blocksize=PIECE
    )


def _stored(data: Path, many: int) -> float:
    """Files a second that the store alone takes."""
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Manager().Barrier(2, timeout=60)
    with spawn.Pool(2) as pool:
        spans = pool.starmap(_store, [(data, many // 2, barrier)] * 2, chunksize=1)
    first, last = min(start for start, _end in spans), max(end for _start, end in spans)
    return many // 16 * 16 / (last - first)


def _store(data: Path, many: int, barrier: threading.Barrier) -> tuple[float, float]:
    os.environ.update(portal.surroundings(data))
    import django

    django.setup()
    from tospann.documents import blobs

    def put() -> None:
        for _number in range(many // 8):
            blobs.put_bytes(os.urandom(SMALL))

    threads = [threading.Thread(target=put) for _n in range(8)]
    barrier.wait()
    started = time.time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return started, time.time()


if __name__ == "__main__":
    sys.exit(main())

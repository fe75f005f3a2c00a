#!/usr/bin/env python3
"""Server CPU per request on PostgreSQL, over whole process trees: portal and database together.

bench/load.py [--projects N] [--seconds S]
limits (ms CPU per request): project home 6, list of 100 tasks 9, one task 8, create 5
"""

import argparse
import http.client
import itertools
import json
import multiprocessing
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal
import seed

LIMITS = {"project_home": 6, "list_of_100": 9, "one_task": 8, "create": 5}
CLIENTS = 4


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--projects", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=6)
    asked = parser.parse_args()
    with portal.postgres() as database, portal.folder() as data:
        data.mkdir(parents=True)
        _fill(data, database, asked.projects)
        with portal.serving(data, database, "--workers", "2") as (address, pid, _seconds):
            roots = (pid, portal.postgres_pid(database))
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                cookie, tokens = pool.apply(_sign_in, (data, database))
            figures = _measure(address, roots, asked.seconds, cookie, tokens)
            memory = portal.pss_megabytes(portal.tree(pid))
    checks = {name: (figures[name]["cpu_ms"], limit) for name, limit in LIMITS.items()}
    checks["errors"] = (sum(found["errors"] for found in figures.values()), 0)
    checks["memory_mb"] = (memory, 250)
    return portal.result("load", checks, requests=figures)


def _fill(data: Path, database: str, projects: int) -> None:
    subprocess.run(
        [sys.executable, seed.__file__, "--data", str(data), "--database", database,
         "--projects", str(projects)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _measure(
    address: str, roots: tuple[int, ...], seconds: float, cookie: str, tokens: list[str]
) -> dict[str, dict[str, float]]:
    session = {"Cookie": cookie}
    turns = itertools.cycle(tokens)
    requests = {
        "project_home": lambda: ("GET", "/p/B7/", None, session),
        "list_of_100": lambda: ("GET", "/p/B7/plan", None, session),
        "one_task": lambda: ("GET", "/p/B7/plan/tasks/12", None, session),
        "create": lambda: (
            "POST", "/api/v1/projects/B7/commands/projects.add_goal",
            json.dumps({"arguments": {
                "id": str(uuid.uuid4()), "level": "output_goal", "description": "A goal",
            }}),
            {"Authorization": f"Bearer {next(turns)}", "Content-Type": "application/json"},
        ),
    }  # fmt: skip
    return {name: _one(address, roots, seconds, what) for name, what in requests.items()}


def _sign_in(data: Path, database: str) -> tuple[str, list[str]]:
    """A session and some tokens, made beside the running portal."""
    portal.use(data, database)
    from django.test import Client

    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.people.commands import create_api_token
    from tospann.people.models import Person

    who = Person.objects.get(email=seed.EMAIL)
    browser = Client()
    browser.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    # A token may make 600 calls a minute; what is measured is the portal, not its limit.
    issued = [
        create_api_token(SYSTEM, who, id=new_id(), name="bench", scopes=["read", "write"])
        for _number in range(12)
    ]
    cookie = f"session={browser.cookies['session'].value}"
    return cookie, [one.secret for one in issued]


def _one(address: str, roots: tuple[int, ...], seconds: float, what) -> dict[str, float]:
    host = address.removeprefix("http://")
    _clients(host, 1.0, what)  # warm
    before = portal.cpu_seconds(portal.tree(*roots))
    started = time.perf_counter()
    spent, errors = _clients(host, seconds, what)
    wall = time.perf_counter() - started
    cpu = portal.cpu_seconds(portal.tree(*roots)) - before
    return {
        "cpu_ms": cpu / max(len(spent), 1) * 1000,
        "per_second": len(spent) / wall,
        "p50_ms": portal.median(spent) * 1000 if spent else 0.0,
        "p95_ms": portal.quantile(spent, 0.95) * 1000 if spent else 0.0,
        "errors": errors,
    }


def _clients(host: str, seconds: float, what) -> tuple[list[float], int]:
    spent: list[float] = []
    errors: list[int] = []

    def client() -> None:
        connection = http.client.HTTPConnection(host, timeout=30)
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            method, path, body, headers = what()
            started = time.perf_counter()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            spent.append(time.perf_counter() - started)
            if answer.status != 200:
                errors.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=client) for _number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return spent, len(errors)


if __name__ == "__main__":
    sys.exit(main())

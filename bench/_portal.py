"""What the measurements share: a portal of their own, PostgreSQL, and the result line."""

import contextlib
import gc
import json
import math
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEEDED = ROOT / ".dev" / "bench"


def result(name: str, checks: dict[str, tuple[float, float]], **more: Any) -> int:
    """Print the one line, and the exit code: 0 when every figure is within its limit."""
    shown = {
        key: {"value": round(value, 3), "limit": limit} for key, (value, limit) in checks.items()
    }
    good = all(value <= limit for value, limit in checks.values())
    line = {"bench": name, "ok": good, **shown, **more, "load": os.getloadavg()[0]}
    print(json.dumps(line))
    return 0 if good else 1


def quantile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def median(values: list[float]) -> float:
    return statistics.median(values)


def page_cost(browser: Any, path: str, times: int) -> dict[str, float]:
    """Status, queries, and CPU and wall milliseconds of one page, asked for in this process."""
    from django.db import connection

    status = browser.get(path).status_code
    asked: list[str] = []

    def note(execute: Any, sql: str, *words: Any) -> Any:
        asked.append(sql)
        return execute(sql, *words)

    with connection.execute_wrapper(note):
        browser.get(path)
    spent, cpu = [], []
    for _time in range(times):
        started, worked = time.perf_counter(), time.process_time()
        browser.get(path)
        cpu.append((time.process_time() - worked) * 1000)
        spent.append((time.perf_counter() - started) * 1000)
    return {
        "status": status,
        "queries": len(asked),
        "cpu_ms": round(sum(cpu) / times, 1),
        "cpu_p50_ms": round(median(cpu), 1),
        "cpu_p95_ms": round(quantile(cpu, 0.95), 1),
        "p50_ms": round(median(spent), 1),
        "p95_ms": round(quantile(spent, 0.95), 1),
    }


Pages = dict[str, dict[str, float]]


def pages(browser: Any, addresses: Mapping[str, str], times: int) -> Pages:
    """What each page costs; one that cannot be shown ends it all."""
    gc.collect()
    gc.freeze()  # as the portal does before it begins to answer
    found = {name: page_cost(browser, address, times) for name, address in addresses.items()}
    if wrong := [name for name, one in found.items() if one["status"] != 200]:
        raise SystemExit(f"no page: {wrong}")
    return found


def browser_of(email: str) -> Any:
    from django.test import Client

    from tospann.people.models import Person

    browser = Client(headers={"host": "localhost"})
    who = Person.objects.get(email=email)
    browser.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    return browser


def grown(
    name: str,
    figures: Mapping[int, Pages],
    limits: Mapping[str, float],
    growth: Mapping[str, float],
    **more: Any,
) -> int:
    """The one line of pages measured at several sizes, the largest last.

    ``limits``: wall milliseconds (p95); ``growth``: how many times the CPU (median) of the
    smallest size the largest may take. Both with ``""`` for the pages that are not named.
    ``cpu_ok`` is the same verdict with CPU in place of wall time: what a busy machine can tell.
    """
    first, last = min(figures), max(figures)
    checks, cpu = {}, {}
    for page, found in figures[last].items():
        limit = limits.get(page, limits[""])
        checks[f"{page}_p95_ms"] = (found["p95_ms"], limit)
        cpu[f"{page}_p95_ms"] = (found["cpu_p95_ms"], limit)
        if first != last:
            ratio = found["cpu_p50_ms"] / figures[first][page]["cpu_p50_ms"]
            checks[f"{page}_growth"] = (ratio, growth.get(page, growth[""]))
    within = all(value <= limit for value, limit in {**checks, **cpu}.values())
    exponents = {
        page: round(
            math.log(found["cpu_p50_ms"] / figures[first][page]["cpu_p50_ms"])
            / math.log(last / first),
            2,
        )
        for page, found in (figures[last].items() if first != last else ())
    }
    sizes = {str(size): found for size, found in figures.items()}
    return result(
        name, checks | more.pop("checks", {}),
        cpu_ok=within, exponents=exponents, pages=sizes, **more,
    )  # fmt: skip


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A data folder that is gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="tospann-bench-"))
    try:
        yield made / "data"
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextlib.contextmanager
def at(kept: Path | None) -> Iterator[Path]:
    """That data folder, kept; else one that is gone afterwards."""
    with contextlib.nullcontext(kept) if kept else folder() as data:
        data.mkdir(parents=True, exist_ok=True)
        yield data


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The server TOSPANN_BENCH_POSTGRES names, or one that keeps its promises, for a while."""
    if given := os.environ.get("TOSPANN_BENCH_POSTGRES"):
        yield given
        return
    sys.path.insert(0, str(ROOT / ".devtools"))
    import postgres as throwaway

    # Durable, unlike the one for tests: what is measured must include waiting for the disk.
    throwaway.SETTINGS = (
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n"
    )
    with throwaway.throwaway_postgres() as address:
        yield address


def surroundings(data: Path, database: str = "") -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TOSPANN_")}
    kept["DJANGO_SETTINGS_MODULE"] = "tospann.config.settings"
    return kept | {"TOSPANN_DATA_DIR": str(data), "TOSPANN_DATABASE_URL": database}


def use(data: Path, database: str = "") -> None:
    """Set up Django in this process on that data, migrated."""
    os.environ.update(surroundings(data, database))
    import django

    django.setup()
    from tospann.config import log
    from tospann.config.operating import database as operating
    from tospann.config.operating import static

    log.configure(40)
    operating.prepare()
    static.collect()


@contextlib.contextmanager
def serving(data: Path, database: str = "", *words: str) -> Iterator[tuple[str, int, float]]:
    """The portal's address, the process at the top, and seconds until it answered."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tospann", "start", "--port", str(port), *words],
        env=surroundings(data, database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=10).read()
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - started > 60:
                    raise SystemExit("the portal did not start") from None
                time.sleep(0.01)
        yield address, process.pid, time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def tree(*roots: int) -> set[int]:
    """The processes and all their children."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                after = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                parents[int(entry.name)] = int(after[1])
    ours = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return ours


def cpu_seconds(pids: set[int]) -> float:
    """User and system time so far, of the processes and the children they have waited for."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            after = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(map(int, after[11:15]))
    return total / os.sysconf("SC_CLK_TCK")


def pss_megabytes(pids: set[int]) -> float:
    """Memory, with what is shared divided among those who share it."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024


def postgres_pid(database: str) -> int:
    """The server process at the top, so that its work is counted too."""
    import psycopg

    with psycopg.connect(database) as server:
        row = server.execute("SELECT pg_backend_pid()").fetchone()
        assert row is not None
        after = Path(f"/proc/{row[0]}/stat").read_text().rsplit(")", 1)[1].split()
        return int(after[1])

"""What the measurements share: a portal of their own, PostgreSQL, and the result line."""

import contextlib
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
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
    spent, cpu = [], time.process_time()
    for _time in range(times):
        started = time.perf_counter()
        browser.get(path)
        spent.append((time.perf_counter() - started) * 1000)
    cpu = (time.process_time() - cpu) / times * 1000
    return {
        "status": status,
        "queries": len(asked),
        "cpu_ms": round(cpu, 1),
        "p50_ms": round(median(spent), 1),
        "p95_ms": round(quantile(spent, 0.95), 1),
    }


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A data folder that is gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="tospann-bench-"))
    try:
        yield made / "data"
    finally:
        shutil.rmtree(made, ignore_errors=True)


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

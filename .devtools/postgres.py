"""A PostgreSQL that exists for one test run: own folder, own port, nothing kept."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes import run
from system import postgresql_programs

SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 60
# Nothing here outlives the run, so nothing is worth waiting for.
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
"""


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """The address of an empty cluster; it is stopped and removed however the block ends."""
    programs = postgresql_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="tospann-postgres-"))
    user = _user_for(folder)
    data = folder / "data"
    try:
        run(*user, programs / "initdb", "-D", data, "-A", "trust", "-U", "tospann", "-N",
            "--locale=C.UTF-8", "--encoding=UTF8", cwd=folder, quiet=True)  # fmt: skip
        port = _free_port()
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS.format(port=port))
        control = (*user, programs / "pg_ctl", "-D", data, "-s")
        log = folder / "log"
        try:
            if run(*control, "-w", "-l", log, "start", cwd=folder, stop=False):
                raise SystemExit(log.read_text() if log.exists() else "PostgreSQL did not start.")
            yield f"postgresql://tospann@127.0.0.1:{port}/postgres"
        finally:
            run(*control, "-m", "immediate", "stop", cwd=folder, stop=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user_for(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as Debian's postgres."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    folder.chmod(0o700)
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""A portal of its own for a test: the ``tospann`` command in another process, on a new folder."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

PASSWORD = "a long enough password"
SECONDS = 600
"""How long a machine with much else to do may take over one thing."""


@dataclass
class Portal:
    """One data folder, and the database that goes with it."""

    folder: Path
    database: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words, given="", check=True):
        done = subprocess.run(
            [sys.executable, "-m", "tospann", *map(str, words)],
            env=self.surroundings, input=given, capture_output=True, text=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
        if check:
            assert done.returncode == 0, done.stderr + done.stdout
        return done

    def python(self, code):
        """What code of a test prints inside the portal's own settings."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=self.surroundings, capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def surroundings(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith("TOSPANN_")}
        return kept | {
            "TOSPANN_DATA_DIR": str(self.folder),
            "TOSPANN_DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "tospann.config.settings",
            **self.environment,
        }

    @contextlib.contextmanager
    def started(self, *words, command="start"):
        """While the block runs, the portal answers at the address."""
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        # Into a file: a pipe nobody reads stops the portal when it is full.
        with tempfile.TemporaryFile("w+") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "tospann", command, "--port", str(port), *words],
                env=self.surroundings, stdout=said, stderr=said,
            )  # fmt: skip
            try:
                until = time.monotonic() + SECONDS
                while not _answers(address):
                    assert process.poll() is None, _all_of(said)
                    assert time.monotonic() < until, "it does not answer"
                    time.sleep(0.02)
                yield address, process
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                process.wait(timeout=60)

    def prepare(self):
        """Migrated and with its organisation, without ever serving."""
        self.run("create-admin", "--email", "ada@example.org", "--name", "Ada Berg",
                 "--password-file", "-", given=PASSWORD + "\n")  # fmt: skip
        return self


def _all_of(file):
    file.seek(0)
    return file.read()


def _answers(address):
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def empty_database(like=""):
    """A database beside the tests' own, empty or a copy; "" means SQLite in the data folder."""
    if settings.DATABASES["default"]["ENGINE"] == "tospann.foundation.sqlite":
        yield ""
        return
    import psycopg

    server = os.environ["TOSPANN_DATABASE_URL"]
    name = f"tospann_operating_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        template = f" TEMPLATE {urlsplit(like).path[1:]}" if like else ""
        connection.execute(f"CREATE DATABASE {name}{template}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

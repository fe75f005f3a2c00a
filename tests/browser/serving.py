"""A demo portal as people run it, in processes of its own, for as long as a test session lasts."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tospann.demo.seed import ADMINISTRATOR
from tospann.people.demo import DOMAIN

LOG, TRIES = "log.txt", 3
GUARDED = Path(__file__).with_name("guarded.py")
SECONDS_TO_START = 600
"""How long a machine with much else to do may take; nobody waits once it answers."""


@dataclass(frozen=True)
class Portal:
    address: str
    data: Path
    tried_to_reach: Path
    password: str = "a long enough password 47"

    def url(self, path):
        return self.address + path

    def let_administrator_in(self):
        """Give the demo's administrator a password, as an operator would; her address."""
        email = f"{ADMINISTRATOR}@{DOMAIN}"
        command = ["recover-admin", "--data", str(self.data), "--email", email]
        subprocess.run(
            [sys.executable, "-m", "tospann", *command, "--password-file", "-"],
            input=self.password,
            text=True,
            check=True,
            capture_output=True,
            timeout=60,
        )
        return email


@contextmanager
def demo_portal(folder):
    """A portal with the demo's data on a free port; always ended, with everything it started."""
    process, portal = _start(folder, _made_once(folder.parent))
    try:
        yield portal
    finally:
        _end(process)


def _start(folder, data=None):
    """A free port may be somebody else's a moment later; then another one is found."""
    for attempt in range(1, TRIES + 1):
        here = folder / str(attempt)
        here.mkdir()
        if data is not None:
            shutil.copytree(data, here / "data")
        process, portal = _begin(here)
        try:
            _wait_for(portal, process, here / LOG)
        except BaseException:
            _end(process)
            if attempt == TRIES or "in use" not in (here / LOG).read_text():
                raise
        else:
            return process, portal
    raise AssertionError


def _made_once(session):
    """The demo's data, made by whoever needs it first; all test processes of a run share it."""
    if session.name.startswith("popen-"):
        session = session.parent
    made = session / "demo"
    with (session / "demo.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not made.exists():
            process, portal = _start(Path(tempfile.mkdtemp(prefix="begun-", dir=session)))
            _end(process)
            portal.data.rename(made)
    return made


def _begin(folder):
    port = _free_port()
    reached = folder / "reached.txt"
    reached.touch()
    command = ["demo", "--data", str(folder / "data"), "--port", str(port), "--workers", "1"]
    inherited = {name: of for name, of in os.environ.items() if not name.startswith("TOSPANN_")}
    with (folder / LOG).open("w") as output:
        process = subprocess.Popen(
            [sys.executable, str(GUARDED), str(reached), *command],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=inherited,
        )
    return process, Portal(f"http://127.0.0.1:{port}", folder / "data", reached)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(portal, process, log):
    latest = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < latest:
        assert process.poll() is None, f"the portal ended:\n{log.read_text()}"
        try:
            with urllib.request.urlopen(portal.url("/healthz"), timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"no answer in {SECONDS_TO_START} s:\n{log.read_text()}")


def _end(process):
    """Ask the whole group to end, then make it."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            continue
    process.wait(timeout=5)

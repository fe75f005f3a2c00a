"""The wheel alone is the product: installed into an empty environment, without Node, it answers."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("tospann-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel and what it asks for itself, at the versions we lock."""
    folder = tmp_path_factory.mktemp("empty environment")
    (uv,) = ROOT.glob(".dev/uv-*/bin/uv")
    _run(uv, "venv", "-q", "--clear", "--python", sys.executable, folder)
    place = ("--python", folder / "bin/python")
    _run(uv, "pip", "install", "-q", *place, "-c", ROOT / "requirements.lock", wheel)
    yield folder / "bin"
    shutil.rmtree(folder)


@pytest.fixture
def surroundings(installed, tmp_path):
    """No Node anywhere, no settings of ours, a home of its own."""
    system = tmp_path / "programs"
    system.mkdir()
    for program in ("sh", "env"):
        (system / program).symlink_to(shutil.which(program))
    path = f"{installed}{os.pathsep}{system}"
    assert shutil.which("node", path=path) is shutil.which("npm", path=path) is None
    return {"PATH": path, "HOME": str(tmp_path), "LANG": "C.UTF-8"}


def test_the_wheel_is_what_is_imported_and_the_program_explains_itself(
    installed, surroundings, tmp_path
):
    ask = "import tospann; print(tospann.__file__)"
    where = _output(installed / "python", "-c", ask, env=surroundings, cwd=tmp_path)
    assert Path(where).is_relative_to(installed.parent)
    said = _output(installed / "tospann", "--help", env=surroundings, cwd=tmp_path)
    assert {"start", "demo", "backup", "verify-audit"} <= set(re.findall(r"[a-z-]+", said))


def test_the_demo_answers_with_a_page_and_its_styles(installed, surroundings, tmp_path):
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [installed / "tospann", "demo", "--data", tmp_path / "data", "--port", str(port)]
    log = tmp_path / "log"
    surroundings["PYTHONUNBUFFERED"] = "1"
    with log.open("wb") as output:
        portal = subprocess.Popen(
            command,
            env=surroundings,
            cwd=tmp_path,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        page = _wait_for(f"{address}/healthz", portal, log) and _get(f"{address}/")
        assert "<html" in page
        assets = re.findall(r'(?:href|src)="(/static/[^"#?]+)', page)
        assert assets, "the sign-in page names no static file"
        for asset in assets:
            assert _get(f"{address}{asset}")
    finally:
        _end(portal)
    assert not _is_listening(port)


def _run(*command, **options):
    subprocess.run(command, check=True, **options)


def _output(*command, **options):
    done = subprocess.run(command, check=True, capture_output=True, text=True, **options)
    return done.stdout.strip()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _get(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.status == 200
        return answer.read().decode(errors="replace")


def _wait_for(address, portal, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert portal.poll() is None, f"it ended by itself:\n{log.read_text()}"
        try:
            _get(address)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return True
    pytest.fail(f"no answer within {PATIENCE} s:\n{log.read_text()}")


def _end(portal):
    """As an operator would end it; what is left of its session is ended with it."""
    portal.terminate()
    try:
        portal.wait(20)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(portal.pid, signal.SIGKILL)


def _is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

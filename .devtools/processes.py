"""Where things lie, and how other programs are started and always ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / ".dev"
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
WEB = ROOT / "web"

_running: set[subprocess.Popen[bytes]] = set()


def say(text: str) -> None:
    print(text, flush=True)


def run(
    *command: object,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    stop: bool = True,
    quiet: bool = False,
) -> int:
    """Run to the end and return the exit code; with `stop`, a failure ends us with that code."""
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL if quiet else None,
    )
    _running.add(child)
    try:
        code = child.wait()
    except KeyboardInterrupt:
        _end(child, has_been_told=True)
        raise
    except BaseException:
        _end(child)
        raise
    finally:
        _running.discard(child)
    if code and stop:
        sys.exit(code if code > 0 else 128 - code)
    return code


def inside() -> dict[str, str]:
    """The environment's own variables: its programs first, nothing of another one."""
    return {
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "VIRTUAL_ENV": str(VENV),
        # Without bytecode every start compiles a thousand modules: twice the time, more memory.
        "PYTHONDONTWRITEBYTECODE": "",
    }


def become(*command: object, env: Mapping[str, str]) -> None:
    """Replace this process, so that signals and the exit code are the program's own."""
    words = [str(part) for part in command]
    surroundings = {**os.environ, **env}
    try:
        os.execvpe(words[0], words, surroundings)
    except FileNotFoundError:
        sys.exit(f"There is no program {words[0]} in the environment.")


def end_everything_on_signals() -> None:
    """SIGTERM and SIGHUP unwind like Ctrl-C does, so that clean-up runs."""

    def unwind(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, unwind)
    signal.signal(signal.SIGHUP, unwind)


def end_children() -> None:
    for child in list(_running):
        _end(child)


def _end(child: subprocess.Popen[bytes], *, has_been_told: bool = False) -> None:
    """Ask, ask firmly, then kill.

    Ctrl-C reaches the child by itself; a second one would cut its clean-up short.
    """
    steps = [
        (None if has_been_told else signal.SIGINT, 15),
        (signal.SIGTERM, 5),
        (signal.SIGKILL, 5),
    ]
    for number, patience in steps:
        if child.poll() is not None:
            return
        if number is not None:
            child.send_signal(number)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            continue

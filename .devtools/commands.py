"""What ./dev understands."""

import argparse
import os
import sys
from pathlib import Path

from checks import check
from environment import LOCK, set_up, uv
from processes import (
    OURS,
    PYTHON,
    ROOT,
    become,
    end_children,
    end_everything_on_signals,
    inside,
    run,
    say,
)
from suite import run_everything, run_some
from system import apt_line, can_install, install, missing

DATA = OURS / "data"


def main(words: list[str], help_text: str) -> int:
    end_everything_on_signals()
    try:
        return _do(words, help_text)
    except KeyboardInterrupt:
        return 130
    finally:
        end_children()


def _do(words: list[str], help_text: str) -> int:
    match words:
        case [] | ["help" | "-h" | "--help"]:
            say(help_text.strip())
            return 0
        case [name, *rest] if name in COMMANDS:
            return COMMANDS[name](rest)
    say(f"./dev does not understand: {' '.join(words)}\n\n{help_text.strip()}")
    return 2


def _run_portal(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev run")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=DATA, help="where the demo's data lies")
    asked = parser.parse_args(words)
    data = asked.data.absolute()
    set_up()
    data.parent.mkdir(parents=True, exist_ok=True)
    become(PYTHON, "-m", "tospann", "demo", "--data", data, "--port", asked.port, env=inside())
    return 0


def _test(words: list[str]) -> int:
    set_up()
    if words in ([], ["--long"]):
        return run_everything(long=bool(words))
    return run_some(words)


def _bench(words: list[str]) -> int:
    """Names first; from the first word with a dash on, the words are the measurement's own."""
    dash = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    names, options = words[:dash], words[dash:]
    folder = ROOT / "bench"
    known = sorted(p.stem for p in folder.glob("*.py") if not p.stem.startswith("_"))
    unknown = [name for name in names if name not in known]
    if unknown:
        say(f"No such measurement: {', '.join(unknown)}. There are: {', '.join(known)}")
        return 2
    set_up()
    codes = [
        run(PYTHON, folder / f"{name}.py", *options, env=inside(), stop=False)
        for name in names or known
    ]
    return max(codes, default=1)


def _check(words: list[str]) -> int:
    _no_more(words)
    set_up()
    return check()


def _execute(words: list[str]) -> int:
    if not words:
        sys.exit("./dev exec COMMAND…")
    return _become_inside(*words)


def _manage(words: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tospann.config.settings"
    return _become_inside(PYTHON, "-m", "django", *words)


def _messages(words: list[str]) -> int:
    _no_more(words)
    return _become_inside(PYTHON, ROOT / ".devtools/messages.py", "update")


def _third_party(words: list[str]) -> int:
    set_up()
    return run(PYTHON, ROOT / ".devtools/third_party.py", *words, stop=False)


def _lock(words: list[str]) -> int:
    return run(
        uv(), "pip", "compile", "-q", "--universal", "--generate-hashes", "--no-header",
        "--no-annotate", "--python-version", "3.11", "--all-extras", "--group", "dev",
        "pyproject.toml", "-o", LOCK, *words, stop=False,
    )  # fmt: skip


def _set_up(words: list[str]) -> int:
    if words == ["--system"]:
        _set_up_system()
    else:
        _no_more(words)
    set_up()
    return 0


def _set_up_system() -> None:
    lacking = missing()
    if lacking and not can_install():
        sys.exit(f"Only root can install Debian's packages. Type:\n  {apt_line(lacking)}")
    if lacking:
        install(lacking)


def _become_inside(*command: object) -> int:
    """A program in the environment, on the data of `./dev run` unless told otherwise."""
    set_up(browser_code=False)
    os.environ.setdefault("TOSPANN_DATA_DIR", str(DATA))
    become(*command, env=inside())
    return 0


def _no_more(words: list[str]) -> None:
    if words:
        sys.exit(f"Not understood: {' '.join(words)}")


COMMANDS = {
    "run": _run_portal,
    "test": _test,
    "check": _check,
    "bench": _bench,
    "exec": _execute,
    "manage": _manage,
    "messages": _messages,
    "third-party": _third_party,
    "lock": _lock,
    "setup": _set_up,
}

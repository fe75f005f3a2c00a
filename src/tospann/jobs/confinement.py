"""The inside of the child process (see ``confined``): takes its limits, then runs the function.

Imports as little as possible, so that it starts in a few hundredths of a second.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.kill",
    "os.link",
    "os.symlink",
    "shutil.",
    "ctypes.",
    "pty.",
    "urllib.",
    "webbrowser.",
)


class Refusal(Exception):  # named by what happened, as all errors here
    """Raised by the function: what is wrong with the file, as a JSON object for ``Refused``."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(str(answer))
        self.answer = answer


def begin() -> None:
    """Run the function named on the command line; its answer is the only output."""
    name, memory, cpu, output = sys.argv[1], *map(int, sys.argv[2:5])
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _take_limits(memory, cpu, output)
    module, _colon, attribute = name.partition(":")
    function: Callable[[Any], Any] = getattr(import_module(module), attribute)
    sys.addaudithook(_watch)
    with answer:
        said = _run(function)
        answer.write(said if len(said) <= output else b'{"too_large":"result"}')


def _run(function: Callable[[Any], Any]) -> bytes:
    try:
        return json.dumps({"result": function(sys.stdin.buffer)}, separators=(",", ":")).encode()
    except Refusal as refusal:
        return json.dumps({"refused": refusal.answer}).encode()
    except MemoryError:
        pass
    return b'{"too_large":"memory"}'


def _take_limits(memory: int, cpu: int, output: int) -> None:
    for what, soft, hard in (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, cpu, cpu + 2),
        (resource.RLIMIT_FSIZE, output, output),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, 64, 64),
    ):
        resource.setrlimit(what, (soft, hard))


def _watch(event: str, args: tuple[Any, ...]) -> None:
    """Refuse the network, other programs, and every file but those Python itself is made of."""
    if event == "open":
        if not _is_python(args):
            raise PermissionError("no other files here")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"not here: {event}")


def _is_python(args: tuple[Any, ...]) -> bool:
    path, mode, flags = args
    writes = (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or (isinstance(mode, str) and set(mode) & set("wxa+")):
        return False
    roots = tuple(root for root in (*sys.path, sys.prefix, sys.base_prefix) if root)
    return isinstance(path, str) and path.startswith(roots)

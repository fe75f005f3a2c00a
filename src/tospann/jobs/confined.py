"""Reading hostile files in a child process: bounded memory, time and output, and no network.

The function runs in a fresh interpreter that gets the file on its standard input, imports nothing
but the function's module, and answers with JSON. Whatever goes wrong there, goes wrong there.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import IO, Any

MEGABYTE = 1024 * 1024
_BEGIN = (
    "import sys; sys.path[:] = {path!r}; from tospann.jobs import confinement; confinement.begin()"
)


@dataclass(frozen=True)
class Limits:
    """What the child may use: bytes in, memory, processor and wall seconds, bytes out."""

    input: int = 50 * MEGABYTE
    memory: int = 1024 * MEGABYTE
    cpu: int = 20
    wall: float = 30.0
    output: int = 200 * MEGABYTE


class ConfinedError(Exception):
    """The child gave no result."""


class TooLarge(ConfinedError):
    """The file, the memory it took or its result was beyond the limit; ``limit`` is in bytes."""

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"{what}: more than {limit} bytes")
        self.what, self.limit = what, limit


class TooSlow(ConfinedError):
    """It was not finished in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not finished in {seconds:g} seconds")
        self.seconds = seconds


class Crashed(ConfinedError):
    """It ended without an answer: a fault of ours; ``detail`` is for the log."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Refused(ConfinedError):
    """The function says what is wrong with the file; ``answer`` is what it said."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(str(answer))
        self.answer = answer


def run(function: str, file: IO[bytes], limits: Limits | None = None) -> Any:
    """The JSON result of ``package.module:function`` given the file (one on disk).

    The file is handed over by its descriptor, so none of it is read into this process.
    """
    bounds = limits or Limits()
    size = os.fstat(file.fileno()).st_size
    if size > bounds.input:
        raise TooLarge("file", bounds.input)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        child = _start(function, file, out, errors, bounds)
        try:
            code = child.wait(timeout=bounds.wall)
        except subprocess.TimeoutExpired:
            raise TooSlow(bounds.wall) from None
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
        return _answer(code, out, errors, bounds)


def _start(
    function: str, file: IO[bytes], out: IO[bytes], errors: IO[bytes], bounds: Limits
) -> subprocess.Popen[bytes]:
    path = [entry for entry in sys.path if entry]
    return subprocess.Popen(  # noqa: S603  # our own interpreter and code; the file is only input
        [
            *(sys.executable, "-I", "-S", "-B", "-c", _BEGIN.format(path=path)),
            *(function, str(bounds.memory), str(bounds.cpu), str(bounds.output)),
        ],
        stdin=file,
        stdout=out,
        stderr=errors,
        env={"LANG": "C.UTF-8"},
        cwd="/",
        start_new_session=True,
    )


def _answer(code: int, out: IO[bytes], errors: IO[bytes], bounds: Limits) -> Any:
    errors.seek(0)
    detail = errors.read(4000).decode(errors="replace")
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise TooSlow(bounds.cpu)
    if code != 0:
        raise Crashed(f"exit {code}: {detail}")
    out.seek(0)
    try:
        answer = json.load(out)
    except ValueError:
        raise Crashed(f"no JSON came back: {detail}") from None
    match answer:
        case {"result": result}:
            return result
        case {"refused": said}:
            raise Refused(said)
        case {"too_large": what}:
            raise TooLarge(what, bounds.output if what == "result" else bounds.memory)
    raise Crashed("an answer that means nothing")

"""A child that is kept running, ends when told to, and never outlives its parent."""

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8
_RESTART_AFTER = 2.0
_PATIENCE = 20.0


def end_with_parent() -> None:
    """Ask the kernel to end this process when its parent is gone, however it went (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def use_little_memory() -> None:
    """Let many threads share few memory pools (glibc gives each its own, and keeps them all)."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)


def keep_running(run: Callable[[], None]) -> int:
    """Start a process that runs ``run`` in a child, again whenever the child fails."""
    keeper = os.fork()
    if keeper == 0:
        os._exit(_keep(run))
    return keeper


def succeeds(run: Callable[[], None]) -> bool:
    """Run in a child and wait for it; whether it ended without an error."""
    child = os.fork()
    if child == 0:
        os._exit(_in_child(run))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def end(process: int) -> None:
    """End a child: asked first, killed when it does not listen."""
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(process, signal.SIGTERM)
        for _step in range(int(_PATIENCE / 0.05)):
            if os.waitpid(process, os.WNOHANG)[0]:
                return
            time.sleep(0.05)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


class _Told(BaseException):
    """This process was told to end."""


def _told(_number: int, _frame: FrameType | None) -> None:
    raise _Told


def _keep(run: Callable[[], None]) -> int:
    signal.signal(signal.SIGTERM, _told)
    signal.signal(signal.SIGINT, _told)
    end_with_parent()
    child = 0
    try:
        while True:
            child = os.fork()
            if child == 0:
                os._exit(_in_child(run))
            _pid, status = os.waitpid(child, 0)
            child = 0
            if os.waitstatus_to_exitcode(status) == 0:
                return 0
            time.sleep(_RESTART_AFTER)
    except _Told:
        # Being told twice (Ctrl-C reaches the whole group) must not interrupt the ending.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if child:
            end(child)
        return 0


def _in_child(run: Callable[[], None]) -> int:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C arrives through the keeper, as SIGTERM
    end_with_parent()
    try:
        run()
    except BaseException:  # whatever it was: logged, and started again
        import logging

        logging.getLogger("tospann.processes").exception("a child process stopped")
        return 1
    return 0

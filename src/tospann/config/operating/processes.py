"""A child that is kept running, ends when told to, and never outlives its parent."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8
_RESTART_AFTER = 2.0
_PATIENCE = 20.0


def end_with_parent(parent: int) -> None:
    """Ask the kernel to end this process when its parent is gone, however it went (Linux).

    A parent that went before it was asked is no longer the parent: then there is nothing to do.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def use_little_memory() -> None:
    """Let many threads share few memory pools (glibc gives each its own, and keeps them all)."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 2)


class Kept:
    """A child that is started again whenever it fails, until it is told to end."""

    def __init__(self, run: Callable[[], None]) -> None:
        self._run = run
        self._ending = threading.Event()
        self._child = _forked(run)
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
        self._keeper.start()

    def _keep(self) -> None:
        """Forks here, in a thread that lives as long as the process, which the child watches."""
        while os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1]) != 0:
            if self._ending.wait(_RESTART_AFTER):
                return
            self._child = _forked(self._run)

    def end(self) -> None:
        """Ask the child to end; kill it when it does not listen."""
        self._ending.set()
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._keeper.is_alive():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._child, number)
                self._keeper.join(_PATIENCE)


def succeeds(run: Callable[[], None]) -> bool:
    """Run in a child and wait for it; whether it ended without an error."""
    return os.waitstatus_to_exitcode(os.waitpid(_forked(run), 0)[1]) == 0


def _forked(run: Callable[[], None]) -> int:
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os._exit(_in_child(run, parent))
    return child


def _in_child(run: Callable[[], None], parent: int) -> int:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C arrives through the parent, as SIGTERM
    end_with_parent(parent)
    try:
        run()
    except BaseException:  # whatever it was: logged, and started again
        import logging

        logging.getLogger("tospann.processes").exception("a child process stopped")
        return 1
    return 0

"""How much work something is, counted and not timed: alike on a busy machine and an idle one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls(act: Callable[[], object]) -> int:
    """Functions called while ``act`` runs, those written in C as well."""
    count = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1

    sys.setprofile(seen)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count

"""The inner loops, compiled where numba is installed and as they stand where it is not."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any


def can_compile() -> bool:
    """Whether the optional numba is installed."""
    return find_spec("numba") is not None


@cache
def compiled(module: ModuleType) -> Any:
    """The functions of `module` under their own names, compiled by numba and calling each other
    compiled. Machine code is kept beside the module (or in the user's cache) between runs.
    """
    plain = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__ == module.__name__
    }
    names = dict(vars(module))
    made: dict[str, Any] = {}
    for name, function in plain.items():
        copy = FunctionType(function.__code__, names, name, function.__defaults__)
        copy.__module__ = function.__module__
        copy.__qualname__ = function.__qualname__
        made[name] = _jit(copy)
    names.update(made)
    return SimpleNamespace(**made)


def _jit(function: Callable[..., Any]) -> Any:
    import numba

    try:
        return numba.njit(cache=True)(function)
    except RuntimeError:  # nowhere to keep the machine code
        return numba.njit(function)

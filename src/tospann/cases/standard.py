"""The standard authority matrices a project may take over; they come with the template packs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Standard:
    """A whole matrix: its key, its name to the reader, and its rows as ``replace_matrix`` takes."""

    key: str
    name: str
    rules: Sequence[dict[str, Any]]


_source: Callable[[], Sequence[Standard]] = lambda: ()  # noqa: E731  # replaced when packs are ready


def standards_come_from(source: Callable[[], Sequence[Standard]]) -> None:
    """Called once by the capability that keeps template packs."""
    global _source  # noqa: PLW0603  # set once, when the app is ready
    _source = source


def standards() -> Sequence[Standard]:
    return _source()

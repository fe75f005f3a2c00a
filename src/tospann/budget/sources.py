"""What money needs to know of the plan, which lies above it: planning says it when it is ready."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

Span = tuple[date, date]


@dataclass(frozen=True)
class PlanSource:
    """``dates(project, uids)`` → first and last day; ``names(project, most)`` → uid and words."""

    dates: Callable[[UUID, Iterable[int]], Mapping[int, Span]]
    names: Callable[[UUID, int], list[tuple[int, str]]]
    name: Callable[[UUID, int], str]


_source = PlanSource(lambda project, uids: {}, lambda project, most: [], lambda project, uid: "")


def activities_come_from(source: PlanSource) -> None:
    """Called once by the capability that keeps the plan."""
    global _source  # noqa: PLW0603  # set once, when the app is ready
    _source = source


def dates(project: UUID, uids: Iterable[int]) -> Mapping[int, Span]:
    return _source.dates(project, uids)


def names(project: UUID, most: int = 1000) -> list[tuple[int, str]]:
    """The first so many lines of the plan, as people choose them."""
    return _source.names(project, most)


def name(project: UUID, uid: int) -> str:
    """What a line of the plan is called; empty when it is gone."""
    return _source.name(project, uid)

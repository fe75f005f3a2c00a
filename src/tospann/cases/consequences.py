"""What an alternative would do: the figures people decide on, and where they come from.

The figures are computed by the capability that keeps the plan, which says so with
``consequences_come_from``. They are stored beside the alternative as working state.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from tospann.foundation.audit import canonical, digest
from tospann.foundation.authority import Sentence
from tospann.projects.models import Project


@dataclass(frozen=True)
class When:
    """A day as planned, and the days it is 50 and 80 per cent certain by (when simulated)."""

    plan: date | None = None
    p50: date | None = None
    p80: date | None = None


@dataclass(frozen=True)
class Moved:
    """The finish of the plan (no uid) or of a milestone; ``days`` are working days, + is later."""

    uid: int | None
    number: str
    name: str
    before: When
    after: When
    days: int = 0
    p80_days: int = 0


@dataclass(frozen=True)
class Promised:
    """A promised day: a deadline, a promise to somebody, or the project's own finish."""

    kind: str
    """``deadline``, ``promise`` or ``project``."""
    uid: int | None
    name: str
    whom: str
    due: date
    before: date | None
    after: date | None
    chance_before: float | None = None
    chance_after: float | None = None
    link: str = ""

    @property
    def is_broken(self) -> bool:
        """Kept as the plan is now, and broken by the change."""
        return self.breaks_after and not self.breaks_before

    @property
    def breaks_before(self) -> bool:
        return self.before is not None and self.before > self.due

    @property
    def breaks_after(self) -> bool:
        return self.after is not None and self.after > self.due


@dataclass(frozen=True)
class Step:
    """An activity by its number and name."""

    uid: int
    number: str
    name: str


@dataclass(frozen=True)
class Path:
    """The critical path before and after, its first activities and how many there are in all."""

    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    entered: tuple[Step, ...] = ()
    left: tuple[Step, ...] = ()
    count_before: int = 0
    count_after: int = 0


@dataclass(frozen=True)
class Amount:
    """A sum of money before and after, in the project's currency."""

    name: str
    before: Decimal | None
    after: Decimal | None
    code: str = ""

    @property
    def change(self) -> Decimal:
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@dataclass(frozen=True)
class Costs:
    """Money before and after: lines and periods that differ, and what it comes to.

    ``total`` is the whole frame: the lines and what is set aside beside them.
    """

    lines: tuple[Amount, ...]
    periods: tuple[Amount, ...]
    total: Amount
    forecast: Amount
    contingency: Amount | None = None
    p80: Amount | None = None


@dataclass(frozen=True)
class Load:
    """Person-days beyond what somebody has, before and after."""

    name: str
    before: float
    after: float


@dataclass(frozen=True)
class Hit:
    """A person wanted elsewhere on the same days: working days of collision, before and after.

    The other project has no name for a reader who does not see it.
    """

    project: UUID
    key: str
    name: str
    person: str
    before: int
    after: int


@dataclass(frozen=True)
class Informed:
    """Somebody who should be told, and why."""

    person: UUID | None
    name: str
    because: Sentence


@dataclass(frozen=True)
class Consequences:
    """What a change does, compared with leaving everything as it is.

    ``inputs_hash`` names what it was computed from; ``is_whole`` says whether the percentiles are
    in; ``not_computed`` says what is left out and why.
    """

    revision: int
    inputs_hash: str
    engine: str
    finish: Moved
    milestones: tuple[Moved, ...] = ()
    promised: tuple[Promised, ...] = ()
    path: Path = Path()
    costs: Costs | None = None
    overloads: tuple[Load, ...] = ()
    hits: tuple[Hit, ...] = ()
    informed: tuple[Informed, ...] = ()
    not_computed: tuple[Sentence, ...] = ()
    is_whole: bool = False
    samples: int = 0
    seed: int = 0

    @property
    def broken(self) -> tuple[Promised, ...]:
        """The promises the change breaks."""
        return tuple(one for one in self.promised if one.is_broken)

    @property
    def overloaded_before(self) -> float:
        return round(sum(one.before for one in self.overloads), 1)

    @property
    def overloaded_after(self) -> float:
        return round(sum(one.after for one in self.overloads), 1)

    def to_json(self) -> dict[str, Any]:
        found: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return found

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Consequences":
        return _ADAPTER.validate_python(dict(stored))

    def with_projects(self, seen: Collection[UUID]) -> "Consequences":
        """Without the names of other projects than these: the reader does not see them."""
        hits = tuple(
            one if one.project in seen else replace(one, key="", name="") for one in self.hits
        )
        return replace(self, hits=hits)

    def fingerprint(self) -> str:
        """What a decision binds: the figures that were read."""
        return digest(canonical(self.to_json()))


_ADAPTER = TypeAdapter(Consequences)

Stored = Mapping[str, Any]
Provider = Callable[[Project, Sequence[Stored], str], Consequences | None]
"""``(project, stored operations, known) → consequences``; None when there is nothing to compute,
or what it would be computed from is what ``known`` (an inputs hash) was computed from.
"""
_providers: list[tuple[Provider, frozenset[str]]] = []


def consequences_come_from(provider: Provider, capabilities: Collection[str]) -> None:
    """Called once by the capability that keeps the plan; whose commands have consequences."""
    _providers[:] = [(provider, frozenset(capabilities))]


def compute(project: Project, operations: Sequence[Stored], known: str = "") -> Consequences | None:
    """What these operations would do to the project as it is now. Nothing is written."""
    return _providers[0][0](project, operations, known) if _providers else None


def concerns(operations: Sequence[Stored]) -> bool:
    """Whether any of the operations is of a kind whose consequences are computed."""
    known = _providers[0][1] if _providers else frozenset()
    return any(one["command"].partition(".")[0] in known for one in operations)

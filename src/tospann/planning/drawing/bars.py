"""What a drawing is made from: rows with their bars, and how the whole should look."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tospann.planning.models import Kind

Change = Literal["", "added", "removed", "changed"]


class Span(NamedTuple):
    """From one instant to another (seconds, as everywhere in the plan)."""

    start: int
    finish: int


@dataclass(frozen=True)
class Bar:
    """One row: what the table says of it, and the bar it has in time, if it has one.

    ``cells`` are the columns' texts after the name; ``note`` stands beside the bar. ``change`` is
    for comparing: a row only the one plan has is ``added``, one only the other has ``removed``.
    """

    uid: int
    number: str
    name: str
    level: int = 1
    kind: str = "task"
    span: Span | None = None
    percent: float = 0.0
    is_critical: bool = False
    is_active: bool = True
    deadline: int | None = None
    cells: tuple[str, ...] = ()
    note: str = ""
    change: Change = ""

    @property
    def is_heading(self) -> bool:
        """A phase: the outermost summary."""
        return self.kind == Kind.SUMMARY and self.level == 1


@dataclass(frozen=True)
class Column:
    """A column of the table at the left, after number and name."""

    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Look:
    """How a drawing looks: sizes in pixels, 96 to the inch.

    ``first`` and ``last`` are the instants the axis shows; without them it is as long as the bars.
    ``off`` are the numbers of days nobody works. ``id`` sets the drawings of one page apart.
    """

    width: int = 1512
    row: int = 20
    text: float = 11.0
    name_width: int = 300
    language: str = "nb"
    first: int | None = None
    last: int | None = None
    today: int | None = None
    status: int | None = None
    off: frozenset[int] = field(default_factory=frozenset)
    legend: bool = True
    title: str = ""
    description: str = ""
    id: str = "gantt"

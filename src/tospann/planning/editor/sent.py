"""What the chart sends: one thing done, the revision it was done on, and what if another decides.

An operation says what is meant ("later by a day", "under the row above"), so it can be tried again
on a plan that somebody else has changed meanwhile.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

import planengine as engine

Uid = Annotated[int, Field(ge=1, le=2**31 - 1)]
Uids = Annotated[list[Uid], Field(min_length=1, max_length=5000)]
Minute = Annotated[int, Field(ge=0, le=2**33)]


class Operation(BaseModel):
    """One thing done in the chart."""

    model_config = ConfigDict(extra="forbid")


class Cell(Operation):
    """Text typed in a cell."""

    do: Literal["cell"]
    uid: Uid
    field: Literal[
        "name",
        "duration",
        "start",
        "finish",
        "percent",
        "before",
        "responsible",
        "deadline",
        "constraint",
        "calendar",
    ]
    text: Annotated[str, Field(max_length=500)]


class Move(Operation):
    """A bar put elsewhere: its start, in minutes."""

    do: Literal["move"]
    uid: Uid
    start: Minute


class Resize(Operation):
    """A bar made longer or shorter: its finish, in minutes."""

    do: Literal["resize"]
    uid: Uid
    finish: Minute


class Tie(Operation):
    """A link drawn from one bar to another."""

    do: Literal["link"]
    from_: Annotated[Uid, Field(alias="from")]
    to: Uid
    kind: engine.LinkKind = engine.LinkKind.FS


class Rows(Operation):
    """Something done to rows: tied one after the other, untied, moved in the outline, removed."""

    do: Literal["chain", "unlink", "indent", "outdent", "up", "down", "remove"]
    uids: Uids


class Add(Operation):
    """A new row after another."""

    do: Literal["add"]
    after: Uid | None = None
    name: Annotated[str, Field(min_length=1, max_length=500)]


class Place(Operation):
    """Rows that were cut, put after another."""

    do: Literal["place"]
    uids: Uids
    after: Uid | None = None


class Paste(Operation):
    """Rows as a spreadsheet copies them, lines with tabs, put after another."""

    do: Literal["paste"]
    after: Uid | None = None
    text: Annotated[str, Field(min_length=1, max_length=100_000)]


class Status(Operation):
    """The day the plan's progress is told as of; empty for none."""

    do: Literal["status"]
    text: Annotated[str, Field(max_length=40)]


class Stored(Operation):
    """Edits as they are: what undoes, or does again, an earlier operation."""

    do: Literal["edits"]
    edits: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=5000)]


AnyOperation = Annotated[
    Cell | Move | Resize | Tie | Rows | Add | Place | Paste | Status | Stored,
    Field(discriminator="do"),
]


class Sent(BaseModel):
    """What the chart sends: an operation, the revision it saw, and what to do when somebody else
    decides: ask first, propose it, or begin a draft with it.
    """

    model_config = ConfigDict(extra="forbid")
    base_revision: Annotated[int, Field(ge=0)]
    operation: AnyOperation
    propose: bool = False
    draft: bool = False

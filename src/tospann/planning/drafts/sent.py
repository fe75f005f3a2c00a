"""What the chart sends when it shows a draft: as for the plan, and turning back and forth."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tospann.planning.editor.sent import AnyOperation, Operation


class Turn(Operation):
    """The latest step undone, or done again: the draft remembers them, whoever did them."""

    do: Literal["undo", "redo"]


class Sent(BaseModel):
    """An operation, and the version of the draft it was done on."""

    model_config = ConfigDict(extra="forbid")
    base_revision: Annotated[int, Field(ge=0)]
    operation: Annotated[AnyOperation | Turn, Field(discriminator="do")]
    propose: bool = False

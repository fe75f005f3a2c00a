"""The parts of a pack: phases, gates, registers, folders, roles, meetings, plan, tolerances."""

from typing import Annotated, Literal, Self

from pydantic import Field as Bounds
from pydantic import StrictBool, StrictInt, StringConstraints, model_validator

from tospann.packs.definition.fields import Column
from tospann.packs.definition.settings import Cadence
from tospann.packs.definition.words import Definition, Key, Mode, Role, Text, Words, refuse_repeated

Outcome = Literal["proceed", "rework", "hold", "stop"]
Classification = Literal["open", "internal", "confidential", "strictly_confidential"]
ToleranceArea = Literal["time", "cost", "scope", "quality", "risk", "benefits"]
Whole = Annotated[StrictInt, Bounds(ge=0)]


class Phase(Definition):
    """``owner`` says who runs it: the line organisation or the project.

    ``opens_freely``: no gate leads into it; it begins when the phase before it is over.
    """

    key: Key
    name: Text
    description: Text
    owner: Literal["line", "project"]
    repeatable_stages: StrictBool = False
    stage_name: Text | None = None
    opens_freely: StrictBool = False

    @model_validator(mode="after")
    def _stages_are_named(self) -> Self:
        if self.repeatable_stages != (self.stage_name is not None):
            raise ValueError(f"{self.key}: repeatable stages and a stage name go together")
        return self


Told = Annotated[str, StringConstraints(max_length=200)]


class Criterion(Definition):
    """A point that is ticked off by hand, or one a data rule answers when it is asked."""

    key: Key
    text: Text
    rule: Key | None = None
    parameters: dict[Key, Told] = {}

    @model_validator(mode="after")
    def _only_rules_are_told(self) -> Self:
        if self.parameters and self.rule is None:
            raise ValueError(f"{self.key}: parameters belong to a rule")
        return self


class Gate(Definition):
    """A decision point: it ends the phase ``after`` and opens ``leads_into``, if any.

    ``decider_label`` is the pack's own word for those who decide. A gate that is not ``binding``
    is an overview checklist and stops nobody.
    """

    key: Key
    code: Words
    name: Text
    after: Key
    leads_into: Key | None = None
    deciders: Annotated[tuple[Role, ...], Bounds(min_length=1)]
    mode: Mode = "any"
    decider_label: Text
    binding: StrictBool = True
    documents: tuple[Key, ...] = ()
    outcomes: Annotated[tuple[Outcome, ...], Bounds(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], Bounds(min_length=1)]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        refuse_repeated(f"criteria of {self.code}", (point.key for point in self.criteria))
        refuse_repeated(f"documents of {self.code}", self.documents)
        return self


class Register(Definition):
    """A living register. ``columns`` come in addition to those every register of its kind has."""

    key: Key
    title: Text
    columns: tuple[Column, ...] = ()

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        refuse_repeated(f"columns of {self.key}", (column.key for column in self.columns))
        return self


class Folder(Definition):
    """A folder; ``number`` such as ``3.1`` places it under folder ``3``."""

    number: Annotated[str, Bounds(pattern=r"^[0-9]{1,2}(\.[0-9]{1,2})*$")]
    name: Text
    phase: Key | None = None
    classification: Classification = "internal"

    @property
    def parent(self) -> str | None:
        """The number of the folder it lies in."""
        return self.number.rpartition(".")[0] or None


class RoleDefinition(Definition):
    """A role of the portal under the name this pack gives it."""

    role: Role
    label: Text
    description: Text
    required_at_start: StrictBool = False


class Function(Definition):
    """A job title of the field, and the portal role whoever holds it normally gets."""

    key: Key
    label: Text
    role: Role


class MeetingSeries(Definition):
    """``phases`` limits the series; empty means the whole project."""

    key: Key
    name: Text
    cadence: Cadence
    duration_minutes: Annotated[StrictInt, Bounds(ge=5, le=480)]
    participants: Annotated[tuple[Role, ...], Bounds(min_length=1)]
    phases: tuple[Key, ...] = ()
    agenda: Annotated[tuple[Text, ...], Bounds(min_length=1)]
    minutes_template: Key


class Predecessor(Definition):
    """Finish-to-start: may begin ``lag_days`` working days after ``item`` is done."""

    item: Key
    lag_days: StrictInt = 0


class PlanItem(Definition):
    """A line of the plan skeleton, in outline order; ``parent`` is the summary it lies under."""

    key: Key
    name: Text
    kind: Literal["summary", "task", "milestone"]
    phase: Key | None = None
    parent: Key | None = None
    gate: Key | None = None
    duration_days: Whole | None = None
    predecessors: tuple[Predecessor, ...] = ()

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        if (self.kind == "task") != (self.duration_days is not None):
            raise ValueError(f"{self.key}: tasks, and only tasks, have duration_days")
        if self.kind == "summary" and self.predecessors:
            raise ValueError(f"{self.key}: link tasks and milestones, not a summary")
        if self.gate and self.kind != "milestone":
            raise ValueError(f"{self.key}: a gate is a milestone")
        if self.phase and self.kind != "summary":
            raise ValueError(f"{self.key}: only a summary stands for a phase")
        return self


class Tolerance(Definition):
    """What may deviate before the owner must decide; ``days`` and ``percent`` are for computing."""

    area: ToleranceArea
    allowed: Text
    days: Whole | None = None
    percent: Whole | None = None


class BudgetLine(Definition):
    """A line the budget begins with: an account, without an amount. Ids are its place."""

    code: Annotated[str, Bounds(pattern=r"^[0-9A-Z]{1,4}(\.[0-9]{1,3})*$")]
    name: Text
    phase: Key | None = None
    running: StrictBool = False


class StatusArea(Definition):
    key: Key
    name: Text
    question: Text


class GoalLevel(Definition):
    key: Key
    name: Text
    description: Text
    measured_after_project: StrictBool = False

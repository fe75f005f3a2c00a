"""Document templates: what is filled in, by whom, and how the finished document behaves."""

from typing import Annotated, Literal, Self

from pydantic import Field as Bounds
from pydantic import StrictBool, StrictInt, model_validator

from tospann.packs.definition.fields import Field
from tospann.packs.definition.words import Definition, Key, Mode, Role, Text, refuse_repeated

DocumentKind = Literal["baseline", "record", "report"]
"""Baseline: versioned and approved. Record: living register. Report: fixed once published."""
Step = Literal[
    "BP1",
    "BP2",
    "BP2+",
    "BP3",
    "BP3+",
    "BP4",
    "BP5",
    "BP6",
    "start",
    "each",
    "periodic",
    "event",
    "handover",
    "continuous",
]
"""When the document is due: at a gate (``+``: kept up from then on), each phase, or otherwise."""


class SignOff(Definition):
    """Who prepares or approves, as roles of the portal and in the document's own words."""

    roles: Annotated[tuple[Role, ...], Bounds(min_length=1)]
    label: Text
    mode: Mode = "any"
    by_authority: StrictBool = False
    """The authority matrix decides; ``roles`` are those it may name."""


class Section(Definition):
    key: Key
    title: Text
    help: Text | None = None
    fields: Annotated[tuple[Field, ...], Bounds(min_length=1)]


class Document(Definition):
    """A document template: head, sections of fields, and the logs kept with the document."""

    key: Key
    version: Annotated[StrictInt, Bounds(ge=1)] = 1
    name: Text
    kind: DocumentKind
    gate: Step
    prepared_by: SignOff
    approved_by: SignOff | None = None
    note: Text | None = None
    header: tuple[Field, ...] = ()
    sections: Annotated[tuple[Section, ...], Bounds(min_length=1)]
    logs: tuple[Field, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of all sections, in reading order."""
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, key: str) -> Field:
        """The field with this key; KeyError when there is none."""
        return {field.key: field for field in self.fields}[key]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        refuse_repeated("sections", (section.key for section in self.sections))
        refuse_repeated("fields", (field.key for field in self.fields))
        refuse_repeated("header", (field.key for field in self.header))
        refuse_repeated("logs", (field.key for field in self.logs))
        return self

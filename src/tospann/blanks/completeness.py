"""How far a document has come: what is required and missing, and what cannot be read."""

from dataclasses import dataclass

from tospann.blanks import values
from tospann.blanks.content import Content
from tospann.blanks.definition import Field, Section


@dataclass(frozen=True)
class Wanting:
    """One thing that stands in the way of sending the document on."""

    address: str
    label: str
    problem: str = ""
    """What is wrong with what was typed; empty when nothing was."""


@dataclass(frozen=True)
class Progress:
    """How much of a section or a document is filled in."""

    asked: int
    answered: int
    wanting: tuple[Wanting, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.answered / self.asked) if self.asked else 100

    @property
    def is_complete(self) -> bool:
        return not self.wanting


def of_section(content: Content, section: Section) -> Progress:
    asked = [one for one in section.fields if one.kind != "signature"]
    answered = sum(not content.is_empty(one) for one in asked)
    wanting = tuple(found for one in asked for found in _wanting(content, one))
    return Progress(len(asked), answered, wanting)


def of_all(content: Content) -> Progress:
    parts = [of_section(content, section) for section in content.form.sections]
    return Progress(
        sum(part.asked for part in parts),
        sum(part.answered for part in parts),
        tuple(one for part in parts for one in part.wanting),
    )


def _wanting(content: Content, one: Field) -> list[Wanting]:
    if one.required and content.is_empty(one):
        return [Wanting(one.address, one.label)]
    value = content.rows(one) if one.kind == "table" else content.values.get(one.address)
    return [Wanting(one.address, one.label, said) for said in values.problems(one, value)]

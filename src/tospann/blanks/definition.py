"""A template's definition in one language: sections, fields, columns and what is chosen from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tospann.blanks.models import Blank

HEAD, LOG = "head", "log"
DRAWN = frozenset({"chart", "gantt", "budget"})
"""Kinds that are never typed: the portal draws them."""
FROM_DECISION = {
    "project_number": "project",
    "case_number": "case",
    "considered_date": "decided_on",
    "considered_by": "decided_by",
    "prepared_by": "prepared_by",
    "decision": "decision",
}
"""Fields of the head that the portal knows by itself."""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    tone: str = "neutral"


@dataclass(frozen=True)
class Column:
    """One thing to fill in: a field by itself, or a cell in every row of a table."""

    key: str
    label: str
    kind: str
    help: str = ""
    required: bool = False
    restricted: bool = False
    choices: tuple[Choice, ...] = ()
    refers_to: str = ""
    formula: str = ""
    source: str = ""
    length: int = 0
    number_prefix: str = ""

    def choice(self, key: Any) -> Choice | None:
        return next((one for one in self.choices if one.key == key), None)


@dataclass(frozen=True)
class Field(Column):
    """A field of the template; ``address`` names it within the whole document."""

    address: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Choice, ...] = ()

    @property
    def is_drawn(self) -> bool:
        return self.kind in DRAWN or self.kind in {"calc", "signature"}

    @property
    def typed_columns(self) -> tuple[Column, ...]:
        """The columns people write in: fixed rows bring their own first cell."""
        columns = self.columns[1:] if self.rows else self.columns
        return tuple(one for one in columns if one.kind != "calc")


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    help: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Form:
    """The whole template in one language."""

    name: str
    kind: str
    note: str
    head: tuple[Field, ...]
    sections: tuple[Section, ...]
    logs: tuple[Field, ...]

    @cached_property
    def by_address(self) -> Mapping[str, Field]:
        return {field.address: field for field in self}

    def __iter__(self) -> Iterator[Field]:
        yield from self.head
        for section in self.sections:
            yield from section.fields
        yield from self.logs


def form(of: Blank, language: str) -> Form:
    """The template as it is filled in by somebody who reads this language."""
    said = _Said(language)
    told = of.definition
    return Form(
        name=of.name,
        kind=of.kind,
        note=said(told.get("note")),
        head=tuple(_field(one, said, HEAD) for one in told.get("header", ())),
        sections=tuple(
            Section(
                key=str(one.get("key", "")),
                title=said(one.get("title")),
                help=said(one.get("help")),
                fields=tuple(_field(field, said) for field in one.get("fields", ())),
            )
            for one in told.get("sections", ())
        ),
        logs=tuple(_field(one, said, LOG) for one in told.get("logs", ())),
    )


@dataclass(frozen=True)
class _Said:
    """Texts of the definition in one language."""

    language: str

    def __call__(self, value: Any) -> str:
        if not isinstance(value, dict):
            return ""
        wanted = "nb" if self.language.startswith("n") else "en"
        return str(value.get(wanted) or value.get("nb") or "")


def _field(told: Mapping[str, Any], said: _Said, part: str = "") -> Field:
    key = str(told.get("key", ""))
    return Field(
        **_common(told, said),
        address=f"{part}.{key}" if part else key,
        columns=tuple(Column(**_common(one, said)) for one in told.get("columns", ())),
        rows=tuple(Choice(str(one["key"]), said(one.get("label"))) for one in told.get("rows", ())),
    )


def _common(told: Mapping[str, Any], said: _Said) -> dict[str, Any]:
    return {
        "key": str(told.get("key", "")),
        "label": said(told.get("label")),
        "kind": str(told.get("kind", "text")),
        "help": said(told.get("help")),
        "required": bool(told.get("required")),
        "restricted": bool(told.get("restricted")),
        "choices": tuple(
            Choice(str(one["key"]), said(one.get("label")), str(one.get("tone", "neutral")))
            for one in told.get("choices", ())
        ),
        "refers_to": str(told.get("refers_to") or ""),
        "formula": str(told.get("formula") or ""),
        "source": str(told.get("source") or ""),
        "length": int(told.get("length") or 0),
        "number_prefix": str(told.get("number_prefix") or ""),
    }

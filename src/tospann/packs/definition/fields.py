"""Fields of document templates and extra columns of registers: kinds, choices, tables."""

import ast
from typing import Annotated, Literal, Self, get_args

from pydantic import Field as Bounds
from pydantic import StrictBool, StrictInt, model_validator

from tospann.packs.definition.words import Definition, Key, Text, refuse_repeated

ColumnKind = Literal[
    "text",
    "rich_text",
    "number",
    "money",
    "money[]",
    "year",
    "date",
    "datetime",
    "bool",
    "choice",
    "level",
    "rag",
    "person",
    "people",
    "ref",
    "file",
    "files",
    "list",
    "calc",
    "signature",
]
FieldKind = Literal[ColumnKind, "table", "chart", "tree", "gantt", "budget"]
Tone = Literal["neutral", "green", "yellow", "orange", "red"]
KINDS_WITH_CHOICES = {"choice", "level"}
ARITHMETIC = (
    *(ast.Expression, ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name, ast.Load, ast.Call),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub),
)


class Choice(Definition):
    """One value to choose. ``final`` marks an end state, ``tone`` its colour class."""

    key: Key
    label: Text
    tone: Tone = "neutral"
    final: StrictBool = False


class ChoiceList(Definition):
    """A named list of values, so that several columns and the organisation share it."""

    key: Key
    name: Text
    values: Annotated[tuple[Choice, ...], Bounds(min_length=2)]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        refuse_repeated(f"choices of {self.key}", (value.key for value in self.values))
        return self


class Column(Definition):
    """A column of a table or of a register.

    ``choice_list`` names a list of the pack instead of writing ``choices`` out; ``formula`` is
    arithmetic on other columns' keys; ``source`` says where the portal has the value (computed, the
    register a table stands for, or what a field is offered; see ``blanks.live``);
    ``refers_to`` which kind of record a ``ref`` points at; ``restricted`` hides personal judgement
    from everyone outside the project's core; ``length`` is the number of periods in a ``money[]``;
    ``number_prefix`` makes running ids such as K1, K2.
    """

    key: Key
    label: Text
    kind: ColumnKind
    help: Text | None = None
    required: StrictBool = False
    restricted: StrictBool = False
    choices: tuple[Choice, ...] = ()
    choice_list: Key | None = None
    refers_to: Key | None = None
    formula: str | None = None
    source: str | None = None
    length: Annotated[StrictInt, Bounds(ge=1, le=100)] | None = None
    number_prefix: str | None = None

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        given = bool(self.choices) + bool(self.choice_list)
        if self.kind in KINDS_WITH_CHOICES and given != 1:
            raise ValueError(f"{self.key}: a {self.kind} needs either choices or a choice_list")
        if self.kind not in KINDS_WITH_CHOICES and given:
            raise ValueError(f"{self.key}: a {self.kind} has no choices")
        if (self.kind == "ref") != (self.refers_to is not None):
            raise ValueError(f"{self.key}: refers_to belongs to a ref, and a ref needs it")
        if self.kind == "calc" and bool(self.formula) + bool(self.source) != 1:
            raise ValueError(f"{self.key}: a calc needs either a formula or a source")
        if self.kind != "calc" and self.formula:
            raise ValueError(f"{self.key}: only a calc has a formula")
        if (self.kind == "money[]") != (self.length is not None):
            raise ValueError(f"{self.key}: length belongs to a money[], and a money[] needs it")
        names_in(self.formula or "0")
        refuse_repeated(f"choices of {self.key}", (choice.key for choice in self.choices))
        return self


class Row(Definition):
    """A row that is there from the start, for tables with fixed lines."""

    key: Key
    label: Text


class Field(Definition):
    """A field of a document template: like a column, or a table, or a larger element."""

    key: Key
    label: Text
    kind: FieldKind
    help: Text | None = None
    required: StrictBool = False
    restricted: StrictBool = False
    choices: tuple[Choice, ...] = ()
    refers_to: Key | None = None
    formula: str | None = None
    source: str | None = None
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        if (self.kind == "table") != bool(self.columns):
            raise ValueError(f"{self.key}: columns belong to a table, and a table needs them")
        if self.rows and self.kind != "table":
            raise ValueError(f"{self.key}: only a table has rows")
        if self.kind in get_args(ColumnKind):
            self._as_column()
        refuse_repeated(f"columns of {self.key}", (column.key for column in self.columns))
        refuse_repeated(f"rows of {self.key}", (row.key for row in self.rows))
        for column in self.columns:
            self._formula_is_known(column)
        return self

    def _as_column(self) -> Column:
        """The same field as a column, which has the rules the two share."""
        return Column.model_validate(self.model_dump(exclude={"columns", "rows"}))

    def _formula_is_known(self, column: Column) -> None:
        unknown = names_in(column.formula or "0") - {c.key for c in self.columns} - {"sum"}
        if unknown:
            raise ValueError(f"{self.key}.{column.key}: no column {', '.join(sorted(unknown))}")


def names_in(formula: str) -> set[str]:
    """The names a formula uses; anything that is not plain arithmetic is refused."""
    try:
        nodes = list(ast.walk(ast.parse(formula, mode="eval")))
    except SyntaxError:
        raise ValueError(f"cannot read the formula {formula!r}") from None
    if not all(isinstance(node, ARITHMETIC) and _is_plain(node) for node in nodes):
        raise ValueError(f"the formula {formula!r} is more than arithmetic")
    return {node.id for node in nodes if isinstance(node, ast.Name)}


def _is_plain(node: ast.AST) -> bool:
    """Numbers only, and no call but ``sum``."""
    if isinstance(node, ast.Constant):
        return type(node.value) in {int, float}
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "sum" and not node.keywords
    return True

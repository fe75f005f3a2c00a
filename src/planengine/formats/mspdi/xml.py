"""A cautious XML reader: no document types, no entities, bounded depth, elements and texts.

Rows (tasks, resources …) are handed over one by one as they end, so a plan of any length needs
memory for one row at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from planengine.formats.failure import ImportFailed

NAMESPACE = "http://schemas.microsoft.com/project"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be at most: bytes, elements, levels of nesting, characters of one text."""

    size: int = 200_000_000
    elements: int = 30_000_000
    depth: int = 32
    text: int = 5_000_000


_NO_FIELDS: dict[str, str] = {}
_NO_GROUPS: dict[str, list[Node]] = {}
"""Shared by the many elements without children; replaced before anything is put in them."""


class Node:
    """One element: texts of its simple children, and its children that have children.

    `fields` holds the first text of each name; `groups` the elements of each name; `line` is where
    the element begins.
    """

    __slots__ = ("fields", "groups", "line", "tag", "text")

    def __init__(self, tag: str, line: int) -> None:
        self.tag = tag
        self.line = line
        self.text = ""
        self.fields: dict[str, str] = _NO_FIELDS
        self.groups: dict[str, list[Node]] = _NO_GROUPS

    def all(self, *path: str) -> list[Node]:
        """Every element at a path below, such as `all("WeekDays", "WeekDay")`."""
        found = [self]
        for step in path:
            found = [below for node in found for below in node.groups.get(step, ())]
        return found


Sink = Callable[[Node], None]


def parse(data: bytes, rows: Mapping[tuple[str, str], Sink], limits: Limits) -> Node:
    """Read a file; returns the root with everything that is not a row.

    `rows` gives, for `(container, row)` names such as `("Tasks", "Task")`, who takes each finished
    row. Raises `ImportFailed` with line and column.
    """
    if not data.strip():
        raise ImportFailed("xml.empty")
    if len(data) > limits.size:
        raise ImportFailed("xml.size", detail=limits.size)
    return _Reader(rows, limits).read(data)


class _Reader:
    def __init__(self, rows: Mapping[tuple[str, str], Sink], limits: Limits) -> None:
        self._rows = rows
        self._limits = limits
        self._count = 0
        self._stack: list[Node] = [Node("", 1)]
        self._names: dict[str, str] = {}
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 65_536
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self._parser = parser

    def read(self, data: bytes) -> Node:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            where = f"line {error.lineno}, column {error.offset + 1}"
            raise ImportFailed("xml.syntax", where, expat.ErrorString(error.code)) from None
        except (ValueError, LookupError, UnicodeError) as error:
            if isinstance(error, ImportFailed):
                raise
            raise ImportFailed("xml.syntax", "line 1, column 1", error) from None
        return self._stack[0].groups["Project"][0]

    def _where(self) -> str:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        return f"line {line}, column {column + 1}"

    def _refuse(self, *_: object) -> NoReturn:
        raise ImportFailed("xml.doctype", self._where())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        stack = self._stack
        self._count += 1
        if self._count > self._limits.elements:
            raise ImportFailed("xml.elements", self._where(), self._limits.elements)
        if len(stack) > self._limits.depth:
            raise ImportFailed("xml.depth", self._where(), self._limits.depth)
        tag = self._names.get(name)
        if tag is None:
            tag = self._names[name] = name.rpartition(":")[2]
        if len(stack) == 1:
            self._check_root(name, tag, attributes)
        stack.append(Node(tag, self._parser.CurrentLineNumber))

    def _check_root(self, name: str, tag: str, attributes: dict[str, str]) -> None:
        prefix = name.rpartition(":")[0]
        space = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", NAMESPACE)
        if tag != "Project" or not space.startswith(NAMESPACE):
            raise ImportFailed("mspdi.root", self._where(), name)

    def _text(self, text: str) -> None:
        node = self._stack[-1]
        node.text = node.text + text if node.text else text
        if len(node.text) > self._limits.text:
            raise ImportFailed("xml.text", self._where(), self._limits.text)

    def _end(self, _: str) -> None:
        node = self._stack.pop()
        above = self._stack[-1]
        if len(self._stack) == 3:
            sink = self._rows.get((above.tag, node.tag))
            if sink is not None:
                sink(node)
                return
        if node.groups or node.fields or above.tag == "":
            if above.groups is _NO_GROUPS:
                above.groups = {}
            above.groups.setdefault(node.tag, []).append(node)
        else:
            if above.fields is _NO_FIELDS:
                above.fields = {}
            above.fields.setdefault(node.tag, node.text.strip())

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

    size: int = 1_000_000_000
    elements: int = 30_000_000
    depth: int = 32
    text: int = 5_000_000


_ROW = 3
"""How deep rows lie: in a container in the project."""
_NO_FIELDS: dict[str, str] = {}
_NO_GROUPS: dict[str, list[Node]] = {}
"""Shared by the many elements without children; replaced before anything is put in them."""


class Node:
    """One element: texts of its simple children, and its children that have children.

    `fields` holds the first text of each name; `groups` the elements of each name; `line` is where
    the element, or the row it lies in, begins.
    """

    __slots__ = ("fields", "groups", "line", "tag")

    def __init__(self, tag: str, line: int) -> None:
        self.tag = tag
        self.line = line
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
    """Builds the tree as the parser goes.

    Most elements are simple ones, so an element is only a tag (`_open`) until its first child
    shows that it needs a node, and characters are listened to only while one is open.
    """

    __slots__ = (
        *("_buffer", "_count", "_depth", "_limits", "_line", "_names", "_nodes", "_open"),
        *("_parser", "_rows"),
    )

    def __init__(self, rows: Mapping[tuple[str, str], Sink], limits: Limits) -> None:
        self._rows = rows
        self._limits = limits
        self._count = 0
        self._depth = 0
        self._line = 1
        self._open: str | None = None
        self._buffer = ""
        self._nodes: list[Node] = [Node("", 1)]
        self._names: dict[str, str] = {}
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 65_536
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
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
        return self._nodes[0].groups["Project"][0]

    def _where(self) -> str:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        return f"line {line}, column {column + 1}"

    def _refuse(self, *_: object) -> NoReturn:
        raise ImportFailed("xml.doctype", self._where())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > self._limits.elements:
            raise ImportFailed("xml.elements", self._where(), self._limits.elements)
        depth = self._depth = self._depth + 1
        if depth > self._limits.depth:
            raise ImportFailed("xml.depth", self._where(), self._limits.depth)
        if self._open is not None:
            self._nodes.append(Node(self._open, self._line))
        if depth <= _ROW:
            self._line = self._parser.CurrentLineNumber
        tag = self._names.get(name)
        if tag is None:
            tag = self._names[name] = name.rpartition(":")[2]
        if depth == 1:
            self._check_root(name, tag, attributes)
            self._nodes.append(Node(tag, self._line))
            return
        self._open = tag
        self._buffer = ""
        self._parser.CharacterDataHandler = self._text

    def _check_root(self, name: str, tag: str, attributes: dict[str, str]) -> None:
        prefix = name.rpartition(":")[0]
        space = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", NAMESPACE)
        if tag != "Project" or not space.startswith(NAMESPACE):
            raise ImportFailed("mspdi.root", self._where(), name)

    def _text(self, text: str) -> None:
        if self._buffer:
            text = self._buffer + text
        if len(text) > self._limits.text:
            raise ImportFailed("xml.text", self._where(), self._limits.text)
        self._buffer = text

    def _end(self, _: str) -> None:
        self._parser.CharacterDataHandler = None
        depth = self._depth
        self._depth = depth - 1
        tag = self._open
        if tag is not None and depth != _ROW:
            above = self._nodes[-1]
            if above.fields is _NO_FIELDS:
                above.fields = {}
            above.fields.setdefault(tag, self._buffer.strip())
        else:
            self._close(self._nodes.pop() if tag is None else Node(tag, self._line), depth)
        self._open = None

    def _close(self, node: Node, depth: int) -> None:
        """Hand over a row, or hang the element on the one above."""
        above = self._nodes[-1]
        if depth == _ROW:
            sink = self._rows.get((above.tag, node.tag))
            if sink is not None:
                sink(node)
                return
            if node.fields is _NO_FIELDS and node.groups is _NO_GROUPS:
                if above.fields is _NO_FIELDS:
                    above.fields = {}
                above.fields.setdefault(node.tag, self._buffer.strip())
                return
        if above.groups is _NO_GROUPS:
            above.groups = {}
        above.groups.setdefault(node.tag, []).append(node)

"""Giving each cell of a table the name of its column, so that a phone can show rows as cards."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_SPAN = re.compile(r'colspan="(\d+)"')


def labelled(rows: str, columns: Sequence[object]) -> Markup:
    """The rows with ``data-label`` on every cell but the first; cells without content are marked.

    ``columns`` are the table's: labels, or (label, kind). Tables within cells are not meant.
    """
    labels = [str(one[0] if isinstance(one, tuple) else one) for one in columns]
    named = _ROW.sub(lambda row: _row(row[0], labels), str(rows))
    return Markup(named)  # noqa: S704 - the page's own markup, with escaped labels


def _row(row: str, labels: Sequence[str]) -> str:
    made, end, column = [], 0, 0
    for cell in _CELL.finditer(row):
        made += [row[end : cell.start()], _cell(cell, labels[column] if column else "")]
        spans = _SPAN.search(cell[2])
        column = min(column + (int(spans[1]) if spans else 1), len(labels) - 1)
        end = cell.end()
    return "".join([*made, row[end:]])


def _cell(cell: re.Match[str], label: str) -> str:
    tag, attributes, content = cell.groups()
    if not content.strip():
        return f'<{tag}{attributes} data-blank="yes"></{tag}>'
    if label and "data-label" not in attributes:
        attributes += f' data-label="{escape(label)}"'
    return f"<{tag}{attributes}><div>{content}</div></{tag}>"

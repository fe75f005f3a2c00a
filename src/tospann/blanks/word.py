"""A document as a Word file of our own making, with real headings, lists and tables."""

import re
from io import BytesIO
from typing import Any

from tospann.blanks.definition import Field, Form
from tospann.blanks.printing import Data

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LIST = {"ul": "List Bullet", "ol": "List Number"}
_DEEPEST = 3


def written(data: Data) -> bytes:
    """The same as the PDF says, to be worked on in Word."""
    from docx import Document

    file = Document()
    _properties(file, data)
    file.add_heading(_clean(data["heading"]), 0)
    file.add_paragraph(_clean(f"{data['state']} · {data['name']} ({data['key']})"))
    if data["head"]:
        _table(file, [], [[[label], [value]] for label, value in data["head"]])
    for section in data["sections"]:
        file.add_heading(_clean(section["title"]), 1)
        for field in section["fields"]:
            _field(file, field)
    logs = [field for field in data["logs"] if field["rows"]]
    if logs:
        file.add_heading(_clean(data["words"]["logs"]), 1)
    for field in logs:
        _field(file, field)
    if data["left_out"]:
        file.add_paragraph(data["left_out"])
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _properties(file: Any, data: Data) -> None:
    about = file.core_properties
    about.title, about.author = _clean(data["title"])[:255], _clean(data["author"])[:255]
    about.subject, about.keywords = _clean(data["heading"])[:255], data["key"]
    about.language = data["language"]


def _field(file: Any, field: Data) -> None:
    file.add_heading(_clean(field["label"]), 2)
    if field["rows"]:
        heads = [_clean(head["text"]) for head in field["heads"]]
        _table(file, heads, field["rows"])
    elif field["blocks"]:
        for block in field["blocks"]:
            _block(file, block)
    else:
        file.add_paragraph("–")
    if field["source"]:
        file.add_paragraph(_clean(field["source"]))


def _block(file: Any, block: Data) -> None:
    if block["kind"] == "h":
        paragraph = file.add_heading("", 3)
    else:
        style = _LIST.get(block["kind"])
        deeper = min(block["level"] + 1, _DEEPEST)
        named = f"{style} {deeper}" if style and deeper > 1 else style
        paragraph = file.add_paragraph(style=named)
    for run in block["runs"]:
        made = paragraph.add_run(_clean(run["text"]))
        made.bold, made.italic = run["bold"] or None, run["italic"] or None


def _table(file: Any, heads: list[str], rows: list[list[list[str]]]) -> None:
    """With a first row that is repeated on every page."""
    from docx.oxml.ns import qn

    columns = len(heads) or len(rows[0])
    table = file.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    for cells in [*([[[head] for head in heads]] if heads else []), *rows]:
        for cell, lines in zip(table.add_row().cells, cells, strict=False):
            cell.text = _clean("\n".join(lines))
    if heads:
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
    file.add_paragraph()


def _clean(text: Any) -> str:
    """Without characters that no XML file may hold."""
    return _CONTROLS.sub("", str(text))


def start(template: Form) -> bytes:
    """A Word file to begin one's own from: every field named where it will stand."""
    from docx import Document

    file = Document()
    file.add_heading("{{ document.title }}", 0)
    file.add_paragraph("{{ state }} · {{ project.name }} ({{ document.number }})")
    for section in template.sections:
        shown = [one for one in section.fields if not one.restricted]
        if shown:
            file.add_heading(section.title, 1)
        for one in shown:
            file.add_heading(one.label, 2)
            _place(file, one)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def _place(file: Any, one: Field) -> None:
    if one.kind != "table":
        file.add_paragraph(f"{{{{ {one.key} }}}}")
        return
    table = file.add_table(rows=4, cols=len(one.columns))
    table.style = "Table Grid"
    for place, column in enumerate(one.columns):
        table.cell(0, place).text = column.label
        table.cell(2, place).text = f"{{{{ row.{column.key} }}}}"
    table.cell(1, 0).text = f"{{%tr for row in {one.key} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    file.add_paragraph()

"""A document as plain data in words: what stands in its PDF and its Word file."""

from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tospann.blanks import content, rich, values
from tospann.blanks.content import Content
from tospann.blanks.definition import Column, Field, form
from tospann.blanks.live import Drawn
from tospann.blanks.models import Edition, EditionState, Filled
from tospann.blanks.showing import Shown
from tospann.people.queries import organisation
from tospann.ui import formats

Data = dict[str, Any]
AMOUNTS = frozenset({"money", "money[]", "number", "calc"})


def printed(of: Filled, edition: Edition | None) -> Data:
    """The document as it stands, or a version of it. Judgements of people are left out."""
    language = of.project.language
    with translation.override(language):
        if edition is None:
            written = content.now(of, language, restricted=False)
        else:
            written = content.of_edition(edition, language, restricted=False)
        return _printed(of, edition, written, language)


def _printed(of: Filled, edition: Edition | None, written: Content, language: str) -> Data:
    on = timezone.localtime(edition.settled_at or edition.made_at) if edition else None
    day = on.date() if on else timezone.localdate()
    look = Shown(of, written)
    head = [(one, look) for one in written.form.head]
    left_out = len(list(form(of.blank, language))) - len(list(written.form))
    return {
        "language": language[:2],
        "title": f"{of.project.name}: {of.title}",
        "heading": of.title,
        "key": f"{of.project.key}-{of.number}",
        "name": of.project.name,
        "organisation": organisation().name,
        "author": _author(of, edition),
        "date": [day.year, day.month, day.day],
        "state": _state(edition, day, language),
        "is_draft": edition is None or edition.settled_at is None,
        "head": [[one.label, _line(one, written, shown)] for one, shown in head],
        "sections": [
            {"title": s.title, "fields": [_field(one, written, look) for one in s.fields]}
            for s in written.form.sections
        ],
        "logs": [_field(one, written, look) for one in written.form.logs],
        "left_out": _("Judgements of people are left out of this file.") if left_out else "",
        "words": {"page": _("Page"), "of": _("of"), "logs": _("Logs"), "draft": _("Draft")},
    }


def _author(of: Filled, edition: Edition | None) -> str:
    made = edition.made_by if edition else of.prepared_by
    return made.name if made else of.project.name


def _state(edition: Edition | None, day: date, language: str) -> str:
    shown = formats.short_date(day, language)
    if edition is None:
        return _("Draft of %(day)s") % {"day": shown}
    said = {"number": edition.number, "day": shown, "name": edition.settled_by}
    if edition.state == EditionState.APPROVED:
        return _("Version %(number)s, approved %(day)s by %(name)s") % said
    if edition.state == EditionState.PUBLISHED:
        return _("Version %(number)s, published %(day)s by %(name)s") % said
    return _("Version %(number)s, sent for decision %(day)s") % said


def _line(one: Field, written: Content, look: Shown) -> str:
    drawn = written.drawn.get(one.address)
    return (drawn.text if drawn else look.text(one, written.values.get(one.address))) or "–"


def _field(one: Field, written: Content, look: Shown) -> Data:
    """One field: its label and what stands there, as blocks, lines, a table or a word."""
    base: Data = {"label": one.label, "blocks": [], "heads": [], "rows": [], "source": ""}
    if (drawn := written.drawn.get(one.address)) is not None:
        return base | _of_drawn(drawn)
    if one.kind == "table":
        return base | _of_table(one, written, look)
    value = written.values.get(one.address)
    if one.kind in {"file", "files"}:
        named = [file.name for file in look.files(one)]
        return base | {"blocks": [_entry("ul", name) for name in named]}
    if values.is_empty(value):
        return base
    if one.kind == "rich_text":
        return base | {"blocks": rich.blocks(str(value))}
    if one.kind in {"list", "people"}:
        return base | {"blocks": [_entry("ul", line) for line in values.lines(value)]}
    if one.kind == "tree":
        return base | {"blocks": [_entry("ul", line, at) for at, line in values.tree(value)]}
    return base | {"blocks": [_entry("p", look.text(one, value))]}


def _entry(kind: str, text: str, level: int = 0) -> Data:
    run = {"text": text, "bold": False, "italic": False}
    return {"kind": kind, "level": level, "number": 0, "runs": [run]}


def _of_drawn(drawn: Drawn) -> Data:
    found: Data = {"source": drawn.source if drawn.rows else ""}
    if drawn.rows:
        found["heads"] = [_head(head, at in drawn.numbers) for at, head in enumerate(drawn.heads)]
        found["rows"] = [[[cell] for cell in row] for row in drawn.rows]
    elif drawn.text:
        found["blocks"] = [_entry("p", drawn.text)]
    return found


def _head(text: str, is_number: bool) -> Data:
    return {"text": text, "is_number": is_number}


def _of_table(one: Field, written: Content, look: Shown) -> Data:
    rows = written.rows(one)
    if not rows:
        return {}
    heads = [_head(column.label, column.kind in AMOUNTS) for column in one.columns]
    shown = [
        [_cell(column, row.get(column.key), look).split("\n") for column in one.columns]
        for row in rows
    ]
    return {"heads": heads, "rows": shown, "keys": [column.key for column in one.columns]}


def _cell(column: Column, value: Any, look: Shown) -> str:
    if column.kind == "rich_text" and value:
        return rich.plain(str(value))
    return look.text(column, value) or "–"

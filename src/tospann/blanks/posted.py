"""What a form sends: the fields that are in it, as values."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from tospann.blanks import values
from tospann.blanks.content import Content
from tospann.blanks.definition import Column, Field
from tospann.blanks.keeping import Typed
from tospann.blanks.live import GONE, ID, REF, Row
from tospann.foundation.errors import Invalid

ROW = re.compile(r"^[a-z0-9_]{1,20}$")
FILES = frozenset({"file", "files"})


def typed(content: Content, posted: QueryDict, language: str) -> dict[str, Typed]:
    """Address → what stands in the form, for every field the form holds."""
    found: dict[str, Typed] = {}
    for one in content.form:
        mark = f"n:{one.address}"
        if mark not in posted or one.address in content.drawn:
            continue
        base = posted.get(mark, "")
        value = _value(one, content, posted, language)
        found[one.address] = Typed(value, int(base) if base.isdigit() else None)
    return found


def _value(one: Field, content: Content, posted: QueryDict, language: str) -> Any:
    name = f"v:{one.address}"
    if one.kind == "table":
        return _table(one, content, posted, language)
    if one.kind in FILES:
        return [pk for pk in posted.getlist(name) if pk] or None
    if one.kind == "money[]":
        return values.read(one, _parts(name, one, posted), language)
    return values.read(one, posted.get(name, ""), language)


def _parts(name: str, one: Column, posted: QueryDict) -> list[str]:
    return [posted.get(f"{name}:{place}", "") for place in range(one.length)]


def _table(one: Field, content: Content, posted: QueryDict, language: str) -> list[Row] | None:
    there = {
        str(row[ID]): row for row in values.rows_of(content.values.get(one.address)) if ID in row
    }
    ids = [key for key in posted.getlist(f"r:{one.address}") if ROW.match(key)]
    fixed = {row.key for row in one.rows}
    rows = [
        _row(one, there.get(key, {ID: key}), posted, language)
        for key in dict.fromkeys(ids[: values.MOST_ROWS])
        if not fixed or key in fixed
    ]
    left = [{**row, GONE: True} for key, row in there.items() if key not in ids and row.get(REF)]
    kept = [row for row in rows if row.get(REF) or not values.is_empty(row)]
    return [*kept, *left] or None


def _row(one: Field, before: Row, posted: QueryDict, language: str) -> Row:
    row = {key: value for key, value in before.items() if key != GONE}
    for column in one.typed_columns:
        name = f"c:{one.address}:{before[ID]}:{column.key}"
        if column.kind == "money[]":
            if f"{name}:0" in posted:
                row[column.key] = values.read(column, _parts(name, column, posted), language)
        elif name in posted:
            row[column.key] = values.read(column, posted[name], language)
    return row


def sent(content: Content, said: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The same from JSON: a text for each field, a list of rows for a table. ``Invalid`` if not."""
    form = content.form.by_address
    return {
        address: _sent(form, address, value, content, language) for address, value in said.items()
    }


def _sent(
    form: Mapping[str, Field], address: str, value: Any, content: Content, language: str
) -> Any:
    one = form.get(address)
    if one is None:
        raise Invalid(gettext("This is not known here."), address)
    if one.kind != "table":
        return _plain(one, value, language)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise Invalid(gettext("A table is a list of rows."), address)
    there = {str(row[ID]): row for row in values.rows_of(content.values.get(address)) if ID in row}
    rows = []
    for place, row in enumerate(value[: values.MOST_ROWS], 1):
        key = str(row.get(ID) or f"a{place}")
        if not ROW.match(key):
            raise Invalid(gettext("This is not known here."), f"{address}._id")
        cells = {c.key: _plain(c, row[c.key], language) for c in one.typed_columns if c.key in row}
        rows.append({**there.get(key, {ID: key}), **cells})
    return rows or None


def _plain(column: Column, value: Any, language: str) -> Any:
    if column.kind in FILES or column.kind == "money[]":
        if value is not None and not isinstance(value, list):
            raise Invalid(gettext("This must be a list."), column.key)
        listed = [str(one or "") for one in value or ()]
        return values.read(column, listed, language) if column.kind == "money[]" else listed or None
    if isinstance(value, dict | list):
        raise Invalid(gettext("This must be text."), column.key)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return values.read(column, "" if value is None else str(value), language)


def as_sent(content: Content, kept: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Fields that others changed, for the script: simple ones as text, tables to be drawn anew."""
    told: dict[str, Any] = {}
    for address, value in kept.items():
        one = content.form.by_address.get(address)
        if one is not None:
            told[address] = None if one.kind == "table" else values.shown(one, value, language)
    return told

"""Statements that every request or change needs, written once instead of every time.

Django works a query out anew whenever it is asked, which takes three times as long as asking.
For the few that stand on every path, the SQL is kept; they count and can be wrapped as any other.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)
Reader = Callable[[Any], Any]


class _Selection(Generic[M]):
    """A kept statement that reads the rows of a model with some value in one of its fields."""

    def __init__(
        self, model: type[M], field: str = "pk", *, locked: bool = False, order: str = ""
    ) -> None:
        self._model, self._name, self._locked, self._order = model, field, locked, order
        self._kept: tuple[str, Field[Any, Any], list[Reader | None]] | None = None

    def _rows(self, value: Any) -> list[M]:
        sql, field, readers = self._kept = self._kept or self._written()
        with connection.cursor() as cursor:
            cursor.execute(sql, [field.get_db_prep_value(value, connection)])
            rows = cursor.fetchall()
        names = [field.attname for field in self._model._meta.concrete_fields]
        return [self._model.from_db(connection.alias, names, _read(readers, row)) for row in rows]

    def _written(self) -> tuple[str, Field[Any, Any], list[Reader | None]]:
        meta, quote = self._model._meta, connection.ops.quote_name
        assert meta.pk is not None
        (field,) = (
            one
            for one in meta.concrete_fields
            if one.name == self._name or (one.primary_key and self._name == "pk")
        )
        columns = ", ".join(_column(one) for one in meta.concrete_fields)
        sql = f"SELECT {columns} FROM {quote(meta.db_table)} WHERE {_column(field)} = %s"  # noqa: S608  # names of ours
        if self._order:
            sql += f" ORDER BY {quote(self._order)}"
        if self._locked and connection.features.has_select_for_update:
            sql += " FOR UPDATE"
        return sql, field, [_reader(one) for one in meta.concrete_fields]


class One(_Selection[M]):
    """The one row of a model with that value in a unique field, or None: ``One(Project, "key")``.

    Locked, it is nobody else's until the transaction ends.
    """

    def __call__(self, value: Any) -> M | None:
        return next(iter(self._rows(value)), None)


class All(_Selection[M]):
    """The rows with that value in a field: ``All(Gate, "project", order="position")``."""

    def __call__(self, value: Any) -> list[M]:
        return self._rows(value)


def _read(readers: list[Reader | None], row: Iterable[Any]) -> list[Any]:
    return [read(value) if read else value for read, value in zip(readers, row, strict=True)]


_by_key: dict[type[Model], One[Any]] = {}


def by_key(model: type[M]) -> One[M]:
    """The one row of the model with that primary key."""
    if model not in _by_key:
        _by_key[model] = One(model)
    return _by_key[model]


def insert(row: Model) -> None:
    """Insert a new row that no signal or record belongs to; an id given by the database is set."""
    sql, fields, is_given = _insertion(type(row))
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        if is_given:
            (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field[Any, Any]], bool]:
    meta, quote = model._meta, connection.ops.quote_name
    assert meta.pk is not None
    is_given = meta.auto_field is not None
    fields = [one for one in meta.concrete_fields if not (is_given and one.primary_key)]
    columns = ", ".join(_column(one) for one in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  # names of ours
    return (f"{sql} RETURNING {_column(meta.pk)}" if is_given else sql), fields, is_given


def update(row: Model, *names: str) -> None:
    """Write these fields of a row that no signal or record belongs to."""
    sql, fields = _change(type(row), names)
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@cache
def _change(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field[Any, Any]]]:
    meta, quote = model._meta, connection.ops.quote_name
    assert meta.pk is not None
    fields = [one for one in meta.concrete_fields if one.name in names]
    changed = ", ".join(f"{_column(one)} = %s" for one in fields)
    table, key = quote(meta.db_table), _column(meta.pk)
    return f"UPDATE {table} SET {changed} WHERE {key} = %s", [*fields, meta.pk]  # noqa: S608  # names of ours


def _column(field: Field[Any, Any]) -> str:
    return connection.ops.quote_name(field.column or "")


def _reader(field: Field[Any, Any]) -> Reader | None:
    """What makes the driver's value the field's, if it needs anything."""
    column = field.get_col(field.model._meta.db_table)
    steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    if not steps:
        return None

    def read(value: Any) -> Any:
        for step in steps:
            value = step(value, column, connection)
        return value

    return read

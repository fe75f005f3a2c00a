"""Several lists in one round trip to the database.

A front page shows a dozen small lists. Each ``Rows`` is a queryset whose rows come back as one
JSON value of a single query, so that the page costs one query however many lists it has.
"""

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models import F, QuerySet, Subquery
from django.db.models.expressions import Combinable

Row = dict[str, Any]
_SQLITE = "(SELECT json_group_array(json_array(%(names)s)) FROM (%(subquery)s) r)"
_POSTGRES = (
    "(SELECT coalesce(jsonb_agg(jsonb_build_array(%(names)s)), '[]'::jsonb) FROM (%(subquery)s) r)"
)


class Rows(Subquery):
    """The rows of a queryset: ``Rows(phases, name="name", owner=F("owner__name"))``."""

    def __init__(self, found: QuerySet[Any, Any], **columns: str | Combinable) -> None:
        self.keys = tuple(columns)
        shown = {
            f"c{place}": F(what) if isinstance(what, str) else what
            for place, what in enumerate(columns.values())
        }
        listed = found.values(**shown)
        self.readers = [_reader(listed.query.annotations[name].output_field) for name in shown]
        names = ", ".join(f'r."{name}"' for name in shown)
        super().__init__(listed, output_field=models.JSONField(), names=names)

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, Any]:
        return super().as_sql(*args, **{"template": _POSTGRES, **kwargs})

    def as_sqlite(self, *args: Any, **kwargs: Any) -> tuple[str, Any]:
        return super().as_sql(*args, **{**kwargs, "template": _SQLITE})

    def read(self, answer: list[list[Any]]) -> list[Row]:
        """The rows as dictionaries, with dates, moments and ids as such."""
        return [
            {
                key: read(value) if read and value is not None else value
                for key, read, value in zip(self.keys, self.readers, values, strict=True)
            }
            for values in answer
        ]


Lists = dict[str, list[Row]]
Question = tuple[QuerySet[Any, Any], dict[str, Rows]]
"""A queryset of exactly one row to hang the lists on, and the lists."""
MOST_SHAPES = 64


@dataclass(frozen=True)
class _Statement:
    sql: str
    parameters: tuple[Any, ...]
    slots: tuple[tuple[int, tuple[int, ...]], ...]
    """Which parameter takes which of the values asked about (a place, or a place in a list)."""
    lists: dict[str, Rows]

    def answer(self, values: Sequence[Any]) -> Lists:
        parameters = list(self.parameters)
        for place, path in self.slots:
            value: Any = values
            for step in path:
                value = value[step]
            parameters[place] = _prepared(value)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            row = cursor.fetchone() or ("[]",) * len(self.lists)
        pairs = zip(self.lists.items(), row, strict=True)
        return {name: rows.read(_json(found) or []) for (name, rows), found in pairs}


class Asked:
    """A page's lists, asked for with other values again and again.

    Writing the SQL of a dozen querysets costs ten times what the database needs to answer, so it
    is written once for each shape of values (ids, numbers, days, moments, tuples of ids), with
    stand-ins for the values that are then put in their places.
    """

    def __init__(self, question: Callable[..., Question]) -> None:
        self._question = question
        self._kept: dict[tuple[Any, ...], _Statement] = {}

    def __call__(self, *values: Any) -> Lists:
        shape = (connection.vendor, *(_shape(value) for value in values))
        statement = self._kept.get(shape)
        if statement is None:
            if len(self._kept) >= MOST_SHAPES:
                self._kept.clear()
            statement = self._kept[shape] = self._write(values)
        return statement.answer(values)

    def _write(self, values: Sequence[Any]) -> _Statement:
        stand_ins = [_stand_in(value, place) for place, value in enumerate(values)]
        base, lists = self._question(*stand_ins)
        asked = base.order_by().values_list(*lists.values())[:1]
        sql, parameters = asked.query.sql_with_params()
        places = dict(_places(stand_ins))
        slots = tuple(
            (place, places[value])
            for place, value in enumerate(parameters)
            if isinstance(value, Hashable) and value in places
        )
        unused = set(places.values()) - {path for _place, path in slots}
        assert not unused, f"values {unused} are asked about nowhere"
        return _Statement(sql, tuple(parameters), slots, lists)


def _shape(value: Any) -> Any:
    return len(value) if isinstance(value, tuple) else type(value)


def _stand_in(value: Any, place: int) -> Any:
    """Something of the same type that occurs nowhere else."""
    match value:
        case tuple():
            return tuple(uuid4() for _one in value)
        case datetime():
            return datetime(1871, 1, 1 + place, tzinfo=UTC)
        case date():
            return date(1872, 1, 1 + place)
        case int():
            return 1_873_000_000 + place
    return uuid4()


def _places(values: Sequence[Any]) -> Iterator[tuple[Any, tuple[int, ...]]]:
    for place, value in enumerate(values):
        if isinstance(value, tuple):
            yield from ((_prepared(one), (place, at)) for at, one in enumerate(value))
        else:
            yield _prepared(value), (place,)


def _prepared(value: Any) -> Any:
    """The value as this database's driver takes it."""
    if isinstance(value, int):
        return value
    field = next((field for kind, field in _FIELDS if isinstance(value, kind)), _KEY)
    return field.get_db_prep_value(value, connection)


_KEY = models.UUIDField[Any, Any]()
_FIELDS: tuple[tuple[type, models.Field[Any, Any]], ...] = (
    (UUID, _KEY),
    (datetime, models.DateTimeField()),
    (date, models.DateField()),
)


def _reader(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    match field:
        case models.DateTimeField():
            return _moment
        case models.DateField():
            return date.fromisoformat
        case models.UUIDField():
            return UUID
        case models.JSONField():
            return _json
        case models.BooleanField():
            return bool
    return None


def _moment(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _json(value: Any) -> Any:
    """SQLite hands JSON inside JSON over as text."""
    return json.loads(value) if isinstance(value, str) else value

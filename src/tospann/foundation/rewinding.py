"""Records as they stood when an act had been done: today's rows with each later act taken back.

What an act changed, the log keeps as before and after. What has been erased from the log cannot be
taken back; how many such acts there are is told, so that nobody takes the answer for more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q

from tospann.foundation.ids import ORGANISATION_SCOPE
from tospann.foundation.models import AuditDetail
from tospann.foundation.records import Record

Wanted = Mapping[type[Record], Sequence[str]]
"""Which columns of which records. Working state has no history and must not be asked for."""
Row = dict[str, Any]
_MADE = ("created_at", "made_at", "recorded_at")
_CHUNK = 500


@dataclass(frozen=True)
class Then:
    """The rows of each kind, and how many later acts can no longer be taken back."""

    rows: Mapping[type[Record], list[Row]]
    unknown: int


@dataclass(frozen=True)
class Place:
    """A place in a scope's chain: everything up to ``sequence`` had been done at ``at``."""

    scope_id: UUID
    sequence: int
    at: datetime


def rewound(place: Place, wanted: Wanted) -> Then:
    """One query a kind of record, and one for the acts since."""
    held = {model: _rows(model, place.scope_id, names) for model, names in wanted.items()}
    by_label = {model._meta.label_lower: model for model in wanted}
    unknown = 0
    for changes, erased in _later(place):
        unknown += erased
        for reference, told in changes:
            model = by_label.get(reference.partition(":")[0])
            if model is not None:
                _take_back(held[model], reference, told, _Kind(model, wanted[model], place))
    if unknown:
        held = {model: _old_enough(model, rows, place.at) for model, rows in held.items()}
    return Then({model: list(rows.values()) for model, rows in held.items()}, unknown)


def _rows(model: type[Record], scope_id: UUID, names: Sequence[str]) -> dict[str, Row]:
    of_scope = Q(pk=scope_id) if not _has_project(model) else Q(project_id=scope_id)
    made = [name for name in _MADE if name in _columns(model)]
    found = model._base_manager.filter(of_scope).order_by("pk")
    columns = dict.fromkeys(["id", *names, *made])
    return {f"{model._meta.label_lower}:{row['id']}": row for row in found.values(*columns)}


def _columns(model: type[Record]) -> set[str]:
    return {field.attname for field in model._meta.concrete_fields}


def _has_project(model: type[Record]) -> bool:
    return "project_id" in _columns(model)


def _later(place: Place) -> Iterator[tuple[list[tuple[str, Mapping[str, Any]]], int]]:
    """What each later transaction changed, the last first; 1 for an act that has been erased."""
    own = Q(entry__scope_id=place.scope_id, entry__sequence__gt=place.sequence)
    shared = Q(entry__scope_id=ORGANISATION_SCOPE, entry__at__gt=place.at)
    found = AuditDetail.objects.filter(own | shared).order_by("-entry__at", "-entry_id")
    rows = found.values_list("entry__at", "entry__scope_id", "changes", "erased_at")
    for _at, acts in groupby(rows.iterator(chunk_size=_CHUNK), key=lambda row: row[0]):
        listed, unknown = list[tuple[str, Mapping[str, Any]]](), 0
        for _when, scope_id, changes, erased_at in acts:
            listed += (changes or {}).items()
            unknown += erased_at is not None and scope_id == place.scope_id
        yield sorted(listed, key=_saved_last_first), unknown


def _saved_last_first(change: tuple[str, Mapping[str, Any]]) -> float:
    """Acts within one transaction may save one record in turns: its version says in which."""
    version = change[1].get("version")
    return float("-inf") if version is None else -version


@dataclass(frozen=True)
class _Kind:
    model: type[Record]
    names: Sequence[str]
    place: Place


def _take_back(held: dict[str, Row], reference: str, told: Mapping[str, Any], of: _Kind) -> None:
    fields = {name: pair[0] for name, pair in told.get("fields", {}).items()}
    if told.get("version") is None:
        if str(fields.get("project_id", fields.get("id"))) == str(of.place.scope_id):
            names = ["id", *of.names]
            held[reference] = {name: _value(of.model, name, fields.get(name)) for name in names}
    elif told.get("created"):
        held.pop(reference, None)
    elif (row := held.get(reference)) is not None:
        for name in fields.keys() & row.keys():
            row[name] = _value(of.model, name, fields[name])


def _value(model: type[Record], name: str, stored: Any) -> Any:
    field = next(one for one in model._meta.concrete_fields if one.attname == name)
    return None if stored is None else field.to_python(stored)


def _old_enough(model: type[Record], rows: dict[str, Row], at: datetime) -> dict[str, Row]:
    """Without what says itself that it was made later, where the act that made it is erased."""
    return {key: row for key, row in rows.items() if (made := _made_at(row)) is None or made <= at}


def _made_at(row: Row) -> datetime | None:
    """When it was made, by its own word, else by its id (which begins with the time)."""
    for name in _MADE:
        if isinstance(row.get(name), datetime):
            found: datetime = row[name]
            return found
    return _time_in(row["id"])


def _time_in(pk: UUID) -> datetime | None:
    return datetime.fromtimestamp((pk.int >> 80) / 1000, UTC) if pk.version == 7 else None

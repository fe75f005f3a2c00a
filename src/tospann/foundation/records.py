"""Base of everything people decide about. A record can only be written inside a command."""

import copy
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from tospann.foundation.errors import WriteOutsideCommand
from tospann.foundation.ids import new_id

Changes = dict[str, dict[str, Any]]
"""``reference → {"version": after, "fields": {name: [before, after]}}`` of one command."""

_changes: ContextVar[Changes | None] = ContextVar("changes", default=None)


@contextmanager
def collecting_changes() -> Iterator[Changes]:
    """Allow writes, and collect what they change. A nested command has a collection of its own."""
    changes: Changes = {}
    token = _changes.set(changes)
    try:
        yield changes
    finally:
        _changes.reset(token)


def reference(record: models.Model) -> str:
    """A phase → ``projects.phase:0192…``."""
    return f"{record._meta.label_lower}:{record.pk}"


def _collection(action: str) -> Changes:
    changes = _changes.get()
    if changes is None:
        raise WriteOutsideCommand(f"{action}: writes belong in a command (foundation/commands.py)")
    return changes


_Record = TypeVar("_Record", bound="Record", covariant=True)  # noqa: PLC0105  # private


class RecordQuerySet(models.QuerySet[_Record]):
    """Reads as usual; refuses the bulk writes that would leave no trace of what they changed."""

    def update(self, **kwargs: Any) -> int:
        allowed = self.model.working_state
        if not set(kwargs) <= allowed:
            raise WriteOutsideCommand("QuerySet.update leaves no trace: use records.save_all")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise WriteOutsideCommand("QuerySet.delete leaves no trace: delete record by record")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        raise WriteOutsideCommand("QuerySet.bulk_create leaves no trace: use records.save_all")

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        raise WriteOutsideCommand("QuerySet.bulk_update leaves no trace: use records.save_all")


class Record(models.Model):
    """A stored thing with a version number; remembers what it looked like when it was read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    objects = models.Manager.from_queryset(RecordQuerySet)()

    working_state: ClassVar[frozenset[str]] = frozenset()
    """Fields that are working state (see docs/architecture.md): saved without a command."""
    unaudited: ClassVar[frozenset[str]] = frozenset()
    """Fields whose values never reach the audit log (secrets): only that they changed."""

    class Meta:
        abstract = True

    _as_read: dict[str, Any]

    @property
    def scope_id(self) -> uuid.UUID:
        """The audit scope: the project the record belongs to, or the organisation."""
        scope: uuid.UUID = self.project_id  # type: ignore[attr-defined]  # the usual record has one
        return scope

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, **kwargs: Any) -> Self:
        record = super().from_db(db, field_names, values, **kwargs)
        record._as_read = dict(zip(field_names, values, strict=True))
        for field in cls._json_fields():
            if field in record._as_read:
                record._as_read[field] = copy.deepcopy(record._as_read[field])
        return record

    @classmethod
    def _json_fields(cls) -> tuple[str, ...]:
        found: tuple[str, ...] | None = cls.__dict__.get("_json_field_names")
        if found is None:
            fields = cls._meta.concrete_fields
            found = tuple(f.attname for f in fields if isinstance(f, models.JSONField))
            cls._json_field_names = found  # type: ignore[attr-defined]  # a cache on the class
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: DJ012  # below what it uses
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and set(update_fields) <= self.working_state:
            super().save(*args, **kwargs)
            return
        changes = _collection(f"{type(self).__name__}.save")
        self.version += 1
        kwargs.pop("update_fields", None)
        if self._state.adding:
            kwargs.setdefault("force_insert", True)
        super().save(*args, **kwargs)
        self._note(changes)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        changes = _collection(f"{type(self).__name__}.delete")
        key, before = reference(self), self._values()
        done = super().delete(*args, **kwargs)
        changes[key] = {
            "version": None,
            "label": str(self),
            "fields": {name: [value, None] for name, value in self._public(before).items()},
        }
        return done

    def _values(self) -> dict[str, Any]:
        return {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}

    def _public(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {k: "…" if k in self.unaudited and v else v for k, v in values.items()}

    def _note(self, changes: Changes) -> None:
        """Add what this save changed to the collection (several saves of one record are one)."""
        before: dict[str, Any] = getattr(self, "_as_read", {})
        after = self._values()
        skipped = {"id", "version"} | self.working_state
        fields = {
            name: [before.get(name), value]
            for name, value in after.items()
            if name not in skipped and before.get(name) != value
        }
        if self.unaudited:
            fields = {k: ["…", "…"] if k in self.unaudited else v for k, v in fields.items()}
        entry = changes.setdefault(reference(self), {"created": not before, "fields": {}})
        entry["version"] = self.version
        entry["label"] = str(self)
        for name, (old, new) in fields.items():
            first = entry["fields"].get(name, [old])[0]
            entry["fields"][name] = [copy.deepcopy(first), copy.deepcopy(new)]
        self._as_read = {
            k: copy.deepcopy(v) if k in self._json_fields() else v for k, v in after.items()
        }


def save_all(records: Iterable[_Record], *, contents_kept: bool = False) -> list[_Record]:
    """The one bulk write: insert many new records of one kind, each noted in the audit entry.

    ``contents_kept``: the entry's arguments name what holds the contents (with its checksum), so
    only that the records came to be is noted.
    """
    listed = list(records)
    if not listed:
        return listed
    changes = _collection("save_all")
    for record in listed:
        record.version = 1
    models.QuerySet.bulk_create(type(listed[0])._base_manager.all(), listed, batch_size=500)
    for record in listed:
        record._note(changes)
        if contents_kept:
            changes[reference(record)]["fields"] = {}
    return listed


def remove_all(records: Iterable[_Record]) -> None:
    """The one bulk removal, of many records of one kind. Only that they are gone is noted.

    What they were stands with the act that made them, which is the one that is taken back.
    """
    listed = list(records)
    changes = _collection("remove_all")
    for record in listed:
        changes[reference(record)] = {"version": None, "label": str(record), "fields": {}}
    for start in range(0, len(listed), 500):
        ids = [record.pk for record in listed[start : start + 500]]
        models.QuerySet.delete(type(listed[0])._base_manager.filter(pk__in=ids))
